"""The norm of an evening, and the minutes that a teacher sees before setting more."""

from datetime import date, datetime, timedelta

import pytest

from school.classes.models import StudyGroup
from school.core import clock
from school.core.database import db
from school.homework.norms import evening_norm, free_weekends_to, is_set_late, most_minutes, screen_norm
from school.homework.queries import evening_minutes
from tests.browsing import SchoolClient
from tests.factories import Make
from tests.school.homework.test_routes import Room


@pytest.mark.parametrize(
    ("year_level", "on", "minutes"),
    [
        (1, date(2026, 9, 1), 60),
        *((level, date(2026, 9, 1), 90) for level in (2, 3)),
        *((level, date(2026, 9, 1), 120) for level in (4, 5)),
        *((level, date(2026, 9, 1), 150) for level in (6, 7, 8)),
        *((level, date(2026, 9, 1), 210) for level in (9, 10, 11)),
        (7, date(2020, 9, 1), None),
        (0, date(2026, 9, 1), None),
    ],
)
def test_the_norm_of_an_evening(year_level: int, on: date, minutes: int | None) -> None:
    assert evening_norm(year_level, on) == minutes


def test_weekends_of_the_first_six_years_are_free() -> None:
    assert free_weekends_to(date(2026, 9, 1)) == 6
    assert free_weekends_to(date(2020, 9, 1)) == 0


@pytest.mark.parametrize(
    ("level", "minutes"),
    [*((n, 80) for n in (1, 2)), *((n, 90) for n in (3, 4)), *((n, 120) for n in range(5, 10)), (10, 170), (11, 170)],
)
def test_the_screen_by_year_level(level: int, minutes: int) -> None:
    assert screen_norm(level, date(2026, 9, 1)) == minutes
    assert screen_norm(level, date(2020, 9, 1)) is None


@pytest.mark.parametrize(
    ("lesson", "on", "most"),
    [(45, date(2026, 9, 1), 22), (40, date(2025, 9, 1), 20), (35, date(2026, 9, 1), 17), (45, date(2025, 8, 31), None)],
)
def test_homework_is_at_most_half_of_the_lesson(lesson: int, on: date, most: int | None) -> None:
    assert most_minutes(timedelta(minutes=lesson), on) == most


@pytest.mark.parametrize(
    ("after", "on", "late"),
    [
        (-1, date(2026, 9, 1), False),
        (0, date(2026, 9, 1), False),
        (1, date(2026, 9, 1), True),
        (1, date(2025, 8, 31), False),
    ],
)
def test_homework_is_set_in_the_lesson(after: int, on: date, late: bool) -> None:
    end = datetime.fromisoformat("2026-09-01T10:15+03:00")
    assert is_set_late(end + timedelta(minutes=after), end, on) is late


def test_the_form_tells_the_size_and_the_hour(make: Make, client: SchoolClient) -> None:
    room = Room(make, client)
    room.sign_in(room.teacher)
    with clock.stopped_at(room.lesson.starts_at + timedelta(minutes=20)):
        during = client.get(room.set_url).text
        assert "Не больше половины работы урока: 22" in during.replace("\N{NO-BREAK SPACE}", " ")
        assert "Урок закончился" not in during
    with clock.stopped_at(room.lesson.ends_at + timedelta(minutes=1)):
        assert "Урок закончился" in client.get(room.set_url).text
        for long, told in (("23", True), ("22", False)):
            sent = room.form(minutes=long)
            assert client.post(room.set_url, data={**sent, "anyway": "1"}).status_code == 303
            after = client.get(f"/s/{room.course.school_id}/courses/{room.course.id}/homework").text
            assert ("больше половины урока" in after) is told


def test_the_form_says_what_the_evening_already_has(make: Make, client: SchoolClient) -> None:
    room = Room(make, client)
    same_class = db.session.get_one(StudyGroup, (room.course.school_id, room.course.group_id))
    physics = make.course(same_class, subject=make.subject(name_ru="Физика"))
    day = room.next.on_date
    make.homework(physics, minutes=30, due_on=day)
    make.homework(room.course, minutes=15, due_on=day)
    make.homework(make.course(pupils=1), minutes=99, due_on=day)
    assert evening_minutes(room.course.school_id, [room.pupil.id], [day]) == {day: 45}
    assert evening_minutes(room.course.school_id, [room.pupil.id], []) == {}
    room.sign_in(room.teacher)
    page = room.client.get(room.set_url).text.replace("\N{NO-BREAK SPACE}", " ")
    assert "-й урок · 45 мин" in page
    assert "150 минут" in page


def test_a_homework_being_changed_does_not_count_itself(make: Make, client: SchoolClient) -> None:
    room = Room(make, client)
    mine = make.homework(room.course, minutes=40, due_on=room.next.on_date)
    assert evening_minutes(room.course.school_id, [room.pupil.id], [room.next.on_date], mine.id) == {
        room.next.on_date: 0
    }
