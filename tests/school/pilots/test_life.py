"""The whole life of a pilot through its pages: draft, registration, families, tests, sets, results, file; and one that a guard-rail ends."""

import csv
import io
import re
import uuid
from typing import Any

import pytest
from sqlalchemy import select

from school.asks.models import Ask
from school.core.database import db
from school.core.transactions import unit_of_work
from school.homework.models import Homework
from school.people.models import School
from school.pilots.actions import count_shared, look_after
from school.pilots.models import Sitting
from tests.browsing import SchoolClient
from tests.factories import Make
from tests.school.pilots.rooms import Room, at, room_of, sign
from tests.school.pilots.test_pilots import events, form_of, holding_item, meet, sat


@pytest.fixture
def room(make: Make) -> Any:
    with at():
        yield room_of(make)


def night(room: Room) -> int:
    """What the worker does."""
    with unit_of_work():
        school = db.session.get_one(School, room.course.school_id)
        return look_after(school) + count_shared(school)


def asked(client: SchoolClient, room: Room, parents: list[Any]) -> None:
    """The draft is written and registered on its pages; families answer on theirs: all yes, the last but one no, the last nothing."""
    head = sign(client, room, "head")
    new = f"{room.base}/pilots/new?subject={room.subject.id}"
    tests = {kind.value: str(one.id) for kind, one in room.tests.items()}
    days = {"consent_until": "2026-11-30", "starts_on": "2026-12-07", "weeks": "2", "sets": "2", "tasks": "4"}
    made = head.post(
        new, data={**form_of(head.get(new).text), "title": "Пилот", "question": "Что лучше?", **tests, **days}
    )
    assert made.status_code == 303
    room.pilot_id = uuid.UUID(made.location.rsplit("/", 1)[1])
    assert "черновик" in head.get(room.url).text
    assert head.post(f"{room.url}/register").status_code == 303
    assert "семьи отвечают" in head.get(room.url).text
    ask = db.session.scalars(select(Ask.id).where(Ask.school_id == room.course.school_id)).one()
    for n, parent in enumerate(parents[:-1]):
        client.sign_in(room.make.account_of(parent))
        url = f"{room.base}/pupils/{room.pupils[n].id}/asks/{ask}"
        assert "Участие добровольно" in client.get(url).text
        assert client.post(url, data={"answer": "yes" if n < 6 else "no"}).status_code == 303


def sits(client: SchoolClient, room: Room, n: int, kind: Sitting) -> None:
    """From the page of comparisons into the test, and out of it with everything said."""
    client.sign_in(room.make.account_of(room.pupils[n]))
    page = client.get(f"{room.base}/pupils/{room.pupils[n].id}/pilots").text
    begin = re.search(r'action="([^"]+/tests/[^"]+)"', page)
    assert begin, kind
    attempt = client.post(begin[1]).location
    assert "Сколько будет" in client.get(attempt).text
    client.post(f"{attempt}/finish")
    assert "ответов не видит никто" in client.get(attempt).text


def everybody_sits(client: SchoolClient, room: Room, kind: Sitting) -> None:
    sits(client, room, 0, kind)
    for n, pupil in enumerate(room.pupils[1:6], start=1):
        sat(room, pupil, kind, n % 5)


def test_a_pilot_from_the_draft_to_the_file(client: SchoolClient, room: Room, make: Make) -> None:
    school = make.school_of(room.course)
    parents = [room.people["parent"], *(make.parent(school, one) for one in room.pupils[1:])]
    asked(client, room, parents)
    with at(8):
        night(room)
        assert "открыта работа до тренировки" in sign(client, room, "head").get(room.url).text
        everybody_sits(client, room, Sitting.PRE)
    with at(14):
        night(room)
        page = sign(client, room, "head").get(room.url).text
        assert "Число жеребьёвки" in page
        homework = db.session.scalars(select(Homework.id).where(Homework.school_id == school.id)).one()
        for n in (0, 6):  # one who takes part, one who declined: the same homework
            client.sign_in(make.account_of(room.pupils[n]))
            assert client.get(f"{room.base}/homework/{homework}").status_code == 200
    with at(28):
        night(room)
        everybody_sits(client, room, Sitting.POST)
        head = sign(client, room, "head")
        assert "Читать пока нечего" in head.get(f"{room.url}/results").text
        assert head.post(f"{room.url}/export/csv").status_code == 403
    with at(36):
        head = sign(client, room, "head")
        page = head.get(f"{room.url}/results").text
        assert "Данных недостаточно" in page
        assert "ещё впереди" in page  # the test on which the answer rests
        assert states(head, room, "delayed") == {"later"}
    with at(57):
        night(room)
        everybody_sits(client, room, Sitting.DELAYED)
        assert states(sign(client, room, "head"), room, "delayed") == {"later"}
    with at(63):
        head = sign(client, room, "head")
        assert "ещё впереди" not in head.get(f"{room.url}/results").text
        assert states(head, room, "delayed") == states(head, room, "post") == states(head, room, "pre") == {"sat"}
        assert night(room) == 0
    kinds = events(room)
    assert {one: kinds.count(one) for one in ("pilot.registered", "pilot.drawn")} == {
        "pilot.registered": 1,
        "pilot.drawn": 1,
    }
    assert kinds.count("pilot.exported") == 5


def test_a_pilot_that_a_guard_rail_ends(client: SchoolClient, room: Room, make: Make) -> None:
    room.plan().register()
    with at(8):
        everybody_sits(client, room, Sitting.PRE)
    with at(14):
        night(room)
    meet(room, holding_item(room))
    with at(15):
        assert night(room) == 1
        head = sign(client, room, "head")
        assert "Вопросы общих работ встречены вне их: 1." in head.get(room.url).text
        assert head.post(f"{room.url}/stop", data={"words": ""}).status_code == 303
        assert "Пилот остановлен" not in head.get(room.url).text
        head.post(f"{room.url}/stop", data={"words": "Работа попала в чат."})
        assert "Работа попала в чат." in head.get(room.url).text
    with at(28):
        assert night(room) == 0
        client.sign_in(make.account_of(room.pupils[0]))
        own = client.get(f"{room.base}/pupils/{room.pupils[0].id}/pilots").text
        assert "закончила его раньше" in own
        test = room.test_of(room.pupils[0], Sitting.POST)
        refused = client.post(f"{room.base}/pupils/{room.pupils[0].id}/pilots/{room.pilot_id}/tests/{test.id}")
        assert refused.status_code == 403
    with at(36):
        head = sign(client, room, "head")
        assert states(head, room, "pre") == {"sat"}
        assert states(head, room, "post") == {"off"}
        assert "Работа попала в чат." in head.post(f"{room.url}/export/protocol").data.decode()


def states(head: SchoolClient, room: Room, kind: str) -> set[str]:
    """Why the file has results of a test, or has none."""
    file = head.post(f"{room.url}/export/csv").data.decode("utf-8-sig")
    return {one[f"{kind}_state"] for one in csv.DictReader(io.StringIO(file))}
