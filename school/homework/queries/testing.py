"""Tests among the homework: their conditions, and what of a unit can be drawn by topic and difficulty."""

import uuid
from dataclasses import dataclass

from sqlalchemy import bindparam, func, select

from content_library.models import Item, Topic, UnitTopic, UnitVersion
from school.core.database import db, read
from school.homework.seen import SeenHomework
from school.mastery.queries import items_of, model_in_use
from school.tasks.models import Attempt, Conditions, ItemWatch

EASY, HARD = -0.7, 0.7
"""Logits: two of three pupils at the level of the topic solve an easy question, one of three a hard one."""


def conditions_of(homework: SeenHomework) -> Conditions | None:
    """The conditions of a test; None for other homework."""
    if homework.conditions_id is None:
        return None
    return db.session.get(Conditions, (homework.school_id, homework.conditions_id))


def attempts_used(homework: SeenHomework, pupil_id: uuid.UUID) -> int:
    """How many attempts a pupil has begun."""
    rows = read(_USED, {"school": homework.school_id, "homework": homework.id, "pupil": pupil_id})
    return int(rows[0][0])


_USED = select(func.count()).where(
    Attempt.school_id == bindparam("school"),
    Attempt.given_for == bindparam("homework"),
    Attempt.pupil_id == bindparam("pupil"),
)


@dataclass(frozen=True, slots=True)
class DrawGroup:
    """Questions of a unit of one topic and difficulty, to draw some from."""

    topic_id: int
    title: str
    level: str
    """``easy``, ``medium`` or ``hard``, as the pupil model knows by now."""
    items: tuple[uuid.UUID, ...]

    @property
    def field(self) -> str:
        """Name of its field in the form."""
        return f"draw-{self.topic_id}-{self.level}"


_TOPIC = (
    select(func.min(UnitTopic.topic_id))
    .where(UnitTopic.unit_id == UnitVersion.unit_id)
    .correlate(UnitVersion)
    .scalar_subquery()
)
_ITEMS = (
    select(Item.id, func.coalesce(Item.topic_id, _TOPIC), Topic.title)
    .join(UnitVersion, UnitVersion.id == Item.version_id)
    .outerjoin(Topic, Topic.id == func.coalesce(Item.topic_id, _TOPIC))
    .outerjoin(ItemWatch, (ItemWatch.item_id == Item.id) & ItemWatch.kept_at.is_(None))
    .where(Item.version_id == bindparam("version"), ItemWatch.item_id.is_(None))
    .order_by(Item.position)
)


def draw_groups(version_id: uuid.UUID) -> list[DrawGroup]:
    """What a test of this unit can draw from, topic by topic; questions that have leaked are left out."""
    rows = read(_ITEMS, {"version": version_id})
    known, _levels = items_of(model_in_use().version, {row[0]: ((row[1],) if row[1] else (), 0.0) for row in rows})
    found: dict[tuple[int, str, str], list[uuid.UUID]] = {}
    for item_id, topic_id, title in rows:
        level = known[item_id]
        hard = level.d + sum(one.beta for one in level.levels) / max(1, len(level.levels))
        word = "easy" if hard < EASY else "hard" if hard > HARD else "medium"
        found.setdefault((topic_id or 0, title or "", word), []).append(item_id)
    return [DrawGroup(*key, tuple(items)) for key, items in found.items()]
