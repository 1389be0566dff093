"""Results that a family acknowledges: control works of the journal and exams from outside, with what was asked about them.

Only what families have been shown already counts (docs/decisions/0014).
"""

import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import Table, and_, bindparam, case, or_, select

from school.asks.models import Ask, AskAnswer
from school.classes.queries.relations import SCHOOL
from school.core import clock
from school.core.database import Id, Moment, read
from school.core.languages import gettext as _
from school.core.languages import language
from school.gradebook.models import Column, WorkType
from school.people.models import Member
from school.people.names import polite_name
from school.progress.models import OutsideResult
from school.reports.queries.tables import CLASS, OF_CLASS, SINCE, UNTIL, mark, subject
from school.reports.seen import ClassBook

WORK, EXAM = "work", "exam"

column = cast("Table", Column.__table__)
work = cast("Table", WorkType.__table__)
outside = cast("Table", OutsideResult.__table__)
ask = cast("Table", Ask.__table__)
answer = cast("Table", AskAnswer.__table__)
guardian = cast("Table", Member.__table__).alias("guardian")
NOW = bindparam("now", type_=Moment)
PUPIL = bindparam("pupil", type_=Id)


def _shown(name: str) -> Any:
    return case((mark.c.released_at <= NOW, mark.c[name]), else_=mark.c[f"released_{name}"])


_SHOWN = or_(_shown("value").is_not(None), _shown("code").is_not(None))
_WORKS = (
    select(
        column.c.id,
        column.c.on_date,
        column.c.title,
        work.c.name,
        subject.c.name_ru,
        subject.c.name_en,
        mark.c.pupil_id,
        _shown("value"),
        _shown("code"),
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
        work.c.is_control,
        _SHOWN,
    )
    .order_by(column.c.on_date.desc(), column.c.id, mark.c.place)
)
_MARKS = (
    select(_shown("value"), _shown("code"))
    .where(
        mark.c.school_id == SCHOOL, mark.c.column_id == bindparam("column", type_=Id), mark.c.pupil_id == PUPIL, _SHOWN
    )
    .order_by(mark.c.place)
)
_EXAM_COLUMNS = (
    outside.c.subject_id,
    outside.c.on_date,
    outside.c.name,
    outside.c.pupil_id,
    outside.c.percent,
    subject.c.name_ru,
    subject.c.name_en,
)
_EXAMS = (
    select(*_EXAM_COLUMNS)
    .select_from(outside.join(subject, subject.c.id == outside.c.subject_id))
    .where(outside.c.school_id == SCHOOL, outside.c.pupil_id.in_(OF_CLASS), outside.c.on_date.between(SINCE, UNTIL))
    .order_by(outside.c.on_date.desc(), outside.c.name)
)
_EXAMS_OF_PUPIL = (
    select(*_EXAM_COLUMNS)
    .select_from(outside.join(subject, subject.c.id == outside.c.subject_id))
    .where(outside.c.school_id == SCHOOL, outside.c.pupil_id == PUPIL)
)
_ASKS = select(ask.c.id, ask.c.about, ask.c.due_on).where(
    ask.c.school_id == SCHOOL, ask.c.group_id == CLASS, ask.c.about != ""
)
_ANSWERS = (
    select(answer.c.ask_id, answer.c.pupil_id, answer.c.at, guardian.c.given_name, guardian.c.patronymic)
    .select_from(
        answer.join(ask, and_(ask.c.school_id == SCHOOL, ask.c.id == answer.c.ask_id)).join(
            guardian, and_(guardian.c.school_id == SCHOOL, guardian.c.id == answer.c.by_id)
        )
    )
    .where(answer.c.school_id == SCHOOL, ask.c.group_id == CLASS, ask.c.about != "")
)


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """A family's word that it has seen the result."""

    at: datetime
    by: str


@dataclass(slots=True)
class ResultSet:
    """One work or exam of a class."""

    about: str
    """``Ask.about``: «work:…» or «exam:…»."""
    title: str
    subject: str
    on_date: date
    results: dict[uuid.UUID, str] = field(default_factory=dict)
    """By pupil: «4», «2, 3» with a retake, «72 %»."""
    ask_id: uuid.UUID | None = None
    due_on: date | None = None
    acknowledged: dict[uuid.UUID, Acknowledged] = field(default_factory=dict)


def results_of(book: ClassBook) -> list[ResultSet]:
    """The class's control works and outside exams of the period, the latest first, with the families' answers. Four statements."""
    english = language() == "en"
    span = {
        "school": book.school_id,
        "class": book.class_id,
        "since": book.period.starts_on,
        "until": book.period.ends_on,
        "now": clock.now(),
    }
    found: dict[str, ResultSet] = {}
    for row_id, on_date, title, kind, name_ru, name_en, pupil_id, value, code in read(_WORKS, span):
        about = f"{WORK}:{row_id.hex}"
        one = found.setdefault(about, ResultSet(about, _named(kind, title), name_en if english else name_ru, on_date))
        sign = str(value) if value is not None else code
        one.results[pupil_id] = f"{one.results[pupil_id]}, {sign}" if pupil_id in one.results else sign
    for subject_id, on_date, name, pupil_id, percent, name_ru, name_en in read(_EXAMS, span):
        about = f"{EXAM}:{_exam_key(subject_id, on_date, name)}"
        one = found.setdefault(about, ResultSet(about, name, name_en if english else name_ru, on_date))
        one.results[pupil_id] = _percent(percent)
    of_ask: dict[uuid.UUID, ResultSet] = {}
    for ask_id, about, due_on in read(_ASKS, span):
        if about in found:
            found[about].ask_id, found[about].due_on = ask_id, due_on
            of_ask[ask_id] = found[about]
    for ask_id, pupil_id, at, given, patronymic in read(_ANSWERS, span) if of_ask else ():
        if ask_id in of_ask:
            of_ask[ask_id].acknowledged[pupil_id] = Acknowledged(at, polite_name(given, patronymic))
    return sorted(found.values(), key=lambda one: (one.on_date, one.about), reverse=True)


def work_result(school_id: int, key: str, pupil_id: uuid.UUID) -> str:
    """A pupil's marks of a control work, as the family sees them."""
    values = {"school": school_id, "column": uuid.UUID(key), "pupil": pupil_id, "now": clock.now()}
    return ", ".join(_sign(row) for row in read(_MARKS, values))


def exam_result(school_id: int, key: str, pupil_id: uuid.UUID) -> str:
    """A pupil's part of the points of an exam from outside."""
    for subject_id, on_date, name, _pupil, percent, *_names in read(
        _EXAMS_OF_PUPIL, {"school": school_id, "pupil": pupil_id}
    ):
        if _exam_key(subject_id, on_date, name) == key:
            return _percent(percent)
    return ""


def _named(kind: str, title: str) -> str:
    """«Контрольная работа: Степени»; a title that begins with its kind says it already."""
    if not title:
        return kind
    return title if title.lower().startswith(kind.lower()) else f"{kind}: {title}"


def _sign(row: Sequence[Any]) -> str:
    return str(row[0]) if row[0] is not None else str(row[1])


def _percent(number: int) -> str:
    return _("%(number)s %% of the points", number=number)


def _exam_key(subject_id: int, on_date: date, name: str) -> str:
    """What names an exam, whose results are rows of pupils."""
    return hashlib.sha256(f"{subject_id}|{on_date}|{name}".encode()).hexdigest()[:32]
