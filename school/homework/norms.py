"""How much homework of all subjects an evening may hold, by year level: dated, because the rule changes with its document."""

from datetime import date, datetime, timedelta

_SINCE_2021 = {1: 60, 2: 90, 3: 90, 4: 120, 5: 120, 6: 150, 7: 150, 8: 150, 9: 210, 10: 210, 11: 210}

EVENINGS: tuple[tuple[date, dict[int, int]], ...] = ((date(2021, 3, 1), _SINCE_2021),)
"""First day and minutes of an evening by year level, the oldest first. СанПиН 1.2.3685-21, table 6.6."""


def evening_norm(year_level: int, on: date) -> int | None:
    """The minutes that the rules of that day allow; None for a day or a year level they say nothing of."""
    in_force = [minutes for since, minutes in EVENINGS if since <= on]
    return in_force[-1].get(year_level) if in_force else None


_SCREEN_SINCE_2021 = {1: 80, 2: 80, 3: 90, 4: 90, 5: 120, 6: 120, 7: 120, 8: 120, 9: 120, 10: 170, 11: 170}

SCREENS: tuple[tuple[date, dict[int, int]], ...] = ((date(2021, 3, 1), _SCREEN_SINCE_2021),)
"""Minutes a day at a computer at home, leisure included. СанПиН 1.2.3685-21, table 6.8."""

FREE_WEEKENDS: tuple[tuple[date, int], ...] = ((date(2021, 3, 1), 6),)
"""First day, and up to which year level nothing is set over a weekend: the school day after it has no homework of its evenings."""
HOLIDAYS_FROM = 3
"""Free days in a row that are holidays rather than a weekend: over them nobody gets homework."""


LESSON_SHARES: tuple[tuple[date, int], ...] = ((date(2025, 9, 1), 50),)
"""First day, and how many per cent of a lesson's work its homework may be at most: half, by the minutes of the lesson (domain 1.7)."""
SET_IN_LESSON: tuple[date, ...] = (date(2025, 9, 1),)
"""From this day the next homework is set in the lesson that goes on, not after it (order 704 and the letters on it)."""


def most_minutes(lesson: timedelta, on: date) -> int | None:
    """The longest homework after a lesson of this length, by the rules of that day; None where they say nothing."""
    share = next((share for since, share in reversed(LESSON_SHARES) if since <= on), None)
    return None if share is None else int(lesson.total_seconds() // 60) * share // 100


def is_set_late(now: datetime, ended_at: datetime, on: date) -> bool:
    """Whether homework set now comes after its lesson, where the rules of that day want it set in the lesson."""
    return any(since <= on for since in SET_IN_LESSON) and now > ended_at


def free_weekends_to(on: date) -> int:
    """Up to this year level the rules of that day keep weekends free of homework; 0 where they say nothing."""
    return next((level for since, level in reversed(FREE_WEEKENDS) if since <= on), 0)


def screen_norm(year_level: int, on: date) -> int | None:
    """The minutes at a screen that the rules of that day allow at home; None where they say nothing."""
    in_force = [minutes for since, minutes in SCREENS if since <= on]
    return in_force[-1].get(year_level) if in_force else None
