"""The children a legal representative follows in one school, with their classes."""

import uuid
from dataclasses import dataclass
from datetime import date
from typing import cast

from sqlalchemy import Table, and_, select

from school.classes.models import Enrolment, GroupKind, StudyGroup
from school.classes.queries.relations import MEMBER, SCHOOL, lasting
from school.core.database import read
from school.people.models import Guardianship, Member

guardianship = cast("Table", Guardianship.__table__)
member = cast("Table", Member.__table__)
place = cast("Table", Enrolment.__table__)
group = cast("Table", StudyGroup.__table__)

_CHILDREN = (
    select(member.c.school_id, member.c.id, member.c.given_name, member.c.family_name, group.c.name, group.c.year_level)
    .select_from(
        guardianship.join(member, and_(member.c.school_id == SCHOOL, member.c.id == guardianship.c.pupil_id)).outerjoin(
            place.join(
                group,
                and_(
                    group.c.school_id == SCHOOL, group.c.id == place.c.group_id, group.c.kind == GroupKind.CLASS.value
                ),
            ),
            and_(lasting(place), place.c.pupil_id == member.c.id),
        )
    )
    .where(lasting(guardianship), guardianship.c.guardian_id == MEMBER, guardianship.c.sees_progress)
    .order_by(group.c.year_level.desc(), member.c.sort_name)
)


@dataclass(frozen=True, slots=True)
class Child:
    """A child in a school."""

    school_id: int
    id: uuid.UUID
    given_name: str
    family_name: str
    class_name: str
    year_level: int


def children_in(school_id: int, guardian_id: uuid.UUID, today: date) -> list[Child]:
    """The children whose progress this representative may follow today, the eldest first. One statement."""
    rows = read(_CHILDREN, {"school": school_id, "member": guardian_id, "today": today})
    return [Child(row[0], row[1], row[2], row[3], row[4] or "", row[5] or 0) for row in rows]
