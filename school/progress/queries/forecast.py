"""Past periods of a subject as cases for the forecast, and the pupils of a course with what is foretold."""

import uuid
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import cast

from sqlalchemy import Table, and_, bindparam, select
from sqlalchemy.types import Date, Integer

from school.classes.models import Course, Term
from school.classes.queries import Learner, learners
from school.classes.queries.relations import SCHOOL
from school.classes.seen import SeenCourse
from school.core import clock
from school.core.database import Id, read
from school.gradebook.models import Mark, TermMark
from school.progress.forecast import Case, Forecaster, learn
from school.progress.queries.terms import years_of
from school.progress.trend import Point, mean_of

TENTHS = 10
EARLIEST = 3
"""Tenths of a period before which nothing is foretold: there are two or three marks."""
KEPT = 64

mark = cast("Table", Mark.__table__)
term_mark = cast("Table", TermMark.__table__)
term = cast("Table", Term.__table__)
course_table = cast("Table", Course.__table__)

_PAST = (
    select(
        mark.c.pupil_id, mark.c.course_id, mark.c.term_id, mark.c.on_date, mark.c.value, mark.c.weight,
        term.c.starts_on, term.c.ends_on, term_mark.c.value,
    )
    .select_from(
        course_table.join(mark, and_(mark.c.school_id == SCHOOL, mark.c.course_id == course_table.c.id))
        .join(term, and_(term.c.school_id == SCHOOL, term.c.id == mark.c.term_id))
        .join(
            term_mark,
            and_(
                term_mark.c.school_id == SCHOOL,
                term_mark.c.course_id == course_table.c.id,
                term_mark.c.term_id == mark.c.term_id,
                term_mark.c.pupil_id == mark.c.pupil_id,
            ),
        )
    )
    .where(
        course_table.c.school_id == SCHOOL,
        course_table.c.subject_id == bindparam("subject", type_=Integer),
        term.c.ends_on < bindparam("today", type_=Date),
        mark.c.value.is_not(None),
        mark.c.replaced_at.is_(None),
        term_mark.c.value.is_not(None),
    )
    .order_by(mark.c.on_date, mark.c.id)
)  # fmt: skip
_NOW = (
    select(mark.c.pupil_id, mark.c.on_date, mark.c.value, mark.c.weight)
    .where(
        mark.c.school_id == SCHOOL,
        mark.c.course_id == bindparam("course", type_=Id),
        mark.c.term_id == bindparam("term", type_=Id),
        mark.c.value.is_not(None),
        mark.c.replaced_at.is_(None),
    )
    .order_by(mark.c.on_date, mark.c.id)
)


@dataclass(frozen=True, slots=True)
class Foretold:
    """A pupil with the mean so far and the chances of each mark, the likeliest first; empty without marks."""

    pupil: Learner
    mean: int | None
    marks: int
    chances: tuple[tuple[int, float], ...]


@dataclass(frozen=True, slots=True)
class CourseForecast:
    """The running period of a course."""

    term: str
    """Empty before the first."""
    percent: int
    """How much of it is over."""
    is_early: bool
    forecaster: Forecaster
    lines: list[Foretold]


def course_forecast(course: SeenCourse) -> CourseForecast:
    """Five statements; past periods are read once a day and tenth of the period."""
    today = clock.today()
    pupils = learners(course, today)
    span = years_of(course.school_id, [course.regime_id], today)[course.regime_id].now
    if span is None:
        return CourseForecast("", 0, True, learn(()), [])
    percent = min(100, 100 * (today - span.starts_on).days // max(1, (span.ends_on - span.starts_on).days))
    tenth = min(TENTHS, percent // TENTHS)
    forecaster = _forecaster(course.school_id, course.subject_id, today, tenth)
    points: dict[uuid.UUID, list[Point]] = {}
    for pupil_id, on_date, value, weight in read(
        _NOW, {"school": course.school_id, "course": course.id, "term": span.id}
    ):
        points.setdefault(pupil_id, []).append(Point(on_date, value, weight))
    lines = []
    for one in pupils:
        own = points.get(one.id, [])
        mean = mean_of(own)
        chances = forecaster.chances(mean) if mean is not None else {}
        ranked = tuple(sorted(chances.items(), key=lambda pair: -pair[1]))
        lines.append(Foretold(one, mean, len(own), ranked))
    return CourseForecast(span.name, percent, tenth < EARLIEST, forecaster, lines)


@lru_cache(maxsize=KEPT)
def _forecaster(school_id: int, subject_id: int, today: date, tenth: int) -> Forecaster:
    points: dict[tuple[uuid.UUID, uuid.UUID, uuid.UUID], list[Point]] = {}
    finals: dict[tuple[uuid.UUID, uuid.UUID, uuid.UUID], int] = {}
    asked = {"school": school_id, "subject": subject_id, "today": today}
    for pupil_id, course_id, term_id, on_date, value, weight, starts_on, ends_on, final in read(_PAST, asked):
        if (on_date - starts_on).days * TENTHS <= (ends_on - starts_on).days * tenth:
            points.setdefault((pupil_id, course_id, term_id), []).append(Point(on_date, value, weight))
            finals[pupil_id, course_id, term_id] = final
    means = {key: mean_of(some) for key, some in points.items()}
    return learn([Case(key[0].int, mean, finals[key]) for key, mean in means.items() if mean is not None])
