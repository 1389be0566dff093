"""Writing events in the transaction of the fact they speak of: one INSERT, and no waiting for other savers."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, cast

from sqlalchemy import Table, insert

from school.core.clock import now
from school.core.database import db, new_id
from school.core.records.canonical import canonical
from school.core.records.models import RecordEvent


class Who(Protocol):
    """Whoever acts: ``school.core.access.Actor``, or anything with the same three names."""

    @property
    def account_id(self) -> uuid.UUID | None:
        """The account that acts."""

    @property
    def member_id(self) -> uuid.UUID | None:
        """That human in this school."""

    @property
    def on_behalf_of(self) -> uuid.UUID | None:
        """The member whose place is taken."""


@dataclass(frozen=True, slots=True)
class Program:
    """The program itself as the actor: imports, jobs, releases at the end of the quiet window."""

    account_id: None = None
    member_id: None = None
    on_behalf_of: None = None


PROGRAM = Program()


@dataclass(frozen=True, slots=True)
class Happening:
    """What ``record_many`` writes one event of."""

    thing_id: uuid.UUID
    payload: dict[str, Any]
    pupil_id: uuid.UUID | None = None


event = cast("Table", RecordEvent.__table__)

_WRITE = insert(event)
# RETURNING makes SQLAlchemy send the rows as one INSERT with many VALUES, compiled once and kept.
_WRITE_MANY = insert(event).returning(event.c.id)


def record(
    actor: Who,
    kind: str,
    *,
    school_id: int,
    thing_id: uuid.UUID,
    payload: dict[str, Any],
    pupil_id: uuid.UUID | None = None,
) -> uuid.UUID:
    """Add an event to the school's record in the caller's transaction; the answer is its id, for the receipt.

    ``payload`` holds what was and what is (see ``canonical`` for the values it may hold); personal text only by ``salted``.
    """
    row = _row(actor, kind, school_id, now(), Happening(thing_id, payload, pupil_id))
    db.session.execute(_WRITE, row)
    made: uuid.UUID = row["id"]
    return made


def record_many(actor: Who, kind: str, *, school_id: int, happenings: Iterable[Happening]) -> list[uuid.UUID]:
    """Add an event for each happening (a column of marks) by one INSERT; the answer is their ids in the same order."""
    moment = now()
    rows = [_row(actor, kind, school_id, moment, happening) for happening in happenings]
    if rows:
        db.session.execute(_WRITE_MANY, rows)
    return [row["id"] for row in rows]


def _row(actor: Who, kind: str, school_id: int, at: datetime, what: Happening) -> dict[str, Any]:
    return {
        "school_id": school_id,
        "id": new_id(),
        "kind": kind,
        "thing_id": what.thing_id,
        "pupil_id": what.pupil_id,
        "at": at,
        "actor_account_id": actor.account_id,
        "actor_member_id": actor.member_id,
        "on_behalf_of": actor.on_behalf_of,
        "payload": canonical(what.payload),
    }
