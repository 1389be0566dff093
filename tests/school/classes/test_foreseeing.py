"""A class or a building gets other bells: lessons go with what hangs on them, nobody ends in two places, nothing goes unseen."""

from collections.abc import Iterator
from datetime import date, time, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import select

from school.classes.actions import generate_lessons, move_lesson, substitute
from school.classes.actions.calendar import save_bells
from school.classes.actions.structure import change_place
from school.classes.errors import CannotDo, ManyClashes, ToAgree
from school.classes.models import (
    Absence,
    Bell,
    BellSchedule,
    Building,
    ExtraLesson,
    ExtraPlace,
    Lesson,
    Regime,
    SchoolYear,
    StudyGroup,
    Substitution,
)
from school.classes.queries import get_group, get_lesson
from school.core import clock
from school.core.database import db, new_id
from school.core.transactions import unit_of_work
from tests.factories import Make

EVENING = {1: time(14), 2: time(15), 3: time(16)}


def next_weekday(weekday: int) -> date:
    day = clock.today() + timedelta(days=7)
    return day + timedelta(days=(weekday - day.isoweekday()) % 7)


@pytest.fixture(autouse=True)
def _before_the_first_bell() -> Iterator[None]:
    """So that all lessons of today are still to come, whatever the hour."""
    with clock.stopped_at(clock.moscow(clock.today(), time(3))):
        yield


@pytest.fixture
def school(make: Make) -> SimpleNamespace:
    """7Б learns in the morning, on Mondays 1–4; 8В in the second shift, on Mondays 1. A second shift of three bells."""
    row = make.school()
    mine, evening = make.school_class(row), make.school_class(row, 8, "В", shift=2)
    building = db.session.scalars(select(Building).where(Building.school_id == row.id)).one()
    year = db.session.scalars(select(SchoolYear).where(SchoolYear.school_id == row.id)).one()
    regime = db.session.scalars(select(Regime).where(Regime.school_id == row.id)).one()
    schedule = BellSchedule(
        school_id=row.id, id=new_id(), building_id=building.id, shift=2, name="2-я смена", from_on=year.starts_on
    )
    make.save(schedule)
    make.save(
        *(
            Bell(school_id=row.id, schedule_id=schedule.id, slot=n, starts=at, ends=time(at.hour, 45))
            for n, at in EVENING.items()
        )
    )
    course, theirs = make.course(mine, pupils=2), make.course(evening, pupils=2)
    for n in range(1, 5):
        make.slot(course, 1, n, room=f"10{n}")
    make.slot(theirs, 1, 1, room="310")
    make.slot(make.course(make.school_class(make.school())), 1, 1)
    admin = make.actor(make.member(row, "admin"), "admin")
    with unit_of_work():
        generate_lessons(admin, year)
    return SimpleNamespace(
        row=row, mine=mine, course=course, theirs=theirs, admin=admin, building=building, regime=regime, year=year
    )


def move(school: SimpleNamespace, agreed: str | None = None, shift: int = 2) -> None:
    group = get_group(school.admin, school.mine.id)
    assert group is not None
    place = {"building": school.building, "shift": shift, "regime": school.regime}
    with unit_of_work():
        change_place(school.admin, group, **place, agreed=agreed)


def lessons(school: SimpleNamespace, course: Any, on: date | None = None) -> list[Lesson]:
    db.session.expire_all()
    rows = select(Lesson).where(Lesson.school_id == school.row.id, Lesson.course_id == course.id)
    rows = rows.where(Lesson.on_date == on) if on else rows.where(Lesson.on_date >= clock.today())
    return list(db.session.scalars(rows.order_by(Lesson.on_date, Lesson.slot)))


def starts(one: Lesson) -> time:
    return clock.local(one.starts_at).time()


def refused(school: SimpleNamespace) -> list[Any]:
    """The clashes; and nothing has changed."""
    before = [(one.id, one.starts_at, one.state) for one in lessons(school, school.course)]
    with pytest.raises(ManyClashes) as refusal:
        move(school)
    assert before == [(one.id, one.starts_at, one.state) for one in lessons(school, school.course)]
    kept = select(StudyGroup.shift).where(StudyGroup.school_id == school.row.id, StudyGroup.id == school.mine.id)
    assert db.session.scalar(kept) == 1
    return list(refusal.value.found)


