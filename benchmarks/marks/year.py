"""One imagined school year: classes, courses, lessons and the marks put in them, in order of time.

A school has 44 classes of 30 pupils and 15 courses a class; a course has 60 lessons a year, of which 8 are tests that
nearly all write; in the others four to seven pupils are marked. That is 255 marks a pupil a year, 7.5 a week.
"""

import itertools
import random
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

PUPILS, COURSES, LESSONS, DAYS, CLASSES = 30, 15, 60, 170, 44
MARKS_A_CLASS = COURSES * (8 * 28 + 52 * 5.5)
FIRST_DAY = date(2025, 9, 1)

Row = tuple[Any, ...]


def school_day(number: int) -> date:
    """The day of the year's n-th school day (weeks of five days, holidays left out)."""
    return FIRST_DAY + timedelta(weeks=number // 5, days=number % 5)


class Year:
    """The people, courses and lessons of one variant, with their keys, and the year's marks in order of time."""

    def __init__(self, marks: int, *, wide: bool) -> None:
        self.random = random.Random(20250901)
        self.wide = wide
        self.classes = max(1, round(marks / MARKS_A_CLASS))
        self.schools = -(-self.classes // CLASSES)
        self.serial = itertools.count(1)
        self.terms = [[self.key(1) for _ in range(4)] for _ in range(self.schools)]
        self.pupils = [[self.key(2) for _ in range(PUPILS)] for _ in range(self.classes)]
        self.courses = [[self.key(3) for _ in range(COURSES)] for _ in range(self.classes)]
        self.teachers = [[self.key(4) for _ in range(COURSES)] for _ in range(self.classes)]
        self.lessons = [[self.key(5) for _ in range(COURSES * LESSONS)] for _ in range(self.classes)]

    def key(self, batch: int) -> Any:
        """The next key: people, courses and lessons are made in batches, before the year begins."""
        serial = next(self.serial)
        made = datetime(2025, 8, 20, tzinfo=UTC) + timedelta(hours=batch)
        return self.uuid7(int(made.timestamp() * 1000) + serial // 50) if self.wide else serial

    def uuid7(self, unix_ms: int) -> bytes:
        """A UUIDv7 from seeded chance; within a millisecond in any order, as from many clients."""
        chance = self.random.getrandbits(74)
        number = unix_ms << 80 | 7 << 76 | (chance >> 62) << 64 | 2 << 62 | chance & (1 << 62) - 1
        return number.to_bytes(16, "big")

    def timetable(self, shift: int) -> list[list[tuple[int, int]]]:
        """(course, number of the lesson in it) for each day of a class whose courses are moved on by ``shift``."""
        days: list[list[tuple[int, int]]] = [[] for _ in range(DAYS)]
        for number, course in itertools.product(range(LESSONS), range(COURSES)):
            days[int((number + (course + shift) % COURSES / COURSES) * DAYS / LESSONS)].append((course, number))
        return days

    def marks(self, day_of: Callable[[date], Any], moment_of: Callable[[datetime], Any]) -> Iterator[Row]:
        """Rows in the order of the table's columns; days and moments in the database's own form."""
        chance = self.random
        timetables = [self.timetable(shift) for shift in range(COURSES)]
        tests = [chance.sample(range(PUPILS), 28) for _ in range(499)]
        others = [chance.sample(range(PUPILS), 4 + i % 4) for i in range(4000)]
        values = [chance.choice((2, 3, 3, 4, 4, 4, 5, 5)) for _ in range(9973)]
        value, order = itertools.cycle(values), list(range(self.classes))
        for day, slot in itertools.product(range(DAYS), range(8)):
            on, begins = school_day(day), 8 * 60 + 30 + 55 * slot
            stored_on = day_of(on)
            start = datetime(on.year, on.month, on.day, begins // 60 - 3, begins % 60, tzinfo=UTC)
            chance.shuffle(order)
            for position, number in enumerate(order):
                lessons = timetables[number % COURSES][day]
                if slot >= len(lessons):
                    continue
                course, lesson = lessons[slot]
                is_test = lesson % 7 == 6
                moment = start + timedelta(milliseconds=int(2_400_000 * position / self.classes))
                set_at, released_at = moment_of(moment), moment_of(moment + timedelta(hours=2))
                unix_ms = int(moment.timestamp() * 1000)
                school, pupils = number // CLASSES + 1, self.pupils[number]
                in_course = (
                    self.lessons[number][course * LESSONS + lesson],
                    self.courses[number][course],
                    self.terms[school - 1][lesson * 4 // LESSONS],
                    self.teachers[number][course],
                    set_at,
                    released_at,
                    stored_on,
                )
                work = (3, 2) if is_test else (1, 1)
                for pupil in chance.choice(tests if is_test else others):
                    yield (
                        school,
                        self.uuid7(unix_ms),
                        course + 1,
                        pupils[pupil],
                        *in_course,
                        next(value),
                        *work,
                    )
