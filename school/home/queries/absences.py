"""Who was not there: for class teachers in the morning."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from sqlalchemy import Table, and_, bindparam, func, or_, select
from sqlalchemy.types import Date

from school.classes.models import Absence, AbsenceFact, AbsenceReason, ClassLeadership, Enrolment, Lesson, StudyGroup
from school.classes.queries.relations import MEMBER, SCHOOL, lasting
from school.core.database import Id, read
from school.people.models import Member
from school.people.names import short_name

absence = cast("Table", Absence.__table__)
lesson = cast("Table", Lesson.__table__)
member = cast("Table", Member.__table__)
group = cast("Table", StudyGroup.__table__)
place = cast("Table", Enrolment.__table__)
leadership = cast("Table", ClassLeadership.__table__)

DAY = bindparam("day", type_=Date)

_LED = (
    select(group.c.id, group.c.name, group.c.year_level)
    .select_from(leadership.join(group, and_(group.c.school_id == SCHOOL, group.c.id == leadership.c.class_id)))
    .where(lasting(leadership), leadership.c.teacher_id == MEMBER)
    .order_by(group.c.year_level, group.c.name)
)
# Counted by key first: names are looked up for those who are missing, not for the whole school.
_GONE = (
    select(
        place.c.group_id,
        place.c.pupil_id,
        absence.c.reason,
        func.count().label("lessons"),
        func.min(lesson.c.slot).label("first_slot"),
    )
    .select_from(
        place.join(
            absence,
            and_(absence.c.school_id == SCHOOL, absence.c.pupil_id == place.c.pupil_id, absence.c.on_date == DAY),
        ).join(lesson, and_(lesson.c.school_id == SCHOOL, lesson.c.id == absence.c.lesson_id))
    )
    .where(
        place.c.school_id == SCHOOL,
        place.c.group_id.in_(bindparam("groups", type_=Id, expanding=True)),
        place.c.from_on <= DAY,
        or_(place.c.to_on.is_(None), place.c.to_on >= DAY),
        absence.c.fact == AbsenceFact.ABSENT.value,
    )
    .group_by(place.c.group_id, place.c.pupil_id, absence.c.reason)
    .subquery("gone")
)
_MISSING = (
    select(
        _GONE.c.group_id,
        member.c.id,
        member.c.family_name,
        member.c.given_name,
        _GONE.c.reason,
        _GONE.c.lessons,
        _GONE.c.first_slot,
    )
    .select_from(_GONE.join(member, and_(member.c.school_id == SCHOOL, member.c.id == _GONE.c.pupil_id)))
    .order_by(member.c.sort_name)
)


@dataclass(frozen=True, slots=True)
class LedClass:
    """A class that the actor leads."""

    id: uuid.UUID
    name: str
    year_level: int


@dataclass(frozen=True, slots=True)
class Missing:
    """A pupil of the class who was absent from lessons of a day, for one reason."""

    group_id: uuid.UUID
    id: uuid.UUID
    name: str
    reason: str
    lessons: int
    first_slot: int

    @property
    def without_word(self) -> bool:
        """Nobody has said why."""
        return self.reason == AbsenceReason.UNKNOWN.value


def classes_led(school_id: int, teacher_id: uuid.UUID, today: date) -> list[LedClass]:
    """The classes a teacher leads today."""
    rows = read(_LED, {"school": school_id, "member": teacher_id, "today": today})
    return [LedClass(*tuple[Any, ...](row)) for row in rows]


def missing_on(school_id: int, group_ids: Collection[uuid.UUID], day: date) -> list[Missing]:
    """Pupils of these classes who were absent that day, those without a word first. One statement."""
    rows = read(_MISSING, {"school": school_id, "groups": list(group_ids), "day": day})
    found = [Missing(row[0], row[1], short_name(row[2], row[3]), *tuple[Any, ...](row)[4:]) for row in rows]
    return sorted(found, key=lambda one: not one.without_word)
