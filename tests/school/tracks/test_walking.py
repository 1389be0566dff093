"""The pupil's way: one next step, ten minutes in one tap by the rules of the model, nothing lost, and what changed."""

import re
from collections import Counter

import pytest
from sqlalchemy import select, update

from content_library.models import Subject, TopicNeed
from school.core import clock
from school.core.database import db
from school.core.transactions import unit_of_work
from school.mastery.models import PupilTopic
from school.tasks.actions import finish_attempt, start_attempt
from school.tasks.models import Attempt
from school.tasks.queries import get_attempt, items_asked
from school.tracks.actions import Wish, approve_tracks, begin_ten, propose_tracks
from school.tracks.errors import CannotTrack
from school.tracks.models import Practice, TrackState
from school.tracks.queries.drawing import Pick, ten_minutes
from school.tracks.queries.walking import tracks_of_course, tracks_of_pupil
from tests.browsing import SchoolClient
from tests.factories import Make
from tests.school.tracks.rooms import Room, numbers, topic_of
from tests.statements import Statements


def approve(room: Room, *topics: int) -> None:
    with unit_of_work():
        wish = Wish(topics=topics or (room.new,), by_on=clock.today().replace(year=clock.today().year + 1, day=1))
        propose_tracks(room.teacher, room.seen, room.lines, wish)
        approve_tracks(room.teacher, tracks_of_course(room.seen))


def drawn(room: Room) -> list[Pick]:
    return ten_minutes(room.seen.school_id, room.pupils[0].id, room.course.subject_id, clock.now())


def more_topics(room: Room, n: int) -> list[int]:
    return [topic_of(room.make.task(room.course.subject_id, numbers(3, f"тема {k}: "))) for k in range(n)]


def test_one_question_a_topic_and_reviews_first(make: Make) -> None:
    room = Room(make, pupils=1)
    topics = more_topics(room, 8)
    for k, topic in enumerate(topics):
        room.knows(0, topic, 1.0, days_ago=40 if k == 5 else 2 + k * 0.1)
    picks = drawn(room)
    assert len(picks) == 6
    assert max(Counter(one.question.topic_id for one in picks).values()) == 1
    assert (picks[0].question.topic_id, picks[0].why) == (topics[5], "review")


def test_a_topic_practised_today_waits_for_tomorrow(make: Make) -> None:
    room = Room(make, pupils=1)
    first, second = more_topics(room, 2)
    room.knows(0, first, 1.0, days_ago=0)
    room.knows(0, second, 1.0, days_ago=5)
    assert [one.question.topic_id for one in drawn(room)] == [second]
    db.session.execute(update(PupilTopic).where(PupilTopic.school_id == room.seen.school_id).values(at=clock.now().timestamp()))  # fmt: skip
    db.session.commit()
    assert drawn(room) == []
    with pytest.raises(CannotTrack):
        begin_ten(room.actor(), room.pupils[0], db.session.get_one(Subject, room.course.subject_id))


def test_what_was_failed_twice_gives_way_to_what_it_rests_on(make: Make) -> None:
    room = Room(make, pupils=1)
    room.knows(0, room.new, -2.0, days_ago=3, answers=2)
    room.knows(0, room.old, -2.5, days_ago=2, answers=5)
    assert drawn(room)[0].question.topic_id == room.old
    assert db.session.get(TopicNeed, (room.new, room.old)) is not None


def test_half_takes_lessons_and_track_in_turn(make: Make) -> None:
    room = Room(make, pupils=1)
    topics = more_topics(room, 4)
    for n, topic in enumerate(topics):  # lately taught
        lesson = make.lesson(room.course, days=-2, slot=n + 1)
        lesson.topic_id = topic
        make.save(lesson)
    approve(room)
    whys = [one.why for one in drawn(room)]
    assert whys == ["step", "lesson", "step", "lesson", "useful", "lesson"]


