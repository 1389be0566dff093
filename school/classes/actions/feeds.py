"""Secret addresses for calendars."""

import secrets
from typing import cast

from sqlalchemy import Table, insert, update

from school.classes.models import CalendarFeed
from school.classes.queries.feeds import OfMember, token_hash
from school.core import clock
from school.core.access import Actor
from school.core.database import db, new_id

feed = cast("Table", CalendarFeed.__table__)


def open_feed(actor: Actor, of: OfMember) -> str:
    """A new address for somebody's lessons; the one that the actor had for them ends. Answers its secret, kept nowhere."""
    close_feed(actor, of)
    token = secrets.token_urlsafe(24)
    db.session.execute(
        insert(feed).values(
            school_id=of.school_id,
            id=new_id(),
            owner_id=actor.member_id,
            member_id=of.id,
            token_hash=token_hash(token),
            made_at=clock.now(),
        )
    )
    return token


def close_feed(actor: Actor, of: OfMember) -> None:
    """Calendars that read by the actor's address get nothing any more."""
    db.session.execute(
        update(feed)
        .where(
            feed.c.school_id == of.school_id,
            feed.c.owner_id == actor.member_id,
            feed.c.member_id == of.id,
            feed.c.ended_at.is_(None),
        )
        .values(ended_at=clock.now())
    )
