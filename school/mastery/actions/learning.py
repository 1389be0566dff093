"""An answer moves the model in its own transaction, once. Late ones take their place in the canonical order."""

import uuid
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import Table, bindparam, select, update
from sqlalchemy.dialects import postgresql, sqlite

from content_library.models import Item, Unit, UnitTopic, UnitVersion
from school.classes.queries.relations import SCHOOL
from school.core import clock
from school.core.access import Actor
from school.core.database import Id, db, read
from school.mastery.estimate import elo, history
from school.mastery.estimate.features import features
from school.mastery.estimate.guessing import guess_of
from school.mastery.estimate.packing import pack, unpack
from school.mastery.estimate.review import NEXT_DAY
from school.mastery.estimate.state import ItemLevel, PupilState
from school.mastery.estimate.weights import chance
from school.mastery.queries.levels import (
    PUPIL,
    PUPIL_COLUMNS,
    SUBJECT,
    Model,
    items_of,
    judged,
    memory_of,
    model_in_use,
    pupil_level,
    pupil_topic,
    remember,
    skills_of,
)
from school.tasks.hooks import WHEN_FINISHED, WHEN_JUDGED
from school.tasks.models import Answer, Attempt, Verdict

answer = cast("Table", Answer.__table__)
verdict = cast("Table", Verdict.__table__)
item = cast("Table", Item.__table__)
unit = cast("Table", Unit.__table__)
unit_version = cast("Table", UnitVersion.__table__)
unit_topic = cast("Table", UnitTopic.__table__)

BETWEEN_CHECKPOINTS = 64
"""Answers after which a pupil is packed anew, so that a late answer is replayed from not long ago."""


@dataclass(frozen=True, slots=True)
class InSubject:
    """A pupil in a subject: whose levels an answer moves."""

    school_id: int
    pupil_id: uuid.UUID
    subject_id: int


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


_VERDICTS = (
    select(
        verdict.c.answer_id, verdict.c.item_id, verdict.c.correct, answer.c.received_at,
        item.c.kind, item.c.spec, item.c.topic_id, unit.c.id, unit.c.subject_id,
    )
    .select_from(
        verdict.join(answer, (answer.c.school_id == SCHOOL) & (answer.c.id == verdict.c.answer_id))
        .join(item, item.c.id == verdict.c.item_id)
        .join(unit_version, unit_version.c.id == item.c.version_id)
        .join(unit, unit.c.id == unit_version.c.unit_id)
    )
    .where(verdict.c.school_id == SCHOOL, verdict.c.attempt_id == bindparam("attempt", type_=Id), verdict.c.waits.is_(False))
)  # fmt: skip
_UNIT_TOPICS = (
    select(unit_topic.c.topic_id)
    .where(unit_topic.c.unit_id == bindparam("unit", type_=Id))
    .order_by(unit_topic.c.topic_id)
)


def learn_from_attempt(actor: Actor, attempt: Attempt) -> None:
    """Learn from the answers of an attempt that was just judged. Items left without an answer say nothing."""
    db.session.flush()
    rows = read(_VERDICTS, {"school": attempt.school_id, "attempt": attempt.id})
    if not rows:
        return
    # A set of one's own has questions of several units; one without a topic of its own is of its unit's topics.
    wide = {
        unit_id: tuple(row[0] for row in read(_UNIT_TOPICS, {"unit": unit_id}))
        for unit_id in {row[7] for row in rows if row[6] is None}
    }
    # Practice may reach into a subject of an earlier year: algebra rests on the fractions of maths.
    told: dict[int, list[Told]] = {}
    for row in rows:
        topics = (row[6],) if row[6] is not None else wide[row[7]]
        one = Told(row[0], row[1], topics, row[2], row[3].timestamp(), guess_of(row[4], row[5]))
        told.setdefault(row[8], []).append(one)
    for subject_id, ones in sorted(told.items()):
        learn_answers(actor, InSubject(attempt.school_id, attempt.pupil_id, subject_id), ones)


def learn_answers(_actor: Actor | None, whose: InSubject, told: Sequence[Told]) -> int:
    """Learn from a pupil's answers in a subject; how many were new.

    The pupil's row is held until the commit. An answer that is known already, or that repeats an item within half a
    day (its right answer was just shown), moves nothing.
    """
    desk = _Desk(whose)
    level = desk.hold()
    before = memory_of(whose.school_id, whose.pupil_id, whose.subject_id, {one.item_id for one in told})
    fresh = _fresh(told, before)
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
    desk: "_Desk", pupil: PupilState, facts: Sequence[history.Fact], new: Sequence[tuple[Told, ItemLevel, Model]]
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
        desk.touched.update(fact.skills)  # type: ignore[arg-type]
        history.apply(pupil, fact)
    return rows


