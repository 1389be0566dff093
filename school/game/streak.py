"""Days in a row with a useful step. A day without school, or of illness, neither adds nor breaks. Pure."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

RHYTHM = 5
"""Days in a row that make a badge."""
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Calendar:
    """When a pupil is not expected to do anything."""

    days_a_week: int = 5
    free: tuple[tuple[date, date], ...] = ()
    """Holidays, first and last day."""
    years: tuple[tuple[date, date], ...] = ()
    """School years; outside of all of them it is summer. None known: it is never summer."""
    away: tuple[tuple[date, date], ...] = ()
    """Days missed for a reason that is known: illness, family, sent by the school."""

    def pauses(self, day: date) -> bool:
        """Whether nothing is expected on this day."""
        if day.weekday() >= self.days_a_week or _within(day, self.free) or _within(day, self.away):
            return True
        return bool(self.years) and not _within(day, self.years)


@dataclass(frozen=True, slots=True)
class Streak:
    """How it stands today."""

    days: int
    longest: int
    is_done_today: bool
    pauses_today: bool


def streak_of(useful: Collection[date], calendar: Calendar, today: date) -> Streak:
    """Today's streak. This day itself never breaks one: there is time until midnight."""
    days = longest = 0
    day, first = today, min(useful, default=today)
    while day >= first:
        if day in useful:
            days += 1
        elif day != today and not calendar.pauses(day):
            break
        day -= _DAY
    run = 0
    day = first
    while day <= today:
        if day in useful:
            run += 1
            longest = max(longest, run)
        elif not calendar.pauses(day):
            run = 0
        day += _DAY
    return Streak(days, longest, today in useful, calendar.pauses(today))


def day_of_rhythm(useful: Collection[date], calendar: Calendar, today: date) -> date | None:
    """The day on which a streak first came to ``RHYTHM``."""
    run, day = 0, min(useful, default=today)
    while day <= today:
        if day in useful:
            run += 1
            if run == RHYTHM:
                return day
        elif not calendar.pauses(day):
            run = 0
        day += _DAY
    return None


def _within(day: date, spans: Iterable[tuple[date, date]]) -> bool:
    return any(first <= day <= last for first, last in spans)
