"""The week of a class is edited from a day on, and nobody is needed twice."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from school.classes.actions import Place, change_slot, end_slot, put_slot
from school.classes.errors import CannotDo, Clash
from school.classes.models import Lesson, TeachingPost, TimetableSlot
from school.classes.queries import get_course
from school.core import clock
from school.core.database import db
from school.core.transactions import unit_of_work
from tests.factories import Make


@pytest.fixture
def week(make: Make) -> SimpleNamespace:
    school = make.school()
    course = make.course(make.school_class(school), pupils=1)
    beside = make.course(make.school_class(school, letter="В"))
    make.slot(beside, 2, 4, room="310")
    admin = make.actor(make.member(school, "admin"), "admin")
    return SimpleNamespace(
        school=school,
        admin=admin,
        course=get_course(admin, course.id),
        beside=get_course(admin, beside.id),
        teacher=make.teacher_of(course),
        other=make.teacher_of(beside),
        today=clock.today(),
    )


def lessons(week: SimpleNamespace) -> list[Lesson]:
    db.session.expire_all()
    return list(
        db.session.scalars(
            select(Lesson)
            .where(Lesson.school_id == week.school.id, Lesson.course_id == week.course.id)
            .order_by(Lesson.on_date)
        )
    )


def slots(week: SimpleNamespace) -> list[TimetableSlot]:
    return list(
        db.session.scalars(
            select(TimetableSlot)
            .where(TimetableSlot.school_id == week.school.id, TimetableSlot.course_id == week.course.id)
            .order_by(TimetableSlot.from_on, TimetableSlot.id)
        )
    )


def test_a_new_place_makes_lessons_and_a_post(make: Make, week: SimpleNamespace) -> None:
    newcomer = make.teacher(week.school)
    with unit_of_work():
        result = put_slot(week.admin, week.course, Place(2, 3, "1", newcomer), week.today + timedelta(days=1))
    assert result.made == len(lessons(week)) > 10
    assert all(one.on_date.isoweekday() == 2 and one.on_date > week.today for one in lessons(week))
    posts = db.session.scalars(select(TeachingPost).where(TeachingPost.school_id == week.school.id)).all()
    assert newcomer.id in {one.teacher_id for one in posts}


def test_a_changed_place_keeps_the_lessons_themselves(week: SimpleNamespace) -> None:
    with unit_of_work():
        put_slot(week.admin, week.course, Place(2, 3, "1", week.teacher), week.today)
    before = {one.id for one in lessons(week)}
    later = week.today + timedelta(days=14)
    with unit_of_work():
        change_slot(week.admin, week.course, slots(week)[0], Place(4, 2, "2", week.teacher), later)
    after = lessons(week)
    assert len({one.id for one in after} & before) >= len(before) - 2
    assert {(one.on_date.isoweekday(), one.slot, one.room) for one in after if one.on_date >= later} == {(4, 2, "2")}
    assert {one.on_date.isoweekday() for one in after if one.on_date < later} == {2}


def test_an_ended_place_takes_its_lessons_to_come_away(week: SimpleNamespace) -> None:
    with unit_of_work():
        put_slot(week.admin, week.course, Place(2, 3, "1", week.teacher), week.today)
    later = week.today + timedelta(days=14)
    with unit_of_work():
        end_slot(week.admin, week.course, slots(week)[0], later)
    assert lessons(week)
    assert all(one.on_date < later for one in lessons(week))


@pytest.mark.parametrize(
    ("weekday", "slot", "room", "who", "words"),
    [
        (2, 4, "1", "other", "7 «В»"),
        (2, 4, "310", "teacher", "310"),
        (6, 1, "1", "teacher", "5"),
        (1, 13, "1", "teacher", "13"),
        (1, 15, "1", "teacher", "14"),
    ],
    ids=["a double teacher", "a double room", "Saturday of a five-day week", "no bell", "no such number"],
)
def test_what_is_refused(week: SimpleNamespace, weekday: int, slot: int, room: str, who: str, words: str) -> None:
    with pytest.raises(CannotDo, match=words):
        put_slot(week.admin, week.course, Place(weekday, slot, room, getattr(week, who)), week.today)


def test_a_class_is_not_in_two_places_but_its_halves_may_be(make: Make, week: SimpleNamespace) -> None:
    whole = week.course.group_id
    halves = [
        get_course(
            week.admin, make.course(make.school_class(week.school, kind="part", name=f"7 «Б», {n}", class_id=whole)).id
        )
        for n in (1, 2)
    ]
    teachers = [make.teacher(week.school) for _ in range(3)]
    with unit_of_work():
        put_slot(week.admin, halves[0], Place(3, 1, "1", teachers[0]), week.today)
        put_slot(week.admin, halves[1], Place(3, 1, "2", teachers[1]), week.today)
    with pytest.raises(Clash, match="7 «Б», 1"):
        put_slot(week.admin, week.course, Place(3, 1, "3", teachers[2]), week.today)
    with pytest.raises(Clash):
        put_slot(week.admin, halves[0], Place(3, 1, "4", teachers[2]), week.today)
