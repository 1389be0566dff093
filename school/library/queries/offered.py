"""The units that the library has for a lesson: by the topic in its journal, or by where its course is."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from content_library import Card, Filters, Topic, finding
from school.classes.models import Lesson
from school.core.database import db
from school.core.finding import reader

LOOKED_BACK = timedelta(days=100)
"""Farther than the summer: what a course did last is where it goes on."""


@dataclass(frozen=True, slots=True)
class Offered:
    """Units for a lesson, and the topic they are of."""

    topic_id: int
    title: str
    subject_id: int
    is_guess: bool
    """The lesson has no topic yet: this is the last one of its course."""
    cards: Sequence[Card]
    total: int


def topic_near(school_id: int, course_id: uuid.UUID, on: date) -> int | None:
    """The last topic of the framework that a course had by a day."""
    return db.session.scalar(
        select(Lesson.topic_id)
        .where(
            Lesson.school_id == school_id,
            Lesson.course_id == course_id,
            Lesson.on_date <= on,
            Lesson.on_date > on - LOOKED_BACK,
            Lesson.topic_id.is_not(None),
        )
        .order_by(Lesson.starts_at.desc())
        .limit(1)
    )


def units_on(topic_id: int, limit: int = 6) -> tuple[Sequence[Card], int]:
    """Published units on a topic or below it, and how many there are."""
    topic = db.session.get(Topic, topic_id)
    if topic is None:
        return (), 0
    found = finding.search(db.session(), reader(), "", Filters(subject=topic.subject_id, topic=topic_id), limit=limit)
    return found.cards, max(found.total, len(found.cards))


def offered_for(school_id: int, course_id: uuid.UUID, on: date, topic_id: int | None, limit: int = 6) -> Offered | None:
    """What the library has for a lesson; None while its course has no topic of the framework. Three statements."""
    near = topic_id or topic_near(school_id, course_id, on)
    topic = db.session.get(Topic, near) if near else None
    if topic is None:
        return None
    cards, total = units_on(topic.id, limit)
    return Offered(topic.id, topic.title, topic.subject_id, topic_id is None, cards, total)
