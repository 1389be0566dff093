"""Seven days against the seven before, from counted days. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

WEEK = 7
LEAST = 5
"""Counts of fewer people or things are not shown on city pages: somebody might be recognised."""


@dataclass(frozen=True, slots=True)
class Days:
    """Counted days, by date. A day that is not there was not counted."""

    by_date: Mapping[date, Mapping[str, Any]]

    @property
    def counted_at(self) -> datetime | None:
        """When the newest day was counted."""
        return self.by_date[max(self.by_date)]["counted_at"] if self.by_date else None

    def total(self, name: str, last: date) -> int:
        """The sum of a count over the seven days that end with ``last``."""
        return sum(self.by_date[day][name] for day in week_until(last) if day in self.by_date)

    def at(self, name: str, day: date) -> int | None:
        """A count that is a state, not a sum: as it stood on the day; None where it is not known."""
        found = self.by_date.get(day)
        return None if found is None else found[name]

    def has_week(self, last: date) -> bool:
        """Whether all seven days that end with ``last`` were counted."""
        return all(day in self.by_date for day in week_until(last))


def week_until(last: date) -> list[date]:
    """The seven days that end with ``last``."""
    return [last - timedelta(n) for n in reversed(range(WEEK))]


def days_of(names: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> Days:
    """From rows of ``school_day`` or ``city_day``, with the names of their columns."""
    day = names.index("on_date")
    return Days({row[day]: dict(zip(names, row, strict=True)) for row in rows})


def percent(part: int, whole: int) -> float | None:
    """One decimal; None of nothing."""
    return round(part * 100 / whole, 1) if whole else None
