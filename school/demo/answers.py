"""What the pupil model has learnt from the demo school's tasks: each answer once, in the order in which they were given."""

import uuid

from sqlalchemy import and_, select

from content_library.models import Item, Unit, UnitTopic, UnitVersion
from school.core.database import db
from school.mastery.actions import InSubject, Told, learn_answers
from school.mastery.estimate.guessing import guess_of
from school.tasks.models import Answer, Attempt, Verdict


def learn_from_tasks(school_id: int) -> None:
    """Tell the model all that was answered, a pupil and a subject at a time, in the caller's transaction."""
    topics: dict[uuid.UUID, tuple[int, ...]] = {}
    for unit_id, topic_id in db.session.execute(
        select(UnitTopic.unit_id, UnitTopic.topic_id).order_by(UnitTopic.topic_id)
    ):
        topics[unit_id] = (*topics.get(unit_id, ()), topic_id)
    rows = db.session.execute(
        select(
            Attempt.pupil_id, Unit.subject_id, Verdict.answer_id, Verdict.item_id, Verdict.correct, Answer.received_at,
            Item.kind, Item.spec, Item.topic_id, Unit.id,
        )
        .join(Verdict, and_(Verdict.school_id == school_id, Verdict.attempt_id == Attempt.id))
        .join(Answer, and_(Answer.school_id == school_id, Answer.id == Verdict.answer_id))
        .join(Item, Item.id == Verdict.item_id)
        .join(UnitVersion, UnitVersion.id == Item.version_id)
        .join(Unit, Unit.id == UnitVersion.unit_id)
        .where(Attempt.school_id == school_id, Verdict.waits.is_(False))
    )  # fmt: skip
    told: dict[tuple[uuid.UUID, int], list[Told]] = {}
    for pupil_id, subject_id, answer_id, item_id, correct, at, kind, spec, topic_id, unit_id in rows:
        of = (topic_id,) if topic_id is not None else topics.get(unit_id, ())
        one = Told(answer_id, item_id, of, correct, at.timestamp(), guess_of(kind, spec))
        told.setdefault((pupil_id, subject_id), []).append(one)
    for (pupil_id, subject_id), answers in told.items():
        learn_answers(None, InSubject(school_id, pupil_id, subject_id), answers)
