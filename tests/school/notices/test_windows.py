"""When calm news leave: examples, and thousands of evenings."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from school.core import clock
from school.notices.windows import FAMILY, GAP, STAFF, Windows, leave_at

SPAN = timedelta(minutes=1)


def at(words: str) -> datetime:
    """«ср 18:40» of the week from Monday, 23 November 2026."""
    day, time = words.split()
    number = ("пн", "вт", "ср", "чт", "пт", "сб", "вс").index(day)
    return datetime.fromisoformat(f"2026-11-{23 + number:02}T{time:0>5}+03:00")


@pytest.mark.parametrize(
    ("first", "last", "windows", "leaves"),
    [
        ("ср 11:00", "ср 11:00", FAMILY, "ср 11:30"),
        ("ср 11:00", "ср 11:20", FAMILY, "ср 11:50"),
        ("ср 11:00", "ср 12:55", FAMILY, "ср 13:00"),
        ("ср 17:40", "ср 17:40", FAMILY, "ср 20:30"),
        ("ср 16:45", "ср 19:50", FAMILY, "ср 20:30"),
        ("ср 20:20", "ср 20:20", FAMILY, "ср 20:50"),
        ("ср 20:40", "ср 20:40", FAMILY, "чт 7:00"),
        ("ср 23:10", "чт 3:00", FAMILY, "чт 7:00"),
        ("сб 11:00", "сб 11:00", FAMILY, "сб 11:30"),
        ("ср 14:00", "ср 14:00", STAFF, "ср 14:30"),
        ("ср 16:00", "ср 16:00", STAFF, "ср 18:30"),
        ("ср 18:45", "ср 18:45", STAFF, "чт 8:00"),
        ("пт 18:45", "пт 18:45", STAFF, "пн 8:00"),
        ("ср 11:00", "ср 11:00", Windows(once_a_day=True), "ср 20:30"),
        ("ср 20:40", "ср 20:40", Windows(once_a_day=True), "чт 20:30"),
    ],
)
def test_calm_news_leave(first: str, last: str, windows: Windows, leaves: str) -> None:
    days = timedelta(7) if leaves.startswith("пн") else timedelta(0)
    assert leave_at(at(first), at(last), windows) == at(leaves) + days


def test_words_of_a_person_wait_two_minutes_but_keep_the_quiet_hours() -> None:
    assert leave_at(at("ср 18:00"), at("ср 18:00"), FAMILY, is_prompt=True) == at("ср 18:02")
    assert leave_at(at("ср 18:59"), at("ср 18:59"), STAFF, is_prompt=True) == at("чт 8:00")


def test_pupils_are_not_disturbed_in_lessons() -> None:
    lessons = [(at("ср 8:30"), at("ср 14:15"))]
    assert leave_at(at("ср 9:00"), at("ср 9:00"), FAMILY, busy=lessons) == at("ср 14:15")
    assert leave_at(at("ср 9:00"), at("ср 9:00"), FAMILY, is_prompt=True, busy=lessons) == at("ср 14:15")


def test_a_second_message_keeps_its_distance() -> None:
    assert leave_at(at("ср 11:00"), at("ср 11:00"), FAMILY, last_sent=at("ср 10:50")) == at("ср 10:50") + GAP


hours = st.times(min_value=datetime.min.time()).map(lambda one: one.replace(minute=0, second=0, microsecond=0))


@settings(max_examples=400)
@given(
    minute=st.integers(0, 14 * 24 * 60),
    lasts=st.integers(0, 300),
    windows=st.builds(Windows, hours, hours, st.booleans(), st.booleans()),
    prompt=st.booleans(),
    lesson=st.integers(0, 600),
)
def test_nothing_leaves_in_silence_or_before_it_happened(
    minute: int, lasts: int, windows: Windows, prompt: bool, lesson: int
) -> None:
    first = at("пн 0:00") + minute * SPAN
    last = first + lasts * SPAN
    begins = clock.moscow(clock.local(first).date(), datetime.min.time()) + timedelta(hours=8)
    lessons = [(begins, begins + lesson * SPAN)]
    leaves = leave_at(first, last, windows, is_prompt=prompt, busy=lessons)
    assert leaves >= first
    assert not windows.is_quiet(leaves)
    assert not any(a <= leaves < b for a, b in lessons)
    assert leaves - first < timedelta(days=5), "it does leave"
    assert leave_at(leaves, leaves, windows, is_prompt=True, busy=lessons) >= leaves
