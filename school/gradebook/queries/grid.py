"""The grid of a course and term: names, columns, marks, presence. Five statements, cells as tuples."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache, reduce
from typing import Any, NamedTuple, cast

from sqlalchemy import (
    ColumnElement,
    Table,
    Text,
    and_,
    bindparam,
    case,
    func,
    literal_column,
    select,
    union_all,
)
from sqlalchemy import cast as cast_to

from school.classes.models import Absence, Lesson
from school.classes.queries.pupils import LEARNERS
from school.classes.queries.relations import SCHOOL
from school.core.database import Id, read
from school.core.reading import Rows
from school.gradebook.journal import Act, Journal, TermSpan, Work
from school.gradebook.models import Column, Mark, TermMark, WorkType, answer_column_id
from school.gradebook.presence import Shown, shown_by
from school.gradebook.queries.acts import find_act
from school.gradebook.queries.journals import term_among, terms_of_regime
from school.gradebook.queries.keys import as_hex, as_key
from school.gradebook.scale import Rules, hundredths
from school.gradebook.systems import Criterion
from school.people.names import short_name

lesson = cast("Table", Lesson.__table__)
column = cast("Table", Column.__table__)
work = cast("Table", WorkType.__table__)
mark = cast("Table", Mark.__table__)
absence = cast("Table", Absence.__table__)
term_mark = cast("Table", TermMark.__table__)

COURSE, TERM = bindparam("course", type_=Id), bindparam("term", type_=Id)

_COLUMNS = (
    select(
        lesson.c.id,
        lesson.c.on_date,
        lesson.c.slot,
        lesson.c.state,
        lesson.c.topic,
        column.c.id,
        column.c.title,
        column.c.weight,
        column.c.system,
        column.c.criteria,
        work.c.name,
        work.c.short,
        work.c.is_control,
    )
    .select_from(
        lesson.outerjoin(column, and_(column.c.school_id == SCHOOL, column.c.lesson_id == lesson.c.id)).outerjoin(
            work, and_(work.c.school_id == SCHOOL, work.c.id == column.c.work_type_id)
        )
    )
    .where(lesson.c.school_id == SCHOOL, lesson.c.course_id == COURSE, lesson.c.term_id == TERM)
    .order_by(lesson.c.on_date, lesson.c.slot, column.c.position, column.c.id)
)
MARKS: ColumnElement[int] = literal_column("1")
PRESENCE: ColumnElement[int] = literal_column("2")
TERM_MARK: ColumnElement[int] = literal_column("3")
UNUSUAL: ColumnElement[str] = literal_column("'+'")
UNUSUAL_BEGINS = "+\x1f"
FIELD, CELL = "\x1f", "\x1e"
"""What stands between the fields of a cell and between cells. No keyboard has them; one in a comment would only cut it short here."""


def _packed(*fields: Any) -> ColumnElement[str]:
    texts = [func.coalesce(cast_to(one, Text), "") for one in fields]
    return reduce(lambda made, one: made.concat(FIELD).concat(one), texts)


_CELLS = union_all(
    select(
        MARKS.label("kind"),
        as_key(mark.c.pupil_id),
        func.aggregate_strings(
            case(
                (
                    and_(
                        mark.c.place == 0,
                        mark.c.origin.is_(None),
                        mark.c.due_on.is_(None),
                        mark.c.replaced_at.is_(None),
                    ),
                    _packed(as_hex(mark.c.column_id), mark.c.value, mark.c.code, mark.c.version, mark.c.comment),
                ),
                else_=_packed(
                    UNUSUAL,
                    as_hex(mark.c.column_id),
                    mark.c.place,
                    mark.c.origin,
                    mark.c.due_on,
                    case((mark.c.replaced_at.is_not(None), "1"), else_=""),
                    mark.c.value,
                    mark.c.code,
                    mark.c.version,
                    mark.c.comment,
                ),
            ),
            CELL,
        ),
    )
    .where(mark.c.school_id == SCHOOL, mark.c.course_id == COURSE, mark.c.term_id == TERM)
    .group_by(mark.c.pupil_id),
    select(PRESENCE, as_key(absence.c.pupil_id), _packed(as_hex(absence.c.lesson_id), absence.c.fact, absence.c.reason))
    .select_from(absence.join(lesson, and_(lesson.c.school_id == SCHOOL, lesson.c.id == absence.c.lesson_id)))
    .where(absence.c.school_id == SCHOOL, lesson.c.course_id == COURSE, lesson.c.term_id == TERM),
    select(
        TERM_MARK,
        as_key(term_mark.c.pupil_id),
        _packed(func.coalesce(cast_to(term_mark.c.value, Text), term_mark.c.code)),
    ).where(term_mark.c.school_id == SCHOOL, term_mark.c.course_id == COURSE, term_mark.c.term_id == TERM),
)
"""All that stands in the grid: a pupil's marks as one text, for thirty rows travel and unpack faster than two thousand; presence by
lesson; term marks."""


class GridColumn(NamedTuple):
    """A column on the screen; of a lesson without marks, the one that its first mark will make."""

    id: uuid.UUID
    lesson_id: uuid.UUID
    on_date: date
    slot: int
    is_held: bool
    topic: str
    is_made: bool
    title: str
    weight: int
    work: str
    short: str
    is_control: bool
    opens_lesson: bool
    """The lesson's first column, where presence stands."""
    system: str | None
    criteria: tuple[Criterion, ...]


