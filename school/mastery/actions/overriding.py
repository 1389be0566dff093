"""A teacher's word on a topic: kept apart, so that the estimate is never edited and the word can be taken back."""

from datetime import datetime

from sqlalchemy import update

from content_library.models import Topic
from school.core import clock
from school.core.access import Actor
from school.core.database import db, new_id
from school.mastery.models import TopicOverride
from school.tasks.actions import Pupil


def override_topic(actor: Actor, pupil: Pupil, topic: Topic, *, mastered: bool, reason: str = "") -> TopicOverride:
    """Say that the pupil can do the topic, or not yet. Takes the place of what was said before."""
    now = clock.now()
    _lift(pupil, topic, now)
    made = TopicOverride(
        school_id=pupil.school_id,
        id=new_id(),
        pupil_id=pupil.id,
        topic_id=topic.id,
        mastered=mastered,
        reason=reason,
        set_by=actor.account_id,
        set_at=now,
    )
    db.session.add(made)
    db.session.flush()
    return made


def lift_override(_actor: Actor, pupil: Pupil, topic: Topic) -> None:
    """Let the estimate speak again."""
    _lift(pupil, topic, clock.now())


def _lift(pupil: Pupil, topic: Topic, now: datetime) -> None:
    db.session.execute(
        update(TopicOverride)
        .where(
            TopicOverride.school_id == pupil.school_id,
            TopicOverride.pupil_id == pupil.id,
            TopicOverride.topic_id == topic.id,
            TopicOverride.lifted_at.is_(None),
        )
        .values(lifted_at=now)
    )
