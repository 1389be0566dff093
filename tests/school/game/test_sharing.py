"""What a class does together shows nobody's share; a list by points is there only while everybody agrees."""

import uuid
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, update

from school.classes.models import Enrolment
from school.classes.queries import get_group, get_pupil
from school.core import clock
from school.core.database import db
from school.core.records.models import RecordEvent
from school.core.transactions import unit_of_work
from school.game.actions import set_goal, switch_pupil
from school.game.models import ClassGoal, GoalKind, Side
from school.game.queries.playing import play_of
from school.game.queries.sharing import all_agree, goal_of, list_of, words_of
from school.game.routes.keeping import keep_days
from school.people.models import School
from tests.browsing import SchoolClient
from tests.factories import Make
from tests.school.game.rooms import Playground

A, B, MA, FA, MB = (uuid.UUID(int=n) for n in range(5))
ALL = {(A, A): True, (B, B): True, (A, MA): True, (B, MB): True}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, True),
        ({(A, A): False}, False),
        ({(A, MA): False}, False),
        ({(A, FA): False}, False),  # the other parent says no
        ({(A, FA): True}, True),
        ({(A, MB): False}, True),  # nobody's parent
    ],
)
def test_one_no_is_enough(change: dict[tuple[uuid.UUID, uuid.UUID], bool], expected: bool) -> None:
    assert all_agree([A, B], {A: [MA, FA], B: [MB]}, {**ALL, **change}) is expected


@given(st.sampled_from(sorted(ALL)))
def test_silence_of_anybody_is_a_no(silent: tuple[uuid.UUID, uuid.UUID]) -> None:
    said = {key: yes for key, yes in ALL.items() if key != silent}
    assert not all_agree([A, B], {A: [MA], B: [MB]}, said)
    assert not all_agree([], {}, ALL)
    assert not all_agree([A, B], {A: [MA]}, ALL)  # a pupil without a representative


def test_the_list_of_a_class(make: Make, client: SchoolClient) -> None:
    room = Playground(make, pupils=2)
    parents = [room.parent(n) for n in (0, 1)]
    room.judged(1)
    keep_days()

    def listed() -> bool:
        client.sign_in(make.account_of(room.pupils[0]))
        return room.pupils[1].family_name in client.get(room.game).text

    for pupil in room.pupils:
        client.sign_in(make.account_of(pupil))
        client.post(f"{room.game}/list", data={"says": "yes"})
    assert not listed()
    for n, parent in enumerate(parents):
        client.sign_in(make.account_of(parent))
        client.post(room.of_child(n), data={"what": "list", "says": "yes"})
    assert listed()
    play = play_of(room.school_id, room.pupils[0].id)
    found = list_of(play, words_of(room.school_id, play.class_id or uuid.uuid4()))
    assert found is not None
    assert [(one.is_self, one.points > 0) for one in found] == [(False, True), (True, False)]
    client.sign_in(make.account_of(parents[1]))
    client.post(room.of_child(1), data={"what": "list", "says": "no"})
    assert not listed()  # at once
    client.post(room.of_child(1), data={"what": "list", "says": "yes"})
    events = db.session.scalars(select(RecordEvent.kind).where(RecordEvent.school_id == room.school_id)).all()
    assert events.count("game.list_word") == 5
    newcomer = make.pupil(db.session.get_one(School, room.school_id))
    make.enrol(make.group_of(room.course), newcomer, from_on=clock.today())
    assert not listed()


def test_a_goal_is_the_classs_own(make: Make) -> None:
    room = Playground(make, pupils=4)
    other = Playground(make, pupils=3)
    group = get_group(room.teacher, room.seen.group_id)
    assert group is not None
    today = clock.today()
    with unit_of_work():
        set_goal(room.teacher, group, GoalKind.TOPICS, 5, today - timedelta(3), today + timedelta(3))
    for n in (0, 1):
        room.judged(n)
        room.judged(n, topic=1)
        room.judged(n, item=1, days_ago=5)  # before the goal began
    for n in range(3):
        other.judged(n)
    keep_days()
    goal = goal_of(room.school_id, room.seen.group_id)
    assert goal is not None
    assert (goal.pupils, goal.is_shown) == (2, False)  # of two it would be each other's
    room.judged(2)
    room.judged(2, topic=2, right=False)
    keep_days()
    goal = goal_of(room.school_id, room.seen.group_id)
    assert goal is not None
    assert (goal.done, goal.pupils, goal.is_reached) == (5, 3, True)  # an error is no topic won
    switched = get_pupil(room.teacher, room.pupils[2].id)
    assert switched is not None
    with unit_of_work():
        switch_pupil(room.teacher, switched, Side.SCHOOL, is_on=False)
    assert goal_of(room.school_id, room.seen.group_id) == goal  # else the difference would be what that child had added
    room.judged(2, topic=2, item=1)
    keep_days()
    assert goal_of(room.school_id, room.seen.group_id) == goal  # and off is off
    with unit_of_work():
        switch_pupil(room.teacher, switched, Side.SCHOOL, is_on=True)
    with unit_of_work():
        set_goal(room.teacher, group, GoalKind.DAYS, 90, today, today)
    goal = goal_of(room.school_id, room.seen.group_id)
    assert goal is not None
    assert (goal.kind, goal.done, goal.target) == (GoalKind.DAYS, 3, 90)
    assert goal_of(other.school_id, other.seen.group_id) is None
    dropped = db.session.scalars(select(ClassGoal.dropped_at).where(ClassGoal.school_id == room.school_id)).all()
    assert sum(one is None for one in dropped) == 1


