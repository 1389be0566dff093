"""Numbering what changes in the published library, in the transaction that changes it."""

import uuid
from typing import NamedTuple

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from content_library.ids import uuid7
from content_library.models import LibraryChange, Topic, Unit, UnitTopic


class Newest(NamedTuple):
    """How far the library is."""

    epoch: uuid.UUID | None
    """Which database this is; None before the first change."""
    last: int


_NEWEST = select(LibraryChange.epoch, LibraryChange.last)


def newest(session: Session) -> Newest:
    """The newest change: one row by one statement, cheap enough to ask every half second."""
    row = session.execute(_NEWEST).first()
    return Newest(None, 0) if row is None else Newest(row[0], row[1])


def next_number(session: Session) -> int:
    """Take the next number. Others who publish wait until this transaction ends: publishing is rare and short."""
    number = session.scalar(
        update(LibraryChange)
        .where(LibraryChange.id == 1)
        .values(last=LibraryChange.last + 1)
        .returning(LibraryChange.last)
        .execution_options(synchronize_session=False)
    )
    if number is None:
        session.add(LibraryChange(id=1, epoch=uuid7(), last=1))
        session.flush()
        number = 1
    return number


def mark(session: Session, unit: Unit) -> None:
    """Note that readers of the library see this unit differently from now on, or no more."""
    unit.changed = next_number(session)


def mark_topic(session: Session, topic: Topic) -> None:
    """Note that the published units on a topic and below it are found by other words or under another topic now."""
    session.flush()
    below = select(Topic.id).where(Topic.id == topic.id).cte("below", recursive=True)
    below = below.union(select(Topic.id).join(below, Topic.parent_id == below.c.id))
    hung = select(UnitTopic.unit_id).join(below, below.c.id == UnitTopic.topic_id)
    if session.scalar(hung.limit(1)) is not None:
        session.execute(
            update(Unit)
            .where(Unit.id.in_(hung), Unit.published_version_id.is_not(None))
            .values(changed=next_number(session))
            .execution_options(synchronize_session=False)
        )
