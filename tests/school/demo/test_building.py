"""The demo school is whole, repeatable and fast enough to be built at first start."""

import json
import random
from datetime import date, time, timedelta
from typing import Any

from flask import Flask
from sqlalchemy import func, select

from school.classes.models import (
    Absence,
    AbsenceNote,
    Course,
    Lesson,
    PresenceTaken,
    SchoolYear,
    StudyGroup,
    Substitution,
)
from school.core import clock
from school.core.database import db
from school.core.records.canonical import canonical
from school.core.records.models import RecordEvent
from school.core.transactions import unit_of_work
from school.demo.accounts import printed_accounts
from school.demo.building import build
from school.demo.timetable import DAYS, Load, Placed, place, without_gaps
from school.gradebook.models import Mark, SubjectGoal, SubjectTotal, TermMark, YearMark
from school.homework.models import Homework, OwnTask
from school.mastery.models import JudgedAnswer, PupilTopic
from school.people.models import Account, Member, School
from school.tasks.models import Attempt
from school.tasks.queries import judged_items

AUTUMN = date(2026, 11, 23)


def counts() -> tuple[int, ...]:
    return tuple(
        db.session.scalar(select(func.count()).select_from(model).where(model.school_id == 1)) or 0
        for model in (Member, Lesson, Mark, SubjectTotal)
    )


def test_the_school_is_whole(app: Flask) -> None:
    with unit_of_work():
        accounts = build(AUTUMN)
    members, lessons, marks, totals = counts()
    assert members > 300
    assert lessons > 6000
    assert marks > 8000
    assert totals > 1000
    learnt = db.session.scalar(select(func.count()).select_from(JudgedAnswer).where(JudgedAnswer.school_id == 1)) or 0
    assert learnt > 1000, "the pupil model knows nothing of what was answered"
    lost = select(func.count()).where(PupilTopic.school_id == 1, PupilTopic.wins == 0, PupilTopic.failed_days == 0)
    assert db.session.scalar(lost) == 0, "what went wrong is not counted by days"
    tests, works, own, goals = (
        db.session.scalar(select(func.count()).select_from(model).where(model.school_id == 1, *where))
        for model, where in (
            (Homework, [Homework.conditions_id.is_not(None)]),
            (Homework, [Homework.rubric.is_not(None)]),
            (OwnTask, []),
            (SubjectGoal, []),
        )
    )
    assert (tests, works, own, goals) == (1, 1, 2, 3), "what a homework can be is not shown"
    assert {one.role for one in accounts} >= {"teacher", "pupil", "parent", "head", "deputy", "admin", "analyst"}
    again = {one.login: one.name for one in printed_accounts()}
    assert again == {one.login: one.name for one in accounts}, "a second start prints the same names"
    assert all(len(name.split()) == 3 for name in again.values())


def test_the_same_day_gives_the_same_school(app: Flask) -> None:
    seen = []
    for _ in range(2):
        build(AUTUMN)
        seen.append(db.session.scalars(select(Mark.id).where(Mark.school_id == 1).order_by(Mark.id).limit(50)).all())
        db.session.rollback()
    assert seen[0] == seen[1]


def test_marks_reach_back_four_months_of_school(app: Flask) -> None:
    with unit_of_work():
        build(AUTUMN)
    days = set(db.session.scalars(select(Mark.on_date).where(Mark.school_id == 1).distinct()))
    assert len(days) >= 75
    assert max(days) <= AUTUMN
    the_morning_has_a_story()
    the_day_has_events()
    the_year_before_is_whole()
    the_city_has_parts()
    finished_tasks_can_be_looked_at()


def the_day_has_events() -> None:
    """A substitute, a parent's word, a cancelled lesson, a mark that families do not see yet, and works due today."""
    assert _many(Substitution, Substitution.reason != "") > 0
    assert _many(Lesson, Lesson.state == "cancelled") == 2
    noon = clock.moscow(AUTUMN, time(12))
    fresh = select(Mark.released_at).where(
        Mark.school_id == 1, Mark.set_at > noon - timedelta(minutes=40), Mark.value.is_not(None)
    )
    assert {released > noon for released in db.session.scalars(fresh)} == {True, False}
    assert _many(Mark, Mark.due_on == AUTUMN, Mark.code == "•") > 0
    told = select(AbsenceNote.made_by, Member.account_id).join(
        Member, (Member.school_id == AbsenceNote.school_id) & (Member.id == AbsenceNote.pupil_id)
    )
    notes = db.session.execute(told.where(AbsenceNote.school_id == 1, Member.school_id == 1)).all()
    assert notes
    assert all(by != own for by, own in notes), "a parent tells, not the child"
    events = select(RecordEvent.payload).where(RecordEvent.school_id == 1, RecordEvent.kind == "mark.set").limit(50)
    assert all(text == canonical(json.loads(text)) for text in db.session.scalars(events))


