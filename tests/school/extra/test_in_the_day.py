"""An extra lesson stands in the days of all whom it concerns, and nobody is in two places at once."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from school.classes.actions import CannotDo, generate_lessons, move_lesson, put_slot, restore_lesson, substitute
from school.classes.actions.timetable import Place
from school.classes.models import Enrolment, ExtraLesson, Lesson, SchoolYear, TimetableSlot
from school.classes.queries import get_course, get_lesson
from school.core import clock
from school.core.database import db, new_id
from school.core.transactions import unit_of_work
from school.extra.actions import propose_extras
from school.notices.models import Notice
from school.people.models import Member
from tests.browsing import SchoolClient
from tests.school.extra.test_extra import TUESDAY, Room, at, form_of, notices, offered, room, sign
from tests.school.progress.test_routes import answered

__all__ = ["room"]
WEDNESDAY = TUESDAY + timedelta(1)


@pytest.fixture
def lesson(client: SchoolClient, room: Room) -> ExtraLesson:
    """On Wednesday 13:35–14:15 in the teacher's room, seven invited."""
    return offered(client, room)


def test_it_stands_in_the_week_of_teacher_pupil_and_parent(
    client: SchoolClient, room: Room, lesson: ExtraLesson
) -> None:
    week = sign(client, room, "teacher").get(f"{room.base}/timetable").text
    assert f"{room.base}/extra/{lesson.id}" in week
    assert "13:35–14:15" in week
    own = f"{room.base}/pupils/{room.pupils[0].id}/extra/{lesson.id}"
    assert own in sign(client, room, "pupil").get(f"{room.base}/timetable").text
    diary = client.get(f"{room.base}/diary").text
    assert "Дополнительный урок:" in diary
    assert diary.index("<span>12:30") < diary.index("<span>13:35")
    child = f"{room.base}/pupils/{room.pupils[0].id}/diary"
    assert "Дополнительный урок:" in sign(client, room, "parent").get(child).text
    assert "Дополнительный урок:" not in sign(client, room, "mate").get(f"{room.base}/diary").text
    # Who has said no has the evening for themselves.
    sign(client, room, "pupil").post(own, data={"reply": "no"})
    assert "Дополнительный урок:" not in client.get(f"{room.base}/diary").text


def test_homes_say_what_is_next(client: SchoolClient, room: Room, lesson: ExtraLesson) -> None:
    with clock.stopped_at(lesson.starts_at - timedelta(minutes=5)):
        home = sign(client, room, "teacher").get(f"{room.base}/teacher").text
        assert f'href="{room.base}/extra/{lesson.id}"' in home
        assert "13:35" in sign(client, room, "pupil").get(f"{room.base}/pupil").text
        assert "Дополнительный урок:" in client.get(f"{room.base}/pupil").text
        assert "Дополнительный урок:" in sign(client, room, "parent").get("/family").text
        assert "Дополнительный урок:" not in sign(client, room, "another parent").get("/family").text


def test_it_is_in_the_calendar_of_a_telephone(client: SchoolClient, room: Room, lesson: ExtraLesson) -> None:
    page = sign(client, room, "pupil").post(f"{room.base}/timetable/feed").text
    address = re.search(r"/s/\d+/calendar/[^\"]+\.ics", page)
    assert address
    events = client.get(address[0]).text
    assert f"UID:{lesson.id}@lesson" in events
    assert "DTSTART:20261125T103500Z" in events
    sign(client, room, "teacher").post(f"{room.base}/extra/{lesson.id}/cancel", data={"why": ""})
    assert events.count("STATUS:CANCELLED") + 1 == client.get(address[0]).text.count("STATUS:CANCELLED")


def _lesson_of(room: Room, course_id: Any, on: date, slot: int) -> Any:
    row = db.session.scalars(
        select(Lesson.id).where(
            Lesson.school_id == room.course.school_id,
            Lesson.course_id == course_id,
            Lesson.on_date == on,
            Lesson.slot == slot,
        )
    ).one()
    seen = get_lesson(room.make.actor(room.people["deputy"], "deputy"), row)
    assert seen is not None
    return seen


def test_a_lesson_can_not_be_moved_upon_it(room: Room, lesson: ExtraLesson) -> None:
    deputy = room.make.actor(room.people["deputy"], "deputy")
    own = _lesson_of(room, room.course.id, WEDNESDAY, 1)
    with pytest.raises(CannotDo) as refusal:
        move_lesson(deputy, own, WEDNESDAY, 6)
    for words in ("ведёт дополнительный урок", "там дополнительный урок", "приглашены в это время"):
        assert words in refusal.value.why
    # The neighbouring class has neither its teacher nor its pupils there, and comes with its own room.
    theirs = db.session.scalars(
        select(Lesson.id).where(
            Lesson.school_id == room.course.school_id, Lesson.room == "206", Lesson.on_date == WEDNESDAY
        )
    ).one()
    seen = get_lesson(deputy, theirs)
    assert seen is not None
    with pytest.raises(CannotDo) as only_room:
        move_lesson(deputy, seen, WEDNESDAY, 6, "205")
    assert "там дополнительный урок" in only_room.value.why
    assert "приглашены" not in only_room.value.why
    move_lesson(deputy, seen, WEDNESDAY, 6)


