"""Cancelled, moved and taken by somebody else: what stays in the journal, and what is refused in words."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import func, select

from school.classes.actions import (
    cancel_lesson,
    end_substitution,
    move_lesson,
    restore_lesson,
    substitute,
    write_topic,
)
from school.classes.errors import CannotDo, Clash
from school.classes.hooks import LessonWent, followers
from school.classes.models import Lesson, Substitution
from school.classes.queries import get_lesson
from school.core import clock
from school.core.access import Actor
from school.core.database import db
from school.core.transactions import unit_of_work
from tests.factories import Make


@pytest.fixture
def town(make: Make) -> SimpleNamespace:
    """Two classes, a lesson of each in the third slot tomorrow, and a free teacher."""
    school = make.school()
    group, other = make.school_class(school), make.school_class(school, letter="В")
    course, beside = make.course(group, pupils=2), make.course(other, pupils=1)
    deputy = make.actor(make.member(school, "deputy"), "deputy")
    return SimpleNamespace(
        school=school,
        group=group,
        course=course,
        beside=beside,
        deputy=deputy,
        lesson=make.lesson(course, days=1, slot=3),
        other=make.lesson(beside, days=1, slot=3, room="301"),
        free=make.teacher(school),
        tomorrow=clock.today() + timedelta(days=1),
    )


def seen(town: SimpleNamespace, lesson: Lesson | None = None, actor: Actor | None = None) -> object:
    db.session.expire_all()
    found = get_lesson(actor or town.deputy, (lesson or town.lesson).id)
    assert found is not None
    return found


def test_a_moved_lesson_leaves_its_trace_and_takes_with_it_what_hangs_on_it(town: SimpleNamespace) -> None:
    went: list[LessonWent] = []
    followers.append(went.extend)
    try:
        with unit_of_work():
            substitute(town.deputy, seen(town), town.free)
            write_topic(town.deputy, seen(town), "Дроби")
            made = move_lesson(town.deputy, seen(town), town.tomorrow + timedelta(days=1), 5, "12")
    finally:
        followers.remove(went.extend)
    old = seen(town)
    new = get_lesson(town.deputy, made)
    assert (old.state, old.moved_to_id, old.substitute_id) == ("moved", made, None)
    assert (new.state, new.slot, new.room, new.topic) == ("planned", 5, "12", "Дроби")
    assert new.substitute_id == town.free.id
    assert [(one.lesson_id, one.new_id) for one in went] == [(old.id, made)]


def test_a_lesson_can_be_moved_back(town: SimpleNamespace) -> None:
    with unit_of_work():
        made = move_lesson(town.deputy, seen(town), town.tomorrow, 6)
    with unit_of_work():
        assert move_lesson(town.deputy, get_lesson(town.deputy, made), town.tomorrow, 3) == town.lesson.id
    back = seen(town)
    assert (back.state, back.moved_to_id, back.slot) == ("planned", None, 3)
    assert db.session.scalar(select(func.count()).select_from(Lesson).where(Lesson.school_id == town.school.id)) == 2


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"teacher": True}, "7 «В»"),
        ({"room": "205"}, "205"),
        ({"same_group": True}, "7 «Б»"),
    ],
    ids=["the teacher", "the room", "the pupils"],
)
def test_a_lesson_does_not_go_where_somebody_is_needed_twice(
    make: Make, town: SimpleNamespace, change: dict[str, object], words: str
) -> None:
    values = {"room": change.get("room", "88")}
    if change.get("teacher"):
        values["teacher_id"] = make.teacher_of(town.course).id
    busy = make.course(town.group) if change.get("same_group") else town.beside
    make.lesson(busy, days=1, slot=5, **values)
    with pytest.raises(Clash, match=words):
        move_lesson(town.deputy, seen(town), town.tomorrow, 5)
    assert seen(town).state == "planned"


def test_a_shared_pupil_keeps_a_cross_group_from_two_places(make: Make, town: SimpleNamespace) -> None:
    cross = make.school_class(town.school, name="Хор", kind="cross", letter="")
    choir = make.course(cross)
    make.lesson(choir, days=1, slot=6, room="зал")
    with unit_of_work():
        made = move_lesson(town.deputy, seen(town), town.tomorrow, 6)
        move_lesson(town.deputy, get_lesson(town.deputy, made), town.tomorrow, 3)
    make.enrol(cross, make.pupils_of(town.course)[0])
    with pytest.raises(Clash, match="Хор"):
        move_lesson(town.deputy, seen(town), town.tomorrow, 6)


def test_no_bell_no_lesson(town: SimpleNamespace) -> None:
    with pytest.raises(CannotDo, match="12"):
        move_lesson(town.deputy, seen(town), town.tomorrow, 12)
    with pytest.raises(CannotDo):
        move_lesson(town.deputy, seen(town), town.tomorrow + timedelta(days=1000), 1)


def test_cancelled_and_restored(make: Make, town: SimpleNamespace) -> None:
    with unit_of_work():
        cancel_lesson(town.deputy, seen(town))
    assert seen(town).state == "cancelled"
    with pytest.raises(CannotDo):
        cancel_lesson(town.deputy, seen(town))
    with pytest.raises(CannotDo):
        move_lesson(town.deputy, seen(town), town.tomorrow, 5)
    with unit_of_work():
        restore_lesson(town.deputy, seen(town))
    assert seen(town).state == "planned"
    with unit_of_work():
        cancel_lesson(town.deputy, seen(town))
    make.lesson(
        town.beside,
        days=1,
        slot=3,
        on_date=town.tomorrow + timedelta(days=3),
        room="205",
        starts_at=town.lesson.starts_at,
        ends_at=town.lesson.ends_at,
    )
    with pytest.raises(Clash, match="205"):
        restore_lesson(town.deputy, seen(town))


def test_substitution_is_made_replaced_and_ended(make: Make, town: SimpleNamespace) -> None:
    with unit_of_work():
        substitute(town.deputy, seen(town), town.free, "болезнь", "17")
    assert (seen(town).substitute_id, seen(town).room) == (town.free.id, "17")
    second = make.teacher(town.school)
    with unit_of_work():
        substitute(town.deputy, seen(town), second)
    rows = db.session.scalars(select(Substitution).where(Substitution.school_id == town.school.id)).all()
    assert [one.teacher_id for one in rows] == [second.id]
    with unit_of_work():
        end_substitution(town.deputy, seen(town))
    assert seen(town).substitute_id is None
    with pytest.raises(CannotDo):
        end_substitution(town.deputy, seen(town))


def test_a_busy_teacher_substitutes_nobody(make: Make, town: SimpleNamespace) -> None:
    with pytest.raises(Clash, match="7 «В»"):
        substitute(town.deputy, seen(town), make.teacher_of(town.beside))
    with pytest.raises(CannotDo):
        substitute(town.deputy, seen(town), make.teacher_of(town.course))
    with unit_of_work():
        substitute(town.deputy, seen(town), town.free)
    with pytest.raises(Clash):
        substitute(town.deputy, seen(town, town.other), town.free)
    with unit_of_work():
        substitute(town.deputy, seen(town, town.other), make.teacher_of(town.course))
    with pytest.raises(Clash):
        end_substitution(town.deputy, seen(town))


def test_a_held_lesson_stays_with_who_held_it(make: Make, town: SimpleNamespace) -> None:
    with unit_of_work():
        substitute(town.deputy, seen(town), town.free)
    with clock.stopped_at(town.lesson.ends_at + timedelta(hours=1)), pytest.raises(CannotDo):
        end_substitution(town.deputy, seen(town))
