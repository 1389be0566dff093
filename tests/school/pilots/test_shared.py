"""One protocol in several schools: frozen for all, read together from sums, with nobody's row."""

import io
import random
import uuid
from datetime import timedelta
from typing import Any

import numpy as np
import pytest
from openpyxl import load_workbook
from scipy import stats
from sqlalchemy import select

from school.core import clock
from school.core.database import db, new_id
from school.core.transactions import unit_of_work
from school.people.models import School
from school.pilots.actions import (
    Protocol,
    carry_out,
    change_days,
    close_shared,
    count_shared,
    let_unit_go,
    protocol_of,
    register_pilot,
    share_protocol,
)
from school.pilots.actions.planning import digest_of
from school.pilots.analysis import Row, differences_of, moments_of, read
from school.pilots.errors import CannotPilot
from school.pilots.forest import forest
from school.pilots.models import Arm, SharedPilot, SharedResult, Sitting
from school.pilots.pooling import Part, moments_in, pooled, sums_of
from school.pilots.queries import choosable_courses
from school.pilots.queries import tests_of as chosen_of
from tests.browsing import SchoolClient
from tests.factories import Make
from tests.school.pilots.rooms import MONDAY, Room, at, room_of, sign, unit_of
from tests.school.pilots.test_pilots import begun, sat

ARMS = ("same", "half")


def rows_in(chance: random.Random, school: str, n: int, effect: float = 4.0) -> list[Row]:
    made = []
    for k in range(n):
        before = None if k % 11 == 5 else 100 * chance.random()
        skill = 50.0 if before is None else before
        arm = ARMS[k % 2]
        after = 20 + 0.5 * skill + effect * (arm == "half") + chance.gauss(0, 10)
        made.append(Row(f"{school}-{k % 3}", arm, before, after if k % 13 else None))
    return made


def test_all_schools_together_are_least_squares_with_a_column_for_every_class_of_every_school() -> None:
    chance = random.Random(3)
    schools = {name: rows_in(chance, name, n) for name, n in (("a", 70), ("b", 24), ("c", 16))}
    parts = [
        Part(n, name, moments_in(sums_of(moments_of(rows, ARMS))), False)
        for n, (name, rows) in enumerate(schools.items())
    ]
    (pool,) = pooled(parts, ARMS)
    rows = [one for some in schools.values() for one in some if one.after is not None]
    groups = sorted({one.group for one in rows})
    x = np.array(
        [
            [
                one.arm == "half",
                one.before if one.before is not None else 50,
                one.before is None,
                *(one.group == g for g in groups),
            ]
            for one in rows
        ],
        dtype=float,
    )
    y = np.array([one.after for one in rows])
    beta, squares, rank, _ = np.linalg.lstsq(x, y, rcond=None)
    free = len(y) - rank
    assert pool.total is not None
    assert pool.total.value == pytest.approx(beta[0], abs=1e-8)
    error = np.sqrt(squares[0] / free * np.linalg.inv(x.T @ x)[0, 0])
    assert pool.total.high - pool.total.value == pytest.approx(stats.t.ppf(0.975, free) * error, rel=1e-3)
    assert pool.n + pool.n_first == len(rows)
    assert sum(one.weight for one in pool.lines) == pytest.approx(100)
    for line, some in zip(pool.lines, schools.values(), strict=True):
        (own,) = read(some, ARMS, least=5).differences
        assert line.found is not None
        assert (line.found.value, line.found.low) == pytest.approx((own.value, own.low))
    assert forest(pool, "all") is not None


def test_a_school_with_few_results_is_neither_shown_nor_added() -> None:
    """Else its own could be found by taking the others away."""
    chance = random.Random(4)
    large, small = moments_of(rows_in(chance, "a", 60), ARMS), moments_of(rows_in(chance, "b", 9), ARMS)
    assert min(small.n) < 5
    assert sums_of(small) == {}
    (pool,) = pooled([Part(1, "a", large, False), Part(2, "b", moments_in(sums_of(small)), False)], ARMS)
    assert [one.name for one in pool.lines] == ["a"]
    assert (pool.hidden, pool.n, pool.n_first) == (1, large.n[1], large.n[0])
    assert pool.total == differences_of(large, ["half"])[0]


def test_little_is_told_of_few_and_schools_stand_by_name() -> None:
    chance = random.Random(5)
    parts = [
        Part(n, name, moments_of(rows_in(chance, name, 12, effect), ARMS), False)
        for n, (name, effect) in enumerate((("б", 30.0), ("а", -30.0)))
    ]
    (pool,) = pooled(parts, ARMS)
    assert [one.name for one in pool.lines] == ["а", "б"]
    assert pool.total is None
    assert forest(pool, "all") is None
    assert pool.unlike is not None
    assert pool.unlike > 50
    assert pooled([], ARMS)[0].lines == ()


