"""School years of the demo school around today, so that it always has months behind it and weeks before it."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from school.classes.models import Holiday, Regime, SchoolYear, Term
from school.demo.rows import Rows

SCHOOL_DAYS = 82
"""Four months of school days: how far back lessons, marks and homework go."""


@dataclass(frozen=True, slots=True)
class YearPlan:
    """One school year with the terms of its two regimes."""

    id: uuid.UUID
    starts_on: date
    ends_on: date
    quarters: uuid.UUID
    half_years: uuid.UUID
    terms: dict[uuid.UUID, tuple[tuple[uuid.UUID, date, date], ...]]
    days_off: frozenset[date]
    spans: tuple[tuple[date, date], ...]
    """First and last days of the quarters."""
    last_day: date | None = None
    """The end of what belongs to a year that is over; null while it runs."""

    def term_of(self, regime: uuid.UUID, day: date) -> uuid.UUID | None:
        """The term a day lies in."""
        return next((term for term, starts, ends in self.terms[regime] if starts <= day <= ends), None)

    def is_school_day(self, day: date) -> bool:
        """Monday to Friday, inside the year, no holiday."""
        return self.starts_on <= day <= self.ends_on and day.isoweekday() < 6 and day not in self.days_off

    def school_days(self) -> Iterator[date]:
        """All of them, in their order."""
        days = (self.starts_on + timedelta(n) for n in range((self.ends_on - self.starts_on).days + 1))
        return (day for day in days if self.is_school_day(day))


def first_year_of(today: date) -> int:
    """The calendar year in which the school year of ``today`` began; July still belongs to the last one."""
    return today.year if today.month >= 8 else today.year - 1


def plan_year(rows: Rows, first: int, today: date) -> YearPlan:
    """Quarters for most, half-years for the seniors, the holidays of a Moscow school."""
    starts, ends = date(first, 9, 1), date(first + 1, 5, 26)
    year = rows.id_at(starts)
    quarters, half_years = rows.id_at(starts), rows.id_at(starts)
    rows.add(SchoolYear, id=year, name=f"{first}/{(first + 1) % 100:02}", starts_on=starts, ends_on=ends)
    rows.add(Regime, id=quarters, year_id=year, kind="quarters", name="Четверти", days_a_week=5)
    rows.add(Regime, id=half_years, year_id=year, kind="half_years", name="Полугодия", days_a_week=5)
    breaks = (
        ("Осенние каникулы", date(first, 10, 26), date(first, 11, 1)),
        ("Зимние каникулы", date(first, 12, 31), date(first + 1, 1, 10)),
        ("Весенние каникулы", date(first + 1, 3, 23), date(first + 1, 3, 29)),
    )
    single = (
        ("День народного единства", date(first, 11, 4)),
        ("День защитника Отечества", date(first + 1, 2, 23)),
        ("Международный женский день", date(first + 1, 3, 8)),
        ("Праздник Весны и Труда", date(first + 1, 5, 1)),
        ("День Победы", date(first + 1, 5, 9)),
    )
    off: set[date] = set()
    for name, begin, end in (*breaks, *((name, day, day) for name, day in single)):
        rows.add(Holiday, id=rows.id_at(begin), year_id=year, regime_id=None, name=name, starts_on=begin, ends_on=end)
        off.update(begin + timedelta(n) for n in range((end - begin).days + 1))
    edges = [starts, *(day for _, begin, end in breaks for day in (begin - timedelta(1), end + timedelta(1))), ends]
    spans = list(zip(edges[::2], edges[1::2], strict=True))
    halves = [(starts, date(first, 12, 30)), (date(first + 1, 1, 11), ends)]
    terms = {
        quarters: _terms(rows, quarters, spans, "четверть", "-я"),
        half_years: _terms(rows, half_years, halves, "полугодие", "-е"),
    }
    return YearPlan(
        year, starts, ends, quarters, half_years, terms, frozenset(off), tuple(spans), ends if ends < today else None
    )


def _terms(
    rows: Rows, regime: uuid.UUID, spans: list[tuple[date, date]], noun: str, ending: str
) -> tuple[tuple[uuid.UUID, date, date], ...]:
    made = []
    for number, (starts, ends) in enumerate(spans, 1):
        term = rows.id_at(starts)
        name = f"{number}{ending} {noun}"
        rows.add(
            Term, id=term, regime_id=regime, number=number, name=name, starts_on=starts, ends_on=ends, locked_at=None
        )
        made.append((term, starts, ends))
    return tuple(made)


def history_start(years: list[YearPlan], today: date) -> date:
    """The day from which four months of school days lead up to ``today``."""
    day, left = today, SCHOOL_DAYS
    earliest = min(year.starts_on for year in years)
    while left and day > earliest:
        day -= timedelta(1)
        left -= any(year.is_school_day(day) for year in years)
    return day
