"""The topics that one pupil has met, with where they stand; and what topics rest on."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table, and_, bindparam, or_, select
from sqlalchemy.types import Integer

from content_library.models import Subject, Topic, TopicNeed
from school.classes.queries.relations import SCHOOL
from school.core.database import read
from school.mastery.estimate.standing import NOT_STARTED, estimate_topic
from school.mastery.estimate.state import PupilState, SkillState
from school.mastery.models import TopicOverride
from school.mastery.queries.levels import (
    CODE_VERSION,
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


_MET = and_(pupil_topic.c.school_id == SCHOOL, pupil_topic.c.pupil_id == PUPIL, pupil_topic.c.topic_id == topic.c.id)
_SAID = and_(
    override.c.school_id == SCHOOL,
    override.c.pupil_id == PUPIL,
    override.c.topic_id == topic.c.id,
    override.c.lifted_at.is_(None),
)
_MAP = (
    select(
        topic.c.id,
        topic.c.title,
        topic.c.subject_id,
        topic.c.year_level,
        topic.c.position,
        subject.c.name_ru,
        subject.c.name_en,
        subject.c.tint,
        override.c.mastered,
        *IN_USE_COLUMNS,
        *PUPIL_COLUMNS,
        *SKILL_COLUMNS,
    )
    .select_from(
        topic.join(subject, subject.c.id == topic.c.subject_id)
        .outerjoin(pupil_topic, _MET)
        .outerjoin(
            pupil_level,
            and_(
                pupil_level.c.school_id == SCHOOL,
                pupil_level.c.pupil_id == PUPIL,
                pupil_level.c.subject_id == pupil_topic.c.subject_id,
            ),
        )
        .outerjoin(override, _SAID)
    )
    .where(
        or_(
            topic.c.id.in_(
                select(pupil_topic.c.topic_id).where(pupil_topic.c.school_id == SCHOOL, pupil_topic.c.pupil_id == PUPIL)
            ),
            topic.c.id.in_(
                select(override.c.topic_id).where(
                    override.c.school_id == SCHOOL, override.c.pupil_id == PUPIL, override.c.lifted_at.is_(None)
                )
            ),
        )
    )
    .order_by(subject.c.sort, subject.c.id, topic.c.year_level, topic.c.position, topic.c.id, override.c.set_at)
)


def map_of(school_id: int, pupil_id: uuid.UUID, now: datetime, locale: str = "ru") -> list[KnownTopic]:
    """All topics that are known of a pupil, subject by subject in the order of the programme.

    One statement, another where the model has been refitted since day 0.
    """
    return map_by_model(school_id, pupil_id, now, locale)[0]


def map_by_model(
    school_id: int, pupil_id: uuid.UUID, now: datetime, locale: str = "ru"
) -> tuple[list[KnownTopic], Model]:
    """The same, with the version that it was reckoned by."""
    rows = read(_MAP, {"school": school_id, "pupil": pupil_id})
    if not rows:
        return [], CODE_VERSION
    model = model_named(rows[0][9], rows[0][10])
    is_english = locale == "en"
    levels = topics_of(model.version, [row[0] for row in rows])
    moment = now.timestamp()
    found: dict[int, KnownTopic] = {}
    for topic_id, title, subject_id, year, position, name_ru, name_en, tint, says, *rest in rows:
        estimate = NOT_STARTED
        if rest[2] is not None:
            pupil = PupilState(*rest[2:9])
            pupil.skills[topic_id] = SkillState(*rest[9:])
            estimate = estimate_topic(model.weights, pupil, topic_id, levels[topic_id], moment)
        named = NamedTopic(topic_id, title, subject_id, year, position)
        found[topic_id] = KnownTopic(named, name_en if is_english else name_ru, tint + 1, Seen(estimate, says))
    return list(found.values()), model


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
