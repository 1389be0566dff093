"""Figures counted ahead equal a recount from the facts by other means, whenever they are counted."""

from collections import Counter
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from school.classes.models import Absence, Enrolment, Lesson, PresenceTaken, StudyGroup, TeachingPost
from school.core import clock
from school.core.database import db, new_id
from school.gradebook.models import Column, Mark
from school.home.figures import recount
from school.home.models import CityDay, SchoolDay
from school.homework.models import Assignment, Homework
from school.people.models import Member, School, SignIn
from tests.factories import Make
from tests.school.home.rooms import NOON, take_presence

pytestmark = pytest.mark.usefixtures("noon")

DAYS = 9


def rows_of(model: Any, school: School) -> list[Any]:
    return list(db.session.scalars(select(model).where(model.school_id == school.id)))


def lasts(row: Any, day: date) -> bool:
    return row.from_on <= day and (row.to_on is None or row.to_on >= day)


def by_hand(school: School, day: date) -> dict[str, int]:
    """The same figures by loops over whole tables."""
    groups = {one.id: one for one in rows_of(StudyGroup, school)}
    places = [one for one in rows_of(Enrolment, school) if lasts(one, day)]
    lessons = [one for one in rows_of(Lesson, school) if one.on_date == day]
    held = {one.id: one for one in lessons if one.state == "planned"}
    taken = {one.lesson_id for one in rows_of(PresenceTaken, school)} & held.keys()
    expected = {(thing, p.pupil_id) for thing in taken for p in places if p.group_id == held[thing].group_id}
    away = {(one.lesson_id, one.pupil_id) for one in rows_of(Absence, school) if one.fact == "absent"}
    columns = {one.id for one in rows_of(Column, school) if one.on_date == day}
    values = Counter(one.value for one in rows_of(Mark, school) if one.column_id in columns and one.value)
    due = [one for one in rows_of(Homework, school) if one.due_on == day and one.withdrawn_at is None]
    course_group = {one.course_id: one.group_id for one in rows_of(Lesson, school)}
    state = {(one.homework_id, one.pupil_id): one.state for one in rows_of(Assignment, school)}
    owed = {
        (one.id, p.pupil_id)
        for one in due
        for p in places
        if p.group_id == course_group[one.course_id] and (one.for_all or (one.id, p.pupil_id) in state)
        if state.get((one.id, p.pupil_id)) != "excused"
    }
    return {
        "pupils": len({p.pupil_id for p in places if groups[p.group_id].kind == "class"}),
        "teachers": len({one.teacher_id for one in rows_of(TeachingPost, school) if lasts(one, day)}),
        "lessons": sum(one.ends_at <= clock.now() for one in held.values()),
        "places": len(expected),
        "absences": len(expected & away),
        "marks": sum(values.values()),
        "fives": values[5],
        "homework": len(due),
        "assigned": len(owed),
        "handed_in": sum(state.get(one) in {"handed_in", "checked", "returned"} for one in owed),
    }


def a_busy_school(make: Make) -> School:
    """Two classes over nine days: presence, marks and codes, homework for all and for one, newcomers and leavers."""
    school = make.school()
    courses = [make.course(make.school_class(school, letter=letter), pupils=4) for letter in "АБ"]
    newcomer, group = make.pupil(school), db.session.get_one(StudyGroup, (school.id, courses[0].group_id))
    make.enrol(group, newcomer, from_on=clock.today() - timedelta(days=2))
    for n, course in enumerate(courses):
        pupils = make.pupils_of(course)
        lessons = [make.lesson(course, days=-back, slot=1 + back % 3) for back in range(DAYS)]
        make.lesson(course, days=-1, slot=6, state="cancelled")
        make.lesson(course, slot=6)  # this afternoon
        for back, lesson in enumerate(lessons):
            if back % 4 != n:
                take_presence(make, lesson, *pupils[: back % 3])
            if back % 2 == 0:
                column = make.column(lesson)
                for value, pupil in zip((5, 5, 3, 2), pupils, strict=False):
                    make.mark(column, pupil, value)
                make.mark(column, pupils[3], None, code="н/а", place=1)
        take_presence(make, make.lesson(course, days=-2, slot=7), pupils[0], fact="late")
        for back, states in ((1, ("handed_in", "excused")), (3, ("checked", "returned", "given"))):
            homework = make.homework(course, due_on=clock.today() + timedelta(days=1))
            set_state(make, homework, lessons[back].on_date, dict(zip([p.id for p in pupils], states, strict=False)))
        single = make.homework(course, pupils=(pupils[1],))
        set_state(make, single, lessons[2].on_date, {pupils[1].id: "handed_in"})
        withdrawn = make.homework(course)
        set_state(make, withdrawn, lessons[2].on_date, {}, withdrawn_at=clock.now())
    return school


