"""The model as it is stored: its version, levels of items and topics, a pupil's state."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, cast

from sqlalchemy import Table, bindparam, select
from sqlalchemy.types import Integer

from school.classes.queries.relations import SCHOOL
from school.core.database import Id, read
from school.mastery.estimate.state import ItemLevel, ItemMemory, PupilState, SkillLevel, SkillState, Watch
from school.mastery.estimate.weights import DAY_0
from school.mastery.models import ItemStanding, JudgedAnswer, ModelVersion, PupilLevel, PupilTopic, TopicStanding

version = cast("Table", ModelVersion.__table__)
item_standing = cast("Table", ItemStanding.__table__)
topic_standing = cast("Table", TopicStanding.__table__)
pupil_level = cast("Table", PupilLevel.__table__)
pupil_topic = cast("Table", PupilTopic.__table__)
judged = cast("Table", JudgedAnswer.__table__)

PUPIL = bindparam("pupil", type_=Id)
SUBJECT = bindparam("subject", type_=Integer)
VERSION = bindparam("version", type_=Integer)
_IDS = bindparam("ids", type_=Integer, expanding=True)


@dataclass(frozen=True, slots=True)
class Model:
    """A version of the model: its number and its weights."""

    version: int
    weights: tuple[float, ...]


_IN_USE = select(version.c.id, version.c.weights).where(version.c.in_use).order_by(version.c.id.desc()).limit(1)
CODE_VERSION = Model(0, DAY_0)


def model_in_use() -> Model:
    """The version that answers are judged with now."""
    rows = read(_IN_USE)
    return Model(rows[0][0], tuple(rows[0][1])) if rows else CODE_VERSION


IN_USE_COLUMNS = (
    select(version.c.id).where(version.c.in_use).order_by(version.c.id.desc()).limit(1).scalar_subquery(),
    select(version.c.made_at).where(version.c.in_use).order_by(version.c.id.desc()).limit(1).scalar_subquery(),
)
"""What ``model_named`` takes, for statements that would else be followed by one for the model."""
_NAMED = select(version.c.weights).where(version.c.id == VERSION)


def model_named(number: int | None, made_at: datetime | None) -> Model:
    """The version of this number; a process reads the weights of each once, for a version never changes."""
    return CODE_VERSION if number is None else _model(number, made_at)


@lru_cache(maxsize=8)
def _model(number: int, _made_at: datetime | None) -> Model:
    return Model(number, tuple(read(_NAMED, {"version": number})[0][0]))


_ITEMS = (
    select(
        item_standing.c.item_id, item_standing.c.d, item_standing.c.n, item_standing.c.wins,
        item_standing.c.strength, item_standing.c.squares, item_standing.c.error, item_standing.c.product,
    )
    .where(item_standing.c.item_id.in_(bindparam("ids", type_=Id, expanding=True)), item_standing.c.version_id <= VERSION)
    .order_by(item_standing.c.version_id)
)  # fmt: skip
_TOPICS = (
    select(topic_standing.c.topic_id, topic_standing.c.beta, topic_standing.c.n, topic_standing.c.wins)
    .where(topic_standing.c.topic_id.in_(_IDS), topic_standing.c.version_id <= VERSION)
    .order_by(topic_standing.c.version_id)
)


def topics_of(number: int, topics: Iterable[int]) -> dict[int, SkillLevel]:
    """How hard topics are in a version; those it does not know are as hard as any."""
    ids = sorted(set(topics))
    levels = {one: SkillLevel() for one in ids}
    if number and ids:
        for topic_id, beta, n, wins in read(_TOPICS, {"ids": ids, "version": number}):
            levels[topic_id] = SkillLevel(beta, n, wins)
    return levels


def items_of(
    number: int, wanted: Mapping[uuid.UUID, tuple[tuple[int, ...], float]]
) -> tuple[dict[uuid.UUID, ItemLevel], dict[int, SkillLevel]]:
    """Items (with their topics and chance of guessing) and their topics as a version knows them."""
    topics = topics_of(number, (topic for names, _guess in wanted.values() for topic in names))
    items = {
        item: ItemLevel(names, tuple(topics[one] for one in names), guess=guess)
        for item, (names, guess) in wanted.items()
    }
    if number and wanted:
        for item_id, d, n, wins, *sums in read(_ITEMS, {"ids": list(wanted), "version": number}):
            level = items[item_id]
            level.d, level.n, level.wins, level.watch = d, n, wins, Watch(*sums)
    return items, topics


SKILL_COLUMNS = (
    pupil_topic.c.delta, pupil_topic.c.n, pupil_topic.c.wins, pupil_topic.c.recent, pupil_topic.c.steady,
    pupil_topic.c.last, pupil_topic.c.at, pupil_topic.c.step, pupil_topic.c.kept, pupil_topic.c.stability,
    pupil_topic.c.failed_days,
)  # fmt: skip
PUPIL_COLUMNS = (
    pupil_level.c.theta, pupil_level.c.n, pupil_level.c.wins, pupil_level.c.recent, pupil_level.c.steady,
    pupil_level.c.last, pupil_level.c.at,
)  # fmt: skip
_LEVEL = select(*PUPIL_COLUMNS).where(
    pupil_level.c.school_id == SCHOOL, pupil_level.c.pupil_id == PUPIL, pupil_level.c.subject_id == SUBJECT
)
_ALL_TOPICS = select(pupil_topic.c.topic_id, *SKILL_COLUMNS).where(
    pupil_topic.c.school_id == SCHOOL, pupil_topic.c.pupil_id == PUPIL, pupil_topic.c.subject_id == SUBJECT
)
_SOME_TOPICS = select(pupil_topic.c.topic_id, *SKILL_COLUMNS).where(
    pupil_topic.c.school_id == SCHOOL, pupil_topic.c.pupil_id == PUPIL, pupil_topic.c.topic_id.in_(_IDS)
)
_MEMORY = (
    select(judged.c.item_id, judged.c.answer_id, judged.c.correct, judged.c.at)
    .where(
        judged.c.school_id == SCHOOL,
        judged.c.pupil_id == PUPIL,
        judged.c.subject_id == SUBJECT,
        judged.c.item_id.in_(bindparam("ids", type_=Id, expanding=True)),
    )
    .order_by(judged.c.at, judged.c.answer_id)
)


def skills_of(
    school_id: int, pupil_id: uuid.UUID, subject_id: int, topics: Sequence[int] | None = None
) -> dict[Any, SkillState]:
    """A pupil's topics: all of a subject, or those named."""
    if topics is None:
        rows = read(_ALL_TOPICS, {"school": school_id, "pupil": pupil_id, "subject": subject_id})
    elif topics:
        rows = read(_SOME_TOPICS, {"school": school_id, "pupil": pupil_id, "ids": list(topics)})
    else:
        rows = []
    return {row[0]: SkillState(*row[1:]) for row in rows}


