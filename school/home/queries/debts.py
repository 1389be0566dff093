"""Who in a class owes several works: the children a class teacher should talk to."""

import uuid
from collections.abc import Collection
from datetime import date, timedelta
from typing import NamedTuple, cast

from sqlalchemy import Table, and_, bindparam, func, or_, select
from sqlalchemy.types import Date

from school.classes.models import Enrolment
from school.classes.queries.relations import SCHOOL
from school.core.database import Id, read
from school.homework.models import Assignment, AssignmentState, Homework
from school.people.models import Member
from school.people.names import short_name

assignment = cast("Table", Assignment.__table__)
homework = cast("Table", Homework.__table__)
place = cast("Table", Enrolment.__table__)
member = cast("Table", Member.__table__)

MANY = 3
BACK = timedelta(days=21)
OPEN = (AssignmentState.GIVEN.value, AssignmentState.SEEN.value, AssignmentState.RETURNED.value)

# Counted by key first: names are looked up for the few that are shown, not for the whole school.
_OWED = (
    select(place.c.group_id, place.c.pupil_id, func.count().label("works"))
    .select_from(
        place.join(assignment, and_(assignment.c.school_id == SCHOOL, assignment.c.pupil_id == place.c.pupil_id)).join(
            homework, and_(homework.c.school_id == SCHOOL, homework.c.id == assignment.c.homework_id)
        )
    )
    .where(
        place.c.school_id == SCHOOL,
        place.c.group_id.in_(bindparam("groups", type_=Id, expanding=True)),
        place.c.from_on <= bindparam("today", type_=Date),
        or_(place.c.to_on.is_(None), place.c.to_on >= bindparam("today", type_=Date)),
        assignment.c.due_on >= bindparam("since", type_=Date),
        assignment.c.due_on < bindparam("today", type_=Date),
        assignment.c.state.in_(OPEN),
        homework.c.withdrawn_at.is_(None),
    )
    .group_by(place.c.group_id, place.c.pupil_id)
    .having(func.count() >= MANY)
    .subquery("owed")
)
_DEBTS = (
    select(_OWED.c.group_id, member.c.id, member.c.family_name, member.c.given_name, _OWED.c.works)
    .select_from(_OWED.join(member, and_(member.c.school_id == SCHOOL, member.c.id == _OWED.c.pupil_id)))
    .order_by(_OWED.c.works.desc(), member.c.sort_name)
)


class Debts(NamedTuple):
    """A pupil with works not handed in, of the last three weeks."""

    group_id: uuid.UUID
    id: uuid.UUID
    name: str
    works: int


def debts_of(school_id: int, group_ids: Collection[uuid.UUID], today: date) -> list[Debts]:
    """Pupils of these classes with three open works or more, most first. One statement."""
    rows = read(_DEBTS, {"school": school_id, "groups": list(group_ids), "today": today, "since": today - BACK})
    return [Debts(row[0], row[1], short_name(row[2], row[3]), row[4]) for row in rows]