def test_a_cancelled_lesson_is_not_restored_upon_it(room: Room, lesson: ExtraLesson) -> None:
    deputy = room.make.actor(room.people["deputy"], "deputy")
    own = _lesson_of(room, room.course.id, WEDNESDAY, 5)
    row = db.session.get_one(Lesson, (own.school_id, own.id))
    row.state, row.starts_at, row.ends_at = "cancelled", lesson.starts_at, lesson.ends_at
    db.session.commit()
    seen = get_lesson(deputy, own.id)
    assert seen is not None
    with pytest.raises(CannotDo, match="дополнительный урок"):
        restore_lesson(deputy, seen)


def test_called_off_it_is_said_calmly_and_stands_crossed_out(
    client: SchoolClient, room: Room, lesson: ExtraLesson
) -> None:
    sign(client, room, "teacher").post(f"{room.base}/extra/{lesson.id}/cancel", data={"why": "Учитель на конференции"})
    said = sign(client, room, "parent").get("/notices").text
    assert re.search("Дополнительного урока .{3,20} не будет", said)
    assert "Учитель на конференции" in said
    diary = client.get(f"{room.base}/pupils/{room.pupils[0].id}/diary").text
    assert re.search(r'd-off"><div class="d-time"><b>\+</b>', diary)
    # The hour is free again.
    deputy = room.make.actor(room.people["deputy"], "deputy")
    move_lesson(deputy, _lesson_of(room, room.course.id, WEDNESDAY, 1), WEDNESDAY, 6)


def test_its_teacher_is_not_asked_to_cover(client: SchoolClient, room: Room, lesson: ExtraLesson) -> None:
    other_teacher = room.people["another teacher"]
    theirs = db.session.scalars(
        select(Lesson).where(
            Lesson.school_id == room.course.school_id,
            Lesson.teacher_id == other_teacher.id,
            Lesson.on_date == WEDNESDAY,
        )
    ).one()
    theirs.starts_at, theirs.ends_at = lesson.starts_at, lesson.ends_at
    db.session.commit()
    deputy = room.make.actor(room.people["deputy"], "deputy")
    seen = get_lesson(deputy, theirs.id)
    assert seen is not None
    with pytest.raises(CannotDo, match="дополнительный урок"):
        substitute(deputy, seen, room.people["teacher"])
    page = sign(client, room, "deputy").get(f"{room.base}/lessons/{theirs.id}/arrange").text
    assert str(room.people["teacher"].id) not in page
    assert f"{room.base}/extra/{lesson.id}" in client.get(f"{room.base}/day?on={WEDNESDAY}").text


def test_the_week_can_not_take_its_hour(room: Room, lesson: ExtraLesson) -> None:
    deputy = room.make.actor(room.people["deputy"], "deputy")
    course = get_course(deputy, room.course.id)
    assert course is not None
    place = Place(3, 6, "301", room.people["teacher"])
    with pytest.raises(CannotDo, match=r"25.нояб"):
        put_slot(deputy, course, place, TUESDAY)
    # From the week after on the hour is free.
    put_slot(deputy, course, place, WEDNESDAY + timedelta(1))


def test_when_the_bells_change_its_people_hear_and_it_can_be_moved(
    client: SchoolClient, room: Room, lesson: ExtraLesson
) -> None:
    deputy = room.make.actor(room.people["deputy"], "deputy")
    _lay_a_lesson_upon(room, lesson)
    year = _year(room)
    with unit_of_work():
        generate_lessons(deputy, year, since=TUESDAY)
    assert notices(room, "teacher")[-1] == "extra.clash"
    assert notices(room, "parent")[-1] == "extra.clash.family"
    assert not notices(room, "another parent")
    url = f"{room.base}/extra/{lesson.id}"
    page = sign(client, room, "teacher").get(url).text
    assert "Это время больше не подходит" in page
    form = client.get(f"{url}/move").text
    hour = re.search(r'name="hour" id="[^"]+" value="([^"]+)" checked', form)
    assert hour
    own = f"{room.base}/pupils/{room.pupils[0].id}/extra/{lesson.id}"
    sign(client, room, "parent").post(own, data={"reply": "yes"})
    for who in ("another teacher", "parent", "stranger", "leader"):
        assert sign(client, room, who).post(f"{url}/move", data={"hour": hour[1]}).status_code == 404, who
    assert sign(client, room, "teacher").post(f"{url}/move", data={"hour": "x"}).status_code == 422
    assert client.post(f"{url}/move", data={"hour": hour[1]}).status_code == 303
    assert "Это время больше не подходит" not in client.get(url).text
    assert notices(room, "parent")[-1] == "extra.moved"
    said = sign(client, room, "parent").get("/notices").text
    assert "новое время дополнительного урока" in said
    assert "Учитель подберёт другое время" in said
    assert "Придёт" in client.get(own).text  # asked anew
    assert "Вы ответили" not in client.get(own).text


