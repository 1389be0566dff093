"""How many lessons a pupil of a year level may have: dated data with a source, because the norm changes with its document. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

LEVELS = range(1, 12)


@dataclass(frozen=True, slots=True)
class Norm:
    """The most lessons of a week, by days of study, and of a day."""

    week_of_five: int
    week_of_six: int | None
    """None: a six-day week is not allowed."""
    day: int

    def week(self, days_a_week: int) -> int | None:
        """The most lessons of a week of so many days of study."""
        return self.week_of_six if days_a_week > 5 else self.week_of_five

    def exceeds(self, other: "Norm") -> bool:
        """Whether it lets pupils have more than another in any column."""
        more = self.week_of_six is not None and (other.week_of_six is None or self.week_of_six > other.week_of_six)
        return self.week_of_five > other.week_of_five or self.day > other.day or more


@dataclass(frozen=True, slots=True)
class Norms:
    """What a document says, from a day on."""

    from_on: date
    source: str
    by_level: Mapping[int, Norm]
    owner: str = ""
    """Who answers for it in the school; empty for the country's own."""

    def to_data(self) -> dict[str, list[int | None]]:
        """As kept in ``LoadNorm.norms``."""
        return {str(level): [one.week_of_five, one.week_of_six, one.day] for level, one in self.by_level.items()}

    @staticmethod
    def levels(data: Mapping[str, Sequence[Any]]) -> dict[int, Norm]:
        """What ``LoadNorm.norms`` says."""
        return {int(level): Norm(*numbers) for level, numbers in data.items()}


_SINCE_2021 = {
    1: Norm(21, None, 5),
    **dict.fromkeys((2, 3, 4), Norm(23, 26, 6)),
    5: Norm(29, 32, 6),
    6: Norm(30, 33, 6),
    7: Norm(32, 35, 7),
    **dict.fromkeys((8, 9), Norm(33, 36, 7)),
    **dict.fromkeys((10, 11), Norm(34, 37, 7)),
}
IN_FORCE: tuple[Norms, ...] = (Norms(date(2021, 3, 1), "СанПиН 1.2.3685-21, таблица 6.6", _SINCE_2021),)
"""The country's, the oldest first. The day of years 1–4 is its longest, with the one lesson more of physical education that is
allowed once a week."""


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

    @property
    def longest_day(self) -> int:
        """Lessons of the fullest day."""
        return max(self.by_day.values(), default=0)


def norms_on(on: date, own: Iterable[Norms] = ()) -> Norms | None:
    """What is in force on a day: the newest; of one day the school's own before the country's."""
    begun = [
        (one.from_on, place, one) for place, some in enumerate((IN_FORCE, own)) for one in some if one.from_on <= on
    ]
    return max(begun, key=lambda one: one[:2])[2] if begun else None


def load_of(
    places: Iterable[tuple[int, int]], year_level: int, days_a_week: int, on: date, own: Iterable[Norms] = ()
) -> Load:
    """The load of a class from the (weekday, slot) of its lessons; parts of it that learn side by side are one lesson."""
    by_day: dict[int, int] = defaultdict(int)
    for weekday, _slot in set(places):
        by_day[weekday] += 1
    norms = norms_on(on, own)
    norm = norms.by_level.get(year_level) if norms else None
    most = norm.week(days_a_week) if norm else None
    return Load(sum(by_day.values()), most, dict(by_day), norm.day if norm else None)
