"""Reading one's own notices: one statement a school."""

import uuid
from datetime import timedelta
from typing import cast

from sqlalchemy import Table, select

from school.core import clock
from school.core.access import Actor
from school.core.database import db
from school.core.scope import hold_to
from school.notices.models import Notice
from school.notices.seen import SeenNotice

KEPT = timedelta(days=60)
"""How long a notice is shown; what it spoke of stands in its own place for ever."""
MOST = 100

notice = cast("Table", Notice.__table__)

COLUMNS = (
    notice.c.school_id,
    notice.c.id,
    notice.c.kind,
    notice.c.pupil_id,
    notice.c.thing_id,
    notice.c.about,
    notice.c.urgent,
    notice.c.made_at,
    notice.c.seen_at,
)
"""In the order of ``SeenNotice``."""


def schools_of(actor: Actor) -> list[int]:
    """The schools in which somebody may have been told something."""
    return sorted({one.school_id for one in actor.standings if one.school_id is not None})


def notices_of(actor: Actor) -> list[SeenNotice]:
    """The actor's own, of all their schools, the latest first."""
    found: list[SeenNotice] = []
    for school_id in schools_of(actor):
        hold_to(frozenset({school_id}))
        rows = db.session.execute(
            select(*COLUMNS)
            .where(
                notice.c.school_id == school_id,
                notice.c.account_id == actor.account_id,
                notice.c.made_at > clock.now() - KEPT,
            )
            .order_by(notice.c.made_at.desc(), notice.c.id)
            .limit(MOST)
        )
        found += [SeenNotice(*row) for row in rows]
    return sorted(found, key=lambda one: one.made_at, reverse=True)[:MOST]


def own_notice(actor: Actor, notice_id: uuid.UUID) -> SeenNotice | None:
    """One of the actor's own, for the link that a message carries."""
    row = db.session.execute(
        select(*COLUMNS).where(
            notice.c.school_id == actor.school_id,
            notice.c.id == notice_id,
            notice.c.account_id == actor.account_id,
        )
    ).first()
    return SeenNotice(*row) if row else None
