"""Marks for answers put from the lesson's own page."""

import re
from datetime import timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from school.core import clock
from school.core.database import db
from school.gradebook.models import Mark
from tests.browsing import SchoolClient
from tests.factories import Make


@pytest.fixture
def room(make: Make) -> SimpleNamespace:
    course = make.course(pupils=3)
    make.act(make.school_of(course))
    now = clock.now()
    lesson = make.lesson(course, starts_at=now - timedelta(minutes=5), ends_at=now + timedelta(minutes=40))
    cover, stranger = make.teacher(make.school_of(course)), make.teacher(make.school_of(course))
    make.substitute(lesson, cover)
    return SimpleNamespace(
        make=make,
        lesson=lesson,
        pupils=make.pupils_of(course),
        members={
            "teacher": make.teacher_of(course),
            "cover": cover,
            "stranger": stranger,
            "pupil": make.pupils_of(course)[0],
        },
        address=f"/s/{course.school_id}/lessons/{lesson.id}",
    )


def fields(page: str) -> dict[str, str]:
    return dict(re.findall(r'name="((?:mark|was|seen|id)-\w{32})"[^>]*? value="([^"]*)"', page))


def marks(room: SimpleNamespace) -> dict[object, int | None]:
    rows = db.session.scalars(
        select(Mark).where(Mark.school_id == room.lesson.school_id).execution_options(populate_existing=True)
    )
    return {one.pupil_id: one.value for one in rows}


@pytest.mark.parametrize("who", ["teacher", "cover"])
def test_whoever_takes_the_lesson_puts_marks(client: SchoolClient, room: SimpleNamespace, who: str) -> None:
    client.sign_in(room.make.account_of(room.members[who]))
    sent = fields(client.get(room.address).text)
    first, second, _third = (one.id.hex for one in room.pupils)
    sent |= {f"mark-{first}": "5", f"mark-{second}": "7"}
    assert client.post(f"{room.address}/answers", data=sent).status_code == 303
    assert marks(room) == {room.pupils[0].id: 5}
    assert f'id="mark-{first}" value="5"' in client.get(room.address).text
    again = fields(client.get(room.address).text) | {f"mark-{first}": "4", f"seen-{first}": "0"}
    client.post(f"{room.address}/answers", data=again)
    assert marks(room) == {room.pupils[0].id: 5}, "a page drawn before the mark overwrites nothing"
    client.post(f"{room.address}/answers", data=fields(client.get(room.address).text) | {f"mark-{first}": "4"})
    assert marks(room) == {room.pupils[0].id: 4}


@pytest.mark.parametrize("who", ["stranger", "pupil"])
def test_nobody_else(client: SchoolClient, room: SimpleNamespace, who: str) -> None:
    client.sign_in(room.make.account_of(room.members[who]))
    assert "mark-" not in client.get(room.address).text
    assert client.post(f"{room.address}/answers", data={f"mark-{room.pupils[0].id.hex}": "2"}).status_code == 404
    assert marks(room) == {}
