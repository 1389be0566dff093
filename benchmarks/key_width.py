"""What a UUID costs where a bigint would do: the mark table of one school year with either kind of key.

    python -m benchmarks.key_width --marks 10_000_000 --database sqlite [--folder DIR]
    python -m benchmarks.key_width --marks 10_000_000 --database postgresql --url postgresql+psycopg://...

Both variants hold the same marks, put down in the order of the school days. They differ in the keys of pupil, lesson,
course, term and author: UUIDv7 in one, bigint in the other. A mark's own id is a UUIDv7 in both, because clients make it.

Queries are SQLAlchemy Core with the column types of the application, timed from the call to the last row in Python.
Both tables are read through once, then the variants take turns every hundred calls, each turn on a new connection, so
that a busy machine slows both; compare within a table.

The tables are dropped and the files removed at the end. The database must be a throw-away one: durability is switched
off where the script can (SQLite) and should be on the server too (``fsync=off``, yet ``synchronous_commit=on``, without
which VACUUM may come too early to let the covering indexes answer alone), or the disk's flush hides what keys cost.
"""

import argparse
import gc
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from benchmarks.marks.screens import Screens
from benchmarks.marks.variant import Variant, load_postgresql, load_sqlite, mark_table, warm
from benchmarks.marks.year import PUPILS, Year

ROUNDS, CALLS = 20, 100


def report(database: str, wide: Variant, narrow: Variant) -> Iterator[str]:
    """A Markdown table: each figure of both variants and their ratio."""
    yield f"{database}: {wide.rows:,} marks, {wide.year.classes * PUPILS:,} pupils, {wide.year.schools} schools"
    yield ""
    yield "| | UUID | bigint | UUID / bigint |"
    yield "|---|---|---|---|"

    def line(label: str, a: float, b: float, form: str) -> str:
        return f"| {label} | {format(a, form)} | {format(b, form)} | {a / b:.2f} |"

    for part in wide.sizes:
        yield line(f"{part}, MB", wide.sizes[part] / 1e6, narrow.sizes[part] / 1e6, ",.0f")
    yield line("all, MB", sum(wide.sizes.values()) / 1e6, sum(narrow.sizes.values()) / 1e6, ",.0f")
    yield line("load with indexes, s", wide.load, narrow.load, ".0f")
    for screen, times in wide.seconds.items():
        for percent in (50, 99):
            a, b = (1000 * statistics.quantiles(s, n=100)[percent - 1] for s in (times, narrow.seconds[screen]))
            yield line(f"{screen}, p{percent}, ms", a, b, ".3f")
    for screen, pages in wide.pages.items():
        yield line(f"{screen}, pages touched", pages, narrow.pages[screen], ".1f")


def make_variant(name: str, database: str, url: str, marks: int) -> Variant:
    """An empty table of this variant in its database (on SQLite in a file of its own)."""
    wide = name == "uuid"
    engine = sa.create_engine(url)
    if database == "sqlite":

        @sa.event.listens_for(engine, "connect")
        def without_flushes(connection: Any, _: Any) -> None:
            connection.execute("PRAGMA synchronous=OFF")

    table = mark_table(f"mark_{name}", wide=wide, includes=database == "postgresql")
    table.drop(engine, checkfirst=True)
    table.create(engine)
    return Variant(name, Year(marks, wide=wide), engine, table)


def measure(database: str, urls: dict[str, str], marks: int, rounds: int) -> str:
    """Load both variants one after the other, then let them take turns at the screens; gives the report."""
    load = {"sqlite": load_sqlite, "postgresql": load_postgresql}[database]
    variants = [make_variant(name, database, url, marks) for name, url in urls.items()]
    try:
        for variant in variants:
            begun = time.perf_counter()
            load(variant)
            variant.load = time.perf_counter() - begun
            with variant.engine.connect() as connection:
                variant.rows = connection.scalar(sa.select(sa.func.count()).select_from(variant.table)) or 0
            variant.engine.dispose()  # gives back the memory the load took
        gc.collect()
        gc.freeze()  # or a walk over the year's keys shows up as a slow call now and then
        for variant in variants:
            warm(variant)
        screens = [Screens(variant) for variant in variants]
        for number in range(rounds):
            for turn in screens if number % 2 else reversed(screens):
                turn.variant.engine.dispose()  # a fresh connection: none is the lucky or unlucky one for good
                turn.time_reads(CALLS)
                turn.time_inserts(CALLS)
        for turn in screens if database == "postgresql" else ():
            turn.count_pages()
        return "\n".join(report(database, *variants))
    finally:
        for variant in variants:
            variant.table.drop(variant.engine)
            variant.engine.dispose()


def main() -> None:
    """Read the arguments, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--marks", type=int, default=10_000_000, help="about so many (whole classes are made)")
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--url", help="a PostgreSQL database that may be written to")
    parser.add_argument("--folder", type=Path, help="where the SQLite files lie while it runs")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help=f"each is {CALLS} calls of every screen")
    given = parser.parse_args()
    if given.database == "postgresql":
        if not given.url:
            parser.error("--database postgresql needs --url")
        urls = {"uuid": given.url, "bigint": given.url}
        print(measure(given.database, urls, given.marks, given.rounds))
        return
    with tempfile.TemporaryDirectory(dir=given.folder) as folder:
        urls = {name: f"sqlite:///{folder}/{name}.sqlite" for name in ("uuid", "bigint")}
        print(measure(given.database, urls, given.marks, given.rounds))


if __name__ == "__main__":
    main()