def _year(room: Room) -> SchoolYear:
    group = room.make.group_of(room.course)
    return db.session.scalars(
        select(SchoolYear).where(SchoolYear.school_id == group.school_id, SchoolYear.id == group.year_id)
    ).one()


def _lay_a_lesson_upon(room: Room, lesson: ExtraLesson) -> None:
    """Of the timetable, written past the checks as an import of a whole week writes it."""
    db.session.add(
        TimetableSlot(
            school_id=room.course.school_id,
            id=new_id(),
            course_id=room.course.id,
            weekday=3,
            slot=6,
            room="301",
            teacher_id=room.people["teacher"].id,
            from_on=TUESDAY,
            to_on=WEDNESDAY,
        )
    )
    db.session.commit()


def _parallel(room: Room, teacher: Member) -> tuple[Any, list[Member]]:
    """A parallel class of the same subject with the same teacher; three of its four pupils share the gap."""
    school = room.make.school_of(room.course)
    subject = room.make.subject_of(room.course)
    course = room.make.course(room.make.school_class(school, letter="Г"), subject=subject, teacher=teacher, pupils=4)
    for day in (0, 1, 2):
        room.make.lesson(course, days=day, slot=3, room="205")
    pupils = room.make.pupils_of(course)
    with clock.stopped_at(at(-5)):
        for n, pupil in enumerate(pupils):
            for _again in range(2):
                answered(room.version, pupil, 1 if n < 3 else 4)
    return course, pupils


def test_pupils_of_parallel_classes_come_together(client: SchoolClient, room: Room) -> None:
    course, pupils = _parallel(room, room.people["teacher"])
    sign(client, room, "teacher")
    page = client.get(room.offer_url).text
    assert f"also={course.id}" in page
    url = f"{room.offer_url}?also={course.id}"
    page = client.get(url).text
    form = form_of(room, page)
    assert len(form["pupils"]) == 8  # of ten who share it
    form["pupils"] = [str(one.id) for one in [*room.pupils[:3], *pupils[:3]]]
    block = client.get(f"{url}&chosen=1&" + "&".join(f"pupils={one}" for one in form["pupils"])).text
    form["hour"] = form_of(room, block)["hour"]
    assert client.post(url, data=form).status_code == 303
    made = db.session.scalars(select(ExtraLesson).where(ExtraLesson.school_id == room.course.school_id)).one()
    own = client.get(f"{room.base}/extra/{made.id}").text
    assert pupils[0].family_name in own
    invitation = f"{room.base}/pupils/{pupils[0].id}/extra/{made.id}"
    client.sign_in(room.make.account_of(pupils[0]))
    assert client.get(invitation).status_code == 200
    # The class teacher of one class is not shown the pupils of the other.
    theirs = sign(client, room, "leader").get(f"{room.base}/extra/{made.id}").text
    assert room.pupils[0].family_name in theirs
    assert str(pupils[0].id) not in theirs
    assert pupils[0].family_name not in theirs


def test_a_parallel_course_of_another_teacher_is_the_deputies_to_join(client: SchoolClient, room: Room) -> None:
    course, _pupils = _parallel(room, room.people["another teacher"])
    sign(client, room, "teacher")
    assert f"also={course.id}" not in client.get(room.offer_url).text
    asked = client.get(f"{room.offer_url}?also={course.id}").text
    assert len(form_of(room, asked)["pupils"]) == 7
    assert f"also={course.id}" in sign(client, room, "deputy").get(room.offer_url).text


def test_the_program_proposes_over_parallel_classes(room: Room) -> None:
    _course, _pupils = _parallel(room, room.people["teacher"])
    # Three leave the class: four and three share the gap, neither class has six.
    for pupil in room.pupils[:3]:
        for place in db.session.scalars(
            select(Enrolment).where(Enrolment.school_id == pupil.school_id, Enrolment.pupil_id == pupil.id)
        ):
            place.to_on = TUESDAY - timedelta(10)
    db.session.commit()
    with clock.stopped_at(at(-3)):
        for again in (1, 0):
            with unit_of_work():
                assert propose_extras(room.make.school_of(room.course)) == again
    about = db.session.scalars(
        select(Notice.about).where(Notice.school_id == room.course.school_id, Notice.kind == "extra.proposed")
    ).one()
    assert about["pupils"] == 7
    assert len(about["also"]) == 1
