"""Parents acknowledge results of control works and exams from outside: asked out of the report, which then says who has."""

from datetime import timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from school.asks.models import Ask, AskAnswer
from school.core import clock
from school.core.database import db, new_id
from school.core.records.models import RecordEvent
from school.progress.models import OutsideResult
from tests.browsing import SchoolClient
from tests.factories import Make
from tests.school.reports.rooms import Room, a_room

EXAM = "Диагностика «Читательская грамотность»"


@pytest.fixture
def room(make: Make) -> Room:
    """The class with a control work of two pupils, a third's mark in its quiet window, an everyday mark, and an exam of one."""
    room = a_room(make)
    algebra = room.courses[0]
    column = make.column(make.lesson(algebra, days=-5), title="Степени")
    make.mark(column, room.pupils["Антонова"], 4)
    make.mark(column, room.pupils["Васин"], 2)
    make.mark(column, room.pupils["Грачёв"], 5, released=False)
    make.mark(make.column(make.lesson(algebra, days=-4), "Ответ на уроке"), room.pupils["Антонова"], 3)
    day = clock.today() - timedelta(days=3)
    for name in ("Антонова", "Борисов"):
        make.save(
            OutsideResult(
                school_id=room.school_id,
                id=new_id(),
                pupil_id=room.pupils[name].id,
                class_id=room.group.id,
                subject_id=algebra.subject_id,
                name=EXAM,
                on_date=day,
                percent=72,
                brought_at=clock.now(),
                brought_by=new_id(),
            )
        )
    return room


def ask_addresses(page: str) -> list[str]:
    return [
        one.split('"')[0].replace("&amp;", "&") for one in page.split('href="')[1:] if "/results/" in one.split('"')[0]
    ]


def test_a_family_acknowledges_its_own_result_and_the_report_says_so(client: SchoolClient, room: Room) -> None:
    make, url = room.make, room.url("acknowledgement")
    client.sign_in(make.account_of(room.people["class teacher"]))
    page = client.get(url).text
    assert "Контрольная работа: Степени" in page
    assert "Читательская" in page
    assert "Ответ на уроке" not in page
    exam, work = ask_addresses(page)
    form = client.get(work).text
    assert "Результат есть у 2 учеников" in form, "not of the mark that no family has seen"
    last = str(clock.today() + timedelta(days=5))
    sent = {"title": "Результат", "text": "Посмотрите.", "due_on": last}
    assert client.post(work, data={**sent, "text": ""}).status_code == 422
    assert client.post(work, data=sent).status_code == 303
    assert client.post(work, data=sent).status_code == 303, "asked once"
    [asked] = db.session.scalars(select(Ask).where(Ask.school_id == room.school_id))
    assert (asked.kind, asked.about[:5], asked.group_id) == ("note", "work:", room.group.id)
    assert "0 из 2" in client.get(url).text
    assert len(ask_addresses(client.get(url).text)) == 1

    client.sign_in(make.account_of(room.people["parent"]))
    address = f"/s/{room.school_id}/pupils/{room.pupils['Антонова'].id}/asks/{asked.id}"
    shown = client.get(address).text
    assert "Результат: " in shown
    assert "<dd>4</dd>" in shown.replace("\n", "")
    assert client.post(address, data={"answer": "read"}).status_code == 303
    said = select(RecordEvent).where(RecordEvent.school_id == room.school_id, RecordEvent.kind == "ask.answered")
    assert '"result":"4"' in db.session.scalars(said).one().payload, "what was acknowledged is sealed with the word"

    client.sign_in(make.account_of(room.people["class teacher"]))
    page = client.get(url).text
    assert "1 из 2" in page
    parent = room.people["parent"]
    assert f"{parent.given_name} {parent.patronymic}" in page
    report = client.get(room.url("class-teacher")).text
    assert "Ознакомление родителей с результатами" in report
    assert "1 из 2" in report
    assert "Васин" in report.split("Ознакомление родителей")[-1]
    rows = list(load_workbook(BytesIO(client.get(room.url("acknowledgement", "xlsx")).data)).worksheets[0].values)
    assert any("1 из 2" in [str(cell) for cell in row] for row in rows)
    assert client.get(room.url("acknowledgement", "pdf")).data.startswith(b"%PDF")
    [given] = db.session.scalars(select(AskAnswer).where(AskAnswer.school_id == room.school_id))
    assert given.by_id == parent.id
    assert client.post(exam, data=sent).status_code == 303
    client.sign_in(make.account_of(room.people["parent"]))
    of_exam = db.session.scalars(
        select(Ask).where(Ask.school_id == room.school_id, Ask.about.startswith("exam:"))
    ).one()
    assert "72 % баллов" in client.get(address.replace(str(asked.id), str(of_exam.id))).text


def test_strangers_ask_nothing(client: SchoolClient, room: Room) -> None:
    make = room.make
    client.sign_in(make.account_of(room.people["class teacher"]))
    exam, work = ask_addresses(client.get(room.url("acknowledgement")).text)
    assert client.get(work.replace("work%3A", "work%3A0").replace("work:", "work:0")).status_code == 404
    for who in ("teacher", "another teacher", "parent", "pupil", "admin", "head of another school"):
        client.sign_in(make.account_of(room.people[who]))
        assert client.get(exam).status_code == 404, who
        assert client.get(room.url("acknowledgement")).status_code == 404, who
