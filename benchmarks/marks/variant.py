"""The mark table with wide or narrow keys, filled as a school year fills it."""

import contextlib
import itertools
import struct
import uuid
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from benchmarks.marks.year import Year
from content_library.database import Id, Moment

EPOCH_2000 = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass
class Variant:
    """One of the two tables, its marks and what was measured on it."""

    name: str
    year: Year
    engine: sa.Engine
    table: sa.Table
    rows: int = 0
    load: float = 0
    sizes: dict[str, int] = field(default_factory=dict)
    seconds: dict[str, list[float]] = field(default_factory=dict)
    pages: dict[str, float] = field(default_factory=dict)

    def given(self, key: Any) -> Any:
        """A key as the application holds it."""
        return uuid.UUID(bytes=key) if self.year.wide else key


def mark_table(name: str, *, wide: bool, includes: bool) -> sa.Table:
    """The table and its covering indexes; ``includes`` where the database tells carried columns from keys."""
    key = Id if wide else sa.BigInteger
    table = sa.Table(
        name,
        sa.MetaData(),
        sa.Column("school_id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("id", Id, primary_key=True),
        sa.Column("subject_id", sa.Integer, nullable=False),
        *(sa.Column(f"{other}_id", key, nullable=False) for other in ("pupil", "lesson", "course", "term", "author")),
        sa.Column("set_at", Moment, nullable=False),
        sa.Column("released_at", Moment),
        sa.Column("lesson_on", sa.Date, nullable=False),
        *(sa.Column(number, sa.SmallInteger, nullable=False) for number in ("value", "weight", "kind")),
    )
    carried = {
        "diary": ("pupil_id lesson_on", "lesson_id subject_id value weight kind released_at"),
        "journal": ("course_id pupil_id", "lesson_id lesson_on value weight kind id"),
    }
    for index, (keys, others) in carried.items():
        key_columns = ["school_id", *keys.split()]
        if includes:
            sa.Index(f"{name}_{index}", *(table.c[c] for c in key_columns), postgresql_include=others.split())
        else:
            sa.Index(f"{name}_{index}", *(table.c[c] for c in key_columns + others.split()))
    return table


def load_sqlite(variant: Variant) -> None:
    """All marks in one transaction, with the indexes in place, as the year would bring them."""
    rows = variant.year.marks(date.isoformat, lambda m: m.strftime("%Y-%m-%d %H:%M:%S.%f"))
    places = ",".join("?" * len(variant.table.columns))
    with contextlib.closing(variant.engine.raw_connection()) as connection:
        cursor: Any = connection.cursor()  # the driver takes an iterator, which its common interface does not promise
        cursor.execute("PRAGMA journal_mode=OFF")
        cursor.execute("PRAGMA cache_size=-4000000")
        cursor.executemany(f"INSERT INTO {variant.table.name} VALUES ({places})", rows)
        connection.commit()
        cursor.execute("PRAGMA journal_mode=WAL")
        sizes = cursor.execute("SELECT name, pgsize FROM dbstat WHERE aggregate = TRUE").fetchall()
    names = {variant.table.name: "table", f"sqlite_autoindex_{variant.table.name}_1": "primary key"}
    variant.sizes = {names.get(n, n.rpartition("_")[2]): size for n, size in sizes if n != "sqlite_schema"}


def load_postgresql(variant: Variant) -> None:
    """COPY in binary, with the indexes in place; then what autovacuum would have done by the morning."""
    width, code = (16, "16s") if variant.year.wide else (8, "q")
    pack = struct.Struct("!h" + "ii" + "i16s" + "ii" + f"i{code}" * 5 + "iq" * 2 + "ii" + "ih" * 3).pack
    rows = variant.year.marks(
        lambda d: d.toordinal() - EPOCH_2000.toordinal(), lambda m: (m - EPOCH_2000) // timedelta(microseconds=1)
    )
    with contextlib.closing(variant.engine.raw_connection()) as connection:
        cursor: Any = connection.cursor()
        with cursor.copy(f"COPY {variant.table.name} FROM STDIN (FORMAT binary)") as copy:
            copy.write(b"PGCOPY\n\xff\r\n\0" + bytes(8))
            while chunk := list(itertools.islice(rows, 5000)):
                copy.write(
                    b"".join(
                        pack(14, 4, a, 16, b, 4, c, width, d, width, e, width, f, width, g, width, h,
                             8, i, 8, j, 4, k, 2, l, 2, m, 2, n)
                        for a, b, c, d, e, f, g, h, i, j, k, l, m, n in chunk  # noqa: E741 - fourteen plain fields
                    )
                )  # fmt: skip
            copy.write(b"\xff\xff")
        connection.commit()
    with variant.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as autocommit:
        autocommit.exec_driver_sql(f"VACUUM ANALYZE {variant.table.name}")
        autocommit.exec_driver_sql("CHECKPOINT")
        for name, label in (("", "table"), ("_pkey", "primary key"), ("_diary", "diary"), ("_journal", "journal")):
            size = autocommit.scalar(sa.select(sa.func.pg_relation_size(variant.table.name + name)))
            variant.sizes[label] = size or 0


def warm(variant: Variant) -> None:
    """Bring the whole table and its indexes into the system's cache, or the variant loaded first would be the slow one."""
    if variant.engine.name == "sqlite":
        with Path(str(variant.engine.url.database)).open("rb") as file:
            while file.read(1 << 24):
                pass
        return
    with variant.engine.begin() as connection:
        connection.exec_driver_sql("CREATE EXTENSION IF NOT EXISTS pg_prewarm")
        for relation in ("", "_pkey", "_diary", "_journal"):
            connection.execute(sa.select(sa.func.pg_prewarm(variant.table.name + relation, "read")))
