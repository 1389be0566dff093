"""Whose turn a periodic task is: a row with a lease, so that one worker of the installation does it at a time."""

import os
import secrets
import socket
from datetime import timedelta
from typing import cast

from sqlalchemy import Table, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from school.core.clock import now
from school.core.database import read_engine, write_engine
from school.core.jobs.models import PeriodicTurn
from school.core.jobs.registry import Periodic

EARLY = 0.9
"""Part of the period after which the next turn may come: waking a moment early must not skip a whole period."""

turn = cast("Table", PeriodicTurn.__table__)


def take_turn(task: Periodic) -> str | None:
    """The name this turn is held by; None when it is not yet due or another worker's. A turn whose worker was killed is due when its lease is over."""
    moment = now()
    with read_engine().connect() as reading:
        row = reading.execute(select(turn).where(turn.c.name == task.name)).mappings().first()
    if row is not None and (
        (row["lease_until"] or moment) > moment or (row["next_at"] > moment and row["leased_by"] is None)
    ):
        return None
    holder = f"{socket.gethostname()[:60]}:{os.getpid()}:{secrets.token_hex(8)}"
    with write_engine().begin() as connection:
        insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
        connection.execute(insert(turn).values(name=task.name, next_at=moment).on_conflict_do_nothing())
        taken = connection.execute(
            update(turn)
            .where(
                turn.c.name == task.name,
                or_(turn.c.next_at <= moment, turn.c.leased_by.is_not(None)),  # held still: its worker was killed
                or_(turn.c.lease_until.is_(None), turn.c.lease_until < moment),
            )
            .values(
                next_at=moment + timedelta(seconds=task.seconds * EARLY),
                lease_until=moment + timedelta(seconds=task.lease),
                leased_by=holder,
            )
        )
        return holder if taken.rowcount == 1 else None


def end_turn(task: Periodic, holder: str, error: str | None) -> None:
    """Let others take the next turn."""
    with write_engine().begin() as connection:
        connection.execute(
            update(turn)
            .where(turn.c.name == task.name, turn.c.leased_by == holder)
            .values(lease_until=None, leased_by=None, last_error=error)
        )