def test_lessons_go_with_their_bells_and_what_hangs_on_them(make: Make, school: SimpleNamespace) -> None:
    monday = next_weekday(1)
    first, second, _third, last = (one.id for one in lessons(school, school.course, monday))
    later = lessons(school, school.course, monday + timedelta(days=7))[3].id
    pupil = make.pupils_of(school.course)[0]
    absence = {"fact": "absent", "reason": "illness", "noted_at": clock.now(), "noted_by": new_id()}
    for one in (first, last):
        make.save(
            Absence(school_id=school.row.id, id=new_id(), lesson_id=one, pupil_id=pupil.id, on_date=monday, **absence)
        )
    free = make.teacher(school.row)
    with unit_of_work():
        seen = get_lesson(school.admin, second)
        assert seen is not None
        substitute(school.admin, seen, free)
    with pytest.raises(ToAgree) as question:
        move(school, agreed="")
    outcome = question.value.outcome
    assert starts(lessons(school, school.course, monday)[0]) == time(8, 30), "nothing before the confirm"
    weeks = len({one.on_date for one in lessons(school, school.course)})
    assert (outcome.moved, outcome.with_things, outcome.covers, outcome.made) == (3 * weeks, 1, 1, 0)
    assert (outcome.gone, outcome.kept) == (weeks - 1, 1)
    assert [(line.slot, line.kept) for line in outcome.lost] == [(4, (monday,))]
    bells = [(one.slot, clock.local(one.before[0]).time(), clock.local(one.after[0]).time()) for one in outcome.bells]
    assert bells == [(1, time(8, 30), time(14)), (2, time(9, 30), time(15)), (3, time(10, 30), time(16))]

    move(school, agreed=outcome.mark)
    after = lessons(school, school.course, monday)
    assert [(one.id, starts(one), one.state) for one in after[:2]] == [
        (first, time(14), "planned"),
        (second, time(15), "planned"),
    ]
    assert [(one.id, one.state) for one in after[3:]] == [(last, "cancelled")]
    assert later not in {one.id for one in lessons(school, school.course)}, "nothing hung on it"
    hung = select(Absence.lesson_id).where(Absence.school_id == school.row.id)
    assert set(db.session.scalars(hung)) == {first, last}
    cover = db.session.scalars(select(Substitution).where(Substitution.school_id == school.row.id)).one()
    assert (cover.lesson_id, cover.teacher_id) == (second, free.id)


def test_what_was_agreed_to_is_what_happens(make: Make, school: SimpleNamespace) -> None:
    with pytest.raises(ToAgree) as question:
        move(school, agreed="")
    make.slot(school.course, 2, 1, room="101")
    with unit_of_work():
        generate_lessons(school.admin, school.year)
    with pytest.raises(ToAgree) as again:
        move(school, agreed=question.value.outcome.mark)
    assert again.value.outcome.moved > question.value.outcome.moved


@pytest.mark.parametrize("shared", ["teacher", "room", "pupils", "none"])
def test_a_weekly_clash_is_named_once_with_its_days(make: Make, school: SimpleNamespace, shared: str) -> None:
    pupil = make.pupils_of(school.course)[0]
    group = make.save(
        StudyGroup(
            school_id=school.row.id,
            id=new_id(),
            year_id=school.year.id,
            kind="cross",
            name="Робототехника",
            year_level=7,
            class_id=None,
            regime_id=school.regime.id,
            building_id=school.building.id,
            shift=2,
        )
    )
    teacher = make.teacher_of(school.course) if shared == "teacher" else None
    cross = make.course(group, teacher=teacher)
    make.enrol(group, *([pupil] if shared == "pupils" else []))
    make.slot(cross, 1, 2, room="102" if shared == "room" else "400")
    with unit_of_work():
        generate_lessons(school.admin, school.year)
    if shared == "none":
        move(school)
        assert starts(lessons(school, school.course)[0]) == time(14)
        return
    found = refused(school)
    assert len(found) == 1, found
    who = {
        "teacher": make.teacher_of(school.course).family_name,
        "room": "каб. 102",
        "pupils": f"{pupil.family_name} {pupil.given_name}",
    }[shared]
    line = found[0]
    assert who in line.who
    assert (line.weekday, line.ours.slot, line.theirs.slot) == ("Понедельник", 2, 2)
    assert "Робототехника" in line.theirs.title
    assert list(line.days) == sorted({one.on_date for one in lessons(school, cross)})


