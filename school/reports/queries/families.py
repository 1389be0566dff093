"""What goes home: only what families have been shown already (docs/decisions/0014)."""

import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from fractions import Fraction
from typing import Any

from sqlalchemy import and_, bindparam, case, or_, select

from school.classes.queries.relations import SCHOOL
from school.core import clock
from school.core.database import Id, Moment, read
from school.gradebook.models import Column, WorkType
from school.reports.queries.tables import (
    GROUPS,
    OF_CLASS,
    SINCE,
    TERMS,
    UNTIL,
    course,
    mark,
    subject,
    term_mark,
    year_mark,
)
from school.reports.seen import ClassBook, Pupil, SubjectMarks

column = Column.__table__
work = WorkType.__table__
NOW = bindparam("now", type_=Moment)
PUPILS = bindparam("pupils", expanding=True, type_=Id)


def _shown(table: Any, name: str) -> Any:
    """The value as a family sees it: a change in its quiet window is not out yet."""
    return case((table.c.released_at <= NOW, table.c[name]), else_=table.c[f"released_{name}"])


_FINALS = (
    select(
        term_mark.c.pupil_id,
        course.c.subject_id,
        term_mark.c.term_id,
        _shown(term_mark, "value"),
        _shown(term_mark, "code"),
    )
    .select_from(term_mark.join(course, and_(course.c.school_id == SCHOOL, course.c.id == term_mark.c.course_id)))
    .where(term_mark.c.school_id == SCHOOL, term_mark.c.pupil_id.in_(PUPILS), term_mark.c.term_id.in_(TERMS))
)
_YEARS = (
    select(
        year_mark.c.pupil_id,
        course.c.subject_id,
        year_mark.c.kind,
        _shown(year_mark, "value"),
        _shown(year_mark, "code"),
    )
    .select_from(year_mark.join(course, and_(course.c.school_id == SCHOOL, course.c.id == year_mark.c.course_id)))
    .where(year_mark.c.school_id == SCHOOL, year_mark.c.pupil_id.in_(PUPILS), course.c.group_id.in_(GROUPS))
)
_MARKS = (
    select(
        mark.c.pupil_id,
        subject.c.name_ru,
        subject.c.name_en,
        mark.c.subject_id,
        _shown(mark, "value"),
        _shown(mark, "code"),
        # A retake that counts instead leaves the old mark to be seen without weight, for families from its release on.
        case((mark.c.replaced_at <= NOW, 0), else_=mark.c.weight),
        work.c.is_control,
    )
    .select_from(
        mark.join(column, and_(column.c.school_id == SCHOOL, column.c.id == mark.c.column_id))
        .join(work, and_(work.c.school_id == SCHOOL, work.c.id == column.c.work_type_id))
        .join(subject, subject.c.id == mark.c.subject_id)
    )
    .where(
        mark.c.school_id == SCHOOL,
        mark.c.pupil_id.in_(OF_CLASS),
        mark.c.on_date.between(SINCE, UNTIL),
        or_(_shown(mark, "value").is_not(None), _shown(mark, "code").is_not(None)),
    )
    .order_by(subject.c.name_ru, mark.c.on_date, column.c.position, mark.c.place)
)
Finals = Mapping[tuple[uuid.UUID, int, uuid.UUID | str], int | str]
"""By pupil, subject and term; of the year by the kind of its mark."""


def final_terms(book: ClassBook, pupils: Sequence[Pupil], now: datetime | None = None) -> Finals:
    """Set marks of the terms, and of a year its own; one statement each."""
    if not pupils:
        return {}
    values = {
        "school": book.school_id,
        "pupils": [one.id for one in pupils],
        "terms": [one.id for one in book.period.terms],
        "groups": sorted({one.group_id for one in book.courses}),
        "now": now or clock.now(),
    }
    rows = [*read(_FINALS, values), *(read(_YEARS, values) if book.period.is_year else [])]
    return {
        (pupil_id, subject_id, of): value if value is not None else code
        for pupil_id, subject_id, of, value, code in rows
        if value is not None or code is not None
    }


def cards_of(book: ClassBook) -> Finals:
    """The same for the whole class."""
    return final_terms(book, book.pupils)


def slips_of(book: ClassBook, locale: str = "ru") -> dict[uuid.UUID, list[SubjectMarks]]:
    """What parents take home from a meeting: each subject with its marks so far; one statement, and that of the final marks."""
    finals = cards_of(book)
    last = book.period.terms[-1].id
    found: dict[tuple[uuid.UUID, int, str], list[tuple[str, int, int]]] = defaultdict(list)
    span = {"school": book.school_id, "class": book.class_id, "since": book.period.starts_on}
    for pupil_id, in_russian, in_english, subject_id, value, code, weight, is_control in read(
        _MARKS, {**span, "until": book.period.ends_on, "now": clock.now()}
    ):
        sign = str(value) if value is not None else code
        title = in_english if locale == "en" else in_russian
        found[pupil_id, subject_id, title].append((sign + "*" * is_control, value or 0, weight if value else 0))
    slips: dict[uuid.UUID, list[SubjectMarks]] = defaultdict(list)
    for (pupil_id, subject_id, title), marks in found.items():
        weights = sum(weight for _sign, _value, weight in marks)
        mean = Fraction(sum(value * weight for _sign, value, weight in marks), weights) if weights else None
        signs = " ".join(sign for sign, _value, _weight in marks)
        slips[pupil_id].append(SubjectMarks(title, signs, mean, finals.get((pupil_id, subject_id, last))))
    return slips