@pytest.fixture
def room(make: Make) -> Any:
    with at():
        yield room_of(make)


def given_out(room: Room, **more: Any) -> SharedPilot:
    usual = {
        "title": "Городской протокол",
        "question": "Осваивают ли ученики больше тем?",
        "main_test": Sitting.DELAYED,
        "arms": (Arm.SAME, Arm.HALF),
        "tasks": 4,
        "sets": 2,
        "consent_until": MONDAY + timedelta(7),
        "starts_on": MONDAY + timedelta(14),
        "weeks": 2,
        "n_planned": 350,
        "stop_rule": "Директор остановит.",
        "most_minutes": 25,
        "most_lost": 15,
    }
    tests = {kind: one.id for kind, one in room.tests.items()}
    with unit_of_work():
        return share_protocol(room.head, room.subject, 7, Protocol(**{**usual, **more}), tests)


def joined(room: Room, shared: SharedPilot) -> Room:
    with unit_of_work():
        days = (MONDAY + timedelta(7), MONDAY + timedelta(14))
        room.pilot_id = carry_out(room.head, shared, choosable_courses(room.head, room.subject.id), days).id
    return room


def test_a_school_chooses_classes_and_days_and_nothing_else(client: SchoolClient, room: Room) -> None:
    shared = given_out(room)
    head = sign(client, room, "head")
    page = head.get(f"{room.base}/pilots/new").text
    assert "Городской протокол" in page
    join = f"{room.base}/pilots/join/{shared.id}"
    assert 'name="weeks"' not in head.get(join).text
    sent = {"courses": [str(room.course.id)], "consent_until": "2026-11-30", "starts_on": "2026-12-07"}
    made = head.post(join, data={**sent, "weeks": "9", "tasks": "12"})
    assert made.status_code == 303
    room.pilot_id = uuid.UUID(made.location.rsplit("/", 1)[1])
    assert (room.row().weeks, room.row().tasks, room.row().shared_id) == (2, 4, shared.id)
    # the ordinary form of a draft leads to the city's, and takes nothing
    assert head.get(f"{room.url}/protocol").location.endswith("/days")
    assert head.post(f"{room.url}/protocol", data={"weeks": "9"}).location.endswith("/days")
    assert head.get(f"{room.url}/days").status_code == 200
    head.post(f"{room.url}/days", data={**sent, "starts_on": "2026-12-08", "weeks": "9"})
    assert (room.row().weeks, str(room.row().starts_on)) == (2, "2026-12-08")
    assert head.post(f"{room.url}/register").status_code == 303
    assert "Городской, один в нескольких школах" in head.get(room.url).text
    own = digest_of(room.seen(), room.row(), chosen_of(room.course.school_id, room.row().id))
    with unit_of_work():
        db.session.get_one(SharedPilot, shared.id).digest = "0" * 64
    assert own != digest_of(room.seen(), room.row(), chosen_of(room.course.school_id, room.row().id))


def test_what_a_protocol_of_the_city_refuses(room: Room) -> None:
    with pytest.raises(CannotPilot):
        given_out(room, arms=(Arm.SAME,))
    with unit_of_work():
        unit_of(room.tests[Sitting.PRE]).year_from = 6
        unit_of(room.tests[Sitting.PRE]).year_to = 6
    with pytest.raises(CannotPilot):
        given_out(room)
    shared = given_out(room, other_year="Повторение шестого класса.")
    with unit_of_work():
        db.session.get_one(SharedPilot, shared.id).year_level = 8
    with pytest.raises(CannotPilot):
        joined(room, db.session.get_one(SharedPilot, shared.id))
    with unit_of_work():
        db.session.get_one(SharedPilot, shared.id).year_level = 7
    joined(room, db.session.get_one(SharedPilot, shared.id))
    with unit_of_work():
        close_shared(room.head, db.session.get_one(SharedPilot, shared.id))
    with pytest.raises(CannotPilot), unit_of_work():
        register_pilot(room.head, room.seen())


def test_the_author_keeps_back_what_the_city_needs(room: Room) -> None:
    shared = given_out(room)
    joined(room, shared).register()
    author = room.make.actor(room.people["teacher"], "teacher")
    unit = unit_of(room.tests[Sitting.POST])
    with unit_of_work():
        close_shared(room.head, db.session.get_one(SharedPilot, shared.id))
    with at(40), pytest.raises(CannotPilot), unit_of_work():
        let_unit_go(author, unit)
    assert unit.held_at is not None
    with at(90), unit_of_work():
        let_unit_go(author, unit)


