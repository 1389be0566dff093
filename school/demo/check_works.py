"""When the demo's courses write their control works: towards the ends of terms, in one class one a day, within the tenth of order 704. Pure."""

import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Protocol

WITHOUT = frozenset({"talks", "sport", "art", "music", "technology", "safety"})
"""Subjects that have none."""
LAST_DAYS = timedelta(20)
"""So long before the end of a term they begin."""
TWICE_FROM = 100
"""A course of so many lessons a year writes one in the middle of a term too."""
RARELY = 40
"""A course of fewer lessons has three a year: four would be more than a tenth."""

Busy = Counter[tuple[uuid.UUID, date | tuple[int, int]]]
"""Check works of a class on a day, and in a week by its number in the calendar."""


class OfClass(Protocol):
    """A class."""

    @property
    def id(self) -> uuid.UUID:
        """Its identity."""


class OfCourse(Protocol):
    """What is asked of a course."""

    @property
    def id(self) -> uuid.UUID:
        """Its identity."""

    @property
    def subject(self) -> str:
        """Code of the subject."""

    @property
    def school_class(self) -> OfClass:
        """The class, also of a course for half of it."""


class WithQuarters(Protocol):
    """What is asked of a year."""

    @property
    def spans(self) -> Sequence[tuple[date, date]]:
        """First and last days of the four quarters; the seniors' half-years are two of them each."""


def place_check_works(
    year: WithQuarters, courses: Sequence[OfCourse], days: Mapping[uuid.UUID, Sequence[date]]
) -> dict[uuid.UUID, list[int]]:
    """By course: places of its control works among its ``days``."""
    busy: Busy = Counter()
    placed: dict[uuid.UUID, list[int]] = {}
    halves: dict[tuple[uuid.UUID, str, tuple[date, ...]], list[int]] = {}
    # Who has few lessons has little choice and comes first.
    for course in sorted(courses, key=lambda one: len(days[one.id])):
        own = days[course.id]
        other_half = halves.get((course.school_class.id, course.subject, tuple(own)))
        placed[course.id] = other_half or sorted(
            {
                place
                for first, last in _windows(year, len(own))
                if course.subject not in WITHOUT
                for place in _best(course, own, first, last, busy)
            }
        )
        halves[course.school_class.id, course.subject, tuple(own)] = placed[course.id]
    return placed


def _windows(year: WithQuarters, lessons: int) -> list[tuple[date, date]]:
    windows = []
    for number, (starts, ends) in enumerate(year.spans, 1):
        if lessons >= TWICE_FROM:
            middle = starts + (ends - starts) / 2
            windows.append((middle - LAST_DAYS * 3 / 4, middle + LAST_DAYS / 4))
            windows.append((ends - LAST_DAYS / 2, ends))
        elif lessons >= RARELY or number != 3:
            windows.append((ends - LAST_DAYS, ends))
    return windows


def _best(course: OfCourse, own: Sequence[date], first: date, last: date, busy: Busy) -> list[int]:
    """The latest of the days that are least taken in the class, in the week that is least; never the first lesson of a year nor its last three."""
    able = [n for n, day in enumerate(own[:-3]) if n > 1 and first <= day <= last]
    if not able:
        return []
    whose = course.school_class.id
    best = min(able, key=lambda n: (busy[whose, own[n]], busy[whose, own[n].isocalendar()[:2]], -n))
    busy[whose, own[best]] += 1
    busy[whose, own[best].isocalendar()[:2]] += 1
    return [best]
