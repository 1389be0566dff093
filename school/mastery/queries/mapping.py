"""The topics that one pupil has met, with where they stand; and what topics rest on."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, cast

from sqlalchemy import Table, and_, bindparam, exists, func, null, select, union_all
from sqlalchemy.types import Integer

from content_library.models import Subject, Topic, TopicNeed
from school.classes.queries.relations import SCHOOL
from school.core.database import read
from school.mastery.estimate.standing import NOT_STARTED, estimate_topic
from school.mastery.estimate.state import PupilState, SkillState
from school.mastery.models import TopicOverride
from school.mastery.queries.levels import (
    IN_USE_COLUMNS,
    PUPIL,
    PUPIL_COLUMNS,
    SKILL_COLUMNS,
    Model,
    model_named,
    pupil_level,
    pupil_topic,
    topics_of,
)
from school.mastery.queries.standing import Seen

topic = cast("Table", Topic.__table__)
subject = cast("Table", Subject.__table__)
need = cast("Table", TopicNeed.__table__)
override = cast("Table", TopicOverride.__table__)

_IDS = bindparam("ids", type_=Integer, expanding=True)
DEEPEST = 3
"""How far down prerequisites are followed: what lies deeper is another year's work."""


@dataclass(frozen=True, slots=True)
class NamedTopic:
    """A node of the framework."""

    id: int
    title: str
    subject_id: int
    year_level: int
    position: int


@dataclass(frozen=True, slots=True)
class KnownTopic:
    """A topic that a pupil has answered something of, or that a teacher has said a word on."""

    topic: NamedTopic
    subject: str
    tint: int
    """1 to 12."""
    seen: Seen


_SAID = and_(override.c.school_id == SCHOOL, override.c.pupil_id == PUPIL, override.c.lifted_at.is_(None))
_NOT_MET = ~exists().where(
    pupil_topic.c.school_id == SCHOOL,
    pupil_topic.c.pupil_id == PUPIL,
    pupil_topic.c.topic_id == override.c.topic_id,
)
_TOPIC_COLUMNS = (
    topic.c.id.label("topic_id"),
    topic.c.title,
    topic.c.subject_id,
    topic.c.year_level.label("year_level"),
    topic.c.position.label("position"),
    subject.c.name_ru,
    subject.c.name_en,
    subject.c.tint,
    override.c.mastered,
    subject.c.sort.label("sort"),
    override.c.set_at.label("set_at"),
    *IN_USE_COLUMNS,
)
_MET = (
    select(*_TOPIC_COLUMNS, *PUPIL_COLUMNS, *SKILL_COLUMNS)
    .select_from(
        pupil_topic.join(topic, topic.c.id == pupil_topic.c.topic_id)
        .join(subject, subject.c.id == topic.c.subject_id)
        .join(
            pupil_level,
            and_(
                pupil_level.c.school_id == SCHOOL,
                pupil_level.c.pupil_id == PUPIL,
                pupil_level.c.subject_id == pupil_topic.c.subject_id,
            ),
        )
        .outerjoin(override, and_(_SAID, override.c.topic_id == pupil_topic.c.topic_id))
    )
    .where(pupil_topic.c.school_id == SCHOOL, pupil_topic.c.pupil_id == PUPIL)
)
_ONLY_SAID = (
    select(*_TOPIC_COLUMNS, *(null() for _number in (*PUPIL_COLUMNS, *SKILL_COLUMNS)))
    .select_from(
        override.join(topic, topic.c.id == override.c.topic_id).join(subject, subject.c.id == topic.c.subject_id)
    )
    .where(_SAID, _NOT_MET)
)
_MAP = union_all(_MET, _ONLY_SAID).order_by("sort", "subject_id", "year_level", "position", "topic_id", "set_at")
_OF_TOPIC = len(_TOPIC_COLUMNS)


