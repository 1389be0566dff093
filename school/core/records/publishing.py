"""What everybody may see, copy and keep as a witness: the city's signed days and its public keys. No school is named in it."""

from typing import Any

from sqlalchemy import select

from school.core.records.canonical import plain
from school.core.records.closing import Reading, city_day_of
from school.core.records.tables import city_root, record_key


def published_roots(reading: Reading, limit: int | None = None) -> list[dict[str, Any]]:
    """The signed statements of the city's days, the newest first."""
    rows = reading.execute(select(city_root).order_by(city_root.c.on_date.desc()).limit(limit))
    return [{"statement": plain(city_day_of(row)), "signature": row.signature.hex()} for row in rows]


def published_keys(reading: Reading) -> list[dict[str, Any]]:
    """Every key the city has signed with."""
    rows = reading.execute(select(record_key).order_by(record_key.c.first_used_at))
    return [
        {"key": row.id, "public_key": row.public_key.hex(), "first_used_at": plain(row.first_used_at)} for row in rows
    ]
