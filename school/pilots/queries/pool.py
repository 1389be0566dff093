"""Units kept back for common tests, and units that could be."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select

from content_library.models import Item, Subject, Topic, Unit, UnitTopic, UnitVersion
from school.core.access import Actor
from school.core.database import db
from school.core.languages import language
from school.tasks.kinds import BY_HAND

_COUNT = select(func.count()).where(Item.version_id == UnitVersion.id).correlate(UnitVersion).scalar_subquery()
_BY_HAND = (
    select(func.count())
    .where(Item.version_id == UnitVersion.id, Item.kind.in_(list(BY_HAND)))
    .correlate(UnitVersion)
    .scalar_subquery()
)
_NEWEST = select(func.max(UnitVersion.number)).where(UnitVersion.unit_id == Unit.id).correlate(Unit).scalar_subquery()
_LINES = (
    select(
        Unit.id, UnitVersion.id, UnitVersion.title, Subject.name_ru, Subject.name_en, Subject.tint,
        _COUNT, _BY_HAND, UnitVersion.minutes, Unit.held_at, Unit.published_version_id,
    )
    .join(UnitVersion, UnitVersion.unit_id == Unit.id)
    .join(Subject, Subject.id == Unit.subject_id)
    .where(UnitVersion.number == _NEWEST)
    .order_by(Unit.held_at.is_(None), UnitVersion.title, Unit.id)
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PoolUnit:
    """A unit of questions."""

    unit_id: uuid.UUID
    version_id: uuid.UUID
    title: str
    subject: str
    tint: int
    questions: int
    by_hand: int
    """Questions that a person judges: a common test can't have them."""
    minutes: int
    held_at: datetime | None
    published_id: uuid.UUID | None
    """Whoever was published once has been seen."""

    @property
    def can_be_held(self) -> bool:
        """A draft with questions that the machine judges."""
        return self.published_id is None and self.questions > 0 and not self.by_hand


def _lines(rows: Sequence[tuple[object, ...]]) -> list[PoolUnit]:
    english = language() == "en"
    return [
        PoolUnit(r[0], r[1], r[2], r[4] if english else r[3], r[5] + 1, r[6], r[7], r[8], r[9], r[10])  # type: ignore[arg-type,operator]
        for r in rows
    ]


def own_pool(actor: Actor) -> list[PoolUnit]:
    """Units with questions that the actor wrote: those held, then those that can be."""
    rows = db.session.execute(_LINES.where(Unit.author_account_id == actor.account_id, _COUNT > 0))
    return [one for one in _lines([tuple(row) for row in rows]) if one.held_at is not None or one.can_be_held]


def held_units(subject_id: int) -> list[PoolUnit]:
    """All units of a subject that are kept back: what a common test is made of."""
    rows = db.session.execute(_LINES.where(Unit.subject_id == subject_id, Unit.held_at.is_not(None)))
    return [one for one in _lines([tuple(row) for row in rows]) if one.questions and not one.by_hand]


@dataclass(frozen=True, slots=True)
class Strange:
    """A test that is not of what a class learns."""

    title: str
    is_subject: bool
    """Of another subject, not only of another year."""
    years: str
    """The years it is of: «6», «5–6»."""


def strange_of(version_id: uuid.UUID, subject_id: int, year_level: int) -> Strange | None:
    """Whether a test, by its unit and by each topic of its questions, is of another subject or year level. Two statements."""
    title, unit_id, of, first, last = db.session.execute(
        select(UnitVersion.title, Unit.id, Unit.subject_id, Unit.year_from, Unit.year_to)
        .join(Unit, Unit.id == UnitVersion.unit_id)
        .where(UnitVersion.id == version_id)
    ).one()
    topics = db.session.execute(
        select(Topic.subject_id, Topic.year_level).where(
            or_(
                Topic.id.in_(select(UnitTopic.topic_id).where(UnitTopic.unit_id == unit_id)),
                Topic.id.in_(select(Item.topic_id).where(Item.version_id == version_id, Item.topic_id.is_not(None))),
            )
        )
    ).all()
    if of != subject_id or any(one[0] != subject_id for one in topics):
        return Strange(title, True, "")
    years = {one[1] for one in topics} | (set() if first <= year_level <= last else {first, last})
    if years <= {year_level}:
        return None
    return Strange(title, False, str(min(years)) if len(years) == 1 else f"{min(years)}–{max(years)}")


def own_unit(actor: Actor, unit_id: uuid.UUID) -> Unit | None:
    """A unit of the actor's own."""
    unit = db.session.get(Unit, unit_id)
    return unit if unit is not None and unit.author_account_id == actor.account_id else None