_HOLD = (
    select(*PUPIL_COLUMNS, pupil_level.c.checkpoint, pupil_level.c.checkpoint_at, pupil_level.c.checkpoint_n)
    .where(pupil_level.c.school_id == SCHOOL, pupil_level.c.pupil_id == PUPIL, pupil_level.c.subject_id == SUBJECT)
    .with_for_update()
)
_FACTS = select(
    judged.c.at, judged.c.answer_id, judged.c.item_id, judged.c.topics, judged.c.correct, judged.c.hard, judged.c.guess
).where(
    judged.c.school_id == SCHOOL,
    judged.c.pupil_id == PUPIL,
    judged.c.subject_id == SUBJECT,
    judged.c.at >= bindparam("since", type_=judged.c.at.type),
)


def _statements(insert: Any) -> tuple[Any, Any]:
    topics = insert(pupil_topic)
    kept = ("delta", "n", "wins", "recent", "steady", "last", "at", "step", "kept", "stability")
    topics = topics.on_conflict_do_update(
        index_elements=["school_id", "pupil_id", "topic_id"], set_={name: topics.excluded[name] for name in kept}
    )
    return insert(pupil_level).on_conflict_do_nothing(), topics


_FOR = {"postgresql": _statements(postgresql.insert), "sqlite": _statements(sqlite.insert)}
_INSERT_JUDGED = judged.insert()
_TOPIC_COLUMNS = ("delta", "n", "wins", "recent", "steady", "last", "at", "step", "kept", "stability")
_LEVEL_COLUMNS = ("theta", "n", "wins", "recent", "steady", "last", "at")


def _update(*names: str) -> Any:
    return (
        update(pupil_level)
        .where(pupil_level.c.school_id == SCHOOL, pupil_level.c.pupil_id == PUPIL, pupil_level.c.subject_id == SUBJECT)
        .values({name: bindparam(f"new_{name}") for name in names})
    )


_UPDATE_LEVEL = _update(*_LEVEL_COLUMNS)
_UPDATE_CHECKPOINT = _update("checkpoint", "checkpoint_at", "checkpoint_n")


class _Desk:
    """One pupil in one subject while answers are judged."""

    def __init__(self, whose: InSubject) -> None:
        self.school_id, self.pupil_id, self.subject_id = whose.school_id, whose.pupil_id, whose.subject_id
        self.key = {"school": whose.school_id, "pupil": whose.pupil_id, "subject": whose.subject_id}
        self.own = {"school_id": whose.school_id, "pupil_id": whose.pupil_id, "subject_id": whose.subject_id}
        self.touched: set[int] = set()

    def hold(self) -> Any:
        """The pupil's row, held until the commit; made when it is the first answer."""
        rows = read(_HOLD, self.key)
        if not rows:
            first = {**self.own, "theta": 0.0, "n": 0, "wins": 0, "recent": 0.0, "steady": 0.0, "last": 0, "at": -1.0}
            first |= {"checkpoint": b"", "checkpoint_at": -1.0, "checkpoint_n": 0}
            self._run(0, [first])
            rows = read(_HOLD, self.key)
        return rows[0]

    def start(self, level: Any, first: float, topics: set[int]) -> tuple[PupilState, list[history.Fact]]:
        """The pupil to go on from, and the facts already judged that come after it: none, unless an answer is late."""
        pupil = PupilState(*level[:7])
        if not pupil.n or first >= pupil.at:
            pupil.skills = skills_of(self.school_id, self.pupil_id, self.subject_id, sorted(topics))
            return pupil, []
        packed, since = (level[7], level[8]) if level[7] and level[8] < first else (b"", -1e18)
        pupil = unpack(packed) if packed else PupilState()
        rows = read(_FACTS, {**self.key, "since": since})
        facts = [history.Fact(row[0], str(row[1]), row[2], tuple(row[3]), int(row[4]), row[5], row[6]) for row in rows]
        return pupil, [fact for fact in facts if fact.at > since]

    def write(self, rows: list[dict[str, Any]], level: Any, pupil: PupilState) -> None:
        """Keep the answers, the topics they touched, and the pupil."""
        db.session.execute(_INSERT_JUDGED, rows)
        touched = [
            {
                **self.own,
                "topic_id": topic,
                **{name: getattr(pupil.skills[topic], name) for name in _TOPIC_COLUMNS},
            }
            for topic in sorted(self.touched)
        ]
        if touched:
            self._run(1, touched)
        values = {f"new_{name}": getattr(pupil, name) for name in _LEVEL_COLUMNS}
        db.session.execute(_UPDATE_LEVEL, {**self.key, **values})
        if pupil.n - level[9] >= BETWEEN_CHECKPOINTS:
            pupil.skills = skills_of(self.school_id, self.pupil_id, self.subject_id)
            taken = {"new_checkpoint": pack(pupil), "new_checkpoint_at": pupil.at, "new_checkpoint_n": pupil.n}
            db.session.execute(_UPDATE_CHECKPOINT, {**self.key, **taken})

    def _run(self, which: int, rows: list[dict[str, Any]]) -> None:
        db.session.execute(_FOR[db.session.get_bind().dialect.name][which], rows)


WHEN_FINISHED.append(learn_from_attempt)
WHEN_JUDGED.append(learn_from_attempt)
