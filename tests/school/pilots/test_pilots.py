"""A pilot from the draft to the rows, and who may do what with it."""

import csv
import io
import re
from datetime import timedelta
from typing import Any, cast

import pytest
from openpyxl import load_workbook
from sqlalchemy import Table, select

from content_library import About, Author, Text, UnitKind, WrittenItem, WrongState, drafts, holding
from content_library.models import Item, Topic, UnitTopic
from school.asks.models import Ask
from school.classes.queries import get_course, get_pupil
from school.core import clock
from school.core.database import db, new_id
from school.core.languages import speaking
from school.core.records.models import RecordEvent
from school.core.transactions import unit_of_work
from school.extra.queries import gaps_of
from school.homework.models import Assignment, Homework
from school.homework.queries import unit_choice
from school.homework.queries.fitting import on_offer
from school.mastery.models import JudgedAnswer
from school.notices.hooks import said
from school.notices.models import Notice
from school.notices.queries import COLUMNS
from school.notices.seen import SeenNotice
from school.people.models import Account, School
from school.pilots import analysis
from school.pilots.actions import (
    answer_alert,
    begin_test,
    change_pilot,
    draw_pilot,
    look_after,
    protocol_of,
    register_pilot,
)
from school.pilots.actions.planning import digest_of
from school.pilots.analysis import Row
from school.pilots.errors import CannotPilot
from school.pilots.models import Pilot, PilotAlert, PilotExport, PilotPlace, PilotRound, Sitting
from school.pilots.queries import (
    consents_of,
    facts_of,
    leaks_of,
    places_of,
    results_of,
    scores_of,
    strange_of,
)
from school.pilots.queries import tests_of as chosen_of
from school.pilots.seen import SeenPilot
from school.progress.queries.topics import _ANSWERS_OF_PUPIL
from school.tasks.actions import NotATask, finish_attempt, save_answer, start_attempt
from school.tasks.models import Answer, Attempt
from school.tasks.queries import get_attempt
from school.tasks.sheets import asked
from school.tracks.queries.materials import asked_on, questions_on
from tests.browsing import SchoolClient
from tests.factories import Make
from tests.school.pilots.rooms import Room, at, held, question, room_of, sign, unit_of

NOTICE = cast("Table", Notice.__table__)


@pytest.fixture
def room(make: Make) -> Any:
    with at():
        yield room_of(make)


def begun(room: Room, *, planned: bool = False) -> Room:
    """On its first day: drawn, and the first set given."""
    (room if planned else room.plan()).register()
    with at(14), unit_of_work():
        school = db.session.get_one(School, room.course.school_id)
        look_after(school)
    return room


def drawn(room: Room) -> list[PilotPlace]:
    return [one for one in places_of(room.course.school_id, room.row().id) if one.arm is not None]


def events(room: Room) -> list[str]:
    found = db.session.scalars(
        select(RecordEvent.kind).where(
            RecordEvent.school_id == room.course.school_id, RecordEvent.kind.startswith("pilot.")
        )
    )
    return sorted(found)


