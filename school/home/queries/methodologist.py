"""What a methodologist begins with: units that wait for review, the newest ones, and where the library is thin."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table, and_, func, select

from content_library.models import Subject, Topic, Unit, UnitState, UnitVersion
from school.core.database import read

unit = cast("Table", Unit.__table__)
version = cast("Table", UnitVersion.__table__)
subject = cast("Table", Subject.__table__)
topic = cast("Table", Topic.__table__)

WAITING_SHOWN, NEWEST_SHOWN = 8, 5
YEARS = range(1, 12)

_CARD = (
    unit.c.id,
    version.c.title,
    unit.c.kind,
    subject.c.name_ru,
    subject.c.name_en,
    subject.c.tint,
    unit.c.year_from,
    unit.c.year_to,
    unit.c.author_name,
)
_WAITING = (
    select(*_CARD, version.c.sent_at, func.count().over())
    .select_from(
        unit.join(version, and_(version.c.unit_id == unit.c.id, version.c.sent_at.is_not(None))).join(
            subject, subject.c.id == unit.c.subject_id
        )
    )
    .order_by(version.c.sent_at, unit.c.id)
    .limit(WAITING_SHOWN)
)
_NEWEST = (
    select(*_CARD, version.c.published_at)
    .select_from(
        unit.join(version, version.c.id == unit.c.published_version_id).join(subject, subject.c.id == unit.c.subject_id)
    )
    .where(unit.c.state == UnitState.PUBLISHED.value)
    .order_by(version.c.published_at.desc(), unit.c.id.desc())
    .limit(NEWEST_SHOWN)
)
_STOCK = (
    select(unit.c.kind, unit.c.subject_id, unit.c.year_from, unit.c.year_to, func.count())
    .where(unit.c.state == UnitState.PUBLISHED.value)
    .group_by(unit.c.kind, unit.c.subject_id, unit.c.year_from, unit.c.year_to)
)
_TOPICS = (
    select(
        subject.c.id, subject.c.name_ru, subject.c.name_en, subject.c.tint, topic.c.year_level, func.count(topic.c.id)
    )
    .select_from(subject.outerjoin(topic, topic.c.subject_id == subject.c.id))
    .group_by(subject.c.id, subject.c.name_ru, subject.c.name_en, subject.c.tint, subject.c.sort, topic.c.year_level)
    .order_by(subject.c.sort, subject.c.id)
)


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit in a short list."""

    id: uuid.UUID
    title: str
    kind: str
    subject: str
    tint: int
    year_from: int
    year_to: int
    author: str
    at: datetime
    """When it was sent for review, or published."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A subject in a year level: published units, and topics of the framework."""

    units: int
    topics: int

    @property
    def is_gap(self) -> bool:
        """The framework has topics here and the library has nothing."""
        return self.topics > 0 and self.units == 0


@dataclass(frozen=True, slots=True)
class SubjectRow:
    """A subject's line of the map, one cell for each of the eleven years."""

    name: str
    tint: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Stock:
    """What the library has."""

    by_kind: dict[str, int]
    rows: tuple[SubjectRow, ...]
    """Subjects with a unit or a topic."""
    untouched: tuple[str, ...]
    """Subjects with neither."""

    @property
    def units(self) -> int:
        """All published units."""
        return sum(self.by_kind.values())

    @property
    def gaps(self) -> int:
        """Years of subjects that have topics and no unit."""
        return sum(cell.is_gap for row in self.rows for cell in row.cells)


def waiting_units(locale: str) -> tuple[list[UnitLine], int]:
    """The units that have waited longest for review, and how many wait in all. One statement."""
    rows = [tuple[Any, ...](row) for row in read(_WAITING)]
    return [_line(row[:-1], locale) for row in rows], rows[0][-1] if rows else 0


def newest_units(locale: str) -> list[UnitLine]:
    """What was published last."""
    return [_line(tuple(row), locale) for row in read(_NEWEST)]


def stock(locale: str) -> Stock:
    """Published units by kind, and by subject and year beside the topics of the framework. Two statements."""
    by_kind: dict[str, int] = {}
    units: dict[tuple[int, int], int] = {}
    for kind, subject_id, first, last, n in read(_STOCK):
        by_kind[str(kind)] = by_kind.get(str(kind), 0) + n
        for year in range(first, last + 1):
            units[subject_id, year] = units.get((subject_id, year), 0) + n
    names: dict[int, tuple[str, int]] = {}
    topics: dict[tuple[int, int], int] = {}
    for subject_id, name_ru, name_en, tint, year, n in read(_TOPICS):
        names[subject_id] = (name_en if locale == "en" else name_ru, tint + 1)
        if year is not None:
            topics[subject_id, year] = n
    rows, untouched = [], []
    for thing, (name, tint) in names.items():
        cells = tuple(Cell(units.get((thing, year), 0), topics.get((thing, year), 0)) for year in YEARS)
        if any(cell.units or cell.topics for cell in cells):
            rows.append(SubjectRow(name, tint, cells))
        else:
            untouched.append(name)
    return Stock(by_kind, tuple(rows), tuple(untouched))


def _line(row: tuple[Any, ...], locale: str) -> UnitLine:
    thing, title, kind, name_ru, name_en, tint, *rest = row
    return UnitLine(thing, title, str(kind), name_en if locale == "en" else name_ru, tint + 1, *rest)
