"""A rubric of a homework: points in the review, the mark by the shown table, the proposed marks of a class."""

import re
from typing import Any

import pytest
from sqlalchemy import select

from school.core.database import db
from school.core.errors import Conflict
from school.core.transactions import unit_of_work
from school.gradebook.models import Mark
from school.homework.actions import Criterion, hand_in, score_work
from school.homework.models import HandInWay, Homework, TaskScale
from school.homework.queries import proposals
from school.homework.scale import BadPoints, Thresholds, points_in, table_of
from tests.browsing import SchoolClient
from tests.factories import Make
from tests.school.homework.test_routes import Room

RUBRIC = (Criterion("Содержание", 6), Criterion("Грамотность", 4))
NAMED = [{"name": "Содержание", "points": 6}, {"name": "Грамотность", "points": 4}]


@pytest.fixture
def room(make: Make, client: SchoolClient) -> Room:
    found = Room(make, client)
    make.lesson(found.course, days=-1)
    return found


def essay(room: Room, *handed: Any) -> Homework:
    made = room.make.homework(room.course, text="Сочинение", way=HandInWay.TEXT, rubric=RUBRIC)
    for n, pupil in enumerate(handed):
        actor = room.make.actor(pupil, "pupil")
        with unit_of_work():
            hand_in(
                actor,
                room.make.seen(actor, made),
                room.make.seen(actor, made).id if n == 0 else pupil.id,
                text="Осень.",
            )
    return made


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ({"points-0": "5", "points-1": "4"}, [5, 4]),
        ({"points-0": "0", "points-1": "0"}, [0, 0]),
        ({}, None),
        ({"points-0": " ", "points-1": ""}, None),
        ({"points-0": "5"}, BadPoints),
        ({"points-0": "7", "points-1": "1"}, BadPoints),
        ({"points-0": "-1", "points-1": "1"}, BadPoints),
        ({"points-0": "²", "points-1": "1"}, BadPoints),
    ],
)
def test_points_of_a_form(typed: dict[str, str], found: Any) -> None:
    if found is BadPoints:
        with pytest.raises(BadPoints):
            points_in(NAMED, typed)
    else:
        assert points_in(NAMED, typed) == found


def test_the_table_says_from_how_many_points_on() -> None:
    assert table_of(10) == [(5, 9), (4, 7), (3, 5)]
    assert table_of(20, Thresholds(90, 70, 50)) == [(5, 18), (4, 14), (3, 10)]


def test_points_become_a_proposed_mark_and_enter_the_journal_only_when_confirmed(room: Room) -> None:
    homework = essay(room, room.pupil, room.other)
    room.sign_in(room.teacher)
    url = f"{room.base}/homework/{homework.id}/review"
    page = room.client.get(f"{url}?pupil={room.pupil.id}")
    assert "Баллы по критериям" in page.text and "5 — от 9" in page.text
    counted = room.client.get(f"{url}/{room.pupil.id}/points?points-0=5&points-1=2").text
    assert re.search(r"7 из 10 баллов.*4", counted, re.DOTALL)
    version = re.search(r'name="version"[^>]*value="(\d+)"', page.text)
    assert version is not None
    form = {"version": version[1], "comment": "", "verb": "points", "points-0": "5", "points-1": "4"}
    assert room.client.post(f"{url}/{room.pupil.id}", data=form | {"points-1": "9"}).status_code == 422
    assert room.client.post(f"{url}/{room.pupil.id}", data=form).status_code == 303
    assert room.client.post(f"{url}/{room.pupil.id}", data=form | {"points-0": "1"}).status_code == 409
    room.sign_in(room.pupil)
    assert "5 из 6" not in room.client.get(f"{room.base}/homework/{homework.id}").text
    room.sign_in(room.teacher)
    page = room.client.get(f"{url}?pupil={room.other.id}")
    version = re.search(r'name="version"[^>]*value="(\d+)"', page.text)
    assert version is not None
    sent = {"version": version[1], "sign": "3", "comment": "", "points-0": "3", "points-1": "2"}
    assert room.client.post(f"{room.base}/homework/{homework.id}/marks/{room.other.id}", data=sent).status_code == 303
    teacher = room.make.actor(room.teacher, "teacher")
    found = proposals(room.make.seen(teacher, homework))
    assert {one: (result.task.points, result.proposed) for one, result in found.items()} == {
        room.pupil.id: (9, 5),
        room.other.id: (5, 3),
    }
    assert room.client.post(f"{room.base}/homework/{homework.id}/marks").status_code == 303
    marks = dict(
        db.session.execute(select(Mark.pupil_id, Mark.value).where(Mark.school_id == homework.school_id)).all()
    )
    assert marks == {room.pupil.id: 5, room.other.id: 3}
    room.sign_in(room.pupil)
    done = room.client.get(f"{room.base}/homework/{homework.id}").text
    assert "5 из 6" in done and "5 — от 9" in done


def test_the_schools_own_table_and_two_teachers_at_once(room: Room) -> None:
    room.make.save(
        TaskScale(
            school_id=room.school.id,
            id=room.pupil.id,
            from_on=room.lesson.on_date,
            five=95,
            four=90,
            three=20,
            owner=room.teacher.id,
        )
    )
    homework = essay(room, room.pupil)
    teacher = room.make.actor(room.teacher, "teacher")
    seen, work = room.make.seen(teacher, homework), room.make.work(homework, room.pupil, teacher)
    with unit_of_work():
        score_work(teacher, seen, work, [5, 4], version=work.state.version)
    assert proposals(seen)[room.pupil.id].proposed == 4
    with pytest.raises(Conflict), unit_of_work():
        score_work(teacher, seen, work, [1, 1], version=work.state.version)
    with pytest.raises(BadPoints), unit_of_work():
        score_work(teacher, seen, work, [7, 1], version=work.state.version)
