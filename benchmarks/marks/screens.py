"""The diary, the term means, the journal and one new mark, timed on one variant."""

import random
import statistics
import time
import uuid
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from benchmarks.marks.variant import Variant
from benchmarks.marks.year import CLASSES, COURSES, DAYS, LESSONS, school_day


class Screens:
    """The reads and the write of one variant; each draw takes another pupil, course or week."""

    def __init__(self, variant: Variant) -> None:
        self.variant = variant
        self.random = random.Random(7)
        t = self.table = variant.table
        of_pupil = (
            t.c.school_id == sa.bindparam("school"),
            t.c.pupil_id == sa.bindparam("pupil"),
            t.c.lesson_on.between(sa.bindparam("first"), sa.bindparam("last")),
        )
        seen = (t.c.lesson_id, t.c.subject_id, t.c.lesson_on, t.c.value, t.c.weight, t.c.kind, t.c.released_at)
        self.reads = {
            "diary week": sa.select(*seen).where(*of_pupil).order_by(t.c.lesson_on),
            "term means": sa.select(
                t.c.subject_id, sa.func.sum(t.c.value * t.c.weight), sa.func.sum(t.c.weight), sa.func.count()
            )
            .where(*of_pupil, t.c.released_at.is_not(None))
            .group_by(t.c.subject_id),
            "journal 30 x 60": sa.select(t.c.pupil_id, t.c.lesson_id, t.c.id, t.c.value, t.c.weight, t.c.kind).where(
                t.c.school_id == sa.bindparam("school"), t.c.course_id == sa.bindparam("course")
            ),
        }

    def draw(self, screen: str) -> dict[str, Any]:
        """Arguments for one call."""
        year, chance = self.variant.year, self.random
        number = chance.randrange(year.classes)
        school = {"school": number // CLASSES + 1}
        if screen.startswith("journal"):
            return school | {"course": self.variant.given(chance.choice(year.courses[number]))}
        first, days = (chance.randrange(34) * 5, 5) if screen == "diary week" else (chance.randrange(4) * 42, 42)
        pupil = self.variant.given(chance.choice(year.pupils[number]))
        return school | {"pupil": pupil, "first": school_day(first), "last": school_day(first + days - 1)}

    def read(self, connection: sa.Connection, screen: str) -> None:
        """One screen's rows, the journal's laid out by cell as its page needs them."""
        rows = connection.execute(self.reads[screen], self.draw(screen)).all()
        if screen.startswith("journal"):
            cells: dict[tuple[Any, Any], list[Any]] = {}
            for row in rows:
                cells.setdefault((row[0], row[1]), []).append(row)

    def new_mark(self) -> dict[str, Any]:
        """A mark of today for any pupil of any course."""
        year, chance, given = self.variant.year, self.random, self.variant.given
        number, course = chance.randrange(year.classes), chance.randrange(COURSES)
        now = datetime.now(UTC)
        return {
            "school_id": number // CLASSES + 1,
            "id": uuid.UUID(bytes=year.uuid7(time.time_ns() // 1_000_000)),
            "subject_id": course + 1,
            "pupil_id": given(chance.choice(year.pupils[number])),
            "lesson_id": given(year.lessons[number][course * LESSONS + LESSONS - 1]),
            "course_id": given(year.courses[number][course]),
            "term_id": given(year.terms[number // CLASSES][3]),
            "author_id": given(year.teachers[number][course]),
            "set_at": now,
            "released_at": None,
            "lesson_on": school_day(DAYS - 1),
            "value": 5,
            "weight": 1,
            "kind": 1,
        }

    def time_reads(self, calls: int) -> None:
        """Time every read; the first tenth of the calls warms the statements up and is not kept."""
        with self.variant.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            for screen in self.reads:
                for call in range(-calls // 10, calls):
                    begun = time.perf_counter()
                    self.read(connection, screen)
                    if call >= 0:
                        self.variant.seconds.setdefault(screen, []).append(time.perf_counter() - begun)

    def time_inserts(self, calls: int) -> None:
        """Time one mark in a transaction of its own, from begin to commit."""
        for call in range(-calls // 10, calls):
            mark, begun = self.new_mark(), time.perf_counter()
            with self.variant.engine.begin() as connection:
                connection.execute(sa.insert(self.table), mark)
            if call >= 0:
                self.variant.seconds.setdefault("one mark put", []).append(time.perf_counter() - begun)

    def count_pages(self, calls: int = 100) -> None:
        """PostgreSQL only: the mean number of 8 KB pages a read touches, which no other load can disturb."""
        with self.variant.engine.connect() as connection:
            for screen, select in self.reads.items():
                statement = "EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) " + str(select.compile(connection.engine))
                plans = [
                    connection.exec_driver_sql(statement, self.draw(screen)).scalar_one()[0]["Plan"]
                    for _ in range(calls)
                ]
                touched = [plan["Shared Hit Blocks"] + plan["Shared Read Blocks"] for plan in plans]
                self.variant.pages[screen] = statistics.mean(touched)