def set_state(make: Make, homework: Homework, due_on: date, states: dict[Any, str], **values: Any) -> None:
    """Move a homework to a past day and give its pupils their states."""
    school_id = homework.school_id
    db.session.execute(
        db.update(Homework)
        .where(Homework.school_id == school_id, Homework.id == homework.id)
        .values(due_on=due_on, due_lesson_id=None, **values)
    )
    for pupil_id, state in states.items():
        found = db.session.scalar(
            select(Assignment).where(
                Assignment.school_id == school_id,
                Assignment.homework_id == homework.id,
                Assignment.pupil_id == pupil_id,
            )
        )
        if found is None:
            make.save(
                Assignment(school_id=school_id, homework_id=homework.id, pupil_id=pupil_id, due_on=due_on, state=state)
            )
        else:
            found.state = state
    db.session.commit()


def seen_at(make: Make, member: Member, moment: datetime) -> None:
    """A sign-in of the member that was last used at ``moment``."""
    make.save(
        SignIn(
            account_id=member.account_id,
            token_hash=new_id().bytes * 2,
            how="password",
            device="test",
            started_at=moment,
            seen_at=moment,
            expires_at=moment + timedelta(days=60),
        )
    )


def counted(school: School) -> dict[date, SchoolDay]:
    rows = db.session.scalars(select(SchoolDay).where(SchoolDay.school_id == school.id))
    return {row.on_date: row for row in rows}


def test_every_day_equals_a_recount_by_other_means(make: Make) -> None:
    schools = [a_busy_school(make), a_busy_school(make), make.school()]
    since = clock.today() - timedelta(days=DAYS)
    assert recount(since) == 3
    total = Counter[str]()
    for school in schools:
        days = counted(school)
        assert sorted(days) == [since + timedelta(days=n) for n in range(DAYS + 1)]
        for day, row in days.items():
            right = by_hand(school, day)
            assert {name: getattr(row, name) for name in right} == right, (school.id, day)
            total.update(right)
    assert min(total.values()) > 0, "the example has nothing of some kind"


def test_the_city_is_the_sum_of_its_schools(make: Make) -> None:
    schools = [a_busy_school(make), a_busy_school(make), make.school()]
    make.unit()
    make.draft()
    since = clock.today() - timedelta(days=3)
    recount(since)
    days = [counted(school) for school in schools]
    for city in db.session.scalars(select(CityDay)):
        for name in ("pupils", "lessons", "marks", "handed_in", "sealed"):
            assert getattr(city, name) == sum(getattr(one[city.on_date], name) for one in days), name
        assert city.schools == 2
        assert city.units == 1


def test_counting_again_replaces_what_was_counted(make: Make) -> None:
    school = a_busy_school(make)
    since = clock.today() - timedelta(days=3)
    recount(since)
    before = {day: row.marks for day, row in counted(school).items()}
    db.session.execute(db.delete(Mark).where(Mark.school_id == school.id, Mark.value == 2))
    db.session.commit()
    recount(since)
    after = {day: row.marks for day, row in counted(school).items()}
    assert sum(after.values()) < sum(before.values())
    assert all(after[day] == by_hand(school, day)["marks"] for day in after)


def test_who_came_is_known_of_the_running_day_and_kept_afterwards(make: Make) -> None:
    course = make.course(pupils=2)
    school = make.school_of(course)
    here, also, long_ago = make.teacher_of(course), *make.pupils_of(course)
    for member, days in ((here, 0), (also, 6), (long_ago, 7)):
        seen_at(make, member, NOON - timedelta(days=days))
    seen_at(make, make.teacher(make.school()), NOON)
    recount(clock.today() - timedelta(days=1))
    days = counted(school)
    assert days[clock.today()].people == 2
    assert days[clock.today() - timedelta(days=1)].people is None
    with clock.stopped_at(NOON + timedelta(days=1)):
        recount(clock.today() - timedelta(days=1))
        days = counted(school)
        assert days[clock.today()].people == 1
        assert days[clock.today() - timedelta(days=1)].people == 2


def test_the_command_counts_from_a_day_on(app: Flask, make: Make) -> None:
    school = a_busy_school(make)
    runner = app.test_cli_runner()
    answer = runner.invoke(args=["figures", "rebuild", "--since", "2026-11-20"])
    assert answer.exit_code == 0, answer.output
    assert answer.output == "Counted from 2026-11-20 to 2026-11-24: 1 school.\n"
    assert min(counted(school)) == date(2026, 11, 20)
    assert runner.invoke(args=["figures", "rebuild", "--since", "2026-12-20"]).exit_code == 2
