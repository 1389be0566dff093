"""A journal with the actor's relations to it, its terms, and lists of journals."""

import uuid
from datetime import timedelta
from itertools import groupby
from typing import Any, cast

from sqlalchemy import Table, and_, bindparam, exists, select
from sqlalchemy.types import Date

from school.classes.models import Lesson, Regime, SchoolYear, Substitution, Term
from school.classes.policy import runs_school
from school.classes.queries import all_courses, courses_taught
from school.classes.queries.loading import COURSE_COLUMNS, COURSE_FROM, course, seen_course
from school.classes.queries.relations import MEMBER, SCHOOL, TODAY
from school.classes.seen import SeenCourse
from school.core import clock
from school.core.access import Actor
from school.core.database import Id, db, read
from school.gradebook.journal import Journal, TermSpan

lesson = cast("Table", Lesson.__table__)
substitution = cast("Table", Substitution.__table__)
term = cast("Table", Term.__table__)
regime = cast("Table", Regime.__table__)
year = cast("Table", SchoolYear.__table__)

_STANDS_IN = exists(
    select(1)
    .select_from(substitution.join(lesson, and_(lesson.c.school_id == SCHOOL, lesson.c.id == substitution.c.lesson_id)))
    .where(
        substitution.c.school_id == SCHOOL,
        substitution.c.teacher_id == MEMBER,
        lesson.c.course_id == course.c.id,
        lesson.c.on_date.between(bindparam("since", type_=Date), bindparam("until", type_=Date)),
    )
    .correlate(course)
)
_JOURNAL = (
    select(*COURSE_COLUMNS, _STANDS_IN)
    .select_from(COURSE_FROM)
    .where(course.c.school_id == SCHOOL, course.c.id == bindparam("thing", type_=Id))
)

_TERMS = (
    select(term.c.id, term.c.number, term.c.name, term.c.starts_on, term.c.ends_on, term.c.locked_at, regime.c.kind)
    .select_from(term.join(regime, and_(regime.c.school_id == SCHOOL, regime.c.id == term.c.regime_id)))
    .where(term.c.school_id == SCHOOL, term.c.regime_id == bindparam("regime", type_=Id))
    .order_by(term.c.number)
)


def get_journal(actor: Actor, course_id: uuid.UUID) -> Journal | None:
    """The journal of a course of the actor's school; one statement."""
    today = clock.today()
    rows = read(
        _JOURNAL,
        {
            "school": actor.school_id,
            "member": actor.member_id,
            "today": today,
            "since": today - timedelta(days=1),
            "until": today + timedelta(days=1),
            "thing": course_id,
        },
    )
    if not rows:
        return None
    *cells, stands_in = rows[0]
    return Journal(seen_course(tuple(cells), actor.locale), stands_in)


_YEAR = (
    select(year.c.id)
    .where(year.c.school_id == SCHOOL, year.c.starts_on <= TODAY)
    .order_by(year.c.starts_on.desc())
    .limit(1)
)


def journals_of(actor: Actor) -> list[tuple[str, list[SeenCourse]]]:
    """The courses whose journals the actor keeps, by class; for deputy head and head all courses of the year."""
    if runs_school(actor):
        today = {"school": actor.school_id, "today": clock.today()}
        year_id = db.session.execute(_YEAR, today).scalar()
        courses = all_courses(actor, year_id) if year_id else []
    else:
        courses = courses_taught(actor)
    return [(name, list(some)) for name, some in groupby(courses, key=lambda one: one.group)]


def terms_of_regime(school_id: int, regime_id: uuid.UUID) -> list[TermSpan]:
    """The terms of a regime in order."""
    rows = read(_TERMS, {"school": school_id, "regime": regime_id})
    return [term_span(tuple(row)) for row in rows]


def term_span(row: tuple[Any, ...]) -> TermSpan:
    """A term from its columns and the kind of its regime."""
    term_id, number, name, starts_on, ends_on, locked_at, kind = row
    return TermSpan(term_id, number, name, starts_on, ends_on, locked_at, kind == "half_years")


def term_among(terms: list[TermSpan], number: int | None) -> TermSpan | None:
    """The term of this number; without one, the term of today, in a break the one before it; None in a year without terms."""
    if number is not None:
        return next((one for one in terms if one.number == number), None)
    today = clock.today()
    begun = [one for one in terms if one.starts_on <= today]
    return begun[-1] if begun else (terms[0] if terms else None)
