"""Tracks of a class in two presses, and the teacher's hand on every step."""

import re

from sqlalchemy import select

from school.core import clock
from school.core.database import db
from school.core.records.models import RecordEvent
from school.core.transactions import unit_of_work
from school.mastery.estimate.standing import Standing
from school.mastery.models import TopicOverride
from school.mastery.queries import standing_of
from school.tracks.actions import finish_held_in
from school.tracks.models import Source, Track, TrackState
from school.tracks.next_step import open_step
from school.tracks.queries.practised import practised_of
from school.tracks.queries.walking import tracks_of_course, tracks_of_pupil
from school.tracks.seen import SeenTrack
from tests.browsing import SchoolClient
from tests.factories import Make
from tests.school.tracks.rooms import Room


def propose(room: Room, client: SchoolClient, **says: str) -> str:
    client.sign_in(room.make.account_of(room.make.teacher_of(room.course)))
    url = f"/s/{room.seen.school_id}/courses/{room.course.id}/tracks"
    assert client.post(url, data={"goal": str(room.new), "mode": "half", **says}).status_code == 303
    return url


def only(room: Room, n: int = 0) -> SeenTrack:
    return next(one for one in tracks_of_course(room.seen) if one.pupil_id == room.pupils[n].id)


def test_a_class_has_tracks_in_two_presses(make: Make, client: SchoolClient) -> None:
    room = Room(make)
    room.knows(0, room.old, -3)
    room.knows(1, room.old, 3)
    room.knows(2, room.new, 3)
    url = propose(room, client)
    page = client.get(url).text
    assert "опора цели, слабо" in page
    assert tracks_of_pupil(room.seen.school_id, room.pupils[0].id) == []
    ids = re.findall(r'name="track" value="([^"]+)"', page)
    assert len(ids) == 2  # who holds the goal needs no track
    assert client.post(f"{url}/approve", data={"track": ids}).status_code == 303
    first, second = (tracks_of_pupil(room.seen.school_id, one.id)[0] for one in room.pupils[:2])
    assert [one.topic_id for one in first.steps] == [room.old, room.new, room.new]
    assert [one.kind for one in second.steps] == ["task", "test"]
    assert tracks_of_pupil(room.seen.school_id, room.pupils[2].id) == []
    events = db.session.scalars(select(RecordEvent).where(RecordEvent.school_id == room.seen.school_id, RecordEvent.kind == "track")).all()  # fmt: skip
    assert {one.pupil_id for one in events} == {room.pupils[0].id, room.pupils[1].id}


def test_a_newer_track_takes_the_place_of_the_older(make: Make, client: SchoolClient) -> None:
    room = Room(make, pupils=1)
    for _time in range(2):
        url = propose(room, client)
        client.post(f"{url}/approve", data={"track": [str(one.id) for one in tracks_of_course(room.seen)]})
    states = db.session.scalars(select(Track.state).where(Track.school_id == room.seen.school_id)).all()
    assert sorted(states) == [TrackState.APPROVED, TrackState.ENDED]


def test_the_teachers_hand(make: Make, client: SchoolClient) -> None:
    room = Room(make, pupils=1)
    url = propose(room, client)

    def press(verb: str, n: int | None = None, **more: str) -> SeenTrack:
        track = only(room)
        step = f":{track.steps[n].id}" if n is not None else ""
        assert client.post(f"{url}/{track.id}", data={"verb": verb + step, **more}).status_code == 303
        return only(room)

    assert [one.why for one in only(room).steps] == ["unsure", "goal", "goal"]
    assert [one.kind for one in press("down", 1).steps] == ["task", "test", "task"]
    assert press("up", 0).steps[0].kind == "task"
    assert press("lock", 0).steps[0].is_locked
    assert only(room).next == only(room).steps[1]
    assert not press("open", 0).steps[0].is_locked
    assert press("pin", 1).steps[1].is_pinned
    anew = press("anew")
    assert [one.kind for one in anew.steps] == ["task", "test", "task"]
    assert anew.steps[1].is_pinned
    changed = press("replace", 0, kind="extra", topic=str(room.new))
    assert (changed.steps[0].kind, changed.steps[0].why, changed.steps[0].is_pinned) == ("extra", "teacher", True)
    assert press("done", 0).steps[0].is_done
    assert len(press("remove", 0).steps) == 2
    assert [one.position for one in press("add", kind="task", topic=str(room.old)).steps] == [1, 2, 3]
    terms = press("terms", mode="track", by=str(clock.today().replace(year=clock.today().year + 1, day=1)))
    assert terms.mode == "track"
    assert client.post(f"{url}/{terms.id}/end").status_code == 303
    assert tracks_of_course(room.seen) == []


def test_the_keyboard_goes_on_where_it_was(make: Make, client: SchoolClient) -> None:
    room = Room(make, pupils=1)
    url = propose(room, client)

    def press(verb: str, track: SeenTrack, n: int | None = None, **more: str) -> str:
        """What has the focus after a press, as the address says it."""
        step = f":{track.steps[n].id}" if n is not None else ""
        gone = client.post(f"{url}/{track.id}", data={"verb": verb + step, **more})
        shown = client.get(gone.location).text
        assert shown.count(" autofocus") == 1
        return gone.location.partition("at=")[2].replace("%3A", ":")

    track = only(room)
    assert press("remove", track, 0) == f"remove:{track.steps[1].id}"
    assert press("remove", track, 2) == f"remove:{track.steps[1].id}"
    assert press("add", track, kind="task", topic=str(room.old)) == f"add:{track.id}"
    assert press("replace", track, 1, kind="extra", topic=str(room.new)) == f"replace:{track.steps[1].id}"