GridCell = tuple[int | None, str | None, int, str, Shown | None]
"""Value, code, version, comment, presence. A bare tuple: there may be thousands on a page."""


class Beside(NamedTuple):
    """What few cells have: another mark beside the first, points of another system, the day of a dot, a retake that counts."""

    place: int
    origin: str
    due_on: str
    is_replaced: bool
    value: int | None
    code: str | None
    version: int
    comment: str


@dataclass(slots=True)
class GridRow:
    """A pupil's line."""

    id: uuid.UUID
    name: str
    from_on: date
    to_on: date | None
    cells: list[GridCell | None]
    """What stands in each column; None where nothing does."""
    value_sum: int = 0
    weight_sum: int = 0
    term_mark: str = ""
    marks: int = 0
    """How many numbers enter the mean."""
    beside: dict[int, list[Beside]] = field(default_factory=dict)
    """By column, for the few cells that have more than a mark."""

    @property
    def mean(self) -> int | None:
        """In hundredths."""
        return hundredths(self.value_sum, self.weight_sum)


@dataclass(frozen=True, slots=True)
class Grid:
    """All of a journal's page."""

    journal: Journal
    terms: Sequence[TermSpan]
    term: TermSpan
    act: Act | None
    columns: Sequence[GridColumn]
    rows: Sequence[GridRow]
    rules: Rules = field(default_factory=Rules)


def find_grid(journal: Journal, term_number: int | None = None) -> Grid | None:
    """The journal of a term (by its number, or today's); None when the year has no such term."""
    terms = terms_of_regime(journal.school_id, journal.course.regime_id)
    term = term_among(terms, term_number)
    if term is None:
        return None
    act = find_act(journal.school_id, term.starts_on)
    where = {"school": journal.school_id, "course": journal.id, "term": term.id}
    columns = _columns(where, act.answers if act else None)
    rows = _rows(journal, term, len(columns))
    rules = act.rules if act else Rules()
    _fill(read(_CELLS, where), columns, {row.id.bytes: row for row in rows}, rules)
    return Grid(journal, terms, term, act, columns, rows, rules)


