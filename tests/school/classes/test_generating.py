"""From the week to the lessons: two buildings, shifts, modules beside half-years, holidays, short days, half-groups."""

from datetime import date, datetime, time, timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from school.classes.actions import Generated, generate_lessons
from school.classes.hooks import LessonWent, followers
from school.classes.models import (
    Absence,
    Bell,
    BellSchedule,
    Building,
    Holiday,
    Lesson,
    Regime,
    SchoolYear,
    Term,
    TimetableSlot,
)
from school.classes.queries import get_course
from school.core import clock
from school.core.database import db, new_id
from school.core.records import PROGRAM
from school.core.transactions import unit_of_work
from tests.factories import Make

MONDAY = 1
START, END = date(2026, 9, 1), date(2027, 5, 28)
NOON = datetime(2026, 9, 1, 3, tzinfo=clock.MOSCOW)


def lessons_of(course: object, **where: object) -> list[Lesson]:
    statement = select(Lesson).where(Lesson.school_id == course.school_id, Lesson.course_id == course.id)
    for name, value in where.items():
        statement = statement.where(getattr(Lesson, name) == value)
    return list(db.session.scalars(statement.order_by(Lesson.on_date, Lesson.slot)))


@pytest.fixture
def school(make: Make) -> SimpleNamespace:
    """Two buildings, two shifts; modules for the younger, half-years for the older; a holiday for all."""
    school = make.school()
    sid = school.id
    year = make.save(SchoolYear(school_id=sid, id=new_id(), name="2026/27", starts_on=START, ends_on=END))
    first, second = (Building(school_id=sid, id=new_id(), name=name) for name in ("Корпус 1", "Корпус 2"))
    modules = Regime(school_id=sid, id=new_id(), year_id=year.id, kind="modules", name="Модули")
    halves = Regime(school_id=sid, id=new_id(), year_id=year.id, kind="half_years", name="Полугодия", days_a_week=6)
    make.save(first, second, modules, halves)
    term = {"school_id": sid, "locked_at": None}
    make.save(
        Term(regime_id=modules.id, number=1, name="1", starts_on=START, ends_on=date(2026, 10, 4), **term),
        Term(
            regime_id=modules.id, number=2, name="2", starts_on=date(2026, 10, 12), ends_on=date(2026, 11, 15), **term
        ),
        Term(regime_id=halves.id, number=1, name="1", starts_on=START, ends_on=date(2026, 12, 30), **term),
        Holiday(
            school_id=sid,
            year_id=year.id,
            name="День народного единства",
            starts_on=date(2026, 11, 4),
            ends_on=date(2026, 11, 4),
        ),
    )
    bells(make, first, 1, {1: "08:30", 2: "09:30", 3: "10:30"})
    bells(make, first, 2, {1: "14:00", 2: "15:00"})
    bells(make, second, 1, {1: "09:00", 2: "10:00"})
    young = make.school_class(school, 5, "А", year=year, regime_id=modules.id, building_id=first.id)
    old = make.school_class(school, 10, "А", year=year, regime_id=halves.id, building_id=second.id)
    return SimpleNamespace(
        school=school, year=year, first=first, second=second, modules=modules, halves=halves, young=young, old=old
    )


def bells(
    make: Make, building: Building, shift: int, times: dict[int, str], from_on: date = START, to_on: date | None = None
) -> None:
    schedule = make.save(
        BellSchedule(
            school_id=building.school_id,
            id=new_id(),
            building_id=building.id,
            shift=shift,
            name="…",
            from_on=from_on,
            to_on=to_on,
        )
    )
    rows = []
    for slot, starts in times.items():
        begin = time.fromisoformat(starts)
        rows.append(
            Bell(
                school_id=building.school_id,
                id=new_id(),
                schedule_id=schedule.id,
                slot=slot,
                starts=begin,
                ends=time(begin.hour, 40) if begin.minute < 40 else time(begin.hour + 1, 10),
            )
        )
    make.save(*rows)


def generate(school: SimpleNamespace, **span: object) -> Generated:
    with clock.stopped_at(NOON), unit_of_work():
        return generate_lessons(PROGRAM, school.year, **span)


def test_each_class_learns_by_its_own_terms_bells_and_building(make: Make, school: SimpleNamespace) -> None:
    young, old = make.course(school.young), make.course(school.old)
    make.slot(young, MONDAY, 1)
    make.slot(old, MONDAY, 1)
    generate(school, until=date(2026, 10, 31))
    mondays = [START + timedelta(days=6 + 7 * n) for n in range(8)]
    assert [one.on_date for one in lessons_of(old)] == mondays
    assert [one.on_date for one in lessons_of(young)] == [day for day in mondays if day != date(2026, 10, 5)], "a break"
    assert lessons_of(young)[0].starts_at == clock.moscow(mondays[0], time(8, 30))
    assert lessons_of(old)[0].starts_at == clock.moscow(mondays[0], time(9))
    assert {one.term_id for one in lessons_of(young)} == {
        one.id
        for one in db.session.scalars(
            select(Term).where(Term.school_id == school.school.id, Term.regime_id == school.modules.id)
        )
    }


def test_the_second_shift_has_its_own_bells(make: Make, school: SimpleNamespace) -> None:
    evening = make.school_class(
        school.school, 6, "Б", year=school.year, regime_id=school.modules.id, building_id=school.first.id, shift=2
    )
    course = make.course(evening)
    make.slot(course, MONDAY, 2)
    generate(school, until=date(2026, 9, 14))
    assert [clock.local(one.starts_at).time() for one in lessons_of(course)] == [time(15), time(15)]


