"""The plan of a course: approved, followed by lessons, brought back into step by one press."""

import re
from datetime import date, time, timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from school.classes.actions import cancel_lesson
from school.classes.hooks import LessonWent, tell_followers
from school.classes.queries import get_course, get_lesson
from school.core import clock
from school.core.database import db
from school.core.records.models import RecordEvent
from school.core.transactions import unit_of_work
from school.plans.actions import approve_plan, propose, respread
from school.plans.errors import CannotPlan
from school.plans.queries import plan_of, plans_of
from school.plans.writing import read_plan
from tests.browsing import SchoolClient
from tests.factories import Make

MONDAY = date(2026, 11, 23)
TEXT = "Дроби | 3\nКонтрольная | 1 | к/р | после 1\nПроценты | 2\nПовторение | 1 | резерв"


@pytest.fixture
def room(make: Make) -> SimpleNamespace:
    """A course with a lesson a day for eight days from Monday on, and another course with one of its own."""
    with clock.stopped_at(clock.moscow(MONDAY, time(7))):
        course = make.course(pupils=1)
        lessons = [make.lesson(course, days=n) for n in range(8)]
        make.lesson(make.course(make.school_class(make.school_of(course), letter="В")), days=1, slot=2)
        teacher, leader = make.teacher_of(course), make.teacher(make.school_of(course))
        make.lead(make.group_of(course), leader)
    actor = make.actor(teacher, "teacher")
    return SimpleNamespace(make=make, course=course, lessons=lessons, teacher=teacher, leader=leader, actor=actor)


def seen(room: SimpleNamespace):  # type: ignore[no-untyped-def]
    db.session.expire_all()
    return get_course(room.actor, room.course.id)


def approve(room: SimpleNamespace, text: str = TEXT, day: int = 0, first: int = 1) -> None:
    with clock.stopped_at(at(day)), unit_of_work():
        lines, bad = read_plan(text, first)
        assert not bad
        approve_plan(room.actor, seen(room), lines)


def at(day: int):  # type: ignore[no-untyped-def]
    """The morning of a day, before its lesson."""
    return clock.moscow(MONDAY + timedelta(day), time(7))


def stand(room: SimpleNamespace, day: int = 0) -> list[int | None]:
    """Days of the hours' lessons, from Monday."""
    with clock.stopped_at(at(day)):
        return [None if one.on_date is None else (one.on_date - MONDAY).days for one in plan_of(seen(room)).hours]


def cancel(room: SimpleNamespace, *numbers: int) -> None:
    with clock.stopped_at(at(0)), unit_of_work():
        for n in numbers:
            lesson = get_lesson(room.actor, room.lessons[n].id)
            assert lesson is not None
            cancel_lesson(room.actor, lesson)


def respread_on(room: SimpleNamespace, day: int) -> None:
    with clock.stopped_at(at(day)), unit_of_work():
        respread(room.actor, seen(room), propose(seen(room)).mark)


def test_hours_take_the_lessons_in_their_order(room: SimpleNamespace) -> None:
    approve(room)
    assert stand(room) == [0, 1, 2, 3, 4, 5, 6]
    with clock.stopped_at(at(3)):
        plan = plan_of(seen(room))
        assert (len(plan.given), plan.lag, plan.planned) == (3, 0, 6)
        [line] = plans_of(room.actor, all_courses=True)
        assert (line.hours, line.given, line.lag, line.lost) == (7, 3, 0, 0)


def test_a_lost_lesson_shows_as_lag_and_one_confirm_moves_the_rest(room: SimpleNamespace) -> None:
    approve(room)
    cancel(room, 1)
    assert stand(room, 2) == [0, None, 2, 3, 4, 5, 6]
    with clock.stopped_at(at(2)):
        plan = plan_of(seen(room))
        assert ([one.number for one in plan.lost], plan.lag) == ([2], 1)
        assert [line.lag for line in plans_of(room.actor, all_courses=False)] == [1]
    respread_on(room, 2)
    assert stand(room, 2) == [0, 2, 3, 4, 5, 6, 7]
    kinds = db.session.scalars(
        select(RecordEvent.kind)
        .where(RecordEvent.school_id == room.course.school_id, RecordEvent.thing_id == room.course.id)
        .order_by(RecordEvent.at)
    )
    assert list(kinds) == ["plan.approved", "plan.respread"]


