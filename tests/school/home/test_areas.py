"""Year levels' days equal a recount by loops after random changes, and after a recount that was killed half way."""

import random
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask

from school.classes.models import Absence, Enrolment, Lesson, PresenceTaken, StudyGroup
from school.core import clock
from school.core.database import db, new_id
from school.core.transactions import unit_of_work
from school.gradebook.models import Column, Mark
from school.home.actions import recount_levels
from school.home.figures import recount
from school.home.models import FigureCell, LevelDay
from school.homework.models import Assignment, Homework
from school.people.models import School
from tests.factories import Make
from tests.school.home.test_figures import a_busy_school, lasts, rows_of

pytestmark = pytest.mark.usefixtures("noon")

NAMES = ("pupils", "lessons", "places", "absences", "marks", "fives", "homework", "assigned", "handed_in")
DAYS = 9


def by_hand(school: School, days: list[date]) -> dict[tuple[date, int], dict[str, int]]:
    """The same figures by loops over whole tables; days without anything are left out."""
    groups = {one.id: one for one in rows_of(StudyGroup, school)}
    places, lessons = rows_of(Enrolment, school), {one.id: one for one in rows_of(Lesson, school)}
    taken = {one.lesson_id for one in rows_of(PresenceTaken, school)}
    away = {(one.lesson_id, one.pupil_id) for one in rows_of(Absence, school) if one.fact == "absent"}
    columns = {one.id: one for one in rows_of(Column, school)}
    marks = [(columns[one.column_id].on_date, one.course_id, one.value) for one in rows_of(Mark, school) if one.value]
    group_of = {one.course_id: one.group_id for one in lessons.values()}
    state = {(one.homework_id, one.pupil_id): one.state for one in rows_of(Assignment, school)}
    homework = [one for one in rows_of(Homework, school) if one.withdrawn_at is None]
    found: dict[tuple[date, int], dict[str, int]] = {}

    def add(day: date, group_id: Any, name: str, n: int = 1) -> None:
        if day in days and n:
            found.setdefault((day, groups[group_id].year_level), dict.fromkeys(NAMES, 0))[name] += n

    for day in days:
        for place in places:
            add(day, place.group_id, "pupils", lasts(place, day) and groups[place.group_id].kind == "class")
    for one in lessons.values():
        if one.state != "planned":
            continue
        add(one.on_date, one.group_id, "lessons", one.ends_at <= clock.now())
        there = [p.pupil_id for p in places if p.group_id == one.group_id and lasts(p, one.on_date)]
        add(one.on_date, one.group_id, "places", len(there) if one.id in taken else 0)
        add(one.on_date, one.group_id, "absences", sum((one.id, p) in away for p in there) if one.id in taken else 0)
    for day, course, value in marks:
        add(day, group_of[course], "marks")
        add(day, group_of[course], "fives", value == 5)
    count_homework(homework, state, group_of, places, add)
    return found


def count_homework(homework: Any, state: Any, group_of: Any, places: Any, add: Any) -> None:
    """Works set, owed and handed in."""
    for work in homework:
        add(work.due_on, group_of[work.course_id], "homework")
        for p in places:
            given = state.get((work.id, p.pupil_id), "given" if work.for_all else None)
            if p.group_id == group_of[work.course_id] and lasts(p, work.due_on) and given not in {None, "excused"}:
                add(work.due_on, group_of[work.course_id], "assigned")
                add(work.due_on, group_of[work.course_id], "handed_in", given in {"handed_in", "checked", "returned"})


def kept(school: School) -> dict[tuple[date, int], dict[str, int]]:
    rows = rows_of(LevelDay, school)
    return {(one.on_date, one.year_level): {name: getattr(one, name) for name in NAMES} for one in rows}


def shake(make: Make, school: School, chance: random.Random, times: int) -> None:
    """Marks put and changed, absences that come and go, pupils who leave, works that move on, lessons cancelled."""
    lessons, pupils = rows_of(Lesson, school), rows_of(Enrolment, school)
    columns = rows_of(Column, school)
    for n in range(times):
        match chance.randrange(5):
            case 0:
                one = chance.choice(rows_of(Mark, school))
                one.value = chance.choice((2, 3, 4, 5))
                one.code = None
            case 1:
                lesson, pupil = chance.choice(lessons), chance.choice(pupils).pupil_id
                known = [a for a in rows_of(Absence, school) if (a.lesson_id, a.pupil_id) == (lesson.id, pupil)]
                if known:
                    known[0].fact = chance.choice(("absent", "late"))
            case 2:
                chance.choice(pupils).to_on = chance.choice((None, clock.today() - timedelta(days=chance.randrange(9))))
            case 3:
                chance.choice(rows_of(Assignment, school)).state = chance.choice(
                    ("given", "handed_in", "excused", "checked")
                )
            case 4:
                chance.choice(lessons).state = chance.choice(("planned", "planned", "cancelled"))
        if n % 20 == 0:
            make.mark(chance.choice(columns), make.pupil(school), 4, id=new_id())
    db.session.commit()


class Killed(BaseException):
    """What nobody catches."""


def recount_and_be_killed(school: School, since: date) -> None:
    with unit_of_work():
        recount_levels(school, since)
        raise Killed


def test_days_of_year_levels_equal_a_recount_after_random_changes_and_a_kill(app: Flask, make: Make) -> None:
    school = a_busy_school(make)
    tenth = make.course(make.school_class(school, year_level=10), pupils=2)
    make.lesson(tenth, days=-1)
    other = a_busy_school(make)
    since = clock.today() - timedelta(days=DAYS)
    days = [since + timedelta(n) for n in range(DAYS + 1)]
    recount(since)
    assert kept(school) == by_hand(school, days)
    assert {level for _day, level in kept(school)} == {7, 10}
    before = kept(other)
    shake(make, school, random.Random(11), 60)

    with pytest.raises(Killed):
        recount_and_be_killed(school, since)
    assert kept(school) != by_hand(school, days), "the half that was done is undone with the rest"
    recount(since)
    assert kept(school) == by_hand(school, days)
    assert kept(other) == before
    root = db.session.scalars(db.select(FigureCell).where(FigureCell.school_id == 0, FigureCell.district == "").order_by(FigureCell.on_date.desc())).first()  # fmt: skip
    assert root is not None
    week = [clock.today() - timedelta(days=n) for n in range(1, 8)]
    by_both = [by_hand(one, week) for one in (school, other)]
    assert root.marks == sum(counts["marks"] for found in by_both for counts in found.values())
    assert root.lessons == sum(counts["lessons"] for found in by_both for counts in found.values())
