"""The night's refit as a new version, and the way back to the one before."""

import uuid
from array import array
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import func, insert, select, update

from school.core import clock
from school.core.database import db
from school.mastery.estimate import nightly, suspicion
from school.mastery.estimate.state import ItemLevel, SkillLevel, Watch
from school.mastery.models import ItemStanding, ModelVersion, TopicStanding
from school.mastery.queries.levels import items_of, judged, model_in_use, topics_of
from school.people.models import School

LOOKED_BACK = timedelta(days=14)
MOST_ROWS = 200_000
"""Answers that weights are fitted to; of more, every second, third, … is taken."""
LAST_DAY = timedelta(days=1)
BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class _Answer:
    at: float
    answer_id: uuid.UUID
    item_id: uuid.UUID
    topics: tuple[int, ...]
    guess: float
    correct: bool
    strong: float


def refit() -> ModelVersion | None:
    """Make the next version and put it into use: levels from the answers since the last one, weights if they are no worse.

    None when there is nothing new. The version before is kept for ``roll_back``.
    """
    now, model = clock.now(), model_in_use()
    base = db.session.get(ModelVersion, model.version)
    new = _answers_since(base.learned_until if base else BEGINNING, now)
    if not new:
        return None
    proposal = nightly.propose(_rows(now), model.weights)
    number = (db.session.scalar(select(func.max(ModelVersion.id))) or 0) + 1
    db.session.execute(update(ModelVersion).values(in_use=False))
    made = ModelVersion(
        id=number,
        made_at=now,
        base_id=model.version,
        in_use=True,
        weights=list(proposal.weights),
        answers=len(new),
        learned_until=now,
        loss_before=proposal.loss_before,
        loss_after=proposal.loss_after,
    )
    db.session.add(made)
    db.session.flush()
    _write_levels(number, model.version, new)
    return made


def roll_back() -> ModelVersion | None:
    """Return to the version that the one in use was made from; what is in use now, None for the code's own.

    Levels of the rejected version are written over by the next refit, so they never come back.
    """
    in_use = db.session.scalars(select(ModelVersion).where(ModelVersion.in_use)).one_or_none()
    if in_use is None:
        return None
    in_use.in_use = False
    before = db.session.get(ModelVersion, in_use.base_id)
    if before is not None:
        before.in_use = True
    db.session.flush()
    return before


def _schools() -> list[int]:
    return list(db.session.scalars(select(School.id).order_by(School.id)))


def _answers_since(since: datetime, until: datetime) -> list[_Answer]:
    """Answers that arrived in a span, of all schools, in the canonical order."""
    found: list[_Answer] = []
    for school in _schools():
        rows = db.session.execute(
            select(
                judged.c.at, judged.c.answer_id, judged.c.item_id, judged.c.topics, judged.c.guess,
                judged.c.correct, judged.c.strong,
            ).where(judged.c.school_id == school, judged.c.learned_at > since, judged.c.learned_at <= until, judged.c.left_out.is_(False))
        )  # fmt: skip
        found += [_Answer(row[0], row[1], row[2], tuple(row[3]), row[4], row[5], row[6]) for row in rows]
    return sorted(found, key=lambda one: (one.at, str(one.answer_id)))


def _rows(now: datetime) -> list[nightly.Row]:
    """Logged features of the last two weeks, thinned to what a night can fit, oldest first."""
    since, day = now - LOOKED_BACK, now - LAST_DAY
    where = [judged.c.learned_at > since, judged.c.learned_at <= now, judged.c.left_out.is_(False)]
    counts = [
        db.session.scalar(select(func.count()).select_from(judged).where(judged.c.school_id == school, *where)) or 0
        for school in _schools()
    ]
    every = max(1, -(-sum(counts) // MOST_ROWS))
    found: list[tuple[datetime, nightly.Row]] = []
    for school in _schools():
        rows = db.session.execute(
            select(judged.c.learned_at, judged.c.features, judged.c.correct, judged.c.guess)
            .where(judged.c.school_id == school, *where)
            .order_by(judged.c.learned_at, judged.c.answer_id)
        )
        for place, (at, packed, correct, guess) in enumerate(rows):
            if place % every == 0:
                x = array("f")
                x.frombytes(packed)
                found.append((at, nightly.Row(x, int(correct), guess, at > day)))
    found.sort(key=lambda pair: pair[0])
    return [row for _at, row in found]


def _write_levels(number: int, base: int, new: list[_Answer]) -> None:
    """Levels moved by the new answers, and those that versions rejected since ``base`` had moved."""
    wanted = {one.item_id: (one.topics, one.guess) for one in new}
    items, topics = items_of(base, wanted)
    nightly.weigh_all(((one.item_id, int(one.correct), one.strong) for one in new), items)
    rejected = select(ItemStanding.item_id).where(ItemStanding.version_id > base, ItemStanding.version_id < number)
    stale = {item: ((), 0.0) for item in db.session.scalars(rejected) if item not in items}
    items |= items_of(base, stale)[0]
    rejected_topics = select(TopicStanding.topic_id).where(
        TopicStanding.version_id > base, TopicStanding.version_id < number
    )
    topics |= topics_of(base, {topic for topic in db.session.scalars(rejected_topics) if topic not in topics})
    if items:
        db.session.execute(insert(ItemStanding), [_item_row(number, item, level) for item, level in items.items()])
    if topics:
        db.session.execute(insert(TopicStanding), [_topic_row(number, one, level) for one, level in topics.items()])


def _item_row(number: int, item: uuid.UUID, level: ItemLevel) -> dict[str, Any]:
    watch = level.watch or Watch()
    return {
        "item_id": item,
        "version_id": number,
        "d": level.d,
        "n": level.n,
        "wins": level.wins,
        "strength": watch.strength,
        "squares": watch.squares,
        "error": watch.error,
        "product": watch.product,
        "suspicion": suspicion.reason(level),
    }


def _topic_row(number: int, topic: int, level: SkillLevel) -> dict[str, Any]:
    return {"topic_id": topic, "version_id": number, "beta": level.beta, "n": level.n, "wins": level.wins}