def test_a_newcomer_brings_nothing_along_and_who_leaves_takes_nothing(make: Make) -> None:
    """The sum of a class never moves by what one child has done elsewhere or before."""
    room = Playground(make, pupils=5)
    group = get_group(room.teacher, room.seen.group_id)
    assert group is not None
    today = clock.today()
    with unit_of_work():
        set_goal(room.teacher, group, GoalKind.DAYS, 50, today - timedelta(4), today + timedelta(3))
    for n in range(5):
        room.judged(n, days_ago=2)
    keep_days()
    places = db.session.scalars(
        select(Enrolment).where(Enrolment.school_id == room.school_id, Enrolment.group_id == room.seen.group_id)
    ).all()
    by_pupil = {one.pupil_id: one for one in places}
    with unit_of_work():
        by_pupil[room.pupils[0].id].to_on = today - timedelta(1)
        by_pupil[room.pupils[1].id].from_on = today - timedelta(1)
    goal = goal_of(room.school_id, room.seen.group_id)
    assert goal is not None
    assert goal.done == 4


def test_a_word_of_the_old_class_is_no_word_of_the_new_one(make: Make, client: SchoolClient) -> None:
    """Who said yes in another class has said nothing here; the last to say yes and the first to withdraw decide at once."""
    room = Playground(make, pupils=2)
    parents = [room.parent(n) for n in (0, 1)]
    for n in (0, 1):
        client.sign_in(make.account_of(room.pupils[n]))
        client.post(f"{room.game}/list", data={"says": "yes"})
        client.sign_in(make.account_of(parents[n]))
        client.post(room.of_child(n), data={"what": "list", "says": "yes"})
    client.sign_in(make.account_of(room.pupils[0]))
    assert room.pupils[1].family_name in client.get(room.game).text
    other = make.school_class(make.school_of(room.course), letter="Г")
    with unit_of_work():
        db.session.execute(
            update(Enrolment)
            .where(Enrolment.school_id == room.school_id, Enrolment.group_id == room.seen.group_id)
            .values(group_id=other.id)
        )
    assert room.pupils[1].family_name not in client.get(room.game).text


def test_who_opens_what(make: Make, client: SchoolClient) -> None:
    room = Playground(make, pupils=2)
    other = Playground(make, pupils=1)
    teacher, parent = make.teacher_of(room.course), room.parent(0)
    client.sign_in(make.account_of(teacher))
    page = client.get(room.of_class)
    assert page.status_code == 200
    assert room.pupils[0].family_name not in page.text  # whose game is off is the class teacher's to know
    assert client.post(f"{room.of_class}/pupils/{room.pupils[0].id}", data={"says": "no"}).status_code == 404
    assert client.post(room.of_class, data={"what": "goal", "kind": "topics", "target": "12"}).status_code == 303
    assert "12" in client.get(room.of_class).text
    assert client.post(room.of_class, data={"what": "goal", "kind": "topics", "target": "-3"}).status_code == 303
    assert client.post(room.of_class, data={"what": "drop"}).status_code == 303
    assert goal_of(room.school_id, room.seen.group_id) is None
    make.lead(make.group_of(room.course), teacher)
    assert room.pupils[0].family_name in client.get(room.of_class).text
    assert client.post(f"{room.of_class}/pupils/{other.pupils[0].id}", data={"says": "no"}).status_code == 404
    client.sign_in(make.account_of(parent))
    assert client.get(room.of_child(0)).status_code == 200
    assert client.get(room.of_child(1)).status_code == 404
    assert client.get(room.of_class).status_code == 404
    assert f"/pupils/{room.pupils[0].id}/game" in client.get(f"/s/{room.school_id}/pupils/{room.pupils[0].id}/progress").text  # fmt: skip
    for stranger in (make.teacher_of(other.course), other.pupils[0], room.pupils[1]):
        client.sign_in(make.account_of(stranger))
        assert client.get(room.of_class).status_code == 404
        assert client.get(room.of_child(0)).status_code == 404
    client.sign_in(make.account_of(room.pupils[0]))
    assert client.post(room.of_child(0), data={"what": "switch", "says": "no"}).status_code == 404
