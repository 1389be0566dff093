"""The marks behind progress. Families read what has been released, staff what stands; a removed mark is nowhere."""

import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from sqlalchemy import ColumnElement, Select, Table, and_, bindparam, case, select
from sqlalchemy.types import Date, Integer

from school.classes.queries.relations import SCHOOL
from school.core import clock
from school.core.database import Id, Moment, read
from school.gradebook.models import Column, Mark, WorkType
from school.progress.seen import SeenLearning, SeenSubject
from school.progress.trend import Point

mark = cast("Table", Mark.__table__)
column = cast("Table", Column.__table__)
work = cast("Table", WorkType.__table__)

SINCE = bindparam("since", type_=Date)
NOW = bindparam("now", type_=Moment)
PUPIL = bindparam("pupil", type_=Id)
_TERMS = bindparam("terms", type_=Id, expanding=True)

_RELEASED = mark.c.released_at <= NOW


def _value(as_staff: bool) -> ColumnElement[Any]:
    return mark.c.value if as_staff else case((_RELEASED, mark.c.value), else_=mark.c.released_value)


def _code(as_staff: bool) -> ColumnElement[Any]:
    return mark.c.code if as_staff else case((_RELEASED, mark.c.code), else_=mark.c.released_code)


def _replaced(as_staff: bool) -> ColumnElement[bool]:
    """A retake counts instead: for families from the moment they see it."""
    since = mark.c.replaced_at
    return since.is_not(None) if as_staff else and_(since.is_not(None), since <= NOW)


def _points(as_staff: bool) -> Select[Any]:
    """Numeric marks of all subjects."""
    value = _value(as_staff)
    return (
        select(mark.c.subject_id, mark.c.term_id.in_(_TERMS), mark.c.on_date, value, mark.c.weight)
        .where(mark.c.school_id == SCHOOL, mark.c.pupil_id == PUPIL, mark.c.on_date >= SINCE, value.is_not(None))
        .where(~_replaced(as_staff))
        .order_by(mark.c.on_date, mark.c.id)
    )


def _of_subject(as_staff: bool) -> Select[Any]:
    value, code = _value(as_staff), _code(as_staff)
    return (
        select(
            mark.c.id,
            mark.c.term_id,
            mark.c.on_date,
            value,
            code,
            mark.c.weight,
            work.c.name,
            work.c.position,
            column.c.title,
            _replaced(as_staff),
        )
        .select_from(
            mark.join(column, and_(column.c.school_id == SCHOOL, column.c.id == mark.c.column_id)).join(
                work, and_(work.c.school_id == SCHOOL, work.c.id == column.c.work_type_id)
            )
        )
        .where(
            mark.c.school_id == SCHOOL,
            mark.c.pupil_id == PUPIL,
            mark.c.subject_id == bindparam("subject", type_=Integer),
            mark.c.on_date >= SINCE,
        )
        .order_by(mark.c.on_date, column.c.position, mark.c.place, mark.c.id)
    )


_POINTS = {as_staff: _points(as_staff) for as_staff in (True, False)}
_OF_SUBJECT = {as_staff: _of_subject(as_staff) for as_staff in (True, False)}


@dataclass(frozen=True, slots=True)
class WorkMark:
    """A mark of one subject with the work it was put for."""

    id: uuid.UUID
    term_id: uuid.UUID
    on_date: date
    value: int | None
    code: str | None
    weight: int
    work: str
    position: int
    """Of the work type in the school's act."""
    title: str
    is_replaced: bool = False
    """A retake counts instead."""

    @property
    def text(self) -> str:
        """«4», «н/а»."""
        return str(self.value) if self.value is not None else self.code or ""

    @property
    def counts(self) -> bool:
        """Whether it enters the mean."""
        return self.value is not None and not self.is_replaced

    @property
    def point(self) -> Point | None:
        """As the mean sees it; None for a code."""
        return Point(self.on_date, self.value, self.weight) if self.counts and self.value is not None else None


def points_of(learning: SeenLearning, since: date, terms: Sequence[uuid.UUID]) -> dict[int, list[tuple[bool, Point]]]:
    """The pupil's numeric marks since a day by subject, in the order of days, each with whether it is of one of ``terms``. One statement."""
    rows = read(
        _POINTS[learning.as_staff],
        {"school": learning.school_id, "pupil": learning.id, "since": since, "terms": terms, "now": clock.now()},
    )
    found: dict[int, list[tuple[bool, Point]]] = defaultdict(list)
    for subject_id, is_of_terms, on_date, value, weight in rows:
        found[subject_id].append((bool(is_of_terms), Point(on_date, value, weight)))
    return found


def marks_of(learning: SeenLearning, subject: SeenSubject, since: date) -> list[WorkMark]:
    """The pupil's marks of one subject since a day, in their order. One statement."""
    rows = read(
        _OF_SUBJECT[learning.as_staff],
        {
            "school": learning.school_id,
            "pupil": learning.id,
            "subject": subject.id,
            "since": since,
            "now": clock.now(),
        },
    )
    made = (WorkMark(*row) for row in rows)
    return [one for one in made if one.text]
