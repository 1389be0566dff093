"""A methodologist keeps the framework of a subject."""

from dataclasses import dataclass
from datetime import date, timedelta

from content_library import Subject, Topic, frameworks
from school.core import clock
from school.core.access import Actor
from school.core.database import db

CannotPlace = frameworks.CannotPlace


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidOfTopic:
    """What the form of a topic says."""

    title: str
    code: str
    year_level: int
    since: date | None
    until: date | None


def add_topic(actor: Actor, subject: Subject, said: SaidOfTopic, parent: Topic | None) -> Topic:
    """Put a topic after its neighbours. Raises ``CannotPlace``."""
    return frameworks.add(db.session(), subject, said.title, said.year_level, parent=parent, code=said.code)


def change_topic(actor: Actor, topic: Topic, said: SaidOfTopic) -> None:
    """Name it anew, and say when it is taught. Raises ``CannotPlace``."""
    frameworks.change(
        db.session(),
        topic,
        title=said.title,
        code=said.code or topic.code,
        year_level=said.year_level,
        since=said.since,
        until=said.until,
    )


def move_topic(actor: Actor, topic: Topic, parent: Topic | None) -> None:
    """Put it under another topic, or at the top. Raises ``CannotPlace``."""
    frameworks.move(db.session(), topic, parent)


def shift_topic(actor: Actor, topic: Topic, by: int) -> None:
    """One place up or down among its neighbours."""
    frameworks.shift(db.session(), topic, by)


def retire_topic(actor: Actor, topic: Topic) -> int:
    """End it and what is below it with yesterday; how many."""
    return frameworks.retire(db.session(), topic, clock.today() - timedelta(days=1))


def restore_topic(actor: Actor, topic: Topic) -> None:
    """Take it back."""
    frameworks.restore(db.session(), topic, clock.today())


def need_topic(actor: Actor, topic: Topic, before: Topic) -> None:
    """Say that it rests on another one. Raises ``CannotPlace``."""
    frameworks.need(db.session(), topic, before)


def drop_need(actor: Actor, topic: Topic, before: Topic) -> None:
    """Say that it does not."""
    frameworks.drop_need(db.session(), topic, before)


def bring_framework(actor: Actor, plan: frameworks.Plan) -> int:
    """Change the framework as a looked-through plan says; how many topics are new or changed."""
    return frameworks.bring(db.session(), plan)
