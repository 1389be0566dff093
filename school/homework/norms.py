"""How much homework of all subjects an evening may hold, by year level: dated, because the rule changes with its document. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

LEVELS = range(1, 12)

_SINCE_2021 = {1: 60, 2: 90, 3: 90, 4: 120, 5: 120, 6: 150, 7: 150, 8: 150, 9: 210, 10: 210, 11: 210}

EVENINGS: tuple[tuple[date, dict[int, int]], ...] = ((date(2021, 3, 1), _SINCE_2021),)
"""First day and minutes of an evening by year level, the oldest first. СанПиН 1.2.3685-21, table 6.6."""

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

SOURCES = {
    "evening": "СанПиН 1.2.3685-21, таблица 6.6",
    "screen": "СанПиН 1.2.3685-21, таблица 6.8",
    "in_lesson": "Приказ Минпросвещения № 704 и письма к нему",
}
"""The country's documents as the page of norms names them; rules whose document we do not know stand there without one."""


@dataclass(frozen=True, slots=True)
class OwnRule:
    """What a school's document makes stricter than the country's, from a day on; the rest stays the country's."""

    from_on: date
    source: str
    minutes: Mapping[int, int]
    """Year level -> minutes of an evening; only levels that it changes."""
    weekends_to: int | None
    """Up to this year level weekends stay free; None: as in the country."""
    owner: str
    """Who answers for it."""

    @property
    def changes_something(self) -> bool:
        """False where the school has ended its rule."""
        return bool(self.minutes) or self.weekends_to is not None


def own_on(on: date, own: Iterable[OwnRule]) -> OwnRule | None:
    """The newest word of the school that has begun; None where it has none, or has ended its rule."""
    begun = max((one for one in own if one.from_on <= on), key=lambda one: one.from_on, default=None)
    return begun if begun and begun.changes_something else None


def evening_norm(year_level: int, on: date, own: Iterable[OwnRule] = ()) -> int | None:
    """The minutes that the rules of that day allow; None for a day or a year level they say nothing of.

    Of the country's norm and the school's the stricter holds: a school's old word never loosens the country's new one.
    """
    in_force = [minutes for since, minutes in EVENINGS if since <= on]
    rule = own_on(on, own)
    said = (in_force[-1].get(year_level) if in_force else None, rule.minutes.get(year_level) if rule else None)
    return min((one for one in said if one is not None), default=None)


def most_minutes(lesson: timedelta, on: date) -> int | None:
    """The longest homework after a lesson of this length, by the rules of that day; None where they say nothing."""
    share = next((share for since, share in reversed(LESSON_SHARES) if since <= on), None)
    return None if share is None else int(lesson.total_seconds() // 60) * share // 100


def is_set_late(now: datetime, ended_at: datetime, on: date) -> bool:
    """Whether homework set now comes after its lesson, where the rules of that day want it set in the lesson."""
    return any(since <= on for since in SET_IN_LESSON) and now > ended_at


def free_weekends_to(on: date, own: Iterable[OwnRule] = ()) -> int:
    """Up to this year level the rules of that day keep weekends free of homework; 0 where they say nothing. The stricter holds."""
    country = next((level for since, level in reversed(FREE_WEEKENDS) if since <= on), 0)
    rule = own_on(on, own)
    return max(country, (rule.weekends_to if rule else None) or 0)


def screen_norm(year_level: int, on: date) -> int | None:
    """The minutes at a screen that the rules of that day allow at home; None where they say nothing."""
    in_force = [minutes for since, minutes in SCREENS if since <= on]
    return in_force[-1].get(year_level) if in_force else None
