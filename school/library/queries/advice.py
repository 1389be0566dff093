"""What could stand in for a unit, and where the library has nothing: both for those who look for more."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from content_library import (
    Card,
    Filters,
    Subject,
    Topic,
    Unit,
    UnitKind,
    UnitState,
    UnitVersion,
    finding,
    shelf,
    subjects,
)
from content_library.models import UnitTopic
from school.core import clock
from school.core.database import db
from school.core.finding import reader
from school.library.queries.frameworks import in_tree_order

EQUALS = 3
LOOKED_AT = 48
_MINUTES = 5
"""Minutes within which two units are of one length."""


@dataclass(frozen=True, slots=True)
class Equal:
    """A unit that could stand in for another, and how it is like it."""

    card: Card
    topic: str
    same_kind: bool
    same_years: bool
    same_length: bool


def equals_of(unit: Unit, version: UnitVersion) -> list[Equal]:
    """Three units on the same topic, the most alike by kind, years, length and language first."""
    found: dict[object, Equal] = {}
    for topic in shelf.topics_of_unit(db.session(), unit):
        for kind in (unit.kind, None):
            wish = Filters(subject=unit.subject_id, topic=topic.id, kind=kind)
            for card in finding.search(db.session(), reader(), "", wish, limit=LOOKED_AT).cards:
                if card.unit_id != unit.id and card.unit_id not in found:
                    found[card.unit_id] = _equal(unit, version, card, topic)
            if len(found) >= LOOKED_AT:
                break
    return sorted(found.values(), key=lambda one: _distance(unit, version, one.card))[:EQUALS]


def _equal(unit: Unit, version: UnitVersion, card: Card, topic: Topic) -> Equal:
    return Equal(
        card,
        topic.title,
        card.kind is unit.kind,
        card.year_from <= unit.year_to and unit.year_from <= card.year_to,
        abs(card.minutes - version.minutes) <= _MINUTES,
    )


def _distance(unit: Unit, version: UnitVersion, card: Card) -> tuple[bool, bool, bool, int, int]:
    apart = card.year_from > unit.year_to or unit.year_from > card.year_to
    return (
        card.kind is not unit.kind,
        apart,
        card.language != unit.language,
        abs(card.minutes - version.minutes),
        -card.homeworks,
    )


@dataclass(frozen=True, slots=True)
class GapRow:
    """A topic with the number of published units of each kind; the wider ones say nothing of their own."""

    topic: Topic
    depth: int
    counts: Mapping[UnitKind, int]
    has_parts: bool


@dataclass(frozen=True, slots=True)
class GapMap:
    """Topic by kind, for a subject and a year level."""

    rows: Sequence[GapRow]
    empty: int
    """Topics without a single unit."""
    loose: int
    """Published units of the subject that hang on no topic."""


def gaps_in(subject: Subject, year_level: int | None) -> GapMap:
    """Where a subject has units and where it has none: three statements, one row a topic and kind."""
    today = clock.today()
    topics = [one for one in subjects.topics_of(db.session(), subject.id, year_level) if one.is_valid(today)]
    counted = (
        select(UnitTopic.topic_id, Unit.kind, func.count())
        .join(Unit, Unit.id == UnitTopic.unit_id)
        .where(Unit.state == UnitState.PUBLISHED, Unit.subject_id == subject.id)
        .group_by(UnitTopic.topic_id, Unit.kind)
    )
    if year_level is not None:
        counted = counted.where(Unit.year_from <= year_level, Unit.year_to >= year_level)
    counts: dict[int, dict[UnitKind, int]] = {}
    for topic_id, kind, number in db.session.execute(counted):
        counts.setdefault(topic_id, {})[kind] = number
    parents = {one.parent_id for one in topics}
    rows = [GapRow(one, depth, counts.get(one.id, {}), one.id in parents) for one, depth in in_tree_order(topics)]
    hung = select(UnitTopic.unit_id).where(UnitTopic.unit_id == Unit.id).exists()
    loose = db.session.scalar(
        select(func.count())
        .select_from(Unit)
        .where(Unit.state == UnitState.PUBLISHED, Unit.subject_id == subject.id, ~hung)
    )
    return GapMap(rows, sum(not row.counts and not row.has_parts for row in rows), loose or 0)