def test_a_holiday_has_no_lessons_and_a_short_day_shorter_ones(make: Make, school: SimpleNamespace) -> None:
    course = make.course(school.young)
    for slot in (1, 3):
        make.slot(course, 3, slot)
    short = date(2026, 10, 28)
    bells(make, school.first, 1, {1: "08:30", 2: "09:10"}, short, short)
    generate(school, since=date(2026, 10, 19), until=date(2026, 11, 15))
    days = {one.on_date: [] for one in lessons_of(course)}
    for one in lessons_of(course):
        days[one.on_date].append(one.slot)
    assert days == {date(2026, 10, 21): [1, 3], short: [1], date(2026, 11, 11): [1, 3]}


def test_halves_of_a_class_learn_side_by_side(make: Make, school: SimpleNamespace) -> None:
    halves = [
        make.school_class(
            school.school,
            5,
            "А",
            year=school.year,
            kind="part",
            name=f"5 «А», англ. {n}",
            class_id=school.young.id,
            regime_id=school.modules.id,
            building_id=school.first.id,
        )
        for n in (1, 2)
    ]
    courses = [make.course(half) for half in halves]
    for course in courses:
        make.slot(course, MONDAY, 2)
    result = generate(school, until=date(2026, 9, 10))
    assert result.made == 2
    assert [lessons_of(course)[0].group_id for course in courses] == [half.id for half in halves]


def test_doing_it_again_changes_nothing_and_another_school_is_left_alone(make: Make, school: SimpleNamespace) -> None:
    course = make.course(school.young)
    make.slot(course, MONDAY, 1)
    other = make.course(make.school_class(make.school()))
    make.slot(other, MONDAY, 1)
    assert generate(school).made == 9
    before = [(one.id, one.starts_at, one.room) for one in lessons_of(course)]
    assert generate(school) == Generated()
    assert before == [(one.id, one.starts_at, one.room) for one in lessons_of(course)]
    assert lessons_of(other) == []


def test_a_number_without_a_bell_is_said(make: Make, school: SimpleNamespace) -> None:
    course = make.course(school.old)
    make.slot(course, MONDAY, 7)
    result = generate(school)
    assert result.made == 0
    assert [(one.house, one.slot) for one in result.without_bells] == [((school.second.id, 1), 7)]


def test_a_changed_week_moves_the_lessons_to_come_and_keeps_the_past(make: Make, school: SimpleNamespace) -> None:
    course = make.course(school.old)
    slot = make.slot(course, MONDAY, 1)
    generate(school, until=date(2026, 9, 30))
    ids = [one.id for one in lessons_of(course)]
    with unit_of_work():
        slot = db.session.merge(slot)
        slot.to_on = date(2026, 9, 15)
        db.session.add(
            TimetableSlot(
                school_id=slot.school_id,
                id=new_id(),
                course_id=course.id,
                weekday=4,
                slot=2,
                room="300",
                teacher_id=slot.teacher_id,
                from_on=date(2026, 9, 16),
            )
        )
    went: list[LessonWent] = []
    followers.append(went.extend)
    try:
        with clock.stopped_at(datetime(2026, 9, 16, 12, tzinfo=clock.MOSCOW)), unit_of_work():
            result = generate_lessons(PROGRAM, school.year, since=date(2026, 9, 16), until=date(2026, 9, 30))
    finally:
        followers.remove(went.extend)
    found = lessons_of(course)
    assert [(one.on_date, one.slot, one.room) for one in found] == [
        (date(2026, 9, 7), 1, "205"),
        (date(2026, 9, 14), 1, "205"),
        (date(2026, 9, 17), 2, "300"),
        (date(2026, 9, 24), 2, "300"),
    ]
    assert (result.made, result.changed, result.removed) == (1, 1, 1)
    assert {one.id for one in found} >= set(ids[:3]), "a lesson that moves within its week stays itself"
    assert [one.on_date for one in went] == [date(2026, 9, 24)]


def test_what_the_week_drops_goes_unless_something_hangs_on_it(make: Make, school: SimpleNamespace) -> None:
    course = make.course(school.old, pupils=1)
    slot = make.slot(course, MONDAY, 1)
    generate(school, until=date(2026, 9, 15))
    first, second = lessons_of(course)
    make.save(
        Absence(
            school_id=first.school_id,
            id=new_id(),
            lesson_id=first.id,
            pupil_id=make.pupils_of(course)[0].id,
            on_date=first.on_date,
            fact="absent",
            noted_at=clock.now(),
            noted_by=new_id(),
        )
    )
    first_id, second_id = first.id, second.id
    with unit_of_work():
        db.session.merge(slot).to_on = date(2026, 8, 31)
    result = generate(school, until=date(2026, 9, 15))
    assert (result.removed, result.cancelled) == (1, 1)
    db.session.expire_all()
    assert [(one.id, one.state) for one in lessons_of(course)] == [(first_id, "cancelled")]
    assert second_id != first_id


def test_a_cancelled_lesson_does_not_come_back(make: Make, school: SimpleNamespace) -> None:
    course = make.course(school.old)
    make.slot(course, MONDAY, 1)
    generate(school, until=date(2026, 9, 15))
    with unit_of_work():
        lessons_of(course)[0].state = "cancelled"
    assert generate(school, until=date(2026, 9, 15)) == Generated()
    assert get_course(make.actor(make.teacher_of(course), "teacher"), course.id) is not None