def test_ten_minutes_from_the_press_to_what_changed(make: Make, client: SchoolClient) -> None:
    room = Room(make, pupils=1)
    room.knows(0, room.old, 0.4, days_ago=3, answers=2)
    approve(room)
    pupil = room.pupils[0]
    client.sign_in(make.account_of(pupil))
    home = f"/s/{pupil.school_id}/track"
    page = client.get(home).text
    assert "Следующий шаг" in page
    assert "%" not in re.sub(r"<head.*?</head>", "", page, flags=re.S)  # no per cent for children
    pressed = client.post(f"{home}/ten", data={"subject": room.course.subject_id})
    assert pressed.status_code == 303
    again = client.post(f"{home}/ten", data={"subject": room.course.subject_id})
    assert again.location == pressed.location  # begun once, gone on with
    attempt = db.session.scalars(select(Attempt).where(Attempt.school_id == pupil.school_id)).one()
    items = items_asked(attempt)
    for item in items:
        url = f"{pressed.location}/items/{item.id}/answers"
        key = str(item.spec["key"]["value"])
        answer = {"answer": key, "client_id": f"00000000-0000-7000-8000-{items.index(item):012d}", "number": "1"}
        assert client.post(url, data=answer, headers={"Accept": "application/json"}).status_code == 200
    assert client.post(f"{pressed.location}/finish").status_code == 303
    practice = db.session.scalars(select(Practice).where(Practice.school_id == pupil.school_id)).one()
    assert practice.ended_at is not None
    results = client.get(pressed.location).text
    assert f"/practice/{practice.id}" in results
    changed = client.get(f"/s/{pupil.school_id}/practice/{practice.id}").text
    assert changed.count("data-moved=") == len(items)
    assert "%" not in re.sub(r"<head.*?</head>", "", changed, flags=re.S)
    stranger = make.pupil(db.session.get_one(type(make.school()), pupil.school_id))
    client.sign_in(make.account_of(stranger))
    assert client.get(f"/s/{pupil.school_id}/practice/{practice.id}").status_code == 404


def test_one_count_of_what_is_to_be_repeated(make: Make, client: SchoolClient) -> None:
    """What never held is practised and not repeated: the list of subjects says as many as the map beside it."""
    room = Room(make, pupils=1)
    room.knows(0, room.old, -3, days_ago=40)
    room.knows(0, room.new, 3, days_ago=40)
    client.sign_in(make.account_of(room.pupils[0]))
    page = client.get(f"/s/{room.seen.school_id}/track").text
    assert {"learns", "again"} <= set(re.findall(r'data-shelf="(\w+)"', page))
    assert "1 тему пора повторить" in page


def test_a_step_is_done_when_its_topic_holds(make: Make) -> None:
    room = Room(make, pupils=1)
    approve(room)
    pupil = room.pupils[0]
    before = tracks_of_pupil(pupil.school_id, pupil.id)[0]
    assert before.done == 0
    room.knows(0, room.old, 3.0, days_ago=1)
    finish_something(room)  # any finished attempt looks at the open steps
    after = tracks_of_pupil(pupil.school_id, pupil.id)[0]
    assert [one.is_done for one in after.steps] == [True, False, False]
    assert after.state == TrackState.APPROVED


def finish_something(room: Room) -> None:
    with unit_of_work():
        attempt = start_attempt(room.actor(), room.task, room.pupils[0])
        seen = get_attempt(room.actor(), attempt.id)
        assert seen is not None
        finish_attempt(room.actor(), seen)


def test_the_page_is_lean(make: Make, client: SchoolClient, statements: Statements) -> None:
    room = Room(make, pupils=1)
    for n, topic in enumerate(more_topics(room, 12)):
        room.knows(0, topic, (-1) ** n * 2.0, days_ago=n + 1)
    approve(room)
    client.sign_in(make.account_of(room.pupils[0]))
    address = f"/s/{room.seen.school_id}/track"
    with statements.counted() as first:
        assert client.get(address).status_code == 200
    with statements.counted() as seen:
        assert client.get(address).status_code == 200
    assert len(first) <= 6, first  # of them one for what topics that go wrong rest on
    assert len(seen) <= 4, seen
