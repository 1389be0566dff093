"""What the pupil model has learnt from the demo school's tasks: each answer once, in the order in which they were given.

The same arithmetic as in school, in memory and written at once: one pupil after another through the database would cost seconds.
"""

import uuid
from array import array
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import and_, select

from content_library.models import Item, Unit, UnitTopic, UnitVersion
from school.core.database import db
from school.demo.rows import Rows
from school.mastery.estimate import elo, history
from school.mastery.estimate.features import features
from school.mastery.estimate.guessing import guess_of
from school.mastery.estimate.review import NEXT_DAY
from school.mastery.estimate.state import ItemLevel, PupilState, SkillLevel, SkillState
from school.mastery.estimate.weights import DAY_0, chance
from school.mastery.models import JudgedAnswer, PupilLevel, PupilTopic
from school.tasks.models import Answer, Attempt, Verdict

_LEVEL = ("theta", "n", "wins", "recent", "steady", "last", "at")
_TOPIC = tuple(one.name for one in fields(SkillState))


def learn_from_tasks(rows: Rows, now: datetime) -> None:
    """Tell the model all that was answered, and note what it has learnt among the rows of the demo."""
    items = _items()
    pupils: dict[tuple[uuid.UUID, int], PupilState] = {}
    met: dict[tuple[uuid.UUID, uuid.UUID], float] = {}
    told = db.session.execute(
        select(Attempt.pupil_id, Verdict.answer_id, Verdict.item_id, Verdict.correct, Answer.received_at)
        .join(Verdict, and_(Verdict.school_id == rows.school_id, Verdict.attempt_id == Attempt.id))
        .join(Answer, and_(Answer.school_id == rows.school_id, Answer.id == Verdict.answer_id))
        .where(Attempt.school_id == rows.school_id, Verdict.waits.is_(False))
    )
    for pupil_id, answer_id, item_id, correct, received in sorted(told, key=lambda one: (one[4], str(one[1]))):
        at = received.timestamp()
        if at - met.get((pupil_id, item_id), -1e18) < NEXT_DAY:
            continue  # its right answer was just shown
        met[pupil_id, item_id] = at
        subject_id, level = items[item_id]
        pupil = pupils.setdefault((pupil_id, subject_id), PupilState())
        own = {"answer_id": answer_id, "pupil_id": pupil_id, "subject_id": subject_id, "item_id": item_id}
        rows.add(JudgedAnswer, **own, learned_at=now, **_judged(pupil, item_id, level, bool(correct), at))
        hard = elo.hardness(level)
        history.apply(pupil, history.Fact(at, str(answer_id), item_id, level.skills, int(correct), hard, level.guess))
    for (pupil_id, subject_id), pupil in pupils.items():
        whose = {"pupil_id": pupil_id, "subject_id": subject_id}
        rows.add(PupilLevel, **whose, **{name: getattr(pupil, name) for name in _LEVEL})
        for topic, state in pupil.skills.items():
            rows.add(PupilTopic, **whose, topic_id=topic, **{name: getattr(state, name) for name in _TOPIC})


def _judged(pupil: PupilState, item_id: uuid.UUID, level: ItemLevel, correct: bool, at: float) -> dict[str, Any]:
    x = features(pupil, item_id, level, at)
    return {
        "topics": list(level.skills),
        "correct": correct,
        "at": at,
        "version_id": 0,
        "guess": level.guess,
        "hard": elo.hardness(level),
        "strong": elo.strength(pupil, level.skills),
        "chance": chance(DAY_0, x, level.guess),
        "features": array("f", x).tobytes(),
    }


def _items() -> dict[uuid.UUID, tuple[int, ItemLevel]]:
    """By question: its subject and its topics, as hard as any."""
    of_unit: dict[uuid.UUID, list[int]] = {}
    for unit_id, topic_id in db.session.execute(
        select(UnitTopic.unit_id, UnitTopic.topic_id).order_by(UnitTopic.topic_id)
    ):
        of_unit.setdefault(unit_id, []).append(topic_id)
    found = {}
    topics: dict[int, SkillLevel] = {}
    for item_id, kind, spec, topic_id, unit_id, subject_id in db.session.execute(
        select(Item.id, Item.kind, Item.spec, Item.topic_id, Unit.id, Unit.subject_id)
        .join(UnitVersion, UnitVersion.id == Item.version_id)
        .join(Unit, Unit.id == UnitVersion.unit_id)
    ):
        skills = (topic_id,) if topic_id is not None else tuple(of_unit.get(unit_id, ()))
        levels = tuple(topics.setdefault(one, SkillLevel()) for one in skills)
        found[item_id] = (subject_id, ItemLevel(skills, levels, guess=guess_of(kind, spec)))
    return found
