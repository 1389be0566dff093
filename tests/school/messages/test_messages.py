"""A teacher and a family write to each other; nobody else reads it, and teachers have their quiet hours."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest
from flask import Flask
from sqlalchemy import select

from school.classes.models import Enrolment
from school.core import clock
from school.core.database import db
from school.core.jobs import Worker
from school.core.records.models import RecordEvent
from school.core.transactions import unit_of_work
from school.messages.actions.counting import count_everybodys
from school.messages.models import TalkMessage, TalkReport
from school.notices.models import Notice
from school.people.models import Guardianship, Member
from tests.browsing import SchoolClient
from tests.factories import Make

WEDNESDAY = datetime.fromisoformat("2026-11-25T15:00+03:00")


def at(hour: int, minute: int = 0, days: int = 0) -> datetime:
    return WEDNESDAY.replace(hour=hour, minute=minute) + timedelta(days=days)


@pytest.fixture
def room(app: Flask, make: Make, client: SchoolClient) -> Iterator[SimpleNamespace]:
    """A class with its teacher and leader, a pupil with two parents and one who may not see progress; others beside."""
    with clock.stopped_at(at(15)):
        course = make.course(pupils=2)
        school = make.school_of(course)
        leader = make.teacher(school)
        make.lead(make.group_of(course), leader)
        pupil, other = make.pupils_of(course)
        beside = make.course(make.school_class(school, letter="В"), pupils=1)
        away = make.course(pupils=1)
        yield SimpleNamespace(
            app=app,
            make=make,
            client=client,
            school=school,
            course=course,
            pupil=pupil,
            teacher=make.teacher_of(course),
            leader=leader,
            parent=make.parent(school, pupil),
            second=make.parent(school, pupil),
            blind=make.parent(school, pupil, sees_progress=False),
            classmate=make.parent(school, other),
            neighbour=make.parent(school, make.pupils_of(beside)[0]),
            colleague=make.teacher_of(beside),
            deputy=make.member(school, "deputy"),
            admin=make.member(school, "admin"),
            far_teacher=make.teacher_of(away),
            far_parent=make.parent(make.school_of(away), make.pupils_of(away)[0]),
            far_deputy=make.member(make.school_of(away), "deputy"),
        )


def address(room: SimpleNamespace, staff: str = "teacher") -> str:
    return f"/s/{room.school.id}/pupils/{room.pupil.id}/messages/{getattr(room, staff).id}"


def as_(room: SimpleNamespace, who: str) -> SchoolClient:
    client: SchoolClient = room.client
    return client.sign_in(room.make.account_of(getattr(room, who)))


def writes(room: SimpleNamespace, who: str, text: str, now: datetime, staff: str = "teacher") -> None:
    with clock.stopped_at(now):
        answer = as_(room, who).post(address(room, staff), data={"text": text})
        assert answer.status_code == 303, answer.text


def works(room: SimpleNamespace, now: datetime) -> None:
    db.session.rollback()
    with clock.stopped_at(now):
        Worker(room.app, periodic=False).run_until_empty()
    db.session.expire_all()


def told(room: SimpleNamespace, kind: str = "message.arrived") -> set[object]:
    return set(
        db.session.scalars(select(Notice.account_id).where(Notice.school_id == room.school.id, Notice.kind == kind))
    )


def accounts(*members: Member) -> set[object]:
    return {one.account_id for one in members}


def test_a_teacher_writes_both_parents_read_and_the_teacher_sees_it(room: SimpleNamespace) -> None:
    writes(room, "teacher", "Саша сегодня молодец.\nПриходите в четверг.", at(15))
    works(room, at(15))
    assert told(room) == accounts(room.parent, room.second), "not who may not see progress"
    with clock.stopped_at(at(15, 30)):
        client = as_(room, "parent")
        assert "Сообщение:" in client.get("/notices").text
        assert "молодец" not in client.get("/notices").text
        assert "1 новое" in client.get("/messages").text
        assert "Приходите в четверг" in client.get(address(room)).text
        assert client.post(f"{address(room)}/read").status_code == 303
        assert "1 новое" not in client.get("/messages").text
        assert "Приходите в четверг" in as_(room, "second").get(address(room)).text
    page = as_(room, "teacher").get(address(room)).text
    assert "прочитано" in page
    assert "15:30" in page
    row = db.session.scalars(select(TalkMessage).where(TalkMessage.school_id == room.school.id)).one()
    assert row.read_by == room.parent.id


def test_a_family_writes_in_the_teachers_quiet_hours(room: SimpleNamespace) -> None:
    writes(room, "parent", "Можно сдать завтра?", at(21, 15))
    works(room, at(21, 15))
    assert told(room) == set()
    with clock.stopped_at(at(21, 20)):
        mine = as_(room, "parent").get(address(room)).text
        assert "Можно сдать завтра?" in mine
        assert "придёт завтра, в 8:00" in mine
        teacher = as_(room, "teacher")
        assert "Можно сдать" not in teacher.get(address(room)).text
        assert room.pupil.family_name not in teacher.get("/messages").text
    works(room, at(8, days=1))
    assert told(room) == accounts(room.teacher)
    with clock.stopped_at(at(8, 1, days=1)):
        assert "Можно сдать" in as_(room, "teacher").get(address(room)).text


def test_a_message_of_the_quiet_hours_moves_nothing_in_the_teachers_list(room: SimpleNamespace) -> None:
    writes(room, "parent", "Спасибо!", at(15))
    works(room, at(15))
    writes(room, "parent", "Можно сдать завтра?", at(21, 15))
    with clock.stopped_at(at(21, 20)):
        assert "21:15" not in as_(room, "teacher").get("/messages").text
        assert "15:00" in as_(room, "teacher").get("/messages").text
        assert "21:15" in as_(room, "parent").get("/messages").text
    with clock.stopped_at(at(8, 1, days=1)):
        page = as_(room, "teacher").get("/messages").text
        assert "8:00" in page
        assert "2 новых" in page


def test_a_friday_evenings_message_arrives_on_monday(room: SimpleNamespace) -> None:
    writes(room, "parent", "Вопрос", at(19, 30, days=2))
    row = db.session.scalars(select(TalkMessage).where(TalkMessage.school_id == room.school.id)).one()
    assert row.arrives_at == at(8, days=5)


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("teacher", 200),
        ("parent", 200),
        ("second", 200),
        ("leader", 404),
        ("blind", 404),
        ("classmate", 404),
        ("neighbour", 404),
        ("colleague", 404),
        ("deputy", 404),
        ("admin", 404),
        ("pupil", 404),
        ("far_teacher", 404),
        ("far_parent", 404),
        ("far_deputy", 404),
    ],
)
def test_nobody_else_reads_or_writes(room: SimpleNamespace, who: str, status: int) -> None:
    writes(room, "teacher", "Между нами", at(15))
    client = as_(room, who)
    assert client.get(address(room)).status_code == status
    sent = client.post(address(room), data={"text": "Вставка"})
    assert sent.status_code == (303 if status == 200 else 404)
    assert client.post(f"{address(room)}/read").status_code == (303 if status == 200 else 404)
    if status == 404 and who not in {"far_teacher", "far_parent", "far_deputy"}:
        assert "Между нами" not in client.get("/messages").text


def test_whom_a_family_may_write_to(room: SimpleNamespace) -> None:
    begin = f"/s/{room.school.id}/pupils/{room.pupil.id}/messages"
    page = as_(room, "parent").get(begin).text
    assert page.index(room.leader.family_name) < page.index(room.teacher.given_name), "the class teacher first"
    assert "классный руководитель" in page
    assert str(room.colleague.id) not in page
    client = as_(room, "parent")
    assert client.get(address(room, "leader")).status_code == 200
    for nobody in ("colleague", "deputy", "admin", "classmate", "far_teacher", "second"):
        assert client.get(address(room, nobody)).status_code == 404, nobody
    assert as_(room, "leader").get(begin).headers["Location"].endswith(str(room.leader.id))
    assert as_(room, "deputy").get(begin).status_code == 404
    with unit_of_work():
        db.session.execute(
            db.update(Guardianship)
            .where(Guardianship.school_id == room.school.id, Guardianship.guardian_id == room.parent.id)
            .values(to_on=at(0, days=-1).date())
        )
    assert as_(room, "parent").get(address(room)).status_code == 404


def test_after_the_teacher_has_left_the_pupil_the_talk_is_read_only(room: SimpleNamespace) -> None:
    writes(room, "teacher", "До свидания", at(15))
    with unit_of_work():
        db.session.execute(
            db.update(Enrolment)
            .where(Enrolment.school_id == room.school.id, Enrolment.pupil_id == room.pupil.id)
            .values(to_on=at(0, days=-1).date())
        )
    for who in ("teacher", "parent"):
        client = as_(room, who)
        page = client.get(address(room)).text
        assert "До свидания" in page
        assert "больше не ведёт" in page
        client.post(address(room), data={"text": "Ещё"})
    assert len(db.session.scalars(select(TalkMessage).where(TalkMessage.school_id == room.school.id)).all()) == 1


def test_a_deputy_head_reads_only_what_was_reported(room: SimpleNamespace) -> None:
    writes(room, "parent", "Обидные слова", at(15))
    works(room, at(15))
    message = db.session.scalars(select(TalkMessage).where(TalkMessage.school_id == room.school.id)).one()
    report = f"{address(room)}/{message.id}/report"
    assert as_(room, "parent").get(report).status_code == 404, "not one's own"
    assert as_(room, "classmate").post(report, data={"why": "так"}).status_code == 404
    teacher = as_(room, "teacher")
    assert "Попросить завуча" in teacher.get(address(room)).text
    assert teacher.post(report, data={"why": ""}).status_code == 422
    assert teacher.post(report, data={"why": "Грубость"}).status_code == 303
    assert teacher.post(report, data={"why": "Ещё раз"}).status_code == 404
    assert told(room, "message.reported") == accounts(room.deputy)
    [asked] = db.session.scalars(select(TalkReport).where(TalkReport.school_id == room.school.id)).all()
    judge = f"/s/{room.school.id}/messages/reports/{asked.id}"
    for stranger in ("teacher", "parent", "colleague", "admin", "far_deputy"):
        assert as_(room, stranger).get(judge).status_code == 404
    deputy = as_(room, "deputy")
    assert "Грубость" in deputy.get(f"/s/{room.school.id}/messages/reports").text
    assert "Обидные слова" in deputy.get(judge).text
    assert "Обидные слова" in deputy.get(address(room)).text
    assert deputy.post(address(room), data={"text": "От завуча"}).status_code in {403, 404, 422}
    assert deputy.post(f"{address(room)}/read").status_code == 404
    assert deputy.post(judge, data={"answer": "Поговорили с семьёй"}).status_code == 303
    assert told(room, "message.report_answered") == accounts(room.teacher)
    assert len(db.session.scalars(select(TalkMessage).where(TalkMessage.school_id == room.school.id)).all()) == 1
    kinds = select(RecordEvent.kind).where(RecordEvent.school_id == room.school.id)
    assert {"message.reported", "message.report_answered"} <= set(db.session.scalars(kinds))


def test_an_empty_or_endless_message_is_not_sent(room: SimpleNamespace) -> None:
    client = as_(room, "parent")
    for text in ("", "   ", "а" * 3001):
        assert client.post(address(room), data={"text": text}).status_code == 422
    assert "<script>" not in client.post(address(room), data={"text": "<script>1</script>"}, follow_redirects=True).text


def waiting(room: SimpleNamespace, who: str) -> int:
    db.session.expire_all()
    number: int = room.make.account_of(getattr(room, who)).unread_messages
    return number


def test_the_frame_counts_what_was_not_read(room: SimpleNamespace) -> None:
    writes(room, "teacher", "Первое", at(15))
    writes(room, "teacher", "Второе", at(15, 1))
    assert waiting(room, "parent") == 0, "it counts from its arrival on"
    works(room, at(15, 2))
    assert [waiting(room, who) for who in ("parent", "second")] == [2, 2]
    strangers = ("blind", "classmate", "neighbour", "far_parent", "teacher", "colleague", "far_teacher")
    assert {waiting(room, who) for who in strangers} == {0}
    with clock.stopped_at(at(15, 30)):
        parent = as_(room, "parent")
        assert parent.get("/family").text.count('aria-label="Сообщения: 2 не прочитаны"') == 2, (
            "in the frame, on the home"
        )
        parent.post("/notices/seen")
        assert waiting(room, "parent") == 2, "a list of news is not the message"
        parent.post(f"{address(room)}/read")
        assert "не прочитан" not in parent.get("/family").text
    assert waiting(room, "second") == 0, "both are one family"
    writes(room, "parent", "Спасибо!", at(16))
    works(room, at(16))
    assert waiting(room, "teacher") == 1
    with clock.stopped_at(at(16, 30)):
        as_(room, "teacher").post(f"{address(room)}/read")
    assert waiting(room, "teacher") == 0


def test_numbers_follow_families_that_change_without_a_message(room: SimpleNamespace) -> None:
    writes(room, "teacher", "Первое", at(15))
    works(room, at(15, 1))
    with unit_of_work(), clock.stopped_at(at(16)):
        link = select(Guardianship).where(
            Guardianship.school_id == room.school.id, Guardianship.guardian_id == room.second.id
        )
        db.session.scalars(link).one().sees_progress = False
        db.session.flush()
        count_everybodys()
    assert [waiting(room, who) for who in ("parent", "second")] == [1, 0]
