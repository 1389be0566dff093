"""Lessons in a calendar by a secret address; and the load of a week beside its norm."""

import re
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest

from content_library.ids import uuid7
from school.classes.ical import Event, calendar
from school.classes.load import load_of
from school.core import clock
from school.core.database import db
from school.core.transactions import unit_of_work
from school.people.models import Guardianship
from tests.browsing import SchoolClient
from tests.factories import Make


@pytest.fixture
def town(make: Make) -> SimpleNamespace:
    """A pupil with a lesson today and a cancelled one tomorrow, a mark, a parent; a teacher; a class beside."""
    course = make.course(pupils=1)
    school = make.school_of(course)
    pupil = make.pupils_of(course)[0]
    lesson = make.lesson(course, room="205")
    make.lesson(course, days=1, slot=2, state="cancelled")
    make.lesson(make.course(make.school_class(school, letter="В")), slot=3, room="999")
    make.mark(make.column(lesson), pupil, 3, comment="секрет")
    return SimpleNamespace(
        make=make,
        pupil=pupil,
        parent=make.parent(school, pupil),
        teacher=make.teacher_of(course),
        head=make.member(school, "head"),
        s=f"/s/{school.id}",
    )


def made(client: SchoolClient, address: str) -> str:
    answer = client.post(address)
    assert answer.status_code == 200
    found = re.search(r"http://[^<]+(/s/\d+/calendar/[\w-]+\.ics)", answer.text)
    assert found
    return found[1]


def test_a_family_reads_lessons_and_no_marks_until_it_ends_the_address(
    client: SchoolClient, town: SimpleNamespace
) -> None:
    client.sign_in(town.make.account_of(town.parent))
    first = made(client, f"{town.s}/pupils/{town.pupil.id}/feed")
    second = made(client, f"{town.s}/pupils/{town.pupil.id}/feed")
    stranger = SchoolClient(client.application)
    assert stranger.get(first).status_code == 404, "a new address ends the old"
    answer = stranger.get(second)
    assert answer.mimetype == "text/calendar"
    assert answer.text.count("BEGIN:VEVENT") == 2
    assert answer.text.count("STATUS:CANCELLED") == 1
    assert "LOCATION:каб. 205" in answer.text
    for secret in ("секрет", "999", town.pupil.family_name):
        assert secret not in answer.text
    assert "/calendar/" not in client.get(f"{town.s}/pupils/{town.pupil.id}/feed").text, "shown once"
    assert stranger.get(f"{town.s}/calendar/{'x' * 32}.ics").status_code == 404
    other = second.replace(town.s, f"/s/{town.make.school().id}")
    assert stranger.get(other).status_code == 404
    client.post(f"{town.s}/pupils/{town.pupil.id}/feed/end")
    assert stranger.get(second).status_code == 404


def test_it_ends_with_the_right_to_see(client: SchoolClient, town: SimpleNamespace) -> None:
    client.sign_in(town.make.account_of(town.parent))
    address = made(client, f"{town.s}/pupils/{town.pupil.id}/feed")
    with unit_of_work():
        ward = db.session.scalars(
            db.select(Guardianship).where(
                Guardianship.school_id == town.pupil.school_id, Guardianship.pupil_id == town.pupil.id
            )
        ).one()
        ward.to_on = clock.today() - timedelta(days=1)
    assert client.get(address).status_code == 404


def test_a_teacher_reads_whom_they_teach(client: SchoolClient, town: SimpleNamespace) -> None:
    client.sign_in(town.make.account_of(town.teacher))
    body = client.get(made(client, f"{town.s}/timetable/feed")).text
    assert "7 «Б»" in body.replace("\r\n ", "")
    assert client.get(f"{town.s}/pupils/{town.pupil.id}/feed").status_code == 404
    client.sign_in(town.make.account_of(town.head))
    assert client.get(f"{town.s}/timetable/feed").status_code == 404


def test_lines_are_folded_and_signs_escaped() -> None:
    at = datetime(2026, 11, 23, 5, 30, tzinfo=UTC)
    event = Event(uuid7(), at, at + timedelta(minutes=45), "Русский язык, " * 9, "каб. 1; 2", "a\\b\nв")
    text = calendar("Миша", [event], at)
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    flat = text.replace("\r\n ", "")
    assert "SUMMARY:" + "Русский язык\\, " * 9 in flat
    assert "LOCATION:каб. 1\\; 2\r\n" in flat
    assert "DESCRIPTION:a\\\\b\\nв\r\n" in flat
    assert "DTSTART:20261123T053000Z" in flat


@pytest.mark.parametrize(
    ("level", "days", "week", "most", "long_days"),
    [
        (7, 5, [6, 6, 7, 6, 7], 32, []),
        (7, 5, [6, 6, 8, 6, 7], 32, [3]),
        (7, 6, [6, 6, 6, 6, 6, 5], 35, []),
        (1, 6, [4, 4, 4, 4, 5], None, []),
        (5, 5, [6, 6, 6, 6, 6], 29, []),
    ],
)
def test_the_norm_of_a_week(level: int, days: int, week: list[int], most: int | None, long_days: list[int]) -> None:
    places = [(day, slot) for day, number in enumerate(week, start=1) for slot in range(1, number + 1)]
    load = load_of([*places, places[0]], level, days, date(2026, 11, 23))
    assert (load.lessons, load.most, load.long_days) == (sum(week), most, long_days)
    assert load.is_over == (most is not None and sum(week) > most)
    assert load_of(places, level, days, date(2020, 1, 1)).most is None
