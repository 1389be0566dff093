"""What to give a pupil next, out of what is offered: for tracks, "ten minutes", and homework that fits each."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from sqlalchemy import Table, bindparam, select

from content_library.models import TopicNeed
from school.core.database import read
from school.mastery.estimate.choice import DEFAULT, choose_item, choose_skill
from school.mastery.estimate.state import ItemLevel, Skill, SkillLevel
from school.mastery.queries.levels import items_of, model_in_use, pupil_of

need = cast("Table", TopicNeed.__table__)
_NEEDS = select(need.c.topic_id, need.c.needs_id).where(need.c.topic_id.in_(bindparam("ids", expanding=True)))


@dataclass(frozen=True, slots=True)
class Offered:
    """An item that may be given."""

    item_id: uuid.UUID
    topics: tuple[int, ...]
    guess: float = 0.0
    """Chance of a right answer without knowing, see ``estimate.guessing``."""


def choose_next(
    school_id: int,
    pupil_id: uuid.UUID,
    subject_id: int,
    offered: Sequence[Offered],
    now: datetime,
    taught: Mapping[int, datetime] | None = None,
) -> Offered | None:
    """The offered item that does most for this pupil now; None when nothing is offered.

    One topic among ``offered``: the item of it whose success is likely enough, unseen first (homework that fits each).
    Several: the topic first. ``taught`` says since when a topic is open; a topic it does not name was always.
    """
    if not offered:
        return None
    model = model_in_use()
    items, levels = items_of(model.version, {one.item_id: (one.topics, one.guess) for one in offered})
    pupil = pupil_of(school_id, pupil_id, subject_id, items)
    moment = now.timestamp()
    shelf: dict[int | None, list[tuple[uuid.UUID, ItemLevel]]] = {}
    for one in offered:
        shelf.setdefault(one.topics[0] if one.topics else None, []).append((one.item_id, items[one.item_id]))
    topic = next(iter(shelf))
    if len(shelf) > 1:
        named = [one for one in shelf if one is not None]
        for topic_id, needs_id in read(_NEEDS, {"ids": named}):
            levels[topic_id].prerequisites += (needs_id,)
        known: dict[Skill, SkillLevel] = {None: SkillLevel()}
        known |= dict(levels.items())
        opened: dict[Skill, float] = {one: _opened(taught, one, moment) for one in shelf}
        topic = cast("int | None", choose_skill(DEFAULT, model.weights, pupil, opened, known, moment))
    chosen = choose_item(DEFAULT, model.weights, pupil, shelf[topic], moment)
    return next(one for one in offered if one.item_id == chosen)


ALWAYS = 30 * 86_400.0
"""Seconds for which a topic without a date counts as open: as if it had been left for a month."""


def _opened(taught: Mapping[int, datetime] | None, topic: int | None, now: float) -> float:
    at = taught.get(topic) if taught and topic is not None else None
    return at.timestamp() if at is not None else now - ALWAYS
