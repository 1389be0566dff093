"""More time, larger print, fewer questions: set by class teacher or deputy, kept with who and when, held in every attempt."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from school.core.database import db, new_id
from school.core.records.models import RecordEvent
from school.core.transactions import unit_of_work
from school.people.models import School
from school.tasks.actions import start_attempt
from school.tasks.actions.easing import set_ease
from school.tasks.actions.running import Given
from school.tasks.ease import FEWER, TIMES, Ease
from school.tasks.models import Conditions
from school.tasks.queries import shown_items
from school.tasks.queries.easing import ease_of, steps_of
from tests.browsing import SchoolClient
from tests.factories import Make


def test_it_holds_in_every_attempt(make: Make) -> None:
    course = make.course(pupils=2)
    pupil, classmate = make.pupils_of(course)
    version = make.task(course.subject_id)
    school = db.session.get_one(School, course.school_id)
    deputy = make.actor(make.member(school, "deputy"), "deputy")
    with unit_of_work():
        conditions = Conditions(school_id=course.school_id, id=new_id(), minutes=20)
        db.session.add(conditions)
        assert set_ease(deputy, pupil, Ease(50, True, 50))
        assert not set_ease(deputy, pupil, Ease(50, True, 50)), "the same once more is nothing new"
        with pytest.raises(ValueError, match="more_time=33"):
            set_ease(deputy, pupil, Ease(33))
    for member, minutes, questions, points in ((pupil, 30, 2, 2), (classmate, 20, 4, 4)):
        with unit_of_work():
            as_asked = Given(conditions=conditions)
            made = start_attempt(make.actor(member, "pupil"), version, member, as_asked)
        assert made.closes_at and made.closes_at - made.started_at == timedelta(minutes=minutes)
        assert len(shown_items(made)) == questions and made.max_points == points
    kept = db.session.scalars(
        select(RecordEvent).where(RecordEvent.school_id == course.school_id, RecordEvent.kind == "accommodation")
    )
    assert [one.pupil_id for one in kept] == [pupil.id]


def test_the_page(make: Make, client: SchoolClient) -> None:
    course = make.course(pupils=2)
    pupil, classmate = make.pupils_of(course)
    school = db.session.get_one(School, course.school_id)
    url = f"/s/{school.id}/pupils/{pupil.id}/accommodations"
    deputy = make.member(school, "deputy")
    for stranger in (pupil, classmate, make.teacher_of(course), make.parent(school, pupil)):
        client.sign_in(make.account_of(stranger))
        assert client.get(url).status_code == client.post(url).status_code == 404
    client.sign_in(make.account_of(deputy))
    assert "как у всех" in client.get(url).text
    assert client.post(url, data={"more_time": "33", "fewer": "0"}).status_code == 422
    assert client.post(url, data={"more_time": "25", "fewer": "0", "larger_print": "y"}).status_code == 303
    assert "на 25" in client.get(url).text and ease_of(pupil) == Ease(25, True, 0)
    client.post(url, data={"more_time": "0", "fewer": "0"})
    assert ease_of(pupil) == Ease() and len(steps_of(pupil)) == 2 and not ease_of(classmate).is_any
    client.post(url, data={"more_time": "0", "fewer": "0", "larger_print": "y"})
    with unit_of_work():
        made = start_attempt(make.actor(pupil, "pupil"), make.task(course.subject_id), pupil)
    client.sign_in(make.account_of(pupil))
    assert 'data-years="large"' in client.get(f"/s/{school.id}/attempts/{made.id}").text


@given(
    items=st.lists(st.uuids().map(str), unique=True, max_size=30),
    seed=st.integers(0, 2**31),
    fewer=st.sampled_from(FEWER),
    time=st.sampled_from(TIMES),
)
def test_some_are_always_left_in_their_order(items: list[str], seed: int, fewer: int, time: int) -> None:
    ease = Ease(time, fewer=fewer)
    kept = ease.of(items, seed)
    assert kept == [one for one in items if one in kept] == ease.of(items, seed)
    assert bool(kept) == bool(items) and len(kept) * 100 >= len(items) * (100 - fewer)
    assert ease.minutes(20) * 100 >= 20 * (100 + time)
