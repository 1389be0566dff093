"""The school today and this term, in the few numbers a head begins the day with."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, cast

from sqlalchemy import Integer, Table, and_, bindparam, case, func, select
from sqlalchemy.types import Date

from school.classes.models import (
    Absence,
    AbsenceFact,
    AbsenceReason,
    Enrolment,
    GroupKind,
    Lesson,
    LessonState,
    PresenceTaken,
    StudyGroup,
    Term,
)
from school.classes.queries.relations import SCHOOL, TODAY, lasting
from school.core import clock
from school.core.access import Actor
from school.core.database import db
from school.gradebook.models import SubjectTotal
from school.gradebook.queries import find_act
from school.gradebook.scale import Rules
from school.home.models import SchoolDay
from school.home.weeks import Days, days_of

lesson = cast("Table", Lesson.__table__)
taken = cast("Table", PresenceTaken.__table__)
place = cast("Table", Enrolment.__table__)
absence = cast("Table", Absence.__table__)
group = cast("Table", StudyGroup.__table__)
term = cast("Table", Term.__table__)
total = cast("Table", SubjectTotal.__table__)
school_day = cast("Table", SchoolDay.__table__)

BREAK_DAYS = 21
"""A term is shown so many days after its end, until the next one begins."""

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

_later = term.alias("later")
_RUNNING = and_(
    term.c.school_id == SCHOOL,
    term.c.starts_on <= TODAY,
    term.c.ends_on >= bindparam("not_before", type_=Date),
    # The newest begun one of its regime; as a value and not an EXISTS, so that terms are chosen before their totals are read.
    term.c.starts_on
    == select(func.max(_later.c.starts_on))
    .where(_later.c.school_id == SCHOOL, _later.c.regime_id == term.c.regime_id, _later.c.starts_on <= TODAY)
    .correlate(term)
    .scalar_subquery(),
)
_mean = total.c.value_sum * 100
_worst = func.min(
    case(
        (_mean >= total.c.weight_sum * bindparam("good", type_=Integer), 2),
        (_mean >= total.c.weight_sum * bindparam("enough", type_=Integer), 1),
        else_=0,
    )
)
# Pupils first, their classes afterwards: there are ten totals for each pupil.
_BY_PUPIL = (
    select(total.c.term_id, total.c.pupil_id, _worst.label("worst"))
    .select_from(term.join(total, and_(total.c.school_id == SCHOOL, total.c.term_id == term.c.id)))
    .where(_RUNNING, total.c.weight_sum > 0)
    .group_by(total.c.term_id, total.c.pupil_id)
    .subquery("by_pupil")
)
_named = term.alias("named")
_QUALITY = (
    select(
        group.c.year_level,
        _named.c.name,
        func.count(),
        func.sum(case((_BY_PUPIL.c.worst >= 1, 1), else_=0)),
        func.sum(case((_BY_PUPIL.c.worst >= 2, 1), else_=0)),
    )
    .select_from(
        _BY_PUPIL.join(_named, and_(_named.c.school_id == SCHOOL, _named.c.id == _BY_PUPIL.c.term_id))
        .join(place, and_(lasting(place), place.c.pupil_id == _BY_PUPIL.c.pupil_id))
        .join(
            group,
            and_(
                group.c.school_id == SCHOOL,
                group.c.id == place.c.group_id,
                group.c.kind == GroupKind.CLASS.value,
                # The class of this very year, for last year's enrolment may still be open.
                group.c.regime_id == _named.c.regime_id,
            ),
        )
    )
    .group_by(group.c.year_level, _named.c.name)
    .order_by(group.c.year_level, _named.c.name)
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
class Level:
    """A year level's results in the running term, by pupils who have marks."""

    year_level: int
    term: str
    pupils: int
    passing: int
    """Whose mean is enough for a 3 in every subject."""
    good: int
    """Whose mean is enough for a 4 in every subject."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Means from which a 3 and a 4 are possible by the school's act, in hundredths."""

    enough: int
    good: int


def presence_today(actor: Actor) -> Presence:
    """One statement."""
    row = db.session.execute(_PRESENCE, {"school": actor.school_id, "today": clock.today()}).one()
    return Presence(*tuple[Any, ...](row))


def thresholds_of(actor: Actor) -> Thresholds:
    """By the act in force today; by the usual rules where the school has none yet. One statement."""
    assert actor.school_id is not None  # noqa: S101 - a page of a school
    act = find_act(actor.school_id, clock.today())
    possible = (act.rules if act else Rules()).possible_from
    return Thresholds(possible[3], possible[4])


def levels_of(actor: Actor, thresholds: Thresholds) -> list[Level]:
    """Year levels with marks in their running term. One statement over the kept totals."""
    today = clock.today()
    rows = db.session.execute(
        _QUALITY,
        {
            "school": actor.school_id,
            "today": today,
            "not_before": today - timedelta(BREAK_DAYS),
            "enough": thresholds.enough,
            "good": thresholds.good,
        },
    )
    return [Level(*tuple[Any, ...](row)) for row in rows]


def counted_days(actor: Actor, since: date) -> Days:
    """The school's counted days from ``since`` on: their marks. One statement."""
    return days_of(db.session.execute(_DAYS, {"school": actor.school_id, "since": since}).mappings())
