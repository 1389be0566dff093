"""Which hours are free: a table of days."""

import uuid
from datetime import date, datetime, time, timedelta

import pytest

from school.core import clock
from school.extra.gain import Answers, Way, gain_of
from school.extra.times import Day, Span, best_hours, hours_of

DAY = date(2026, 11, 24)
A, B = uuid.UUID(int=1), uuid.UUID(int=2)


def at(text: str) -> datetime:
    return clock.moscow(DAY, time.fromisoformat(text))


def span(text: str) -> Span:
    begin, end = text.split("-")
    return Span(at(begin), at(end))


def day(teacher: str, a: str, b: str, rooms: dict[str, str] | None = None, others: str = "") -> Day:
    def spans(text: str) -> list[Span]:
        return [span(one) for one in text.split()]

    lessons = {pupil: spans(text) for pupil, text in ((A, a), (B, b)) if text}
    return Day(
        DAY, spans(teacher), lessons, {A: spans(others)}, {k: spans(v) for k, v in (rooms or {"204": ""}).items()}
    )


@pytest.mark.parametrize(
    ("given", "begins", "room", "cannot"),
    [
        # Twenty minutes after the last lesson of the later of two, by the five minutes.
        (day("08:30-09:15", "08:30-13:20", "08:30-14:17"), "14:40", "204", ()),
        # The teacher's own lesson is in the way; ten minutes after it.
        (day("14:20-15:05", "08:30-14:15", "08:30-14:15"), "15:15", "204", ()),
        # The first room is taken, the second is not.
        (day("08:30-09:15", "08:30-14:15", "", {"204": "14:00-15:00", "205": ""}), "14:35", "205", (B,)),
        # Second shift: before its first lesson.
        (day("13:00-13:45", "14:00-18:00", "14:00-18:00"), None, "", ()),
        (day("14:00-14:45", "14:00-18:00", "14:00-18:00"), "13:00", "204", ()),
        # Another extra lesson keeps a pupil.
        (day("08:30-09:15", "08:30-13:20", "08:30-13:20", others="13:30-14:10"), "13:40", "204", (A,)),
    ],
)
def test_the_best_hour(given: Day, begins: str | None, room: str, cannot: tuple[uuid.UUID, ...]) -> None:
    found = best_hours([given], [A, B], 1)
    if begins is None:
        assert not found
        return
    assert (found[0].starts_at, found[0].room, found[0].cannot) == (at(begins), room, cannot)


def test_a_day_without_lessons_is_nobodys_to_come() -> None:
    assert not hours_of(day("", "08:30-13:20", ""), [A])
    assert not best_hours([day("08:30-09:15", "", "")], [A, B], 1)


def test_no_hour_is_too_early_or_too_late_or_near_a_lesson() -> None:
    for last in range(9, 19):
        for hour in hours_of(day("08:30-09:15", f"08:30-{last:02}:10", "08:30-12:00"), [A, B]):
            assert at("09:00") <= hour.starts_at
            assert hour.ends_at <= at("18:00")
            if A not in hour.cannot:
                assert hour.starts_at - at(f"{last:02}:10") >= timedelta(minutes=20)


def pair(before: str, after: str) -> tuple[Answers, Answers]:
    (a, b), (c, d) = before.split("/"), after.split("/")
    return Answers(int(a), int(b)), Answers(int(c), int(d))


@pytest.mark.parametrize(
    ("pairs", "way", "pupils"),
    [
        (["2/8", "3/8", "2/9"], Way.FEW, 3),
        (["2/8 7/8", "3/8 6/8", "2/9 8/9", "1/5 2/2"], Way.FEW, 3),  # two answers after are too few
        (["2/8 7/8", "3/8 8/8", "2/9 8/9", "1/5 4/5"], Way.UP, 4),
        (["7/8 2/8", "8/8 3/8", "8/9 2/9", "4/5 1/5"], Way.DOWN, 4),
        (["2/8 7/8", "7/8 2/8", "3/9 5/9", "4/5 3/5"], Way.UNSURE, 4),
        ([], Way.FEW, 0),
    ],
)
def test_what_may_be_said_of_a_gain(pairs: list[str], way: Way, pupils: int) -> None:
    gain = gain_of(pair(*(one.split() if " " in one else (one, "5/8"))) for one in pairs)
    assert (gain.way, gain.pupils) == (way, pupils)
    assert -100 <= gain.low <= gain.step <= gain.high <= 100


def test_equal_steps_still_have_the_interval_of_so_few_answers() -> None:
    gain = gain_of([pair("1/4", "3/4")] * 5)
    assert (gain.way, gain.step, gain.before, gain.after) == (Way.UP, 50, Answers(5, 20), Answers(15, 20))
    assert 0 < gain.low < 20 < 80 < gain.high <= 100
