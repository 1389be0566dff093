"""An answer moves the model in its own transaction, once. Late ones take their place in the canonical order."""

import uuid
from array import array
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import Table, bindparam, exists, select

from content_library.models import Item, Unit, UnitTopic, UnitVersion
from school.classes.queries.relations import SCHOOL
from school.core import clock
from school.core.access import Actor
from school.core.database import Id, db, read
from school.mastery.actions.desk import Desk, InSubject
from school.mastery.estimate import elo, history
from school.mastery.estimate.features import features
from school.mastery.estimate.guessing import guess_of
from school.mastery.estimate.review import NEXT_DAY
from school.mastery.estimate.state import ItemLevel, PupilState
from school.mastery.estimate.weights import chance
from school.mastery.queries.levels import (
    Model,
    items_of,
    memory_of,
    model_in_use,
    remember,
)
from school.tasks.hooks import WHEN_FINISHED
from school.tasks.models import Answer, Attempt, ItemRuling, RulingKind, Verdict

answer = cast("Table", Answer.__table__)
verdict = cast("Table", Verdict.__table__)
ruling = cast("Table", ItemRuling.__table__)
attempt_table = cast("Table", Attempt.__table__)
item = cast("Table", Item.__table__)
unit = cast("Table", Unit.__table__)
unit_version = cast("Table", UnitVersion.__table__)
unit_topic = cast("Table", UnitTopic.__table__)


@dataclass(frozen=True, slots=True)
class Told:
    """One answer to learn from."""

    answer_id: uuid.UUID
    item_id: uuid.UUID
    topics: tuple[int, ...]
    correct: bool
    at: float
    """Moment of the answer, seconds since 1970."""
    guess: float = 0.0
    left_out: bool = False
    """It says nothing of the pupil: the question counts for everybody."""


_FOR_EVERYBODY = exists().where(
    ruling.c.school_id == SCHOOL,
    ruling.c.within == attempt_table.c.given_for,
    ruling.c.item_id == verdict.c.item_id,
    ruling.c.kind == RulingKind.EVERYBODY.value,
)
"""Points that everybody has say nothing of what somebody can do."""
_VERDICTS = (
    select(
        verdict.c.answer_id, verdict.c.item_id, verdict.c.correct, answer.c.received_at,
        item.c.kind, item.c.spec, item.c.topic_id, unit.c.id, unit.c.subject_id,
        _FOR_EVERYBODY,
    )
    .select_from(
        verdict.join(answer, (answer.c.school_id == SCHOOL) & (answer.c.id == verdict.c.answer_id))
        .join(attempt_table, (attempt_table.c.school_id == SCHOOL) & (attempt_table.c.id == verdict.c.attempt_id))
        .join(item, item.c.id == verdict.c.item_id)
        .join(unit_version, unit_version.c.id == item.c.version_id)
        .join(unit, unit.c.id == unit_version.c.unit_id)
    )
    .where(
        verdict.c.school_id == SCHOOL, verdict.c.attempt_id == bindparam("attempt", type_=Id), verdict.c.waits.is_(False),
        unit.c.held_at.is_(None),
    )
)  # fmt: skip
"""A common test measures from outside: the model never meets its questions, so evidence and practice don't either."""
_UNIT_TOPICS = (
    select(unit_topic.c.topic_id)
    .where(unit_topic.c.unit_id == bindparam("unit", type_=Id))
    .order_by(unit_topic.c.topic_id)
)


def learn_from_attempt(actor: Actor, attempt: Attempt) -> None:
    """Learn from the answers of an attempt that was just judged. Items left without an answer say nothing."""
    db.session.flush()
    for whose, ones in told_by(attempt):
        learn_answers(actor, whose, [one for one in ones if not one.left_out])


