"""The children a legal representative follows in one school, with their classes and what was said of days to come."""

import uuid
from dataclasses import dataclass, replace
from datetime import date
from typing import cast

from sqlalchemy import Table, and_, select

from school.classes.models import AbsenceNote, Enrolment, GroupKind, StudyGroup
from school.classes.queries.relations import MEMBER, SCHOOL, TODAY, lasting
from school.core.database import read
from school.people.models import Guardianship, Member

guardianship = cast("Table", Guardianship.__table__)
member = cast("Table", Member.__table__)
place = cast("Table", Enrolment.__table__)
group = cast("Table", StudyGroup.__table__)
note = cast("Table", AbsenceNote.__table__)

_CHILDREN = (
    select(
        member.c.school_id,
        member.c.id,
        member.c.given_name,
        member.c.family_name,
        group.c.name,
        group.c.year_level,
        note.c.first_on,
        note.c.last_on,
        note.c.slots,
        note.c.reason,
        note.c.made_by,
    )
    .select_from(
        guardianship.join(member, and_(member.c.school_id == SCHOOL, member.c.id == guardianship.c.pupil_id))
        .outerjoin(
            place.join(
                group,
                and_(
                    group.c.school_id == SCHOOL, group.c.id == place.c.group_id, group.c.kind == GroupKind.CLASS.value
                ),
            ),
            and_(lasting(place), place.c.pupil_id == member.c.id),
        )
        .outerjoin(
            note,
            and_(
                note.c.school_id == SCHOOL,
                note.c.pupil_id == member.c.id,
                note.c.last_on >= TODAY,
                note.c.withdrawn_at.is_(None),
            ),
        )
    )
    .where(lasting(guardianship), guardianship.c.guardian_id == MEMBER, guardianship.c.sees_progress)
    .order_by(group.c.year_level.desc(), member.c.sort_name, member.c.id, note.c.first_on, note.c.made_at)
)


@dataclass(frozen=True, slots=True)
class Away:
    """Lessons that a child will not be at, as the family or somebody for it has told the school."""

    first_on: date
    last_on: date
    slots: frozenset[int]
    """Of one day; empty: whole days."""
    reason: str
    told_by: uuid.UUID
    """Account."""

    def covers(self, on_date: date, slot: int) -> bool:
        """Whether a lesson is one of those."""
        return self.first_on <= on_date <= self.last_on and (not self.slots or slot in self.slots)


@dataclass(frozen=True, slots=True)
class Child:
    """A child in a school."""

    school_id: int
    id: uuid.UUID
    given_name: str
    family_name: str
    class_name: str
    year_level: int
    away: tuple[Away, ...] = ()
    """Today and later, the nearest first."""


def children_in(school_id: int, guardian_id: uuid.UUID, today: date) -> list[Child]:
    """The children whose progress this representative may follow today, the eldest first. One statement."""
    rows = read(_CHILDREN, {"school": school_id, "member": guardian_id, "today": today})
    found: dict[uuid.UUID, Child] = {}
    for school, pupil_id, given, family, class_name, level, *told in rows:
        child = found.get(pupil_id) or Child(school, pupil_id, given, family, class_name or "", level or 0)
        found[pupil_id] = child if told[0] is None else replace(child, away=(*child.away, _away(*told)))
    return list(found.values())


def _away(first_on: date, last_on: date, slots: str, reason: str, told_by: uuid.UUID) -> Away:
    return Away(first_on, last_on, frozenset(int(one) for one in slots.split(",") if one), reason, told_by)
