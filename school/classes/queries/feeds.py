"""Whose lessons a secret address shows, so long as whoever made it may see them."""

import hashlib
import uuid
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol, cast

from sqlalchemy import Table, and_, exists, or_, select

from school.classes.models import CalendarFeed
from school.core.access import Actor
from school.core.database import db
from school.people.models import Guardianship, Member, Role, RoleKind

feed = cast("Table", CalendarFeed.__table__)
member = cast("Table", Member.__table__)
ward = cast("Table", Guardianship.__table__)
role = cast("Table", Role.__table__)


class OfMember(Protocol):
    """A pupil or a teacher."""

    @property
    def school_id(self) -> int:
        """Their school."""

    @property
    def id(self) -> uuid.UUID:
        """The member."""


@dataclass(frozen=True, slots=True)
class Owner:
    """Oneself, as somebody with lessons."""

    school_id: int
    id: uuid.UUID


@dataclass(frozen=True, slots=True)
class Feed:
    """What a living address leads to."""

    member_id: uuid.UUID
    name: str
    is_teacher: bool


def token_hash(token: str) -> bytes:
    """What is kept of the secret; it is long, so a plain hash is enough."""
    return hashlib.sha256(token.encode()).digest()


def made_at(actor: Actor, of: OfMember) -> datetime | None:
    """When the actor made the address that lives now."""
    return db.session.scalar(
        select(feed.c.made_at).where(
            feed.c.school_id == of.school_id,
            feed.c.owner_id == actor.member_id,
            feed.c.member_id == of.id,
            feed.c.ended_at.is_(None),
        )
    )


def find_feed(school_id: int, token: str, today: date) -> Feed | None:
    """The lessons of an address: the owner's own, or of a child whose progress the owner may see today."""

    def holds(table: Table) -> Any:
        return and_(table.c.from_on <= today, or_(table.c.to_on.is_(None), table.c.to_on >= today))

    def acts_as(kind: RoleKind) -> Any:
        return exists().where(
            role.c.school_id == school_id, role.c.member_id == member.c.id, role.c.kind == kind.value, holds(role)
        )

    guards = exists().where(
        ward.c.school_id == school_id,
        ward.c.guardian_id == feed.c.owner_id,
        ward.c.pupil_id == feed.c.member_id,
        ward.c.sees_progress,
        holds(ward),
    )
    row = db.session.execute(
        select(member.c.id, member.c.given_name, acts_as(RoleKind.TEACHER), acts_as(RoleKind.PUPIL))
        .join(feed, and_(feed.c.school_id == school_id, feed.c.member_id == member.c.id))
        .where(
            member.c.school_id == school_id,
            feed.c.token_hash == token_hash(token),
            feed.c.ended_at.is_(None),
            or_(feed.c.owner_id == feed.c.member_id, guards),
        )
    ).first()
    if row is None or not (row[2] or row[3]):
        return None
    return Feed(row[0], row[1], row[2])
