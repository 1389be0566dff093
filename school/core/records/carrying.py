"""After a restore: what the backup lacks is entered again as new events, so that the record never gets shorter."""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sqlalchemy import Table, insert, or_, select

from school.core.database import db, metadata, new_id
from school.core.records.closing import Reading
from school.core.records.tables import event, head, school
from school.core.records.writing import PROGRAM, record

BATCH = 1000
_SEALED = {"position", "leaf", "chain"}
_COLUMNS = [column for column in event.c if column.name not in _SEALED]


@dataclass(frozen=True, slots=True)
class Carried:
    """What a school got back."""

    school_id: int
    events: int
    unknown_school: bool = False
    """The backup has no such school: its events stay where they are, and nothing is claimed about them."""


def carry(old: Reading) -> list[Carried]:
    """Enter the events that ``old`` has and this database has not, and say so in each school's record.

    They keep their ids, moments and actors; they get new places, because places after the backup's end were lost with their
    seals. Only the record is carried: the marks themselves stand as the backup has them, and people decide what to enter
    again. In the caller's transaction.
    """
    here = set(db.session.execute(select(school().c.id)).scalars())
    found = []
    for school_id in old.execute(select(school().c.id).order_by(school().c.id)).scalars().all():
        if school_id not in here:
            found.append(Carried(school_id, 0, unknown_school=True))
            continue
        count = _carry_school(old, school_id)
        if count:
            record(PROGRAM, "record.restored", school_id=school_id, thing_id=new_id(), payload={"events": count})
            found.append(Carried(school_id, count))
    return found


def _carry_school(old: Reading, school_id: int) -> int:
    sealed = db.session.execute(select(head.c.size).where(head.c.school_id == school_id)).scalar() or 0
    later = old.execute(
        select(*_COLUMNS)
        .where(event.c.school_id == school_id, or_(event.c.position > sealed, event.c.position.is_(None)))
        .order_by(event.c.position.is_(None), event.c.position, event.c.at, event.c.id)
    )
    count = 0
    for rows in _batches(later.mappings()):
        missing = _missing(event, school_id, rows)
        if missing:
            db.session.execute(insert(event), missing)
            count += len(missing)
    if count:
        _carry_salts(old, school_id)
    return count


def _carry_salts(old: Reading, school_id: int) -> None:
    """The salts of the carried texts; one that a family had erased stays erased, because the old database has it no more."""
    salt = metadata.tables["record_salt"]
    for rows in _batches(old.execute(select(salt).where(salt.c.school_id == school_id)).mappings()):
        missing = _missing(salt, school_id, rows)
        if missing:
            db.session.execute(insert(salt), missing)


def _missing(table: Table, school_id: int, rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    ids = [row["id"] for row in rows]
    known: set[uuid.UUID] = set(
        db.session.execute(select(table.c.id).where(table.c.school_id == school_id, table.c.id.in_(ids))).scalars()
    )
    return [row for row in rows if row["id"] not in known]


def _batches(rows: Any) -> Iterator[list[dict[str, Any]]]:
    rest = iter(rows)
    while batch := [dict(row) for row in islice(rest, BATCH)]:
        yield batch
