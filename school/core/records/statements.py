"""What exactly is hashed and signed: canonical JSON of these facts, and nothing else. A change here breaks every old proof."""

from datetime import date, datetime
from hashlib import sha256
from typing import Any

from school.core.records.canonical import canonical
from school.core.records.merkle import leaf_hash

NO_CHAIN = bytes(32)
"""The chain before the first event."""

Facts = dict[str, Any]


def event_facts(row: Any, position: int) -> Facts:
    """An event at its place; ``row`` has the columns of ``RecordEvent``."""
    return {
        "school": row.school_id,
        "position": position,
        "id": row.id,
        "kind": row.kind,
        "thing": row.thing_id,
        "pupil": row.pupil_id,
        "at": row.at,
        "account": row.actor_account_id,
        "member": row.actor_member_id,
        "on_behalf_of": row.on_behalf_of,
        "payload": row.payload,
    }


def event_leaf(row: Any, position: int) -> bytes:
    """The leaf of an event in its day's tree."""
    return leaf_hash(as_bytes(event_facts(row, position)))


def chain_after(chain: bytes, leaf: bytes) -> bytes:
    """The chain with one more event."""
    return sha256(b"\x02" + chain + leaf).digest()


def school_head(
    *, school: int, day: date, first: int, last: int, root: bytes, chain: bytes, sealed_at: datetime, key: str
) -> Facts:
    """The end of a school's record while its day is open; signed at each sealing."""
    return {
        "what": "school head",
        "school": school,
        "date": day,
        "first": first,
        "last": last,
        "root": root.hex(),
        "chain": chain.hex(),
        "sealed_at": sealed_at,
        "key": key,
    }


def school_day(*, school: int, day: date, first: int, last: int, root: bytes, chain: bytes) -> Facts:
    """A school's closed day; its hash is a leaf of the city's tree."""
    return {
        "what": "school day",
        "school": school,
        "date": day,
        "first": first,
        "last": last,
        "root": root.hex(),
        "chain": chain.hex(),
    }


def city_day(*, day: date, schools: int, root: bytes, previous: bytes, key: str) -> Facts:
    """The city's closed day; signed and published."""
    return {
        "what": "city day",
        "date": day,
        "schools": schools,
        "root": root.hex(),
        "previous": previous.hex(),
        "key": key,
    }


def as_bytes(facts: Facts) -> bytes:
    """The bytes that are hashed or signed."""
    return canonical(facts).encode()
