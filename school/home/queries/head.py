"""The school today and this term, in the few numbers a head begins the day with."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import cast

from sqlalchemy import Table, and_, bindparam, case, func, or_, select
from sqlalchemy.types import Date

from school.classes.models import (
    Absence,
    AbsenceFact,
    AbsenceReason,
    Enrolment,
    Lesson,
    LessonState,
    PresenceTaken,
    Substitution,
)
from school.classes.queries.relations import SCHOOL, TODAY, lasting
from school.core import clock
from school.core.access import Actor
from school.core.database import read
from school.home.models import LevelResult, SchoolDay
from school.home.queries.deputy import JOURNAL_DAYS
from school.home.weeks import Days, days_of

lesson = cast("Table", Lesson.__table__)
taken = cast("Table", PresenceTaken.__table__)
place = cast("Table", Enrolment.__table__)
absence = cast("Table", Absence.__table__)
substitution = cast("Table", Substitution.__table__)
school_day = cast("Table", SchoolDay.__table__)
level = cast("Table", LevelResult.__table__)

_TODAY_TAKEN = lesson.join(taken, and_(taken.c.school_id == SCHOOL, taken.c.lesson_id == lesson.c.id))
_ON = (lesson.c.school_id == SCHOOL, lesson.c.on_date == TODAY, lesson.c.state == LessonState.PLANNED.value)
_expected = (
    select(func.count())
    .select_from(_TODAY_TAKEN.join(place, and_(lasting(place), place.c.group_id == lesson.c.group_id)))
    .where(*_ON)
    .correlate(None)
    .scalar_subquery()
)
_unexplained = case((absence.c.reason == AbsenceReason.UNKNOWN.value, absence.c.pupil_id))
_PRESENCE = (
    select(
        _expected,
        func.count(),
        func.count(absence.c.pupil_id.distinct()),
        func.count(_unexplained.distinct()),
    )
    .select_from(
        _TODAY_TAKEN.join(absence, and_(absence.c.school_id == SCHOOL, absence.c.lesson_id == lesson.c.id)).join(
            place,
            and_(lasting(place), place.c.group_id == lesson.c.group_id, place.c.pupil_id == absence.c.pupil_id),
        )
    )
    .where(*_ON, absence.c.fact == AbsenceFact.ABSENT.value)
)

_LEVELS = (
    select(
        level.c.year_level,
        level.c.term,
        level.c.pupils,
        level.c.passing,
        level.c.good,
        level.c.enough,
        level.c.good_from,
        level.c.counted_at,
    )
    .where(level.c.school_id == SCHOOL)
    .order_by(level.c.year_level, level.c.term)
)

_UNFILLED = (
    select(
        func.count(),
        func.count(func.coalesce(substitution.c.teacher_id, lesson.c.teacher_id).distinct()),
    )
    .select_from(
        lesson.outerjoin(taken, and_(taken.c.school_id == SCHOOL, taken.c.lesson_id == lesson.c.id)).outerjoin(
            substitution, and_(substitution.c.school_id == SCHOOL, substitution.c.lesson_id == lesson.c.id)
        )
    )
    .where(
        lesson.c.school_id == SCHOOL,
        lesson.c.on_date >= bindparam("since", type_=Date),
        lesson.c.on_date < TODAY,
        lesson.c.state == LessonState.PLANNED.value,
        or_(taken.c.id.is_(None), and_(lesson.c.topic == "", lesson.c.topic_id.is_(None))),
    )
)

_DAYS = (
    select(school_day.c.on_date, school_day.c.marks, school_day.c.counted_at)
    .where(school_day.c.school_id == SCHOOL, school_day.c.on_date >= bindparam("since", type_=Date))
    .order_by(school_day.c.on_date)
)


@dataclass(frozen=True, slots=True)
class Presence:
    """Who is here today, by the lessons whose presence was taken."""

    expected: int
    """Pupils of those lessons, one for each lesson."""
    missed: int
    """Of these, absent."""
    absent: int
    """Pupils who missed at least one lesson."""
    unexplained: int
    """Of them, those about whom nobody has said why."""


@dataclass(frozen=True, slots=True)
class Unfilled:
    """Lessons of the seven days before today without presence or without a topic, and whose they are."""

    lessons: int
    teachers: int


@dataclass(frozen=True, slots=True)
class Level:
    """A year level's results in the running term, as ``level_result`` keeps them."""

    year_level: int
    term: str
    pupils: int
    passing: int
    good: int
    enough: int
    good_from: int
    counted_at: datetime


def presence_today(actor: Actor) -> Presence:
    """One statement."""
    return Presence(*read(_PRESENCE, {"school": actor.school_id, "today": clock.today()})[0])


def unfilled_lessons(actor: Actor) -> Unfilled:
    """What ``journals_behind`` sums up to, without names. One statement."""
    today = clock.today()
    values = {"school": actor.school_id, "today": today, "since": today - timedelta(JOURNAL_DAYS)}
    return Unfilled(*read(_UNFILLED, values)[0])


def levels_of(actor: Actor) -> list[Level]:
    """Year levels in their running term, as they were counted last. One statement, a row a level."""
    return [Level(*row) for row in read(_LEVELS, {"school": actor.school_id})]


def counted_days(actor: Actor, since: date) -> Days:
    """The school's counted days from ``since`` on: their marks. One statement."""
    return days_of(_DAYS.selected_columns.keys(), read(_DAYS, {"school": actor.school_id, "since": since}))
