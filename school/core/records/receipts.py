"""A family's receipt: an event, its path to a signed root, and the signature. It can be checked offline, for ever.

On the day itself the receipt leads to the school's signed head: a promise that the event stays. Once the day is closed it leads
to the city's published root. ``why_broken`` holds an old receipt against what the database says now.
"""

import uuid
from typing import Any

from sqlalchemy import select

from school.core.records import merkle
from school.core.records.canonical import canonical, plain
from school.core.records.closing import Reading, city_day_of, city_leaf, school_day_of, school_days_of, school_head_of
from school.core.records.statements import event_facts, event_leaf
from school.core.records.tables import city_root, day_root, event, head, record_key

VERSION = 1

Receipt = dict[str, Any]


class NotSealedYet(Exception):
    """The event waits for its seal: ask again in a few seconds."""


class RecordBroken(Exception):
    """What the database holds does not lead to what was signed; the message says where."""


def receipt_for(reading: Reading, school_id: int, event_id: uuid.UUID) -> Receipt | None:
    """The receipt of an event; None when there is no such event. Raises ``NotSealedYet``, ``RecordBroken``."""
    row = reading.execute(select(event).where(event.c.school_id == school_id, event.c.id == event_id)).first()
    if row is None:
        return None
    if row.position is None:
        raise NotSealedYet(str(event_id))
    if event_leaf(row, row.position) != row.leaf:
        raise RecordBroken(f"event {event_id} at position {row.position} is not what was sealed")
    receipt = {"receipt": VERSION, "event": event_facts(row, row.position)}
    closed = reading.execute(
        select(day_root).where(
            day_root.c.school_id == school_id, day_root.c.first <= row.position, day_root.c.last >= row.position
        )
    ).first()
    published = closed and reading.execute(select(city_root).where(city_root.c.on_date == closed.on_date)).first()
    receipt |= _of_closed_day(reading, row, closed, published) if published else _of_head(reading, row)
    made: Receipt = plain(receipt)
    return made


def as_file(receipt: Receipt) -> str:
    """The receipt as it is given away: the one form that tools/verify_receipt.py accepts, to the byte."""
    return canonical(receipt) + "\n"


def why_broken(reading: Reading, receipt: Receipt) -> str | None:
    """What of the receipt the database no longer says; None when it still says it all. The receipt itself must be valid."""
    facts, promised = receipt["event"], receipt["school"]
    school_id, position = facts["school"], facts["position"]
    row = reading.execute(
        select(event).where(event.c.school_id == school_id, event.c.position == position)
    ).one_or_none()
    if row is None:
        return f"the event at position {position} of school {school_id} is gone"
    if canonical(event_facts(row, row.position)) != canonical(facts):
        return f"the event at position {position} of school {school_id} is another one now"
    closed = reading.execute(
        select(day_root).where(day_root.c.school_id == school_id, day_root.c.first == promised["first"])
    ).first()
    end = closed.last if closed else _sealed_until(reading, school_id)
    if end < promised["last"]:
        return f"the record of school {school_id} ends at {end}, but reached {promised['last']} before"
    leaves = _leaves(reading, school_id, promised["first"], end)
    if len(leaves) != end + 1 - promised["first"]:
        return f"events between positions {promised['first']} and {end} of school {school_id} are gone"
    size = promised["last"] + 1 - promised["first"]
    proof = merkle.consistency_proof(size, leaves)
    now = closed.root if closed else merkle.root(leaves)
    if not merkle.is_consistent(size, bytes.fromhex(promised["root"]), len(leaves), now, proof):
        return f"the events of school {school_id} from position {promised['first']} on are not those that were signed"
    return None


def _of_closed_day(reading: Reading, row: Any, closed: Any, published: Any) -> Receipt:
    days = school_days_of(closed.on_date, reading)
    city_leaves = [city_leaf(day) for day in days]
    if merkle.root(city_leaves) != published.root or len(days) != published.size:
        raise RecordBroken(f"the days of the schools on {closed.on_date} are not those of the signed city root")
    index = [day.school_id for day in days].index(row.school_id)
    return {
        "school": school_day_of(closed),
        "path": _path(reading, row, closed.first, closed.last, closed.root),
        "city": city_day_of(published),
        "city_index": index,
        "city_path": [step.hex() for step in merkle.inclusion_path(index, city_leaves)],
        "public_key": _public_key(reading, published.key_id),
        "signature": published.signature.hex(),
    }


def _of_head(reading: Reading, row: Any) -> Receipt:
    end = reading.execute(select(head).where(head.c.school_id == row.school_id)).first()
    if end is None or row.position > end.size:
        raise RecordBroken(f"the record of school {row.school_id} is cut off before position {row.position}")
    if row.position < end.first:
        raise NotSealedYet(f"the day of position {row.position} is being closed")
    statement = school_head_of(end)
    return {
        "school": statement,
        "path": _path(reading, row, end.first, end.size, bytes.fromhex(statement["root"])),
        "public_key": _public_key(reading, end.key_id),
        "signature": end.signature.hex(),
    }


def _path(reading: Reading, row: Any, first: int, last: int, root: bytes) -> list[str]:
    leaves = _leaves(reading, row.school_id, first, last)
    if len(leaves) != last + 1 - first or merkle.root(leaves) != root:
        raise RecordBroken(f"the events {first}–{last} of school {row.school_id} do not lead to their signed root")
    return [step.hex() for step in merkle.inclusion_path(row.position - first, leaves)]


def _leaves(reading: Reading, school_id: int, first: int, last: int) -> list[bytes]:
    between = select(event.c.leaf).where(
        event.c.school_id == school_id, event.c.position >= first, event.c.position <= last
    )
    return list(reading.execute(between.order_by(event.c.position)).scalars())


def _sealed_until(reading: Reading, school_id: int) -> int:
    size: int | None = reading.execute(select(head.c.size).where(head.c.school_id == school_id)).scalar()
    return size or 0


def _public_key(reading: Reading, key_id: str) -> str:
    key: bytes | None = reading.execute(select(record_key.c.public_key).where(record_key.c.id == key_id)).scalar()
    if key is None:
        raise RecordBroken(f"the public key {key_id} is gone")
    return key.hex()