def _columns(where: dict[str, Any], answers: Work | None) -> list[GridColumn]:
    made = []
    last = None
    for (
        lesson_id,
        on_date,
        slot,
        state,
        topic,
        column_id,
        title,
        weight,
        system,
        criteria,
        name,
        short,
        is_control,
    ) in read(_COLUMNS, where):
        opens, last = lesson_id != last, lesson_id
        held = state == "planned"
        if column_id is None:
            column_id, title, weight = answer_column_id(lesson_id), "", answers.weight if answers else 1
            name, short, is_control = answers.name if answers else "", "", False
            is_made = False
        else:
            is_made = True
        made.append(
            GridColumn(
                column_id,
                lesson_id,
                on_date,
                slot,
                held,
                topic,
                is_made,
                title,
                weight,
                name,
                short,
                is_control,
                opens,
                system,
                Criterion.all_of(criteria) if criteria else (),
            )
        )
    return made


def _rows(journal: Journal, term: TermSpan, width: int) -> list[GridRow]:
    found: dict[uuid.UUID, GridRow] = {}
    span = {
        "school": journal.school_id,
        "group": journal.course.group_id,
        "since": term.starts_on,
        "until": term.ends_on,
    }
    for _school, pupil_id, family_name, given_name, _patronymic, from_on, to_on in read(LEARNERS, span):
        if pupil_id in found:  # who left and came back stands once
            found[pupil_id].to_on = to_on
        else:
            name = short_name(family_name, given_name)
            found[pupil_id] = GridRow(pupil_id, name, from_on, to_on, [None] * width)
    return list(found.values())


_NOTHING: GridCell = (None, None, 0, "", None)


def _fill(found: Rows, columns: list[GridColumn], by_key: dict[bytes, GridRow], rules: Rules) -> None:
    """Put what was found where it stands; what belongs to nobody of the list or to no column is left out."""
    places = {one.id.hex: n for n, one in enumerate(columns)}
    first_of = {one.lesson_id.hex: n for n, one in enumerate(columns) if one.opens_lesson}
    weights = [one.weight for one in columns]
    shown = shown_by(rules.presence)
    for kind, pupil, text in found:
        row = by_key.get(pupil)
        if row is None:
            continue
        if kind == 1:
            _fill_marks(row, text, places, weights)
        elif kind == 2:
            lesson_key, fact, reason = text.split(FIELD)
            n = first_of.get(lesson_key)
            if n is not None:
                row.cells[n] = (*(row.cells[n] or _NOTHING)[:4], shown[fact, reason])
        else:
            row.term_mark = text


def _fill_marks(row: GridRow, text: str, places: dict[str, int], weights: list[int]) -> None:
    cells = row.cells
    for packed in text.split(CELL):
        n = places.get(packed[:HEX])
        if n is None:
            if packed.startswith(UNUSUAL_BEGINS):
                _fill_beside(row, packed, places, weights)
            continue
        cell = _unpacked(packed[HEX + 1 :])
        before = cells[n]
        cells[n] = cell if before is None else (*cell[:4], before[4])
        value = cell[0]
        if value is not None:
            weight = weights[n]
            row.weight_sum += weight
            row.value_sum += weight * value
            row.marks += 1


def _fill_beside(row: GridRow, packed: str, places: dict[str, int], weights: list[int]) -> None:
    """A mark that needs more than a cell: it stands in ``beside``, the cell's own in its cell too."""
    _sign, key, place, origin, due_on, replaced, value, code, version, comment = packed.split(FIELD, 9)
    n = places.get(key)
    if n is None:
        return
    number = int(value) if value else None
    made = Beside(int(place), origin, due_on, bool(replaced), number, code or None, int(version), comment)
    row.beside.setdefault(n, []).append(made)
    if made.place == 0:
        before = row.cells[n]
        row.cells[n] = (number, made.code, made.version, comment, before[4] if before else None)
    if number is not None and not made.is_replaced:
        row.weight_sum += weights[n]
        row.value_sum += weights[n] * number
        row.marks += 1


HEX = 32


@lru_cache(maxsize=8192)
def _unpacked(text: str) -> GridCell:
    """The same few cells stand in every journal: a 5 put once and never changed, without a word."""
    value, code, version, comment = text.split(FIELD, 3)
    return int(value) if value else None, code or None, int(version), comment, None
