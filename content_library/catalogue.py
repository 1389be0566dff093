"""Searching the library in the database alone, and the cards of units: published units by words, subject, year level, kind, topic and language."""

import re
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, case, func, literal, select
from sqlalchemy.orm import Session

from content_library.models import (
    FileRole,
    Subject,
    Topic,
    Unit,
    UnitFacts,
    UnitKind,
    UnitState,
    UnitTopic,
    UnitVersion,
    VersionFile,
)
from content_library.words import wished

_CURSOR = re.compile(r"([01])-([0-9a-f]{32})")


@dataclass(frozen=True, slots=True)
class Card:
    """A unit as the catalogue shows it."""

    unit_id: uuid.UUID
    version_id: uuid.UUID
    kind: UnitKind
    title: str
    summary: str
    minutes: int
    subject_id: int
    subject_name_ru: str
    subject_name_en: str
    tint: int
    language: str
    year_from: int
    year_to: int
    author_name: str
    licence: str
    poster: str | None
    """Key of the stored picture for the card."""
    is_published: bool = True
    """False for one that was retired."""
    homeworks: int = 0
    """Times it was set, by the last count."""
    usual_minutes: int | None = None
    """The median of what pupils needed."""


@dataclass(frozen=True, slots=True)
class CataloguePage:
    """One page of found units, and how many there would be with each other choice of one filter."""

    cards: Sequence[Card]
    after: str | None
    """Where the next page begins; None on the last."""
    total: int
    by_kind: Mapping[UnitKind, int]
    by_subject: Mapping[int, int]
    by_year_level: Mapping[int, int]
    by_language: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class _Wish:
    """The filters of one search."""

    stems: tuple[str, ...]
    subject: int | None
    year_level: int | None
    kind: UnitKind | None
    topic: int | None
    language: str | None

    def conditions(self) -> list[ColumnElement[bool]]:
        """The filters as SQL."""
        found: list[ColumnElement[bool]] = [Unit.state == UnitState.PUBLISHED]
        found += [Unit.search_text.like(f"% {stem}%") for stem in self.stems]
        if self.subject is not None:
            found.append(Unit.subject_id == self.subject)
        if self.year_level is not None:
            found += [Unit.year_from <= self.year_level, Unit.year_to >= self.year_level]
        if self.kind is not None:
            found.append(Unit.kind == self.kind)
        if self.topic is not None:
            found.append(Unit.id.in_(_units_below(self.topic)))
        if self.language is not None:
            found.append(Unit.language == self.language)
        return found

    def rank(self) -> ColumnElement[int]:
        """0 where the title has all the words, 1 where only the text has."""
        if not self.stems:
            return literal(0)
        return case((and_(*(Unit.search_title.like(f"% {stem}%") for stem in self.stems)), 0), else_=1)


_POSTER = (
    select(VersionFile.sha256)
    .where(
        VersionFile.version_id == UnitVersion.id,
        VersionFile.role.in_([FileRole.POSTER, FileRole.PICTURE]),
    )
    .order_by(case((VersionFile.role == FileRole.POSTER, 0), else_=1), VersionFile.position)
    .limit(1)
    .correlate(UnitVersion)
    .scalar_subquery()
)

_CARDS = (
    select(
        Unit.id,
        UnitVersion.id,
        Unit.kind,
        UnitVersion.title,
        UnitVersion.summary,
        UnitVersion.minutes,
        Unit.subject_id,
        Subject.name_ru,
        Subject.name_en,
        Subject.tint,
        Unit.language,
        Unit.year_from,
        Unit.year_to,
        Unit.author_name,
        Unit.licence,
        _POSTER,
        Unit.state == UnitState.PUBLISHED,
        func.coalesce(UnitFacts.homeworks, 0),
        UnitFacts.minutes,
    )
    .join(UnitVersion, UnitVersion.id == Unit.published_version_id)
    .join(Subject, Subject.id == Unit.subject_id)
    .outerjoin(UnitFacts, UnitFacts.unit_id == Unit.id)
)
_CARDS_OF = _CARDS.where(Unit.id.in_(bindparam("ids", expanding=True)))


