"""A school asks, each family answers once for the child with a receipt, and who asked sees who has not yet."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest
from flask import Flask
from sqlalchemy import select

from school.asks.actions.asking import text_hash
from school.asks.models import Ask, AskAnswer
from school.core import clock
from school.core.database import db
from school.core.jobs import Worker
from school.core.records import seal
from school.core.records.canonical import canonical
from school.core.records.models import RecordEvent
from school.core.transactions import unit_of_work
from school.notices.models import Notice
from school.people.models import Member
from tests.browsing import SchoolClient
from tests.factories import Make

WEDNESDAY = datetime.fromisoformat("2026-11-25T15:00+03:00")
TITLE, TEXT = "Экскурсия в Третьяковскую галерею", "Едем 4 декабря, сбор в 9:00.\nСтоимость 300 рублей."


def day(days: int) -> datetime:
    return WEDNESDAY + timedelta(days=days)


@pytest.fixture
def room(app: Flask, make: Make, client: SchoolClient) -> Iterator[SimpleNamespace]:
    """A class of three with its leader; the first pupil has two parents; another class and another school beside."""
    with clock.stopped_at(WEDNESDAY):
        course = make.course(pupils=3)
        school = make.school_of(course)
        group = make.group_of(course)
        leader = make.teacher(school)
        make.lead(group, leader)
        pupil, second, third = make.pupils_of(course)
        beside = make.school_class(school, letter="В")
        other = make.teacher(school)
        make.lead(beside, other)
        away = make.course(pupils=1)
        yield SimpleNamespace(
            app=app,
            make=make,
            client=client,
            school=school,
            group=group,
            beside=beside,
            pupil=pupil,
            second=second,
            third=third,
            leader=leader,
            other=other,
            teacher=make.teacher_of(course),
            deputy=make.member(school, "deputy"),
            mother=make.parent(school, pupil),
            father=make.parent(school, pupil),
            blind=make.parent(school, pupil, sees_progress=False),
            parent2=make.parent(school, second),
            far_deputy=make.member(make.school_of(away), "deputy"),
            far_parent=make.parent(make.school_of(away), make.pupils_of(away)[0]),
        )


def as_(room: SimpleNamespace, who: str) -> SchoolClient:
    client: SchoolClient = room.client
    return client.sign_in(room.make.account_of(getattr(room, who)))


def new(room: SimpleNamespace, group: str = "group") -> str:
    return f"/s/{room.school.id}/classes/{getattr(room, group).id}/asks/new"


def asks(room: SimpleNamespace, kind: str = "consent", days: int = 5, who: str = "leader") -> Ask:
    sent = {"kind": kind, "title": TITLE, "text": TEXT, "due_on": day(days).date().isoformat()}
    answer = as_(room, who).post(new(room), data=sent)
    assert answer.status_code == 303, answer.text
    return db.session.scalars(select(Ask).where(Ask.school_id == room.school.id)).one()


def page_of(room: SimpleNamespace, ask: Ask, pupil: str = "pupil") -> str:
    return f"/s/{room.school.id}/pupils/{getattr(room, pupil).id}/asks/{ask.id}"


def answers_page(room: SimpleNamespace, ask: Ask) -> str:
    return f"/s/{room.school.id}/classes/{room.group.id}/asks/{ask.id}"


def waiting(room: SimpleNamespace, *members: Member) -> int:
    rows = select(Notice.id).where(
        Notice.school_id == room.school.id,
        Notice.kind == "ask.made",
        Notice.seen_at.is_(None),
        Notice.account_id.in_([one.account_id for one in members]),
    )
    return len(db.session.scalars(rows).all())


def test_a_family_agrees_and_keeps_a_receipt(room: SimpleNamespace) -> None:
    ask = asks(room)
    assert waiting(room, room.mother, room.father, room.parent2) == 3
    assert waiting(room, room.blind, room.far_parent) == 0
    mother = as_(room, "mother")
    assert "Третьяковскую" in mother.get("/asks").text
    assert "Стоимость 300 рублей" in mother.get(page_of(room, ask)).text
    assert mother.post(page_of(room, ask), data={"answer": "yes"}).status_code == 303
    assert waiting(room, room.mother, room.father) == 0, "the other parent need not answer"
    assert waiting(room, room.parent2) == 1
    assert "в течение минуты" in mother.get(page_of(room, ask)).text
    db.session.rollback()
    with unit_of_work():
        seal()
    assert "Скачать квитанцию" in mother.get(page_of(room, ask)).text
    file = mother.get(f"{page_of(room, ask)}/receipt.json").text
    made = json.loads(file)
    assert file == canonical(made) + "\n", "to the byte as the offline verifier takes it"
    said = made["event"]["payload"]
    said = json.loads(said) if isinstance(said, str) else said
    assert (said["answer"], said["text"], said["ask"]) == ("yes", text_hash(TITLE, TEXT), str(ask.id))
    assert TITLE not in json.dumps(made, ensure_ascii=False)
    leader = as_(room, "leader")
    page = leader.get(answers_page(room, ask)).text
    assert page.index("Ещё не ответили") < page.index(room.second.family_name) < page.index("согласие дано")
    assert "1 из 3" in leader.get("/asks").text


def test_a_family_changes_its_mind_until_the_last_day(room: SimpleNamespace) -> None:
    ask = asks(room, days=2)
    as_(room, "mother").post(page_of(room, ask), data={"answer": "yes"})
    with clock.stopped_at(day(2)):
        assert as_(room, "father").post(page_of(room, ask), data={"answer": "no"}).status_code == 303
    with clock.stopped_at(day(3)):
        late = as_(room, "mother")
        assert late.post(page_of(room, ask), data={"answer": "yes"}).status_code == 403
        assert "Срок ответа прошёл" in as_(room, "parent2").get(page_of(room, ask, "second")).text
    row = db.session.scalars(select(AskAnswer).where(AskAnswer.school_id == room.school.id)).one()
    assert (row.answer, row.by_id) == ("no", room.father.id)
    events = db.session.scalars(
        select(RecordEvent.payload)
        .where(RecordEvent.school_id == room.school.id, RecordEvent.kind == "ask.answered")
        .order_by(RecordEvent.at)
    ).all()
    assert [json.loads(one)["answer"] for one in events] == ["yes", "no"], "the record keeps both"


def test_only_what_was_asked_can_be_answered(room: SimpleNamespace) -> None:
    ask = asks(room, kind="note")
    mother = as_(room, "mother")
    assert mother.post(page_of(room, ask), data={"answer": "yes"}).status_code == 422
    assert mother.post(page_of(room, ask), data={"answer": "read"}).status_code == 303
    assert "прочитано" in as_(room, "leader").get(answers_page(room, ask)).text


@pytest.mark.parametrize("who", ["blind", "parent2", "far_parent", "leader", "deputy", "far_deputy", "pupil"])
def test_nobody_answers_for_another_family(room: SimpleNamespace, who: str) -> None:
    ask = asks(room)
    client = as_(room, who)
    assert client.get(page_of(room, ask)).status_code == 404
    assert client.post(page_of(room, ask), data={"answer": "yes"}).status_code == 404
    assert client.get(f"{page_of(room, ask)}/receipt.json").status_code == 404
    assert not db.session.scalars(select(AskAnswer).where(AskAnswer.school_id == room.school.id)).all()


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("leader", True),
        ("deputy", True),
        ("other", False),
        ("teacher", False),
        ("mother", False),
        ("far_deputy", False),
    ],
)
def test_who_asks_and_sees_the_answers(room: SimpleNamespace, who: str, may: bool) -> None:
    ask = asks(room)
    client = as_(room, who)
    assert client.get(new(room)).status_code == (200 if may else 404)
    assert client.get(answers_page(room, ask)).status_code == (200 if may else 404)
    assert client.post(f"{answers_page(room, ask)}/remind").status_code == (303 if may else 404)


def test_an_ask_of_one_class_is_not_another_classes(room: SimpleNamespace) -> None:
    ask = asks(room)
    wrong = f"/s/{room.school.id}/classes/{room.beside.id}/asks/{ask.id}"
    assert as_(room, "other").get(wrong).status_code == 404


def test_reminders_go_to_those_who_have_not_answered_once_a_day(room: SimpleNamespace) -> None:
    ask = asks(room, days=3)
    as_(room, "mother").post(page_of(room, ask), data={"answer": "yes"})
    leader = as_(room, "leader")
    assert "Напомнили 1 человеку" in leader.post(f"{answers_page(room, ask)}/remind", follow_redirects=True).text
    again = leader.post(f"{answers_page(room, ask)}/remind", follow_redirects=True).text
    assert "Сегодня всем уже напомнили" in again
    db.session.rollback()
    with clock.stopped_at(day(2).replace(hour=17)):
        Worker(room.app, periodic=False).run_until_empty()
    db.session.expire_all()
    assert waiting(room, room.parent2) == 3, "asked, reminded by the teacher, and on the eve"
    assert waiting(room, room.mother, room.father) == 0


def test_a_question_needs_words_and_a_day_ahead(room: SimpleNamespace) -> None:
    leader = as_(room, "leader")
    good = {"kind": "consent", "title": TITLE, "text": TEXT, "due_on": day(5).date().isoformat()}
    for wrong in (
        {"title": ""},
        {"text": " "},
        {"due_on": day(-1).date().isoformat()},
        {"kind": "vote"},
        {"due_on": ""},
    ):
        assert leader.post(new(room), data={**good, **wrong}).status_code == 422, wrong


def open_for(room: SimpleNamespace, *who: str) -> list[int]:
    db.session.expire_all()
    return [room.make.account_of(getattr(room, one)).open_asks for one in who]


def test_the_frame_counts_what_a_family_may_still_answer(room: SimpleNamespace) -> None:
    ask = asks(room, days=2)
    assert open_for(room, "mother", "father", "parent2") == [1, 1, 1]
    assert open_for(room, "blind", "far_parent", "leader", "deputy") == [0] * 4
    mother = as_(room, "mother")
    assert mother.get("/family").text.count('aria-label="Школа спрашивает: 1 без ответа"') == 2
    mother.post(page_of(room, ask), data={"answer": "yes"})
    assert open_for(room, "mother", "father", "parent2") == [0, 0, 1]
    assert "без ответа" not in mother.get("/family").text
    db.session.rollback()
    with clock.stopped_at(day(3)):
        Worker(room.app, periodic=False).run_until_empty()
    assert open_for(room, "parent2") == [0], "after the last day it waits for nobody"