def map_of(school_id: int, pupil_id: uuid.UUID, now: datetime, locale: str = "ru") -> list[KnownTopic]:
    """All topics that are known of a pupil, subject by subject in the order of the programme.

    One statement, another where the model has been refitted since day 0.
    """
    rows = read(_MAP, {"school": school_id, "pupil": pupil_id})
    if not rows:
        return []
    model = model_named(*rows[0][11:_OF_TOPIC])
    levels = topics_of(model.version, [row[0] for row in rows])
    moment, is_english = now.timestamp(), locale == "en"
    found: dict[int, KnownTopic] = {}
    for topic_id, title, subject_id, year, position, name_ru, name_en, tint, says, *rest in rows:
        numbers = rest[_OF_TOPIC - 9 :]
        estimate = NOT_STARTED
        if numbers[0] is not None:
            pupil = PupilState(*numbers[:7])
            pupil.skills[topic_id] = SkillState(*numbers[7:])
            estimate = estimate_topic(model.weights, pupil, topic_id, levels[topic_id], moment)
        named = NamedTopic(topic_id, title, subject_id, year, position)
        found[topic_id] = KnownTopic(named, name_en if is_english else name_ru, tint + 1, Seen(estimate, says))
    return list(found.values())


_MINE = and_(pupil_level.c.school_id == SCHOOL, pupil_level.c.pupil_id == PUPIL)
_WORDS = and_(override.c.school_id == SCHOOL, override.c.pupil_id == PUPIL)
_STAMP = select(
    *IN_USE_COLUMNS,
    select(func.sum(pupil_level.c.n)).where(_MINE).scalar_subquery(),
    select(func.max(pupil_level.c.at)).where(_MINE).scalar_subquery(),
    select(func.sum(pupil_level.c.theta)).where(_MINE).scalar_subquery(),
    select(func.count()).select_from(override).where(_WORDS).scalar_subquery(),
    select(func.max(override.c.set_at)).where(_WORDS).scalar_subquery(),
    select(func.max(override.c.lifted_at)).where(_WORDS).scalar_subquery(),
)
"""What changes as soon as the pupil answers, a verdict is put right, a teacher says something, or the model is refitted."""
Stamp = tuple[Any, ...]
KEPT = 512
"""Maps kept by a process, some forty kilobytes each: a pupil goes from progress to the way and back."""


def map_of_hour(
    school_id: int, pupil_id: uuid.UUID, now: datetime, locale: str = "ru"
) -> tuple[tuple[KnownTopic, ...], Model, Stamp]:
    """The same for pages, as of the beginning of this hour, with the version that it was reckoned by and the stamp that it is kept under.

    One statement while nothing new was answered or said, as of the map of a class.
    """
    ((number, made_at, *stamp),) = read(_STAMP, {"school": school_id, "pupil": pupil_id})
    model = model_named(number, made_at)
    if not any(stamp):
        return (), model, ()
    hour = now.replace(minute=0, second=0, microsecond=0)
    return _kept(school_id, pupil_id, hour, locale, model, tuple(stamp)), model, tuple(stamp)


@lru_cache(maxsize=KEPT)
def _kept(
    school_id: int, pupil_id: uuid.UUID, hour: datetime, locale: str, _model: Model, _stamp: tuple[Any, ...]
) -> tuple[KnownTopic, ...]:
    return tuple(map_of(school_id, pupil_id, hour, locale))


_NEEDS = select(need.c.topic_id, need.c.needs_id).where(need.c.topic_id.in_(_IDS)).order_by(need.c.needs_id)
_NAMED = select(topic.c.id, topic.c.title, topic.c.subject_id, topic.c.year_level, topic.c.position).where(
    topic.c.id.in_(_IDS)
)


def needs_of(topics: Collection[int], depth: int = DEEPEST) -> dict[int, tuple[int, ...]]:
    """What these topics rest on directly, and what that rests on, ``depth`` levels down. A statement a level."""
    found: dict[int, tuple[int, ...]] = {}
    asked: set[int] = set(topics)
    for _level in range(depth):
        asked -= found.keys()
        if not asked:
            break
        below: dict[int, list[int]] = {one: [] for one in asked}
        for topic_id, needs_id in read(_NEEDS, {"ids": sorted(asked)}):
            below[topic_id].append(needs_id)
        found |= {one: tuple(needs) for one, needs in below.items()}
        asked = {one for needs in below.values() for one in needs}
    return found


def topics_named(topics: Collection[int]) -> dict[int, NamedTopic]:
    """Nodes of the framework by id. One statement."""
    wanted: list[Any] = sorted(set(topics))
    return {row[0]: NamedTopic(*row) for row in read(_NAMED, {"ids": wanted})} if wanted else {}
