"""Enrolment, moving between classes and schools, appointing teachers."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from school.classes.actions import (
    appoint_teacher,
    enrol,
    generate_lessons,
    lead_class,
    leave,
    move_pupil,
    transfer_pupil,
)
from school.classes.errors import CannotDo
from school.classes.hooks import carriers
from school.classes.models import Absence, ClassLeadership, Enrolment, Lesson, SchoolYear, TimetableSlot
from school.classes.queries import get_course, get_group, get_pupil
from school.core import clock
from school.core.database import db, new_id
from school.core.records import PROGRAM
from school.core.scope import hold_to
from school.core.transactions import unit_of_work
from school.people.models import Guardianship, Member, Role, School, Transfer
from tests.factories import Make


def places(school_id: int, pupil: object) -> list[tuple[object, date, date | None]]:
    rows = db.session.scalars(
        select(Enrolment)
        .where(Enrolment.school_id == school_id, Enrolment.pupil_id == pupil.id)
        .order_by(Enrolment.from_on, Enrolment.id)
    )
    return [(one.group_id, one.from_on, one.to_on) for one in rows]


def test_a_pupil_has_one_class(make: Make) -> None:
    school = make.school()
    group, other = make.school_class(school), make.school_class(school, letter="В")
    pupil = make.pupil(school)
    with unit_of_work():
        enrol(PROGRAM, group, pupil)
        enrol(PROGRAM, group, pupil)
    assert len(places(school.id, pupil)) == 1
    with pytest.raises(CannotDo):
        enrol(PROGRAM, other, pupil)
    with unit_of_work():
        leave(PROGRAM, group, pupil, clock.today())
    assert places(school.id, pupil) == [(group.id, clock.today(), clock.today())]


def test_moving_ends_the_old_class_with_its_halves_and_keeps_groups_across_classes(make: Make) -> None:
    school = make.school()
    old, new = make.school_class(school), make.school_class(school, letter="В")
    half = make.school_class(school, kind="part", name="7 «Б», 1", class_id=old.id)
    new_half = make.school_class(school, kind="part", name="7 «В», 2", class_id=new.id)
    choir = make.school_class(school, kind="cross", name="Хор")
    pupil = make.pupil(school)
    for group in (old, half, choir):
        make.enrol(group, pupil)
    admin = make.actor(make.member(school, "admin"), "admin")
    today = clock.today()
    with unit_of_work():
        move_pupil(admin, get_pupil(admin, pupil.id), get_group(admin, new.id), today, [new_half])
    living = {group for group, _, to_on in places(school.id, pupil) if to_on is None}
    assert living == {new.id, new_half.id, choir.id}
    ended = {to_on for group, _, to_on in places(school.id, pupil) if group in {old.id, half.id}}
    assert ended == {today - timedelta(days=1)}
    assert get_pupil(admin, pupil.id).class_name == "7 «В»"
    with pytest.raises(CannotDo):
        move_pupil(admin, get_pupil(admin, pupil.id), get_group(admin, new.id), today)
    with pytest.raises(CannotDo):
        move_pupil(admin, get_pupil(admin, pupil.id), get_group(admin, old.id), today, [new_half])


def test_a_new_teacher_takes_over_the_lessons_to_come(make: Make) -> None:
    course = make.course()
    today = clock.today()
    slot = make.slot(course, today.isoweekday(), 1)
    year = db.session.scalars(select(SchoolYear).where(SchoolYear.school_id == course.school_id)).one()
    with unit_of_work():
        generate_lessons(PROGRAM, year)
    old = make.teacher_of(course)
    new = make.teacher(db.session.get(School, course.school_id))
    actor = make.actor(old, "teacher")
    since = today + timedelta(days=1)
    with unit_of_work():
        appoint_teacher(actor, get_course(actor, course.id), new, since, instead_of=old)
    rows = db.session.scalars(select(Lesson).where(Lesson.school_id == course.school_id)).all()
    assert {one.teacher_id for one in rows if one.on_date <= today} == {old.id}
    assert {one.teacher_id for one in rows if one.on_date > today} == {new.id}
    slots = db.session.scalars(
        select(TimetableSlot).where(TimetableSlot.school_id == course.school_id).order_by(TimetableSlot.from_on)
    ).all()
    assert [(one.teacher_id, one.from_on, one.to_on) for one in slots] == [
        (old.id, slot.from_on, today),
        (new.id, since, None),
    ]
    with unit_of_work():
        again = generate_lessons(PROGRAM, year)
    assert (again.made, again.changed, again.removed) == (0, 0, 0)
    with clock.stopped_at(clock.now() + timedelta(days=1)):
        assert get_course(make.actor(new, "teacher"), course.id).teaches
        assert not get_course(actor, course.id).teaches


def test_a_class_has_one_class_teacher(make: Make) -> None:
    school = make.school()
    group = make.school_class(school)
    first, second = make.teacher(school), make.teacher(school)
    make.lead(group, first)
    with unit_of_work():
        lead_class(PROGRAM, group, second)
        lead_class(PROGRAM, group, second)
    rows = db.session.scalars(select(ClassLeadership).where(ClassLeadership.school_id == school.id)).all()
    assert {(one.teacher_id, one.to_on is None) for one in rows} == {(first.id, False), (second.id, True)}


def test_a_pupil_goes_to_another_school_with_their_family(make: Make) -> None:
    here, there = make.school(), make.school()
    group = make.school_class(here)
    target = make.school_class(there, letter="А")
    pupil, sibling = make.pupil(here), make.pupil(here)
    make.enrol(group, pupil, sibling)
    mother = make.parent(here, pupil, sibling)
    father = make.parent(here, pupil)
    admin = make.actor(make.member(here, "admin"), "admin")
    today = clock.today()
    lesson = make.lesson(make.course(group), days=-3)
    make.save(
        Absence(
            school_id=here.id,
            lesson_id=lesson.id,
            pupil_id=pupil.id,
            on_date=lesson.on_date,
            fact="absent",
            reason="illness",
            noted_at=clock.now(),
            noted_by=new_id(),
        )
    )
    carriers["probe"] = lambda one: {"name": one.given_name}
    hold_to(frozenset({here.id}))
    try:
        with unit_of_work():
            moved = transfer_pupil(admin, get_pupil(admin, pupil.id), there, target, today)
    finally:
        hold_to(None)
        del carriers["probe"]
    new = db.session.scalars(select(Member).where(Member.school_id == there.id, Member.id == moved.member_id)).one()
    assert new.account_id == pupil.account_id
    assert places(there.id, new) == [(target.id, today, None)]
    assert places(here.id, pupil)[0][2] == today - timedelta(days=1)
    roles = db.session.execute(
        select(Role.school_id, Role.to_on).where(Role.account_id == pupil.account_id, Role.kind == "pupil")
    ).all()
    assert {(one.school_id, one.to_on) for one in roles} == {(here.id, today - timedelta(days=1)), (there.id, None)}
    wards = db.session.scalars(select(Guardianship).where(Guardianship.school_id == there.id)).all()
    assert {one.pupil_id for one in wards} == {new.id} and len(wards) == 2
    closed = dict(db.session.execute(select(Member.id, Member.closed_on).where(Member.school_id == here.id)).all())
    yesterday = today - timedelta(days=1)
    a_year_later = yesterday + timedelta(days=365)
    assert (closed[pupil.id], closed[father.id], closed[mother.id]) == (yesterday, a_year_later, None)
    family = get_pupil(make.actor(father, "parent"), pupil.id)
    assert family is not None and family.follows, "the old school's pages stay readable for the family"
    sides = db.session.scalars(
        select(Transfer).where(Transfer.school_id.in_([here.id, there.id])).order_by(Transfer.direction)
    ).all()
    assert [(one.direction, one.school_id, one.other_school_id) for one in sides] == [
        ("in", there.id, here.id),
        ("out", here.id, there.id),
    ]
    carried = sides[0].carried
    assert (carried["probe"], carried["absences"]) == ({"name": pupil.given_name}, {"illness": 1})
    assert carried["class"] == {"name": "7 «Б»", "year_level": 7}
    with pytest.raises(CannotDo):
        transfer_pupil(admin, get_pupil(admin, sibling.id), here, group, today)


def test_a_pupil_who_comes_back_is_the_same_member(make: Make) -> None:
    here, there = make.school(), make.school()
    group, target = make.school_class(here), make.school_class(there)
    pupil = make.pupil(here)
    make.enrol(group, pupil)
    admin = make.actor(make.member(here, "admin"), "admin")
    other = make.actor(make.member(there, "admin"), "admin")
    today = clock.today()
    with unit_of_work():
        moved = transfer_pupil(admin, get_pupil(admin, pupil.id), there, target, today - timedelta(days=9))
    with unit_of_work():
        back = transfer_pupil(other, get_pupil(other, moved.member_id), here, group, today)
    assert back.member_id == pupil.id
    db.session.expire_all()
    assert db.session.scalar(select(Member.closed_on).where(Member.school_id == here.id, Member.id == pupil.id)) is None
    assert get_pupil(admin, pupil.id).class_id == group.id