def the_year_before_is_whole() -> None:
    """Each class of the year before has marks of its four quarters and of the year; the ninth those of the certificate."""
    in_terms = (
        select(StudyGroup.name, func.count(TermMark.term_id.distinct()))
        .join(Course, (Course.school_id == TermMark.school_id) & (Course.id == TermMark.course_id))
        .join(StudyGroup, (StudyGroup.school_id == Course.school_id) & (StudyGroup.id == Course.group_id))
        .join(SchoolYear, (SchoolYear.school_id == StudyGroup.school_id) & (SchoolYear.id == StudyGroup.year_id))
        .where(TermMark.school_id == 1, Course.school_id == 1, StudyGroup.school_id == 1, SchoolYear.school_id == 1)
        .where(SchoolYear.ends_on < AUTUMN, StudyGroup.kind == "class")
        .group_by(StudyGroup.name)
    )
    found = {row[0]: row[1] for row in db.session.execute(in_terms)}
    assert found == {"5 «А»": 4, "6 «А»": 4, "6 «Б»": 4, "9 «А»": 4}
    for kind in ("year", "exam", "final"):
        assert _many(YearMark, YearMark.kind == kind) > 80


def the_city_has_parts() -> None:
    """Districts of several schools, and one school so small that its figures are hidden."""
    sizes = db.session.execute(
        select(School.district, func.count(Member.id))
        .join(Member, Member.school_id == School.id)
        .group_by(School.id, School.district)
    ).all()
    assert len({district for district, _ in sizes}) == 3
    assert len(sizes) == 5
    assert min(size or 0 for _, size in sizes) < 20


def _many(model: Any, *where: Any) -> int:
    return db.session.scalar(select(func.count()).select_from(model).where(model.school_id == 1, *where)) or 0


def finished_tasks_can_be_looked_at() -> None:
    """What the demo's pupils answered is read by the same code that reads real answers."""
    kinds: set[str] = set()
    for attempt in db.session.scalars(select(Attempt).where(Attempt.school_id == 1).limit(400)):
        kinds |= {one.kind for one in judged_items(attempt)}
    assert {"number", "text"} <= kinds


def the_morning_has_a_story() -> None:
    """Presence of the lessons that are over, somebody away without a word, and the pupils of the journeys at school."""
    away = select(Absence.reason, Account.login).join(
        Member, (Member.school_id == Absence.school_id) & (Member.id == Absence.pupil_id)
    )
    rows = db.session.execute(
        away.join(Account, Account.id == Member.account_id).where(
            Absence.school_id == 1, Member.school_id == 1, Absence.on_date == AUTUMN
        )
    ).all()
    assert {reason for reason, _ in rows} >= {"unknown", "illness"}
    assert not {login for _, login in rows} & {"pupil", "pupil5"}
    taken = (
        select(func.count())
        .select_from(PresenceTaken)
        .join(Lesson, (Lesson.school_id == PresenceTaken.school_id) & (Lesson.id == PresenceTaken.lesson_id))
    )
    today = taken.where(PresenceTaken.school_id == 1, Lesson.school_id == 1, Lesson.on_date == AUTUMN)
    assert db.session.scalar(today.where(Lesson.slot <= 3)) == db.session.scalar(today) > 10


def test_a_summer_day_has_a_school_too(app: Flask) -> None:
    with unit_of_work():
        build(date(2027, 7, 15))
    assert counts()[2] > 5000


def test_free_hours_between_lessons_are_filled_from_the_end_of_the_day() -> None:
    first, gap, other = Load("5", "maths", 1, (0,)), Load("5", "russian", 1, (1,)), Load("6", "russian", 1, (1,))
    placed = without_gaps([Placed(first, 1, 1), Placed(gap, 1, 3), Placed(other, 1, 1)])
    assert {(one.load.subject, one.slot) for one in placed if one.load.school_class == "5"} == {
        ("maths", 1),
        ("russian", 2),
    }
    busy = without_gaps([Placed(first, 1, 1), Placed(gap, 1, 3), Placed(other, 1, 2), Placed(other, 1, 1)])
    assert {one.slot for one in busy if one.load is gap} == {3}, "the teacher is elsewhere then"
    swapped = without_gaps([Placed(first, 1, 1), Placed(gap, 1, 3), Placed(other, 1, 2)])
    assert {one.slot for one in swapped if one.load.school_class == "5"} == {1, 2}, "an earlier lesson makes room"


def test_the_timetable_has_no_clashes() -> None:
    loads = [
        Load("5", "maths", 4, (0,)),
        Load("6", "maths", 4, (0,)),
        Load("5", "english", 3, (1, 2)),
        Load("6", "english", 3, (1, 2)),
    ]
    placed = place(loads, random.Random(1))
    assert len(placed) == 14
    seen = set()
    for one in placed:
        assert one.day in DAYS
        for who in (one.load.school_class, *one.load.teachers):
            assert (who, one.day, one.slot) not in seen
            seen.add((who, one.day, one.slot))