def form_of(page: str) -> dict[str, Any]:
    """What the page would send as it stands."""
    data: dict[str, Any] = {}
    for name, value in re.findall(r'<input[^>]*name="(\w+)"[^>]*value="([^"]*)"[^>]*checked', page):
        data.setdefault(name, []).append(value)
    for tag in re.findall(r"<input[^>]*>", page):
        name, value = re.search(r'name="(\w+)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and 'type="checkbox"' not in tag and 'type="radio"' not in tag:
            data[name[1]] = value[1] if value else ""
    return data | dict(re.findall(r'<textarea[^>]*name="(\w+)"[^>]*>\s*([^<]*)</textarea>', page))


def test_from_the_form_to_the_question_to_families(client: SchoolClient, room: Room) -> None:
    head = sign(client, room, "head")
    assert "Пилотов пока нет" in head.get(f"{room.base}/pilots").text
    assert room.subject.name_ru in head.get(f"{room.base}/pilots/new").text
    new = f"{room.base}/pilots/new?subject={room.subject.id}"
    form = form_of(head.get(new).text)
    wrong = head.post(new, data={**form, "title": "", "question": "Что лучше?", "arms": ["same"]})
    assert wrong.status_code == 422
    assert "Выберите хотя бы два" in wrong.text
    tests = {kind.value: str(one.id) for kind, one in room.tests.items()}
    made = head.post(new, data={**form, "title": "Пилот", "question": "Что лучше?", **tests})
    assert made.status_code == 303
    url = made.location
    draft = head.get(url).text
    assert "черновик" in draft
    assert "В группу придёт не больше" in draft, "eight pupils are fewer than sixty in each of two arms"
    assert all(one.title in draft for one in room.tests.values()), "what is promised is read before it is registered"
    edit = form_of(head.get(f"{url}/protocol").text)
    assert head.post(f"{url}/protocol", data={**edit, **tests, "weeks": "5"}).status_code == 303
    assert head.post(f"{url}/register").status_code == 303
    page = head.get(url).text
    assert "семьи отвечают" in page
    assert "Отпечаток протокола" in page
    assert not any(one.title in page for one in room.tests.values())
    assert head.get(f"{url}/protocol").status_code == 403
    sign(client, room, "parent")
    asks = client.get(f"{room.base}/pupils/{room.pupils[0].id}/asks")
    family = client.get(f"{room.base}/pupils/{room.pupils[0].id}/pilots").text
    assert "Согласия семьи нет" in family
    assert asks.status_code in {200, 404}
    assert events(room) == ["pilot.registered"]


def test_a_registered_protocol_stays_and_changes_are_dated(client: SchoolClient, room: Room) -> None:
    room.plan().register()
    with pytest.raises(CannotPilot), unit_of_work():
        change_pilot(room.head, room.seen(), protocol_of(room.row()), [], {})
    before = room.row().digest
    with unit_of_work():
        register_pilot(room.head, room.seen())
    assert room.row().digest == before
    head = sign(client, room, "head")
    head.post(f"{room.url}/amend", data={"words": "Пост-тест на день позже: снег."})
    page = head.get(room.url).text
    assert "Пост-тест на день позже: снег." in page
    assert before in page
    assert events(room) == ["pilot.amended", "pilot.registered"]


def refused(room: Room, why: str, seen: SeenPilot | None = None, day: int = 0) -> None:
    with at(day), pytest.raises(CannotPilot) as caught, unit_of_work():
        register_pilot(room.head, seen or room.seen())
    assert why in caught.value.why


def test_what_can_not_be_registered(room: Room) -> None:
    tests = dict(room.tests)
    room.tests = {**tests, Sitting.POST: tests[Sitting.PRE]}
    refused(room.plan(), "три разные работы")
    room.tests = {Sitting.PRE: tests[Sitting.PRE], Sitting.DELAYED: tests[Sitting.DELAYED]}
    refused(room.plan(), "Сначала выберите три разные работы")
    room.tests = tests
    seen = room.plan().seen()
    refused(room, "должен быть впереди", day=9)
    refused(room, "хотя бы один класс", SeenPilot(seen.school_id, seen.id, seen.row, seen.subject, seen.tint, ()))
    with unit_of_work():
        unit_of(tests[Sitting.PRE]).held_at = None
    refused(room, "больше не отложена")
    with unit_of_work():
        unit_of(tests[Sitting.PRE]).held_at = clock.now()
    version = room.make.task(
        room.subject.id, items=({"kind": "number", "prompt": "сколько будет 100 + 100?", "key": {"value": "200"}},)
    )
    twin = room.make.save(UnitTopic(unit_id=version.unit_id, topic_id=room.topic_id))
    refused(room, "доступны для тренировки")
    with unit_of_work():
        db.session.delete(db.session.merge(twin))
    room.register()
    again = {
        kind: held(room.make, room.subject.id, room.topic_id, f"Ещё {n}", 5000 + 100 * n)
        for n, kind in enumerate(Sitting)
    }
    room.tests = again
    refused(room.plan(), "в другом пилоте")
    meet(room, holding_item(room))
    refused(room, "уже встречали")


def holding_item(room: Room) -> Any:

    return db.session.scalars(select(Item).where(Item.version_id == room.tests[Sitting.POST].id)).first()


def meet(room: Room, item: Any) -> None:
    """Somebody has answered it outside of the test."""

    pupil = room.pupils[-1]
    attempt = Attempt(
        school_id=pupil.school_id,
        id=new_id(),
        pupil_id=pupil.id,
        unit_version_id=item.version_id,
        seed=1,
        started_at=clock.now(),
        max_points=4,
    )
    answer = Answer(
        school_id=pupil.school_id,
        id=new_id(),
        attempt_id=attempt.id,
        item_id=item.id,
        given={"answer": ["1"]},
        number=1,
        received_at=clock.now(),
        given_by=pupil.account_id,
        payload_hash="x",
    )
    room.make.save(attempt)
    room.make.save(answer)


def test_held_questions_are_nowhere(client: SchoolClient, room: Room) -> None:
    """No search, no page, no chooser of practice, no homework, no try of one's own offers a question of a common test."""
    version = room.tests[Sitting.PRE]
    held = {one.id for kind in Sitting for one in holding_items(room, kind)}
    teacher = room.actor("teacher", "teacher")
    course = get_course(teacher, room.course.id)
    assert course is not None
    assert held.isdisjoint(on_offer(course, room.topic_id))
    assert held.isdisjoint(one.id for one in questions_on([room.topic_id]))
    assert asked_on([room.topic_id])  # of the practice unit
    assert unit_choice(version.id) is None
    assert unit_choice(room.practice.id) is not None
    for who in ("pupil", "teacher", "head", "parent"):
        sign(client, room, who)
        assert str(version.unit_id) not in client.get("/library?q=Общая+работа").text
        assert client.get(f"/library/{version.unit_id}").status_code == 404
    pupil = sign(client, room, "pupil")
    assert pupil.post(f"{room.base}/versions/{version.id}/attempts").status_code == 404
    assert pupil.post(f"{room.base}/versions/{room.practice.id}/attempts").status_code == 303
    with pytest.raises(NotATask):
        start_attempt(room.make.actor(room.pupils[0], "pupil"), version, room.pupils[0])


def holding_items(room: Room, kind: Sitting) -> list[Any]:

    return list(db.session.scalars(select(Item).where(Item.version_id == room.tests[kind].id).order_by(Item.position)))


def test_what_was_published_can_not_be_held(room: Room) -> None:
    with pytest.raises(WrongState):
        holding.hold(db.session(), unit_of(room.practice), clock.now(), Author(None, "С."))
    version = room.tests[Sitting.PRE]
    assert holding.held_among(db.session(), [one.id for one in questions_of(version)])
    with unit_of_work():
        holding.let_go(db.session(), unit_of(version))
    assert not holding.is_held(db.session(), version)
    with pytest.raises(WrongState):
        holding.hold(db.session(), unit_of(version), clock.now(), Author(None, "С."))


def questions_of(version: Any) -> list[Any]:

    return list(db.session.scalars(select(Item).where(Item.version_id == version.id)))


def sat(room: Room, pupil: Any, kind: Sitting, right: int) -> Attempt:
    """A pupil sits a test with so many right answers."""

    actor = room.make.actor(pupil, "pupil")
    with unit_of_work():
        attempt = begin_test(actor, pupil, room.test_of(pupil, kind))
        seen = get_attempt(actor, attempt.id)
        assert seen is not None
        for n, item in enumerate(holding_items(room, kind)):
            value = item.spec["key"]["value"] if n < right else "1"
            save_answer(actor, seen, item, new_id(), {"answer": [value]}, 1)
        finish_attempt(actor, seen)
    return attempt


def test_a_pupil_sits_the_test_and_nobody_sees_it(client: SchoolClient, room: Room) -> None:
    room.plan().register()
    pupil = room.pupils[0]
    page = f"{room.base}/pupils/{pupil.id}/pilots"
    with at(8):
        school = db.session.get_one(School, room.course.school_id)
        with unit_of_work():
            look_after(school)
            look_after(school)
        told = db.session.scalars(
            select(Notice.account_id).where(Notice.school_id == school.id, Notice.kind == "pilot.test")
        ).all()
        assert len(told) == 6  # who agreed, once
        sign(client, room, "pupil")
        begin = re.search(r'action="([^"]+/tests/[^"]+)"', client.get(page).text)
        assert begin
        attempt_url = client.post(begin[1]).location
        assert client.post(begin[1]).location == attempt_url
        assert "Сколько будет" in client.get(attempt_url).text
        client.post(f"{attempt_url}/finish")
        results = client.get(attempt_url).text
        assert "ответов не видит никто" in results
        assert "балл" not in results.split("<main")[1].split("</main>")[0].lower().replace("баллов нет", "")
        assert "сдано" in client.get(page).text
        for who in ("teacher", "head", "leader", "parent"):
            assert sign(client, room, who).get(attempt_url).status_code == 404
        assert (
            sign(client, room, "declined")
            .get(f"{room.base}/pupils/{room.people['declined'].id}/pilots")
            .text.count("tests/")
            == 0
        )
        assert client.post(begin[1].replace(str(pupil.id), str(room.people["declined"].id))).status_code == 404


def test_the_model_does_not_learn_from_a_common_test(room: Room) -> None:

    room.plan().register()
    with at(8):
        sat(room, room.pupils[0], Sitting.PRE, 3)
    found = db.session.scalars(
        select(JudgedAnswer.item_id).where(JudgedAnswer.school_id == room.course.school_id)
    ).all()
    assert not found
    with at(9):  # progress, which parents and teachers read, does not tell of it either
        course = get_course(room.actor("teacher", "teacher"), room.course.id)
        assert course is not None
        assert not any(one.answers for gap in gaps_of(course) for one in gap.pupils)
        who = room.make.actor(room.people["parent"], "parent")
        seen = get_pupil(who, room.pupils[0].id)
        assert seen is not None
        assert not db.session.execute(
            _ANSWERS_OF_PUPIL,
            {
                "school": seen.school_id,
                "pupil": seen.id,
                "since": clock.now() - timedelta(30),
                "subject": room.subject.id,
            },
        ).all()
    score = scores_of(room.course.school_id, room.row().id)[room.pupils[0].id, "pre"]
    assert score.share == 0.75
    assert score.topics == 0


def test_who_agreed_is_drawn_once_and_the_others_never(room: Room) -> None:
    room.plan().register()
    with at(8):
        for n, pupil in enumerate(room.pupils[:6]):
            sat(room, pupil, Sitting.PRE, n % 5)
    with at(13), pytest.raises(CannotPilot), unit_of_work():
        draw_pilot(room.head, room.seen())
    with at(14):
        with unit_of_work():
            draw_pilot(room.head, room.seen())
        places = drawn(room)
        arms = {one.pupil_id: one.arm for one in places}
        assert set(arms) == {one.id for one in room.pupils[:6]}
        assert sorted(map(str, arms.values())) == ["half", "half", "half", "same", "same", "same"]
        assert {one.before for one in places} == {0.0, 0.25, 0.5, 0.75, 1.0}
        with unit_of_work():
            draw_pilot(room.head, room.seen())
        assert {one.pupil_id: one.arm for one in drawn(room)} == arms
    assert events(room).count("pilot.drawn") == 1


def test_all_arms_get_one_homework_with_as_many_tasks(client: SchoolClient, room: Room) -> None:
    begun(room)
    (round_,) = db.session.scalars(select(PilotRound).where(PilotRound.school_id == room.course.school_id)).all()
    assert round_.counts == {"same": [3, 12], "half": [3, 12]}
    rows = db.session.scalars(
        select(Assignment).where(
            Assignment.school_id == room.course.school_id, Assignment.homework_id == round_.homework_id
        )
    ).all()
    assert {one.pupil_id for one in rows} == {one.id for one in room.pupils[:6]}
    sets = {one.pupil_id: asked(one.sheet) for one in rows if one.sheet}
    assert all(len(set(items)) == 4 for items in sets.values())
    same = [sets[one.pupil_id] for one in drawn(room) if one.arm == "same"]
    assert same[0] == same[1] == same[2]
    homework = db.session.get_one(Homework, (room.course.school_id, round_.homework_id))
    assert homework.for_all
    assert homework.sheet is not None
    assert asked(homework.sheet) == same[0]  # who takes no part has the usual set
    with at(14):
        with unit_of_work():
            assert look_after(db.session.get_one(School, room.course.school_id)) == 0
        assert (
            len(db.session.scalars(select(PilotRound).where(PilotRound.school_id == room.course.school_id)).all()) == 1
        )
        pages = []
        for pupil in room.pupils[:6]:
            client.sign_in(room.make.account_of(pupil))
            page = client.get(f"{room.base}/homework/{homework.id}").text
            pages.append(page.split("<main")[1].split("</main>")[0].count("<"))
        assert len(set(pages)) == 1
    with at(17), unit_of_work():
        look_after(db.session.get_one(School, room.course.school_id))
    assert len(db.session.scalars(select(PilotRound).where(PilotRound.school_id == room.course.school_id)).all()) == 2


WORDS = ("один набор для всех", "половина по урокам", ">same<", ">half<")


def test_nobody_reads_who_is_in_which_arm(client: SchoolClient, room: Room) -> None:
    begun(room)
    pupil = room.pupils[0]
    with at(14):
        for who in ("pupil", "parent"):
            page = sign(client, room, who).get(f"{room.base}/pupils/{pupil.id}/pilots").text
            assert not any(one in page for one in WORDS)
        for who in ("teacher", "head"):
            page = sign(client, room, who).get(room.url).text
            assert pupil.family_name not in page.split("<main")[1]
            assert str(pupil.id) not in page


def test_leaving_needs_no_reason_and_takes_the_results_out(client: SchoolClient, room: Room) -> None:
    room.plan().register()
    with at(8):
        sat(room, room.pupils[0], Sitting.PRE, 4)
        parent = sign(client, room, "parent")
        own = f"{room.base}/pupils/{room.pupils[0].id}/pilots"
        assert parent.post(f"{own}/{room.pilot_id}/leave").status_code == 303
        assert "Не участвует" in parent.get(own).text
        (consent,) = [one for one in consents_of(room.seen()) if one.course.id == room.course.id]
        assert (len(consent.agreed), consent.declined, consent.silent) == (5, 2, 1)
    with at(14), unit_of_work():
        draw_pilot(room.head, room.seen())
    assert room.pupils[0].id not in {one.pupil_id for one in drawn(room)}
    assert "pilot.left" in events(room)


def test_results_wait_for_the_test_after_practice(client: SchoolClient, room: Room) -> None:
    begun(room)
    with at(28):
        for n, pupil in enumerate(room.pupils[:5]):
            sat(room, pupil, Sitting.POST, 1 + n % 4)
    with at(34):
        head = sign(client, room, "head")
        assert "Читать пока нечего" in head.get(f"{room.url}/results").text
        assert head.post(f"{room.url}/export/csv").status_code == 403
        assert results_of(room.seen(), clock.today()).outcomes == ()
    with at(36):
        head = sign(client, room, "head")
        page = head.get(f"{room.url}/results").text
        assert "Данных недостаточно" in page
        assert "Цель — это то, к чему стремятся" in page
        file = head.post(f"{room.url}/export/csv")
        assert file.text.lstrip("\ufeff").startswith("pid,class,arm")
        assert len(file.text.strip().splitlines()) == 7
        assert not any(one.family_name in file.text for one in room.pupils)
        assert head.post(f"{room.url}/export/xlsx").data[:2] == b"PK"
        assert head.post(f"{room.url}/export/key").status_code == 404
        assert room.pupils[0].family_name in head.post(f"{room.url}/key").text
        assert sign(client, room, "deputy").post(f"{room.url}/key").status_code == 404
        assert client.post(f"{room.url}/export/answers").status_code == 200
        taken = db.session.scalars(select(PilotExport.kind).where(PilotExport.school_id == room.course.school_id)).all()
        assert sorted(taken) == ["answers", "csv", "key", "xlsx"]
        assert events(room).count("pilot.exported") == 4
        assert "Ключ псевдонимов" in sign(client, room, "head").get(room.url).text


def test_an_alarm_reaches_the_head_once_and_is_answered_or_stops_it(client: SchoolClient, room: Room) -> None:
    begun(room)
    meet(room, holding_item(room))
    with at(15):
        assert leaks_of(room.seen()) == 1
        school = db.session.get_one(School, room.course.school_id)
        with unit_of_work():
            assert look_after(school) == 1
            assert look_after(school) == 0
        (alert,) = db.session.scalars(select(PilotAlert).where(PilotAlert.school_id == school.id)).all()
        assert (alert.kind, alert.about) == ("leak", {"n": 1})
        told = db.session.scalars(
            select(Notice.account_id).where(Notice.school_id == school.id, Notice.kind == "pilot.alert")
        ).all()
        assert set(told) == {room.people["head"].account_id, room.people["deputy"].account_id}
        head = sign(client, room, "head")
        page = head.get(room.url).text
        assert "Вопросы общих работ встречены вне их: 1." in page
        assert "Остановить пилот" in page
        with pytest.raises(CannotPilot), unit_of_work():
            answer_alert(room.head, room.seen(), alert, " ")
        head.post(f"{room.url}/alerts/{alert.id}", data={"words": "Один ответ ученика, который не участвует."})
        assert "Один ответ ученика" in head.get(room.url).text
        with unit_of_work():
            assert look_after(school) == 0  # not again in this week
        head.post(f"{room.url}/stop", data={"words": "Работа попала в чат."})
        assert "Работа попала в чат." in head.get(room.url).text
    with at(16), unit_of_work():
        look_after(db.session.get_one(School, room.course.school_id))
    assert len(db.session.scalars(select(PilotRound).where(PilotRound.school_id == room.course.school_id)).all()) == 1
    with at(28):
        page = sign(client, room, "pupil").get(f"{room.base}/pupils/{room.pupils[0].id}/pilots").text
        assert "закончила его раньше" in page
        assert "/tests/" not in page
    assert {"pilot.alert", "pilot.alert.answered", "pilot.stopped"} <= set(events(room))


def test_the_teacher_reads_who_has_not_sat_the_test(client: SchoolClient, room: Room) -> None:
    begun(room)
    url = f"{room.url}/classes/{room.course.id}"
    with at(28):
        sat(room, room.pupils[0], Sitting.POST, 2)
        page = sign(client, room, "teacher").get(url).text
        assert room.pupils[1].family_name in page
        assert room.pupils[0].family_name not in page.split("<main")[1]
        assert room.people["silent"].family_name not in page.split("<main")[1]
        assert sign(client, room, "another teacher").get(url).status_code == 404
        assert sign(client, room, "parent").get(url).status_code == 404
    with at(40):
        assert "Сейчас открытых работ нет" in sign(client, room, "leader").get(url).text


def test_pupils_and_families_are_told_once_that_it_begins(room: Room) -> None:
    begun(room)
    with at(14), unit_of_work():
        look_after(db.session.get_one(School, room.course.school_id))
    told = db.session.scalars(
        select(Notice.account_id).where(Notice.school_id == room.course.school_id, Notice.kind == "pilot.begun")
    ).all()
    assert sorted(told) == sorted([*(one.account_id for one in room.pupils[:6]), room.people["parent"].account_id])


def test_the_draw_is_told_by_itself_not_through_itself(room: Room) -> None:
    """The test before the draw stands as it is: adjusted for itself it would be nothing but noughts."""
    rows = [Row("a", ("same", "half")[n % 2], None, 40.0 + n) for n in range(60)]
    (one,) = analysis.read(rows, ("same", "half")).differences
    assert one.value == pytest.approx(1.0)
    assert one.may_be_chance


def test_work_and_time_are_counted_by_arm(room: Room) -> None:
    begun(room)
    with at(15):
        facts = {one.arm: one for one in facts_of(room.seen())}
    assert {arm: (one.pupils, one.given, one.done, one.lost) for arm, one in facts.items()} == {
        "same": (3, 12, 0, 0),
        "half": (3, 12, 0, 0),
    }


MAY: dict[str, tuple[int, int, int, int]] = {
    # the list, the pilot, its results, a new one
    "head": (200, 200, 200, 200),
    "deputy": (200, 200, 200, 200),
    "teacher": (200, 200, 200, 404),
    "leader": (200, 200, 200, 404),
    "another teacher": (200, 404, 404, 404),  # of the other class
    "pupil": (404, 404, 404, 404),
    "parent": (404, 404, 404, 404),
    "stranger": (404, 404, 404, 404),
}


def test_who_opens_what(client: SchoolClient, room: Room) -> None:
    begun(room)
    acts = ("register", "draw", "stop", "amend", "export/csv", "key")
    with at(14):
        for who, expected in MAY.items():
            sign(client, room, who)
            urls = (f"{room.base}/pilots", room.url, f"{room.url}/results", f"{room.base}/pilots/new")
            assert tuple(client.get(one).status_code for one in urls) == expected, who
            if who not in {"head", "deputy"}:
                assert {client.post(f"{room.url}/{one}", data={"words": "Так"}).status_code for one in acts} == {404}, (
                    who
                )
            own = client.get(f"{room.base}/pupils/{room.pupils[0].id}/pilots").status_code
            assert own == (200 if who in {"pupil", "parent"} else 404), who


def test_the_author_keeps_a_draft_back(client: SchoolClient, room: Room) -> None:
    teacher = room.people["teacher"]

    with unit_of_work():
        unit = drafts.draft(
            db.session(),
            Author(teacher.account_id, "Учитель"),
            About(kind=UnitKind.TEST, subject_id=room.subject.id, year_from=7, year_to=7, topic_ids=(room.topic_id,)),
            Text(
                title="Своя работа",
                minutes=10,
                items=(WrittenItem(kind="number", spec=question(9)),),
                body_markdown="Решите.",
                summary="Для пилота.",
            ),
            clock.now(),
        )
    page = sign(client, room, "teacher").get("/library/common-tests").text
    assert "Своя работа" in page
    assert client.post(f"/library/common-tests/{unit.id}/hold").status_code == 303
    db.session.expire_all()
    assert unit_of(db.session.get_one(type(room.practice), unit.published_version_id)).held_at is not None
    assert client.get(f"/library/{unit.id}").status_code == 404
    assert sign(client, room, "leader").post(f"/library/common-tests/{unit.id}/let-go").status_code == 404
    assert sign(client, room, "teacher").post(f"/library/common-tests/{unit.id}/let-go").status_code == 303
    assert client.get(f"/library/{unit.id}").status_code == 200
    assert sign(client, room, "pupil").get("/library/common-tests").status_code == 404


def notices(room: Room, who: str) -> str:
    """What somebody's list of news says."""
    told = db.session.execute(select(*COLUMNS).where(NOTICE.c.school_id == room.course.school_id)).all()
    mine = room.people[who].account_id
    account = {
        row[0]: row[1]
        for row in db.session.execute(
            select(NOTICE.c.id, NOTICE.c.account_id).where(NOTICE.c.school_id == room.course.school_id)
        )
    }
    words = [said(SeenNotice(*row)) for row in told if account[row[1]] == mine]
    return " ".join(f"{one.title} {one.words}" for one in words if one)


def unread(room: Room, who: str) -> int:
    return db.session.scalar(select(Account.unread).where(Account.id == room.people[who].account_id)) or 0


def test_notices_speak_the_readers_language_down_to_the_subject(app: Any, room: Room) -> None:
    begun(room)
    with at(28), unit_of_work():
        look_after(db.session.get_one(School, room.course.school_id))
    with app.test_request_context():
        with speaking("en"):
            words = notices(room, "pupil")
            assert room.subject.name_en in words
            assert room.subject.name_ru not in words
        with speaking("ru"):
            assert f"Открыта общая работа: {room.subject.name_ru}" in notices(room, "pupil")


def test_families_are_asked_in_russian_whoever_presses_the_button(client: SchoolClient, room: Room) -> None:
    room.plan()
    account = room.make.account_of(room.people["head"])
    with unit_of_work():
        db.session.merge(account).locale = "en"
    head = sign(client, room, "head")
    assert "Register and ask the families" in head.get(room.url).text
    assert head.post(f"{room.url}/register").status_code == 303
    assert "Fingerprint of the protocol" in head.get(room.url).text
    ask = db.session.scalars(select(Ask).where(Ask.school_id == room.course.school_id)).one()
    assert ask.title == f"Участие в сравнении: {room.subject.name_ru}"
    assert "Участие добровольно" in ask.text


def test_stopping_takes_back_what_was_asked_and_announced(app: Any, client: SchoolClient, room: Room) -> None:
    begun(room)
    with at(28):
        with unit_of_work():
            look_after(db.session.get_one(School, room.course.school_id))
        before = unread(room, "pupil")
        sign(client, room, "head").post(f"{room.url}/stop", data={"words": "Работа попала в чат."})
        with app.test_request_context(), speaking("ru"):
            words = notices(room, "pupil")
            assert "Открыта общая работа" not in words
            assert "Сравнение начинается" not in words
            assert "Общая работа отменена" in words
            assert "Сравнение закончилось раньше срока" in notices(room, "parent")
        assert unread(room, "pupil") == before - 2
        with unit_of_work():
            look_after(db.session.get_one(School, room.course.school_id))
        assert unread(room, "pupil") == before - 2


def test_a_pilot_stopped_while_families_answer_asks_nobody_any_more(client: SchoolClient, room: Room) -> None:
    room.plan().register()
    ask = db.session.scalars(select(Ask).where(Ask.school_id == room.course.school_id)).one()
    with at(2):
        parent = sign(client, room, "parent")
        waiting = unread(room, "parent")
        assert waiting
        sign(client, room, "head").post(f"{room.url}/stop", data={"words": "Нет согласия управляющего совета."})
        db.session.expire_all()
        assert ask.due_on < clock.today()
        assert sign(client, room, "parent").get(f"{room.base}/pupils/{room.pupils[0].id}/asks").status_code in {
            200,
            404,
        }
        assert parent is not None


def test_who_left_or_has_begun_is_not_told_to_sit_the_test(app: Any, client: SchoolClient, room: Room) -> None:
    begun(room)
    with at(28):
        with unit_of_work():
            look_after(db.session.get_one(School, room.course.school_id))
        before = unread(room, "pupil")
        page = f"{room.base}/pupils/{room.pupils[0].id}/pilots"
        pupil = sign(client, room, "pupil")
        begin = re.search(r'action="([^"]+/tests/[^"]+)"', pupil.get(page).text)
        assert begin
        pupil.post(begin[1])
        assert unread(room, "pupil") == before - 1
        pupil.post(f"{page}/{room.pilot_id}/leave")
        with app.test_request_context(), speaking("ru"):
            assert "Общая работа отменена" in notices(room, "pupil")


def test_a_test_of_another_year_needs_a_reason_in_the_protocol(client: SchoolClient, room: Room) -> None:
    unit = unit_of(room.tests[Sitting.PRE])
    with unit_of_work():
        unit.year_from = unit.year_to = 6
    refused(room.plan(), "работа 6–7 класса, а классы учатся в 7")
    with unit_of_work():
        unit.year_from, unit.year_to = 5, 8
    room.plan(other_year="Входная работа: повторение шестого класса.")
    plain = protocol_of(room.row())
    assert digest_of(room.seen(), room.row(), chosen_of(room.course.school_id, room.row().id)) != digest_of(
        room.seen(), Pilot(**{**vars_of(room.row()), "other_year": ""}), chosen_of(room.course.school_id, room.row().id)
    )
    assert plain.other_year
    with unit_of_work():
        unit.year_from = unit.year_to = 6
    room.register()
    page = sign(client, room, "head").get(room.url).text
    assert "Входная работа: повторение шестого класса." in page


def vars_of(row: Any) -> dict[str, Any]:
    return {one.key: getattr(row, one.key) for one in row.__mapper__.column_attrs}


def test_a_question_on_a_topic_of_another_year_or_subject_is_seen(room: Room) -> None:
    version, year = room.tests[Sitting.PRE], 7
    assert strange_of(version.id, room.subject.id, year) is None
    topic = db.session.get_one(Topic, room.topic_id)
    with unit_of_work():
        topic.year_level = 5
    strange = strange_of(version.id, room.subject.id, year)
    assert strange is not None
    assert (strange.is_subject, strange.years) == (False, "5")
    with unit_of_work():
        topic.subject_id = room.make.subject().id
    strange = strange_of(version.id, room.subject.id, year)
    assert strange is not None
    assert strange.is_subject


def test_a_file_tells_nothing_of_a_test_that_is_still_open(client: SchoolClient, room: Room) -> None:
    begun(room)
    with at(28):
        for n, pupil in enumerate(room.pupils[:5]):
            sat(room, pupil, Sitting.POST, 1 + n % 4)
    with at(57):  # the delayed test is open
        sat(room, room.pupils[0], Sitting.DELAYED, 4)
        head = sign(client, room, "head")
        rows = list(csv.DictReader(io.StringIO(head.post(f"{room.url}/export/csv").data.decode("utf-8-sig"))))
        assert {one["delayed_state"] for one in rows} == {"later"}
        assert {one["delayed_share"] for one in rows} == {""}
        assert sorted(one["post_state"] for one in rows) == ["absent", *["sat"] * 5]
        assert {(one["tasks_given"], one["tasks_done"]) for one in rows} == {("4", "0")}
        assert {one["protocol"] for one in rows} == {room.row().digest[:16]}
        assert "delayed" not in head.post(f"{room.url}/export/answers").text
    with at(63):
        book = load_workbook(io.BytesIO(sign(client, room, "head").post(f"{room.url}/export/xlsx").data))
        assert book.sheetnames == ["pupils", "answers", "protocol", "flow", "results", "codebook"]
        protocol = dict(book["protocol"].iter_rows(min_row=2, values_only=True))
        assert protocol["fingerprint"] == room.row().digest
        assert protocol["delayed: version of the test"] == str(room.tests[Sitting.DELAYED].id)
        assert protocol["number of the draw"] == str(room.row().seed)
        flow = {(step, arm): n for step, arm, n in book["flow"].iter_rows(min_row=2, values_only=True)}
        assert (flow["agreed", None], flow["declined or left", None], flow["no answer", None]) == (6, 1, 1)
        assert flow["drawn", "same"] == flow["drawn", "half"] == 3
        assert sum(n for (step, _arm), n in flow.items() if step == "delayed: sat") == 1
        assert head.post(f"{room.url}/export/protocol").text.count("codebook") > 20
