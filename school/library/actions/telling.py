"""News of the library for one person: told in the school where they work or learn, since notices belong to schools."""

import uuid
from typing import Any

from sqlalchemy import or_, select

from content_library import Unit
from school.core import clock
from school.core.access import Actor
from school.core.database import db
from school.core.scope import current_scope, hold_to
from school.notices.actions import News, settle, tell
from school.people.models import Role

ERROR, ANSWERED, MENDED = "library.error", "library.answered", "library.mended"
RETURNED, PUBLISHED = "library.returned", "library.published"


def tell_one(actor: Actor, account_id: uuid.UUID | None, kind: str, key: str, unit: Unit, **about: Any) -> None:
    """Tell somebody else something of a unit, once; who has no school, and who did it themselves, is told nothing."""
    school_id = _school_of(account_id) if account_id is not None and account_id != actor.account_id else None
    if account_id is None or school_id is None:
        return
    before = current_scope()
    hold_to(frozenset({school_id}))
    tell([account_id], News(school_id, kind, key, about, thing_id=unit.id))
    hold_to(before)


def settle_one(account_id: uuid.UUID | None, key: str) -> None:
    """What somebody was told of is done."""
    school_id = _school_of(account_id) if account_id is not None else None
    if school_id is None:
        return
    before = current_scope()
    hold_to(frozenset({school_id}))
    settle(school_id, [key])
    hold_to(before)


def _school_of(account_id: uuid.UUID) -> int | None:
    today = clock.today()
    return db.session.scalar(
        select(Role.school_id)
        .where(
            Role.account_id == account_id,
            Role.school_id.is_not(None),
            Role.from_on <= today,
            or_(Role.to_on.is_(None), Role.to_on >= today),
        )
        .order_by(Role.school_id)
        .limit(1)
    )