def test_sums_come_when_a_test_is_closed_and_have_no_pupil(client: SchoolClient, room: Room, make: Make) -> None:
    shared = given_out(room)
    begun(joined_room := joined(room, shared), planned=True)
    school = db.session.get_one(School, room.course.school_id)
    with at(28):
        for n, pupil in enumerate(room.pupils[:5]):
            sat(joined_room, pupil, Sitting.POST, 1 + n % 4)
    with at(34), unit_of_work():
        assert count_shared(school) == 0
    with at(36):
        with unit_of_work():
            assert count_shared(school) == 2
        with unit_of_work():
            assert count_shared(school) == 0
        rows = db.session.scalars(select(SharedResult).where(SharedResult.shared_id == shared.id)).all()
        assert {(one.kind, one.what) for one in rows} == {("post", "shares"), ("post", "topics")}
        assert all(one.sums == {} for one in rows), "three in an arm"
        chance = random.Random(7)
        for name, n in (("Школа Б", 60), ("Школа А", 30)):
            other = make.school()
            with unit_of_work():
                db.session.get_one(School, other.id).short_name = name
            for what in ("shares", "topics"):
                make.save(
                    SharedResult(
                        shared_id=shared.id,
                        school_id=other.id,
                        pilot_id=new_id(),
                        kind="post",
                        what=what,
                        sums=sums_of(moments_of(rows_in(chance, name, n), ARMS)),
                        is_stopped=False,
                        counted_at=clock.now(),
                    )
                )
        client.sign_in(make.city_role("analyst"))
        assert "3 школы с результатами" in client.get("/city/pilots").text
        page = client.get(f"/city/pilots/{shared.id}").text
        assert page.index("Школа А") < page.index("Школа Б")
        assert "1 школа, где в группе меньше пяти результатов, не учтена" in page
        assert "Все школы вместе" in page
        assert '<svg class="funnel"' in page
        assert not any(one.family_name in page or str(one.id) in page for one in room.pupils)
        assert client.get("/city/pilots/new").status_code == 404
        book = load_workbook(io.BytesIO(client.get(f"/city/pilots/{shared.id}?as=xlsx").data))
        (total,) = [row for row in book.worksheets[0].iter_rows(values_only=True) if row[0] == "Все школы вместе"]
        assert total[2] + total[3] < 90
        assert total[5] < total[4] < total[6]
    for who in ("head", "teacher", "parent", "pupil"):
        assert sign(client, room, who).get(f"/city/pilots/{shared.id}").status_code == 404


def test_a_methodologist_gives_a_protocol_out(client: SchoolClient, room: Room, make: Make) -> None:
    client.sign_in(make.city_role("methodologist"))
    assert "Пилоты нескольких школ" in client.get("/methodologist").text
    assert "Протоколов пока нет" in client.get("/city/pilots").text
    assert room.subject.name_ru in client.get("/city/pilots/new").text
    url = f"/city/pilots/new?subject={room.subject.id}"
    assert "Заморозить и выдать" in client.get(url).text
    tests = {kind.value: str(one.id) for kind, one in room.tests.items()}
    sent = {
        "title": "Городской", "question": "Что лучше?", "year_level": "7", "arms": ["same", "half"], "tasks": "6", "sets": "2",
        "weeks": "8", "main_test": "delayed", "n_planned": "350", "stop_rule": "Сигнал.", "most_minutes": "25", "most_lost": "15", **tests,
    }  # fmt: skip
    assert client.post(url, data={**sent, "arms": ["same"]}).status_code == 422
    made = client.post(url, data=sent)
    assert made.status_code == 303
    assert "Отпечаток протокола" in client.get(made.location).text
    assert client.post(f"{made.location}/close").status_code == 303
    assert "закрыт для новых школ" in client.get(made.location).text
    assert "Городской" not in sign(client, room, "head").get(f"{room.base}/pilots/new").text


def test_a_changed_draft_of_the_city_stays_the_citys(room: Room) -> None:
    shared = given_out(room)
    joined(room, shared)
    with unit_of_work():
        days = (MONDAY + timedelta(8), MONDAY + timedelta(16))
        courses = choosable_courses(room.head, room.subject.id)
        change_days(room.head, room.seen(), db.session.get_one(SharedPilot, shared.id), courses, days)
    assert room.row().shared_id == shared.id
    assert protocol_of(room.row()).weeks == 2
    # written past the page: the registration holds it to the city's words
    with unit_of_work():
        room.row().weeks = 5
    with pytest.raises(CannotPilot), unit_of_work():
        register_pilot(room.head, room.seen())