def search(
    session: Session,
    words: str = "",
    *,
    subject: int | None = None,
    year_level: int | None = None,
    kind: UnitKind | None = None,
    topic: int | None = None,
    language: str | None = None,
    after: str | None = None,
    limit: int = 24,
    counted: bool = True,
) -> CataloguePage:
    """Published units that have all the words, in any of their forms: first those that have them in the title,
    then the newest.

    ``topic`` includes the narrower topics below it. ``after`` is the mark that the page before gave; one that nobody
    gave begins at the beginning. Not ``counted``: nothing is known but the page itself.
    """
    wish = _Wish(tuple(wished(words)), subject, year_level, kind, topic, language)
    rank = wish.rank()
    found = _CARDS.add_columns(rank).where(*wish.conditions()).order_by(rank, Unit.id.desc()).limit(limit + 1)
    mark = _CURSOR.fullmatch(after or "")
    if mark:
        last_rank, last_id = int(mark[1]), uuid.UUID(hex=mark[2])
        found = found.where((rank > last_rank) | ((rank == last_rank) & (Unit.id < last_id)))
    rows = session.execute(found).all()
    shown = rows[:limit]
    by_kind = _counts(session, Unit.kind, replace(wish, kind=None)) if counted else {}
    return CataloguePage(
        cards=[_card(row) for row in shown],
        after=f"{shown[-1][-1]}-{shown[-1][0].hex}" if len(rows) > limit else None,
        # Every unit has one kind, so the counts by kind already hold the sum.
        total=len(shown) if not counted else sum(by_kind.values()) if kind is None else by_kind.get(kind, 0),
        by_kind=by_kind,
        by_subject=_counts(session, Unit.subject_id, replace(wish, subject=None)) if counted else {},
        by_year_level=_years(session, replace(wish, year_level=None)) if counted else {},
        by_language=_counts(session, Unit.language, replace(wish, language=None)) if counted else {},
    )


def units_for_topic(session: Session, topic_id: int, limit: int = 12) -> list[Card]:
    """Published units that hang on a topic or below it, the newest first."""
    found = _CARDS.where(Unit.state == UnitState.PUBLISHED, Unit.id.in_(_units_below(topic_id)))
    return [_card(row) for row in session.execute(found.order_by(Unit.id.desc()).limit(limit))]


def cards_of(session: Session, unit_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, Card]:
    """The cards of these units as they are published now, retired ones too."""
    return {row[0]: _card(row) for row in session.execute(_CARDS_OF, {"ids": unit_ids})}


def _card(row: Sequence[Any]) -> Card:
    return Card(*row[:19])


def _units_below(topic_id: int) -> Select[uuid.UUID]:
    below = select(Topic.id).where(Topic.id == topic_id).cte("below", recursive=True)
    below = below.union(select(Topic.id).join(below, Topic.parent_id == below.c.id))
    return select(UnitTopic.unit_id).join(below, below.c.id == UnitTopic.topic_id)


def _counts(session: Session, column: Any, wish: _Wish) -> dict[Any, int]:
    counted = select(column, func.count()).where(*wish.conditions()).group_by(column)
    return {row[0]: row[1] for row in session.execute(counted)}


_YEAR_LEVELS = range(1, 12)
_YEAR_SUMS = select(
    *(
        func.coalesce(func.sum(case(((Unit.year_from <= level) & (Unit.year_to >= level), 1), else_=0)), 0)
        for level in _YEAR_LEVELS
    )
)
"""Built once: making eleven sums anew took longer than running them."""


def _years(session: Session, wish: _Wish) -> dict[int, int]:
    row = session.execute(_YEAR_SUMS.where(*wish.conditions())).one()
    return {level: int(count) for level, count in zip(_YEAR_LEVELS, row, strict=True) if count}
