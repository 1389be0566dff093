"""The evening before the sending: minutes of all subjects by pupil against the norm, the day that fits, weekends and holidays."""

import re
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from school.classes.models import Holiday, SchoolYear, StudyGroup
from school.classes.queries import get_course
from school.core import clock
from school.core.database import db, new_id
from school.homework.models import HandInWay, Homework
from school.homework.norms import screen_norm
from school.homework.queries.evening import Planned, evening_of
from tests.browsing import SchoolClient
from tests.factories import Make
from tests.school.homework.test_routes import Room

WEDNESDAY = date(2026, 11, 25)


def at(day: date) -> Any:
    return clock.stopped_at(clock.moscow(day, datetime.min.time().replace(hour=12)))


def seen(room: Room) -> Any:
    return get_course(room.make.actor(room.teacher, "teacher"), room.course.id)


def test_the_busiest_are_named_and_a_day_that_fits(make: Make, client: SchoolClient) -> None:
    with at(WEDNESDAY):
        room = Room(make, client)
        group = db.session.get_one(StudyGroup, (room.course.school_id, room.course.group_id))
        physics = make.course(group, subject=make.subject(name_ru="Физика"))
        day, later = WEDNESDAY + timedelta(2), WEDNESDAY + timedelta(3)
        make.homework(physics, minutes=90, due_on=day)
        make.homework(physics, minutes=40, due_on=day, pupils=(room.pupil,))
        make.homework(make.course(pupils=1), minutes=99, due_on=day)
        pupils = [room.pupil.id, room.other.id]
        evening = evening_of(seen(room), pupils, Planned(30, False, day, True), [day, later])
        assert evening is not None and evening.norm == 150
        assert [(one.pupil_id, one.minutes, one.on_screen) for one in evening.over] == [(room.pupil.id, 160, 0)]
        assert (evening.fitting_day, evening.fitting_minutes, evening.questions_to_drop) == (later, 20, 0)
        assert evening_of(seen(room), pupils, Planned(20, False, day, True), [day]) is None
        drop = evening_of(seen(room), pupils, Planned(30, True, day, True, questions=10), [day])
        assert drop is not None and drop.questions_to_drop == 4  # ten minutes too many, three a question
        assert drop.over[0].on_screen == 30


def test_the_screen_has_a_norm_of_its_own(make: Make, client: SchoolClient) -> None:
    with at(WEDNESDAY):
        room = Room(make, client)
        day = WEDNESDAY + timedelta(2)
        task = make.task(room.course.subject_id)
        make.homework(room.course, task=task, minutes=100, due_on=day)
        over = evening_of(seen(room), [room.pupil.id], Planned(30, True, day, True), [day])
        assert over is not None and over.screen == 120 and over.over[0].on_screen == 130
        assert over.fitting_minutes == 20, "no more than the screen allows"
        assert evening_of(seen(room), [room.pupil.id], Planned(30, False, day, True), [day]) is None
    assert screen_norm(7, date(2020, 9, 1)) is None


@pytest.mark.parametrize(
    ("level", "due", "free", "rest"),
    [
        (7, date(2026, 11, 29), None, "closed"),
        (7, date(2026, 11, 30), None, ""),
        (3, date(2026, 11, 30), None, "weekend"),
        (6, date(2026, 11, 30), None, "weekend"),
        (7, date(2026, 12, 1), (date(2026, 11, 28), date(2026, 11, 30)), "holidays"),
        (7, date(2026, 11, 28), (date(2026, 11, 28), date(2026, 11, 30)), "closed"),
        (7, date(2026, 12, 2), (date(2026, 11, 28), date(2026, 11, 30)), ""),
        (3, date(2026, 11, 27), None, ""),
    ],
)
def test_weekends_and_holidays(make: Make, client: SchoolClient, level: int, due: date, free: Any, rest: str) -> None:
    with at(WEDNESDAY):
        room = Room(make, client)
        db.session.get_one(StudyGroup, (room.course.school_id, room.course.group_id)).year_level = level
        db.session.commit()
        if free:
            years = select(SchoolYear.id).where(SchoolYear.school_id == room.course.school_id)
            make.save(
                Holiday(
                    school_id=room.course.school_id,
                    id=new_id(),
                    year_id=db.session.scalars(years).first(),
                    name="Каникулы",
                    starts_on=free[0],
                    ends_on=free[1],
                )
            )
        evening = evening_of(seen(room), [room.pupil.id], Planned(10, False, due, False), [])
        assert (evening.rest if evening is not None else "") == rest


def test_the_day_that_fits_keeps_the_weekend_free(make: Make, client: SchoolClient) -> None:
    with at(WEDNESDAY):
        room = Room(make, client)
        db.session.get_one(StudyGroup, (room.course.school_id, room.course.group_id)).year_level = 5
        db.session.commit()
        friday, monday, tuesday = (WEDNESDAY + timedelta(days) for days in (2, 5, 6))
        evening = evening_of(seen(room), [room.pupil.id], Planned(130, False, friday, True), [friday, monday, tuesday])
        assert evening is not None and evening.fitting_day is None
        make.homework(room.course, minutes=110, due_on=friday)
        evening = evening_of(seen(room), [room.pupil.id], Planned(30, False, friday, True), [friday, monday, tuesday])
        assert evening is not None and evening.fitting_day == tuesday
        today = evening_of(seen(room), [room.pupil.id], Planned(30, False, friday, True), [WEDNESDAY, friday])
        assert today is not None and today.fitting_day is None, "a lesson of today leaves no evening"


def test_the_form_names_the_years_whose_weekends_stay_free(make: Make, client: SchoolClient) -> None:
    with at(WEDNESDAY):
        room = Room(make, client)
        db.session.get_one(StudyGroup, (room.course.school_id, room.course.group_id)).year_level = 6
        db.session.commit()
        room.sign_in(room.teacher)
        form = room.form() | {"due": "", "due_on": str(WEDNESDAY + timedelta(5))}
        assert "По 6 класс" in client.post(room.set_url, data=form).text.replace("\N{NO-BREAK SPACE}", " ")


def test_the_form_asks_before_it_sends(make: Make, client: SchoolClient) -> None:
    with at(WEDNESDAY):
        room = Room(make, client)
        make.homework(room.course, minutes=140, due_on=room.next.on_date, way=HandInWay.TICK)
        room.sign_in(room.teacher)
        form = room.form()
        answer = client.post(room.set_url, data=form)
        text = answer.text.replace("\N{NO-BREAK SPACE}", " ")
        assert (
            answer.status_code == 422
            and "слишком много" in text
            and "165 минут" in text
            and re.search(r"Если оставить \S+, \d+ ноября, помещается 10 минут", text)
        )
        assert len(room.all_homework()) == 1
        assert client.post(room.set_url, data=form | {"anyway": "1"}).status_code == 303
        assert {one.minutes for one in room.all_homework()} == {140, 25}
        row = next(one for one in room.all_homework() if one.minutes == 25)
        assert isinstance(row, Homework)
