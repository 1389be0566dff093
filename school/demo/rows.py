"""Rows of the demo school: collected first, then written table by table in one transaction."""

import random
import uuid
from collections import defaultdict
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Table, insert
from sqlalchemy.orm import Session
from sqlalchemy.sql.schema import ScalarElementColumnDefault

from school.core.database import metadata

MOST_VALUES = 30_000
"""Parameters of one statement: SQLite takes 32,766."""

_LOW = (1 << 62) - 1


class Rows:
    """What will be inserted, parents before children; and repeatable ids."""

    def __init__(self, seed: int, school_id: int) -> None:
        self.chance = random.Random(seed)
        self.school_id = school_id
        self._rows: dict[Table, list[dict[str, Any]]] = defaultdict(list)

    def id_at(self, moment: datetime | date) -> uuid.UUID:
        """A UUIDv7 of that moment whose other bits come from the seed."""
        if not isinstance(moment, datetime):
            moment = datetime(moment.year, moment.month, moment.day, tzinfo=UTC)
        stamp = int(moment.timestamp() * 1000) & (1 << 48) - 1
        bits = self.chance.getrandbits(74)
        return uuid.UUID(int=stamp << 80 | 0x7 << 76 | bits >> 62 << 64 | 0x2 << 62 | bits & _LOW)

    def add(self, model: Any, **values: Any) -> dict[str, Any]:
        """Note a row; the school is filled in where the table has one."""
        table: Table = model.__table__
        if "school_id" in table.c and "school_id" not in values:
            values["school_id"] = self.school_id
        self._rows[table].append(values)
        return values

    def count(self, model: Any) -> int:
        """How many rows of a table are noted or written."""
        return len(self._rows[model.__table__])

    def write(self, session: Session) -> None:
        """Insert everything noted so far; column defaults of the models apply."""
        for table in metadata.sorted_tables:
            rows = self._rows.get(table, [])
            names = {name for row in rows for name in row}
            for row in rows:
                if len(row) < len(names):
                    for name in names - row.keys():
                        default = table.c[name].default
                        row[name] = default.arg if isinstance(default, ScalarElementColumnDefault) else None
            if rows:
                session.connection().execute(insert(table), rows)
        self._rows.clear()