def test_reserve_first_then_two_hours_of_a_topic_and_control_works_alone(room: SimpleNamespace) -> None:
    approve(room)
    cancel(room, 1, 2, 3)
    respread_on(room, 1)
    # Lessons left: 4, 5, 6, 7 for two of «Дроби», the control work, two of «Проценты», the reserve.
    assert stand(room, 1) == [0, 4, 4, 5, 6, 7, None] or stand(room, 1) == [0, 4, 5, 6, 7, 7, None]
    cancel(room, 4, 5, 6)
    with clock.stopped_at(at(1)), pytest.raises(CannotPlan):
        propose(seen(room))


def test_what_was_shown_is_what_is_done(room: SimpleNamespace) -> None:
    approve(room)
    cancel(room, 1)
    with clock.stopped_at(at(2)):
        mark = propose(seen(room)).mark
    cancel(room, 5)
    with clock.stopped_at(at(2)), pytest.raises(CannotPlan):
        respread(room.actor, seen(room), mark)


def test_new_topics_leave_alone_what_was_begun(room: SimpleNamespace) -> None:
    approve(room)
    approve(room, "Проценты | 1\nКонтрольная | 1 | к/р | после 2", day=2, first=2)
    with clock.stopped_at(at(2)):
        plan = plan_of(seen(room))
    assert [(one.topic, one.title, (one.on_date - MONDAY).days) for one in plan.hours] == [
        (1, "Дроби", 0),
        (1, "Дроби", 1),
        (1, "Дроби", 2),
        (2, "Проценты", 3),
        (3, "Контрольная", 4),
    ]
    assert [one.number for one in plan.hours] == [1, 2, 3, 4, 5]


def test_an_hour_goes_with_its_lesson(room: SimpleNamespace) -> None:
    approve(room)
    with clock.stopped_at(at(0)), unit_of_work():
        went = LessonWent(room.course.school_id, room.lessons[0].id, room.lessons[7].id, MONDAY, at(7))
        tell_followers([went])
    assert stand(room)[0] == 7


def test_the_pages(client: SchoolClient, room: SimpleNamespace) -> None:
    s, course = f"/s/{room.course.school_id}", f"/s/{room.course.school_id}/courses/{room.course.id}"
    with clock.stopped_at(clock.moscow(MONDAY, time(8, 35))):
        client.sign_in(room.make.account_of(room.teacher))
        assert "Составить план" in client.get(f"{course}/plan").text
        assert client.post(f"{course}/plan/edit", data={"text": "Дроби | как-нибудь"}).status_code == 422
        assert client.post(f"{course}/plan/edit", data={"text": TEXT}).status_code == 303
        assert "Контрольная" in client.get(f"{course}/plan").text
        lesson = client.get(f"{s}/lessons/{room.lessons[0].id}").text
        assert re.search(r'name="words"[^>]*value="Дроби"', lesson), "the topic is filled in from the plan"
        assert "Подставлено из планирования" in lesson
        assert client.get(f"{s}/plans").status_code == 200
        client.sign_in(room.make.account_of(room.leader))
        assert client.get(f"{course}/plan").status_code == 200
        assert client.get(f"{course}/plan/edit").status_code == 403
        client.sign_in(room.make.account_of(room.make.teacher(room.make.school_of(room.course))))
        assert client.get(f"{course}/plan").status_code == 404
    cancel(room, 1)
    with clock.stopped_at(at(2)):
        client.sign_in(room.make.account_of(room.teacher))
        page = client.get(f"{course}/plan/respread").text
        mark = re.search(r'name="mark" value="(\w+)"', page)
        assert mark
        assert client.post(f"{course}/plan/respread", data={"mark": "old"}).status_code == 422
        assert client.post(f"{course}/plan/respread", data={"mark": mark[1]}).status_code == 303
        assert "Менять нечего" in client.get(f"{course}/plan/respread").text


def test_new_dates_are_offered_only_while_they_would_change_something(
    client: SchoolClient, room: SimpleNamespace
) -> None:
    course = f"/s/{room.course.school_id}/courses/{room.course.id}"

    def read(day: int, page: str = "plan") -> str:
        with clock.stopped_at(at(day)):
            client.sign_in(room.make.account_of(room.teacher))
            return client.get(f"{course}/{page}").text

    approve(room)
    offer = f'href="{course}/plan/respread"'
    assert offer not in read(0), "in step: nothing to move"
    cancel(room, 1)
    assert offer in read(2)
    respread_on(room, 2)
    behind = read(3)
    assert offer not in behind
    assert "отстаёт на 1 час" in behind
    assert "30 ноября 2026" in behind, "the day of the last hour"
    said = read(3, "plan/respread")
    assert "Менять нечего" in said
    assert "отстаёт на 1 час" in said
    cancel(room, 4, 5, 6, 7)
    late = read(3)
    assert offer in late
    assert "не хватает" in late, "too few lessons is said at once"