def test_nobody_else_has_a_hand(make: Make, client: SchoolClient) -> None:
    room = Room(make, pupils=1)
    url = propose(room, client)
    track = only(room)
    for stranger in (room.pupils[0], make.teacher(make.school()), make.parent(db.session.get_one(type(make.school()), room.seen.school_id), room.pupils[0])):  # fmt: skip
        client.sign_in(make.account_of(stranger))
        assert client.get(url).status_code == 404
        assert client.post(url, data={"goal": "plan"}).status_code == 404
        assert client.post(f"{url}/{track.id}", data={"verb": "approve"}).status_code == 404
        assert client.get(f"{url}/of/{room.pupils[0].id}").status_code == 404
    assert only(room).state == TrackState.PROPOSED


def test_a_teachers_word_stands_beside_the_estimate(make: Make, client: SchoolClient) -> None:
    room = Room(make, pupils=1)
    room.knows(0, room.new, -3)
    url = propose(room, client)
    pupil = room.pupils[0]
    word = f"{url}/of/{pupil.id}/word"
    assert client.post(word, data={"topic": room.new, "says": "yes"}).status_code == 303

    def now() -> tuple[Standing, Standing]:
        seen = standing_of(pupil.school_id, [pupil.id], [room.new], clock.now())[pupil.id, room.new]
        return seen.standing, seen.estimate.standing

    assert now() == (Standing.MASTERED, Standing.LEARNING)
    assert "по слову учителя" in client.get(f"{url}/of/{pupil.id}").text
    client.post(word, data={"topic": room.new, "says": ""})
    assert now() == (Standing.LEARNING, Standing.LEARNING)
    assert db.session.scalars(select(TopicOverride.lifted_at).where(TopicOverride.school_id == pupil.school_id)).one()


def test_the_coming_lessons_are_a_goal(make: Make, client: SchoolClient) -> None:
    room = Room(make, pupils=1)
    room.lesson.topic_id = room.new
    make.save(room.lesson)
    propose(room, client, goal="plan")
    track = only(room)
    assert (track.source, track.topics) == (Source.PLAN, (room.new,))


def chosen(page: str, name: str) -> str:
    """The option of a select that stands chosen."""
    found = re.search(rf'<select name="{name}".*?</select>', page, re.S)
    assert found is not None
    option = re.search(r'value="([^"]+)" selected', found[0])
    return option[1] if option else ""


def test_an_error_keeps_what_was_typed(make: Make, client: SchoolClient) -> None:
    room = Room(make, pupils=1)
    client.sign_in(make.account_of(make.teacher_of(room.course)))
    url = f"/s/{room.seen.school_id}/courses/{room.course.id}/tracks"
    typed = {"goal": str(room.old), "by": "2020-02-03", "mode": "track"}
    refused = client.post(url, data=typed)
    assert refused.status_code == 422
    room.knows(0, room.old, 3)
    held = client.post(url, data={**typed, "by": "2040-02-03"})  # nobody needs a track to it
    for page, by in ((refused.text, "2020-02-03"), (client.get(held.location).text, "2040-02-03")):
        assert (chosen(page, "goal"), chosen(page, "mode")) == (str(room.old), "track")
        assert f'value="{by}"' in page
    assert client.post(url, data={**typed, "goal": "", "verb": "check"}).status_code == 422
    own = propose(room, client)
    track = only(room)
    terms = client.post(f"{own}/{track.id}", data={"verb": "terms", "by": "2020-02-04", "mode": "track"})
    assert terms.status_code == 422
    assert 'role="alert"' in terms.text
    assert 'value="2020-02-04"' in terms.text
    assert chosen(terms.text, "mode") == "track"
    for verb in ("add", f"replace:{track.steps[0].id}"):
        page = client.post(f"{own}/{track.id}", data={"verb": verb, "kind": "unit", "topic": str(room.old)}).text
        opened = page[page.index('<details class="more" open>') :]
        assert (chosen(opened, "kind"), chosen(opened, "topic")) == ("unit", str(room.old))
        assert page.count('<details class="more" open>') == 1


def test_the_row_of_a_pupil_says_what_their_page_says(make: Make, client: SchoolClient) -> None:
    room = Room(make, pupils=1)
    make.task(room.course.subject_id)
    url = propose(room, client)
    client.post(f"{url}/approve", data={"track": [str(only(room).id)]})
    first = only(room).steps[0]

    def row() -> str:
        return client.get(url).text.partition('id="class-track"')[2] or client.get(url).text

    assert "0 из 3" in row()
    room.knows(0, room.old, -1.0, days_ago=0)  # practised today: the next one has its turn
    assert open_step(only(room), practised_of(room.seen.school_id, [only(room)])[room.pupils[0].id]) == only(room).steps[1]  # fmt: skip
    word = f"{url}/of/{room.pupils[0].id}/word"
    assert client.post(word, data={"topic": room.old, "says": "yes"}).status_code == 303
    assert only(room).steps[0].id == first.id
    assert only(room).steps[0].is_done  # by the teacher's word, without an attempt
    assert "1 из 3" in row()


def test_the_night_finishes_what_holds_by_itself(make: Make, client: SchoolClient) -> None:
    room = Room(make, pupils=2)
    url = propose(room, client)
    client.post(f"{url}/approve", data={"track": [str(only(room, n).id) for n in (0, 1)]})
    room.knows(0, room.old, 3.0)  # a verdict was put right: no attempt is finished
    with unit_of_work():
        assert finish_held_in(make.school_of(room.course)) == 1
    assert [only(room, n).done for n in (0, 1)] == [1, 0]
