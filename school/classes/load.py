"""How many lessons a pupil of a year level may have: dated data, because the norm changes with its document. Pure."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Norm:
    """The most lessons of a week, by days of study, and of a day."""

    week_of_five: int
    week_of_six: int | None
    """None: a six-day week is not allowed."""
    day: int


_SINCE_2021 = {
    1: Norm(21, None, 5),
    **dict.fromkeys((2, 3, 4), Norm(23, 26, 6)),
    5: Norm(29, 32, 6),
    6: Norm(30, 33, 6),
    7: Norm(32, 35, 7),
    **dict.fromkeys((8, 9), Norm(33, 36, 7)),
    **dict.fromkeys((10, 11), Norm(34, 37, 7)),
}
IN_FORCE: tuple[tuple[date, dict[int, Norm]], ...] = ((date(2021, 3, 1), _SINCE_2021),)
"""First day and norms by year level, the oldest first. СанПиН 1.2.3685-21, table 6.6. The day of
years 1–4 is its longest, with the one lesson more of physical education that is allowed once a week."""


@dataclass(frozen=True, slots=True)
class Load:
    """A week of a class beside its norm."""

    lessons: int
    most: int | None
    """None: no norm for these days of study, or for this year level."""
    by_day: dict[int, int]
    """ISO weekday and its lessons."""
    most_a_day: int | None

    @property
    def is_over(self) -> bool:
        """More lessons in the week than the norm has."""
        return self.most is not None and self.lessons > self.most

    @property
    def long_days(self) -> list[int]:
        """Weekdays with more lessons than the norm has."""
        return [day for day, number in sorted(self.by_day.items()) if self.most_a_day and number > self.most_a_day]


def load_of(places: Iterable[tuple[int, int]], year_level: int, days_a_week: int, on: date) -> Load:
    """The load of a class from the (weekday, slot) of its lessons; parts of it that learn side by side are one lesson."""
    by_day: dict[int, int] = defaultdict(int)
    for weekday, _slot in set(places):
        by_day[weekday] += 1
    norm = next((norms.get(year_level) for since, norms in reversed(IN_FORCE) if since <= on), None)
    most = None if norm is None else norm.week_of_six if days_a_week > 5 else norm.week_of_five
    return Load(sum(by_day.values()), most, dict(by_day), norm.day if norm else None)