def memory_of(
    school_id: int, pupil_id: uuid.UUID, subject_id: int, items: Iterable[uuid.UUID]
) -> list[tuple[uuid.UUID, uuid.UUID, bool, float]]:
    """What the pupil answered to these items before: item, answer, correct, moment; in the canonical order."""
    asked = {"school": school_id, "pupil": pupil_id, "subject": subject_id, "ids": list(items)}
    return [(row[0], row[1], row[2], row[3]) for row in read(_MEMORY, asked)] if asked["ids"] else []


def remember(memory: dict[Any, ItemMemory], item: uuid.UUID, correct: bool, at: float) -> None:
    """Add one answer to what a pupil remembers of items."""
    known = memory.setdefault(item, ItemMemory())
    known.wins += correct
    known.fails += not correct
    known.last = 1 if correct else -1
    known.at = at


def pupil_of(school_id: int, pupil_id: uuid.UUID, subject_id: int, items: Iterable[uuid.UUID] = ()) -> PupilState:
    """A pupil in a subject with all topics, and with the memory of ``items``."""
    rows = read(_LEVEL, {"school": school_id, "pupil": pupil_id, "subject": subject_id})
    pupil = PupilState(*rows[0]) if rows else PupilState()
    pupil.skills = skills_of(school_id, pupil_id, subject_id)
    for item, _answer, correct, at in memory_of(school_id, pupil_id, subject_id, items):
        remember(pupil.items, item, correct, at)
    return pupil


_SUSPICIOUS = (
    select(item_standing.c.item_id, item_standing.c.suspicion, item_standing.c.version_id)
    .where(item_standing.c.version_id <= VERSION)
    .where(
        item_standing.c.item_id.in_(
            select(item_standing.c.item_id).where(
                item_standing.c.suspicion != "", item_standing.c.version_id <= VERSION
            )
        )
    )
    .order_by(item_standing.c.version_id)
)


def suspicious_items() -> dict[uuid.UUID, str]:
    """Items for a methodologist to look at, with the reason (``backwards``, ``too_hard``)."""
    rows = read(_SUSPICIOUS, {"version": model_in_use().version})
    found: dict[uuid.UUID, str] = {item_id: why for item_id, why, _version in rows}
    return {item: why for item, why in found.items() if why}
