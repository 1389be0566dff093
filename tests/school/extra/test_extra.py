"""An extra lesson from the gap to the gain, and who may do what with it."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from content_library.models import Topic, UnitKind, UnitTopic, UnitVersion
from school.classes.models import Course, ExtraLesson, ExtraPlace
from school.core import clock
from school.core.database import db
from school.core.records.models import RecordEvent
from school.core.transactions import unit_of_work
from school.extra.actions import propose_extras
from school.notices.models import Notice
from school.people.models import Member
from tests.browsing import SchoolClient
from tests.factories import Make
from tests.school.progress.test_routes import answered

TUESDAY = date(2026, 11, 24)


def at(day: int = 0, hour: int = 7) -> datetime:
    return clock.moscow(TUESDAY + timedelta(day), time(hour))


@dataclass
class Room:
    """A class of nine, of whom seven share a gap, its people, and a neighbouring class."""

    make: Make
    course: Course
    version: UnitVersion
    topic_id: int
    pupils: list[Member]
    people: dict[str, Member]

    @property
    def base(self) -> str:
        return f"/s/{self.course.school_id}"

    @property
    def offer_url(self) -> str:
        return f"{self.base}/courses/{self.course.id}/extra/{self.topic_id}"


@pytest.fixture
def room(make: Make) -> Any:
    with clock.stopped_at(at()):
        course = make.course(pupils=9)
        school = make.school_of(course)
        other = make.course(make.school_class(school, letter="В"), pupils=2)
        for day in (0, 1, 2):
            make.lesson(course, days=day, slot=1)
            make.lesson(course, days=day, slot=5)
            make.lesson(other, days=day, slot=2, room="206")
        version = make.task(course.subject_id)
        pupils = make.pupils_of(course)
        with clock.stopped_at(at(-5)):
            for n, pupil in enumerate(pupils):
                for _again in range(2):
                    answered(version, pupil, 1 if n < 7 else 4)
            answered(version, make.pupils_of(other)[0], 0)
        leader = make.teacher(school)
        make.lead(make.group_of(course), leader)
        people = {
            "teacher": make.teacher_of(course),
            "leader": leader,
            "another teacher": make.teacher_of(other),
            "deputy": make.member(school, "deputy"),
            "pupil": pupils[0],
            "mate": pupils[8],
            "parent": make.parent(school, pupils[0]),
            "another parent": make.parent(school, pupils[8]),
            "stranger": make.member(make.school(), "head"),
        }
        topic_id = db.session.scalar(select(UnitTopic.topic_id).where(UnitTopic.unit_id == version.unit_id))
        assert topic_id is not None
        yield Room(make, course, version, topic_id, pupils, people)


def sign(client: SchoolClient, room: Room, who: str) -> SchoolClient:
    client.sign_in(room.make.account_of(room.people[who]))
    return client


def form_of(room: Room, page: str, **more: Any) -> dict[str, Any]:
    """What the page would send as it stands."""
    ticked = re.findall(r'name="pupils" id="[^"]+" value="([^"]+)" checked', page)
    hour = re.search(r'name="hour" id="[^"]+" value="([^"]+)" checked', page)
    scenario = re.search(r'name="scenario" id="[^"]+" value="([^"]+)" checked', page)
    assert scenario
    return {"pupils": ticked, "hour": hour[1] if hour else "", "scenario": scenario[1], **more}


def offered(client: SchoolClient, room: Room) -> ExtraLesson:
    page = sign(client, room, "teacher").get(room.offer_url).text
    assert client.post(room.offer_url, data=form_of(room, page)).status_code == 303
    return db.session.scalars(select(ExtraLesson).where(ExtraLesson.school_id == room.course.school_id)).one()


def notices(room: Room, who: str) -> list[str]:
    account = room.make.account_of(room.people[who]).id
    return list(
        db.session.scalars(
            select(Notice.kind)
            .where(Notice.school_id == room.course.school_id, Notice.account_id == account)
            .order_by(Notice.made_at, Notice.id)
        )
    )


def test_those_who_share_the_gap_are_ticked_and_one_press_offers(client: SchoolClient, room: Room) -> None:
    topic_page = sign(client, room, "teacher").get(f"{room.base}/courses/{room.course.id}/extra").text
    assert "7 учеников часто ошибаются" in topic_page
    assert "предлагается" in topic_page
    page = client.get(room.offer_url).text
    form = form_of(room, page)
    assert form["pupils"] == [str(one.id) for one in room.pupils[:7]]
    # Lessons end at 13:15 (slot 5): the hour is at 13:35, in the teacher's own room.
    assert "Среда, 25 ноября, 13:35–14:15, каб. 205" in page
    lesson = offered(client, room)
    assert (clock.local(lesson.starts_at).time(), lesson.room, lesson.from_evidence) == (time(13, 35), "205", True)
    assert notices(room, "pupil") == ["extra.invited"]
    assert notices(room, "parent") == ["extra.invited.family"]
    assert not notices(room, "mate")
    kinds = db.session.scalars(select(RecordEvent.kind).where(RecordEvent.school_id == room.course.school_id)).all()
    assert (kinds.count("extra.offered"), kinds.count("extra.invited")) == (1, 7)
    # The same pupils and the same hour can't be taken again, and the gap is not proposed any more.
    again = client.post(room.offer_url, data=form)
    assert again.status_code == 422
    assert "предлагается" not in client.get(f"{room.base}/extra").text


def test_hours_follow_who_is_ticked(client: SchoolClient, room: Room) -> None:
    sign(client, room, "teacher")
    block = client.get(f"{room.offer_url}?chosen=1", headers={"HX-Request": "true"}).text
    assert "Отметьте учеников" in block
    block = client.get(f"{room.offer_url}?chosen=1&pupils={room.pupils[0].id}", headers={"HX-Request": "true"}).text
    assert "все свободны" in block
    assert "<h1" not in block
    refused = client.post(room.offer_url, data={"pupils": [str(room.pupils[0].id)], "hour": "x", "scenario": "none"})
    assert refused.status_code == 422
    assert not db.session.scalars(select(ExtraLesson).where(ExtraLesson.school_id == room.course.school_id)).all()


def test_a_ready_scenario_of_the_topic_is_taken(client: SchoolClient, room: Room) -> None:
    topic = db.session.get(Topic, room.topic_id)
    assert topic is not None
    stages = [{"title": "Разбор", "minutes": 40, "teacher": "Показать доли.", "panel": "", "pupils": ""}]
    unit = room.make.unit(
        UnitKind.SCENARIO,
        subject=room.make.subject_of(room.course),
        topic=topic,
        title="Дроби ещё раз",
        details={"stages": stages},
    )
    lesson = offered(client, room)
    assert lesson.unit_id == unit.id
    assert "Сценарий: Дроби ещё раз" in client.get(f"{room.base}/extra/{lesson.id}").text


def test_who_sees_and_who_answers(client: SchoolClient, room: Room) -> None:
    lesson = offered(client, room)
    staff, mine = f"{room.base}/extra/{lesson.id}", f"{room.base}/pupils/{room.pupils[0].id}/extra/{lesson.id}"
    expected = {
        "teacher": (200, 404), "leader": (200, 200), "deputy": (200, 200), "pupil": (404, 200), "parent": (404, 200),
        "mate": (404, 404), "another parent": (404, 404), "another teacher": (404, 404), "stranger": (404, 404),
    }  # fmt: skip
    for who, codes in expected.items():
        sign(client, room, who)
        assert (client.get(staff).status_code, client.get(mine).status_code) == codes, who
    for who, code in {"leader": 404, "mate": 404, "another parent": 404, "pupil": 303}.items():
        assert sign(client, room, who).post(mine, data={"reply": "yes"}).status_code == code, who
    assert sign(client, room, "pupil").post(mine, data={"reply": "perhaps"}).status_code == 422
    # The family's word stands over the child's, and the teacher hears of a no.
    assert sign(client, room, "parent").post(mine, data={"reply": "no", "says": "К врачу"}).status_code == 303
    assert sign(client, room, "pupil").post(mine, data={"reply": "yes"}).status_code == 403
    assert notices(room, "teacher") == ["extra.cannot"]
    assert "К врачу" in sign(client, room, "teacher").get(staff).text
    with clock.stopped_at(lesson.starts_at):
        assert sign(client, room, "parent").post(mine, data={"reply": "yes"}).status_code == 403


def test_a_place_that_was_left_goes_to_another_and_a_lesson_can_be_called_off(client: SchoolClient, room: Room) -> None:
    lesson = offered(client, room)
    url = f"{room.base}/extra/{lesson.id}"
    mate = room.people["mate"]
    assert sign(client, room, "another teacher").post(f"{url}/invite/{mate.id}").status_code == 404
    assert sign(client, room, "teacher").post(f"{url}/invite/{mate.id}").status_code == 303
    assert notices(room, "mate") == ["extra.invited"]
    client.post(f"{url}/invite/{room.pupils[7].id}")
    assert "Все восемь мест заняты." in client.get(url).text
    assert client.post(f"{url}/cancel", data={"why": "Учитель заболел"}).status_code == 303
    assert notices(room, "parent") == ["extra.invited.family", "extra.cancelled"]
    assert (
        "Учитель заболел"
        in sign(client, room, "parent").get(f"{room.base}/pupils/{room.pupils[0].id}/extra/{lesson.id}").text
    )


def test_who_came_and_what_changed(client: SchoolClient, room: Room) -> None:
    lesson = offered(client, room)
    url = f"{room.base}/extra/{lesson.id}"
    came = [one.id for one in room.pupils[:5]]
    sign(client, room, "teacher")
    assert client.post(f"{url}/presence", data={"came": came}).status_code == 403
    with clock.stopped_at(lesson.ends_at):
        assert client.post(f"{url}/presence", data={"came": came}).status_code == 303
        assert "Говорить рано" in client.get(url).text
    with clock.stopped_at(lesson.ends_at + timedelta(days=1)):
        for pupil in room.pupils[:5]:
            answered(room.version, pupil, 4)
    with clock.stopped_at(lesson.ends_at + timedelta(days=2)):
        page = client.get(url).text
        assert "Стало лучше, и больше, чем бывает случайно." in page
        assert "25 % (10 из 40), после: 100 % (20 из 20) (учтено учеников: 5)" in page
        whole = sign(client, room, "deputy").get(f"{room.base}/extra").text
        assert "Проведён 1 урок" in whole
        assert "приглашено 7, было 5" in whole
    rows = db.session.scalars(select(ExtraPlace.came).where(ExtraPlace.school_id == room.course.school_id)).all()
    assert sorted(rows) == [False, False, True, True, True, True, True]  # type: ignore[type-var]


def test_the_program_tells_teachers_of_gaps_once_a_month(room: Room) -> None:
    with clock.stopped_at(at(-3)):
        with unit_of_work():
            assert propose_extras(room.make.school_of(room.course)) == 1
        with unit_of_work():
            assert propose_extras(room.make.school_of(room.course)) == 0
    assert notices(room, "teacher") == ["extra.proposed"]
    assert not notices(room, "another teacher")


def test_notices_speak(client: SchoolClient, room: Room) -> None:
    with clock.stopped_at(at(-3)), unit_of_work():
        propose_extras(room.make.school_of(room.course))
    lesson = offered(client, room)
    page = sign(client, room, "parent").get("/notices").text
    assert "приглашение на дополнительный урок завтра" in page
    assert f"{room.base}/pupils/{room.pupils[0].id}/extra/{lesson.id}" in page
    assert "7 учеников часто ошибаются в теме" in sign(client, room, "teacher").get("/notices").text
