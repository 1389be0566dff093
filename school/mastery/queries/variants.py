"""One press makes a fitting set of tasks for each pupil of a class."""

import uuid
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.types import Integer

from school.classes.queries.relations import SCHOOL
from school.core.database import Id, read
from school.mastery.estimate.choice import DEFAULT, choose_skill
from school.mastery.estimate.state import ItemLevel, PupilState, Skill, SkillState
from school.mastery.estimate.variants import Picked, pick
from school.mastery.queries.choosing import Offered
from school.mastery.queries.levels import (
    PUPIL_COLUMNS,
    SKILL_COLUMNS,
    items_of,
    judged,
    model_in_use,
    pupil_level,
    pupil_topic,
    remember,
)

_PUPILS = bindparam("pupils", type_=Id, expanding=True)
_SUBJECT = bindparam("subject", type_=Integer)
_LEVELS = select(pupil_level.c.pupil_id, *PUPIL_COLUMNS).where(
    pupil_level.c.school_id == SCHOOL, pupil_level.c.pupil_id.in_(_PUPILS), pupil_level.c.subject_id == _SUBJECT
)
_TOPICS = select(pupil_topic.c.pupil_id, pupil_topic.c.topic_id, *SKILL_COLUMNS).where(
    pupil_topic.c.school_id == SCHOOL, pupil_topic.c.pupil_id.in_(_PUPILS), pupil_topic.c.subject_id == _SUBJECT
)
_ANSWERS = (
    select(judged.c.pupil_id, judged.c.item_id, judged.c.correct, judged.c.at)
    .where(judged.c.school_id == SCHOOL, judged.c.pupil_id.in_(_PUPILS), judged.c.subject_id == _SUBJECT)
    .order_by(judged.c.at, judged.c.answer_id)
)


def variants_for(
    school_id: int,
    pupils: Sequence[uuid.UUID],
    subject_id: int,
    topics: Collection[int],
    offered: Sequence[Offered],
    count: int,
    now: datetime,
) -> dict[uuid.UUID, list[Picked]]:
    """For each pupil, in the order they sit: ``count`` items with the chance of each, the mean near 80 %.

    One item is of an older topic that the pupil needs most, when ``offered`` has items outside ``topics`` and the pupil
    has met their topic; the others are of ``topics``. Two who sit side by side get different items while there are enough.
    """
    model = model_in_use()
    items, levels = items_of(model.version, {one.item_id: (one.topics, one.guess) for one in offered})
    fresh: dict[Any, ItemLevel] = {one.item_id: items[one.item_id] for one in offered if _first(one) in topics}
    older: dict[Skill, dict[Any, ItemLevel]] = {}
    for one in offered:
        if _first(one) not in topics and one.topics:
            older.setdefault(one.topics[0], {})[one.item_id] = items[one.item_id]
    known: dict[Skill, Any] = dict(levels.items())
    moment = now.timestamp()
    made: dict[uuid.UUID, list[Picked]] = {}
    taken: set[Any] = set()
    states = _states(school_id, pupils, subject_id, items)
    for pupil_id in pupils:
        pupil = states[pupil_id]
        met: dict[Skill, float] = {topic: 0.0 for topic in older if topic in pupil.skills}
        old: list[Picked] = []
        if met and count > 1:
            topic = choose_skill(DEFAULT, model.weights, pupil, met, known, moment)
            old = pick(model.weights, pupil, older[topic], 1, moment, taken)
        rest = pick(model.weights, pupil, fresh, count - len(old), moment, taken, old)
        made[pupil_id] = [*rest, *old]
        taken = {one.item for one in made[pupil_id]}
    return made


def _first(one: Offered) -> int | None:
    return one.topics[0] if one.topics else None


def _states(
    school_id: int, pupils: Sequence[uuid.UUID], subject_id: int, items: Collection[uuid.UUID]
) -> dict[uuid.UUID, PupilState]:
    """Pupils with their topics and their memory of ``items``, in three statements."""
    states = {one: PupilState() for one in pupils}
    asked = {"school": school_id, "pupils": list(pupils), "subject": subject_id}
    for row in read(_LEVELS, asked):
        states[row[0]] = PupilState(*row[1:])
    for row in read(_TOPICS, asked):
        states[row[0]].skills[row[1]] = SkillState(*row[2:])
    for pupil_id, item_id, correct, at in read(_ANSWERS, asked):
        if item_id in items:
            remember(states[pupil_id].items, item_id, correct, at)
    return states
