"""Where pupils stand at topics, with the teacher's word beside the estimate."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table, bindparam, select
from sqlalchemy.types import Integer

from school.classes.queries.relations import SCHOOL
from school.core.database import Id, read
from school.mastery.estimate.standing import NOT_STARTED, Standing, TopicEstimate, estimate_topic
from school.mastery.estimate.state import PupilState, SkillState
from school.mastery.models import TopicOverride
from school.mastery.queries.levels import (
    PUPIL_COLUMNS,
    SKILL_COLUMNS,
    Model,
    model_in_use,
    pupil_level,
    pupil_topic,
    topics_of,
)

override = cast("Table", TopicOverride.__table__)

_PUPILS = bindparam("pupils", type_=Id, expanding=True)
_TOPICS = bindparam("topics", type_=Integer, expanding=True)
_ROWS = (
    select(
        pupil_topic.c.pupil_id,
        pupil_topic.c.topic_id,
        pupil_topic.c.subject_id,
        *PUPIL_COLUMNS,
        *SKILL_COLUMNS,
    )
    .select_from(
        pupil_topic.join(
            pupil_level,
            (pupil_level.c.school_id == SCHOOL)
            & (pupil_level.c.pupil_id == pupil_topic.c.pupil_id)
            & (pupil_level.c.subject_id == pupil_topic.c.subject_id),
        )
    )
    .where(pupil_topic.c.school_id == SCHOOL, pupil_topic.c.pupil_id.in_(_PUPILS), pupil_topic.c.topic_id.in_(_TOPICS))
)  # fmt: skip
_OVERRIDES = (
    select(override.c.pupil_id, override.c.topic_id, override.c.mastered)
    .where(
        override.c.school_id == SCHOOL,
        override.c.pupil_id.in_(_PUPILS),
        override.c.topic_id.in_(_TOPICS),
        override.c.lifted_at.is_(None),
    )
    .order_by(override.c.set_at)
)


@dataclass(frozen=True, slots=True)
class Seen:
    """A pupil at a topic: the model's estimate, and the teacher's word if there is one."""

    estimate: TopicEstimate
    teacher_says: bool | None = None
    """True for mastered, False for not yet, None when nothing was said."""

    @property
    def standing(self) -> Standing:
        """What counts: the teacher's word before the estimate."""
        if self.teacher_says is None:
            return self.estimate.standing
        return Standing.MASTERED if self.teacher_says else Standing.LEARNING


def standing_of(
    school_id: int, pupils: Collection[uuid.UUID], topics: Collection[int], now: datetime, model: Model | None = None
) -> dict[tuple[uuid.UUID, int], Seen]:
    """By pupil and topic; pairs that nothing is known of are left out. Two statements and the model's version."""
    if not pupils or not topics:
        return {}
    asked: dict[str, Any] = {"school": school_id, "pupils": list(pupils), "topics": list(topics)}
    model = model or model_in_use()
    levels = topics_of(model.version, topics)
    found: dict[tuple[uuid.UUID, int], Seen] = {}
    moment = now.timestamp()
    for pupil_id, topic_id, _subject, *numbers in read(_ROWS, asked):
        pupil = PupilState(*numbers[:7])
        pupil.skills[topic_id] = SkillState(*numbers[7:])
        found[pupil_id, topic_id] = Seen(estimate_topic(model.weights, pupil, topic_id, levels[topic_id], moment))
    for pupil_id, topic_id, says in read(_OVERRIDES, asked):
        known = found.get((pupil_id, topic_id))
        found[pupil_id, topic_id] = Seen(known.estimate if known else NOT_STARTED, says)
    return found