def told_by(attempt: Attempt) -> list[tuple[InSubject, list[Told]]]:
    """What the verdicts of an attempt say as they stand now, by subject. Two statements at most for a unit's questions."""
    rows = read(_VERDICTS, {"school": attempt.school_id, "attempt": attempt.id})
    # A set of one's own has questions of several units; one without a topic of its own is of its unit's topics.
    wide = {
        unit_id: tuple(row[0] for row in read(_UNIT_TOPICS, {"unit": unit_id}))
        for unit_id in {row[7] for row in rows if row[6] is None}
    }
    # Practice may reach into a subject of an earlier year: algebra rests on the fractions of maths.
    told: dict[int, list[Told]] = {}
    for row in rows:
        topics = (row[6],) if row[6] is not None else wide[row[7]]
        one = Told(row[0], row[1], topics, row[2], row[3].timestamp(), guess_of(row[4], row[5]), bool(row[9]))
        told.setdefault(row[8], []).append(one)
    return [
        (InSubject(attempt.school_id, attempt.pupil_id, subject_id), ones) for subject_id, ones in sorted(told.items())
    ]


def learn_answers(
    _actor: Actor | None, whose: InSubject, told: Sequence[Told], instead_of: Collection[uuid.UUID] = ()
) -> int:
    """Learn from a pupil's answers in a subject; how many were new. ``instead_of``: answers whose place they take.

    The pupil's row is held until the commit. An answer that is known already, or that repeats an item within half a
    day (its right answer was just shown), moves nothing.
    """
    if not told:
        return 0
    desk = Desk(whose)
    level = desk.hold()
    before = memory_of(whose.school_id, whose.pupil_id, whose.subject_id, {one.item_id for one in told})
    fresh = _fresh(told, [one for one in before if one[1] not in instead_of])
    if not fresh:
        return 0
    model = model_in_use()
    items, _levels = items_of(model.version, {one.item_id: (one.topics, one.guess) for one in fresh})
    first = fresh[0].at
    pupil, facts = desk.start(level, first, {topic for one in fresh for topic in one.topics})
    for item_id, _answer, correct, at in before:
        if at < first:
            remember(pupil.items, item_id, correct, at)
    new = [(one, items[one.item_id], model) for one in fresh]
    desk.write(_judge(desk, pupil, facts, new), level, pupil)
    return len(fresh)


def _fresh(told: Sequence[Told], before: Sequence[tuple[uuid.UUID, uuid.UUID, bool, float]]) -> list[Told]:
    known = {answer_id for _item, answer_id, _correct, _at in before}
    met: dict[uuid.UUID, list[float]] = {}
    for item_id, _answer, _correct, at in before:
        met.setdefault(item_id, []).append(at)
    fresh = []
    for one in sorted(told, key=lambda one: (one.at, str(one.answer_id))):
        moments = met.setdefault(one.item_id, [])
        if one.answer_id in known or any(abs(one.at - at) < NEXT_DAY for at in moments):
            continue
        moments.append(one.at)
        known.add(one.answer_id)
        fresh.append(one)
    return fresh


def _judge(
    desk: Desk, pupil: PupilState, facts: Sequence[history.Fact], new: Sequence[tuple[Told, ItemLevel, Model]]
) -> list[dict[str, Any]]:
    """Go through old facts and new answers in the canonical order, moving ``pupil``; rows for the new ones."""
    queue: list[tuple[history.Fact, tuple[Told, ItemLevel, Model] | None]] = [(fact, None) for fact in facts]
    for one, level, model in new:
        fact = history.Fact(
            one.at, str(one.answer_id), one.item_id, one.topics, int(one.correct), elo.hardness(level), one.guess
        )
        queue.append((fact, (one, level, model)))
    rows = []
    for fact, fresh in sorted(queue, key=lambda pair: pair[0]):
        if fresh is not None:
            one, level, model = fresh
            x = features(pupil, one.item_id, level, one.at)
            rows.append(
                {
                    "school_id": desk.school_id,
                    "answer_id": one.answer_id,
                    "pupil_id": desk.pupil_id,
                    "subject_id": desk.subject_id,
                    "item_id": one.item_id,
                    "topics": list(one.topics),
                    "correct": one.correct,
                    "at": one.at,
                    "learned_at": clock.now(),
                    "version_id": model.version,
                    "guess": one.guess,
                    "hard": fact.hard,
                    "strong": elo.strength(pupil, one.topics),
                    "chance": chance(model.weights, x, one.guess),
                    "features": array("f", x).tobytes(),
                }
            )
        desk.move(pupil, fact)
    return rows


WHEN_FINISHED.append(learn_from_attempt)