def test_one_day_changes_covers_and_extra_lessons_clash_too(make: Make, school: SimpleNamespace) -> None:
    monday, teacher = next_weekday(1), make.teacher_of(school.course)
    theirs = lessons(school, school.theirs, monday)[0]
    with unit_of_work():
        seen = get_lesson(school.admin, theirs.id)
        assert seen is not None
        substitute(school.admin, seen, teacher)
        tuesday = get_lesson(school.admin, lessons(school, school.theirs, monday + timedelta(days=7))[0].id)
        assert tuesday is not None
        move_lesson(school.admin, tuesday, monday + timedelta(days=7), 3, "103")
    topic = make.topic(make.subject())
    at = clock.moscow(monday, time(15, 10))
    extra = make.save(
        ExtraLesson(
            school_id=school.row.id,
            id=new_id(),
            course_id=school.theirs.id,
            teacher_id=make.teacher(school.row).id,
            topic_id=topic.id,
            building_id=school.building.id,
            room="",
            on_date=monday,
            starts_at=at,
            ends_at=at + timedelta(minutes=40),
            made_at=clock.now(),
            made_by=new_id(),
        )
    )
    place = {"right": 0, "answers": 2, "invited_at": clock.now(), "course_id": school.course.id}
    pupil = make.pupils_of(school.course)[1]
    make.save(ExtraPlace(school_id=school.row.id, id=new_id(), extra_id=extra.id, pupil_id=pupil.id, **place))
    found = refused(school)
    told = [(one.days, one.ours.slot, one.theirs.note) for one in found]
    assert told == [
        ((monday,), 1, f"замена: {found[0].who}"),
        ((monday,), 2, "дополнительный урок"),
        ((monday + timedelta(days=7),), 3, "только в этот день"),
    ]
    assert pupil.family_name in found[1].who
    assert found[2].who == "каб. 103"


def test_a_lesson_moved_by_hand_goes_with_the_bells_of_its_day(school: SimpleNamespace) -> None:
    monday = next_weekday(1)
    with unit_of_work():
        seen = get_lesson(school.admin, lessons(school, school.course, monday)[2].id)
        assert seen is not None
        moved = move_lesson(school.admin, seen, monday + timedelta(days=1), 2)
    move(school)
    found = {one.id: starts(one) for one in lessons(school, school.course)}
    assert found[moved] == time(15)


def test_who_met_before_may_go_on_meeting(make: Make, school: SimpleNamespace) -> None:
    """A timetable taken over with a clash is no reason to forbid every later change of bells."""
    beside = make.course(make.school_class(school.row, 7, "Г"), teacher=make.teacher_of(school.course))
    make.slot(beside, 1, 1, room="500")
    with unit_of_work():
        generate_lessons(school.admin, school.year)
        later = {n: (time(8 + n), time(8 + n, 40)) for n in range(1, 5)}
        first = db.session.scalars(
            select(BellSchedule).where(BellSchedule.school_id == school.row.id, BellSchedule.shift == 1)
        ).one()
        values = {"name": "С 9", "shift": 1, "from_on": school.year.starts_on, "to_on": None, "times": later}
        save_bells(school.admin, school.building, first, **values)
    assert starts(lessons(school, school.course)[0]) == time(9)


def test_new_bells_of_a_shift_are_held_against_the_other_shift(make: Make, school: SimpleNamespace) -> None:
    theirs = make.course(make.school_class(school.row, 9, "А", shift=2), teacher=make.teacher_of(school.course))
    make.slot(theirs, 1, 1, room="600")
    with unit_of_work():
        generate_lessons(school.admin, school.year)
    second = db.session.scalars(
        select(BellSchedule).where(BellSchedule.school_id == school.row.id, BellSchedule.shift == 2)
    ).one()
    values: dict[str, Any] = {"name": "2-я смена", "shift": 2, "from_on": school.year.starts_on, "to_on": None}
    early = {1: (time(11, 20), time(11, 50)), 2: (time(12), time(12, 45)), 3: (time(13), time(13, 45))}
    with pytest.raises(ManyClashes) as refusal, unit_of_work():
        save_bells(school.admin, school.building, second, times=early, **values)
    assert [(one.ours.slot, one.theirs.slot) for one in refusal.value.found] == [(1, 4)]
    assert starts(lessons(school, theirs)[0]) == time(14)
    bells = (
        select(Bell.starts).where(Bell.school_id == school.row.id, Bell.schedule_id == second.id).order_by(Bell.slot)
    )
    assert list(db.session.scalars(bells)) == list(EVENING.values())
    noon = {1: (time(12, 20), time(13)), 2: (time(13, 10), time(13, 50)), 3: (time(14), time(14, 40))}
    with pytest.raises(ToAgree) as question, unit_of_work():
        save_bells(school.admin, school.building, second, times=noon, agreed="", **values)
    assert question.value.outcome.moved == len(lessons(school, theirs)) + len(lessons(school, school.theirs))
    with unit_of_work():
        save_bells(school.admin, school.building, second, times=noon, agreed=question.value.outcome.mark, **values)
    assert starts(lessons(school, theirs)[0]) == time(12, 20)


def test_where_no_bells_ring_a_class_cannot_go(school: SimpleNamespace) -> None:
    with pytest.raises(CannotDo, match="звонк"):
        move(school, shift=3)
