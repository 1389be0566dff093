"""The marks of the last twelve months as a rehearsal of an act needs them: five statements, summed by the database."""

import uuid
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, cast

from sqlalchemy import Table, and_, bindparam, exists, func, select
from sqlalchemy.types import Date

from school.classes.models import Absence, AbsenceFact, Course, Lesson, LessonState, Regime, StudyGroup, Term
from school.classes.queries.relations import SCHOOL
from school.core import clock
from school.core.database import db
from school.gradebook.models import ActDraft, Column, Mark, WorkType
from school.gradebook.queries.acts import find_act
from school.gradebook.rehearsal import PastMark, PastTerm
from school.gradebook.scale import RETAKES_FROM, Rules

mark = cast("Table", Mark.__table__)
column = cast("Table", Column.__table__)
work = cast("Table", WorkType.__table__)
lesson = cast("Table", Lesson.__table__)
absence = cast("Table", Absence.__table__)
course = cast("Table", Course.__table__)
group = cast("Table", StudyGroup.__table__)
term = cast("Table", Term.__table__)
regime = cast("Table", Regime.__table__)

YEAR = timedelta(days=366)
Key = tuple[uuid.UUID, uuid.UUID, uuid.UUID]
Weights = dict[str, tuple[int, bool]]

_other = mark.alias("other")
_retaken = exists(
    select(1).where(
        _other.c.school_id == SCHOOL,
        _other.c.column_id == mark.c.column_id,
        _other.c.pupil_id == mark.c.pupil_id,
        _other.c.place >= RETAKES_FROM,
    )
)
_IN_TERMS = and_(
    term.c.school_id == SCHOOL,
    term.c.starts_on.between(bindparam("since", type_=Date), bindparam("today", type_=Date)),
)
_TERMS = (
    select(term.c.id, term.c.starts_on, term.c.number, regime.c.kind)
    .select_from(term.join(regime, and_(regime.c.school_id == SCHOOL, regime.c.id == term.c.regime_id)))
    .where(_IN_TERMS)
)
_COURSES = (
    select(course.c.id, course.c.hours_a_week, group.c.year_level)
    .select_from(course.join(group, and_(group.c.school_id == SCHOOL, group.c.id == course.c.group_id)))
    .where(course.c.school_id == SCHOOL)
)
_FROM = (
    mark.join(term, and_(term.c.school_id == SCHOOL, term.c.id == mark.c.term_id))
    .join(column, and_(column.c.school_id == SCHOOL, column.c.id == mark.c.column_id))
    .join(work, and_(work.c.school_id == SCHOOL, work.c.id == column.c.work_type_id))
)
_OF = (mark.c.pupil_id, mark.c.course_id, mark.c.term_id, mark.c.value, mark.c.weight, work.c.name, work.c.is_control)
_PLAIN = (
    select(*_OF, func.count())
    .select_from(_FROM)
    .where(mark.c.school_id == SCHOOL, _IN_TERMS, mark.c.value.is_not(None), ~_retaken)
    .group_by(*_OF)
)
_RETAKEN = (
    select(*_OF, mark.c.column_id, mark.c.place)
    .select_from(_FROM)
    .where(mark.c.school_id == SCHOOL, _IN_TERMS, mark.c.value.is_not(None), _retaken)
)
_HELD = (
    select(lesson.c.course_id, lesson.c.term_id, func.count())
    .select_from(lesson.join(term, and_(term.c.school_id == SCHOOL, term.c.id == lesson.c.term_id)))
    .where(
        lesson.c.school_id == SCHOOL,
        _IN_TERMS,
        lesson.c.state == LessonState.PLANNED.value,
        lesson.c.on_date <= bindparam("today", type_=Date),
    )
    .group_by(lesson.c.course_id, lesson.c.term_id)
)
_MISSED = (
    select(absence.c.pupil_id, lesson.c.course_id, lesson.c.term_id, func.count())
    .select_from(
        absence.join(lesson, and_(lesson.c.school_id == SCHOOL, lesson.c.id == absence.c.lesson_id)).join(
            term, and_(term.c.school_id == SCHOOL, term.c.id == lesson.c.term_id)
        )
    )
    .where(absence.c.school_id == SCHOOL, _IN_TERMS, absence.c.fact == AbsenceFact.ABSENT.value)
    .group_by(absence.c.pupil_id, lesson.c.course_id, lesson.c.term_id)
)


def past_terms(draft: ActDraft) -> tuple[list[PastTerm], dict[uuid.UUID, tuple[Rules, Weights]]]:
    """All terms of pupils in courses that began in the last twelve months and have marks, with the acts that held for them."""
    today = clock.today()
    where = {"school": draft.school_id, "since": today - YEAR, "today": today}
    terms = {row[0]: row for row in _rows(_TERMS, where)}
    acts = {term_id: _act_of(draft.school_id, row[1]) for term_id, row in terms.items()}
    courses = {row[0]: row for row in _rows(_COURSES, where)}
    marks: dict[Key, list[PastMark]] = defaultdict(list)
    for *key, value, weight, name, is_control, times in _rows(_PLAIN, where):
        marks[cast("Key", tuple(key))].append(PastMark(value, weight, name, is_control, times))
    for *key, value, weight, name, is_control, cell, place in _rows(_RETAKEN, where):
        marks[cast("Key", tuple(key))].append(PastMark(value, weight, name, is_control, 1, cell, place))
    held = {row[:2]: row[2] for row in _rows(_HELD, where)}
    missed = {row[:3]: row[3] for row in _rows(_MISSED, where)}
    new = Rules.from_data(draft.rules)
    made = []
    for (pupil_id, course_id, term_id), some in marks.items():
        _course, hours, level = courses[course_id]
        _term, _starts, number, kind = terms[term_id]
        unmarked = (acts[term_id][0].is_unmarked(level, number), new.is_unmarked(level, number))
        at = (pupil_id, course_id, term_id)
        lessons, away = held.get((course_id, term_id), 0), missed.get(at, 0)
        made.append(PastTerm(*at, hours, kind == "half_years", unmarked, lessons, away, some))
    return made, acts


def weights_of(draft: ActDraft) -> Weights:
    """The draft's lines by their names."""
    return {one["name"]: (one["weight"], one["is_control"]) for one in draft.works}


def _act_of(school_id: int, on: date) -> tuple[Rules, Weights]:
    """A column keeps the weight it was made with, so the old act's own lines change nothing."""
    act = find_act(school_id, on)
    return (act.rules if act else Rules()), {}


def _rows(statement: Any, where: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
    return (tuple(row) for row in db.session.execute(statement, where))
