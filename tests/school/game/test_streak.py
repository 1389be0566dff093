"""A streak counts useful days, waits for weekends, holidays and illness, and is broken only by a school day without one."""

from datetime import date, timedelta

import pytest

from school.game.streak import Calendar, Streak, day_of_rhythm, streak_of

MON = date(2026, 11, 16)
WEEKEND = Calendar()


def days(*numbers: int) -> frozenset[date]:
    """Numbers of days after ``MON``."""
    return frozenset(MON + timedelta(n) for n in numbers)


def span(first: int, last: int) -> tuple[date, date]:
    return MON + timedelta(first), MON + timedelta(last)


@pytest.mark.parametrize(
    ("useful", "calendar", "today", "expected"),
    [
        (days(), WEEKEND, 0, 0),
        (days(0), WEEKEND, 0, 1),
        (days(0, 1, 2), WEEKEND, 2, 3),
        (days(0, 1, 2), WEEKEND, 3, 3),  # there is time until midnight
        (days(0, 1, 2), WEEKEND, 4, 0),  # Thursday went by without a step
        (days(3, 4), WEEKEND, 7, 2),  # Saturday and Sunday wait
        (days(3, 4, 7), WEEKEND, 7, 3),
        (days(3, 4, 5), WEEKEND, 7, 3),  # a step on a Saturday counts all the same
        (days(4), Calendar(days_a_week=6), 7, 0),  # where Saturday is a day of school
        (days(0, 1), Calendar(away=(span(2, 4),)), 7, 2),  # ill from Wednesday to Friday
        (days(0, 1), Calendar(away=(span(2, 3),)), 7, 0),
        (days(0, 1), Calendar(free=(span(2, 13),)), 14, 2),  # holidays
        (days(0, 1), Calendar(years=((MON, MON + timedelta(1)),)), 40, 2),  # summer
        (days(0, 1), Calendar(years=((MON, MON + timedelta(80)),)), 40, 0),
    ],
)
def test_streaks(useful: frozenset[date], calendar: Calendar, today: int, expected: int) -> None:
    assert streak_of(useful, calendar, MON + timedelta(today)).days == expected


def test_the_longest_stays() -> None:
    found = streak_of(days(0, 1, 2, 3, 8), WEEKEND, MON + timedelta(8))
    assert found == Streak(days=1, longest=4, is_done_today=True, pauses_today=False)
    assert streak_of(days(), WEEKEND, MON + timedelta(5)).pauses_today


def test_rhythm() -> None:
    assert day_of_rhythm(days(0, 1, 2, 3, 4), WEEKEND, MON + timedelta(30)) == MON + timedelta(4)
    assert day_of_rhythm(days(1, 2, 3, 4, 7), WEEKEND, MON + timedelta(30)) == MON + timedelta(7)
    assert day_of_rhythm(days(0, 1, 2, 3), WEEKEND, MON + timedelta(30)) is None
    assert day_of_rhythm(frozenset(), WEEKEND, MON) is None
