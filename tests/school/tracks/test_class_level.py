"""A class at once: groups by who lacks what, three levels of one material, a check that stops, and tracks after an absence."""

import re
import uuid
from datetime import date

import pytest
from sqlalchemy import select

from content_library import shelf
from school.classes.models import Absence
from school.core import clock
from school.core.database import db, new_id
from school.core.transactions import unit_of_work
from school.mastery.actions import InSubject, Told, learn_answers
from school.mastery.queries import topics_named
from school.people.models import School
from school.tasks.models import Attempt
from school.tasks.queries import items_asked
from school.tracks.actions.absent import LONG, longest_run, propose_to_absent
from school.tracks.diagnosing import MOST, MOST_PARTS, SMALL, error_of, is_enough
from school.tracks.grouping import groups, level_of, three_sets
from school.tracks.models import Diagnostic, LessonLevel, LessonWork, Practice, Source
from school.tracks.queries.walking import tracks_of_course
from tests.browsing import SchoolClient
from tests.factories import Make
from tests.school.tracks.rooms import Room, numbers, topic_of
from tests.school.tracks.test_proposing import FADES, HOLDS, NAMED, WEAK

A, B, C = (uuid.UUID(int=n) for n in (1, 2, 3))


def test_each_pupil_stands_in_one_group() -> None:
    known = {(A, 1): WEAK, (A, 2): WEAK, (B, 1): HOLDS, (B, 2): FADES}
    found = groups([A, B, C], [NAMED[1], NAMED[2]], known)
    assert [(one.topic.id if one.topic else None, one.pupils) for one in found] == [(1, (A,)), (2, (B,)), (None, (C,))]


def test_levels_by_results() -> None:
    assert [level_of(one) for one in (None, WEAK, FADES, HOLDS)] == [2, 1, 1, 3]
    ids = [uuid.UUID(int=n) for n in range(12)]
    easy, middle, hard = three_sets(ids, {one: float(one.int) for one in ids}, 6)
    assert (easy[0].int, hard[-1].int) == (0, 11)
    assert sum(one.int for one in easy) < sum(one.int for one in middle) < sum(one.int for one in hard)
    assert three_sets(ids[:3], dict.fromkeys(ids, 0.0), 6) == []


def test_three_levels_of_a_lesson(make: Make, client: SchoolClient) -> None:
    room = Room(make, pupils=3, items=12)
    room.knows(0, room.new, -3)
    room.knows(2, room.new, 3)
    url = f"/s/{room.seen.school_id}/lessons/{room.lesson.id}/levels"
    client.sign_in(make.account_of(make.teacher_of(room.course)))
    assert client.post(url, data={"verb": "make", "topic": room.new}).status_code == 303

    def levels() -> list[int]:
        rows = dict(db.session.execute(select(LessonLevel.pupil_id, LessonLevel.level).where(LessonLevel.school_id == room.seen.school_id)).all())  # type: ignore[arg-type] # fmt: skip
        return [rows[one.id] for one in room.pupils]

    assert levels() == [1, 2, 3]
    assert client.get(url).text.count("<select class=") == 3
    client.post(url, data={f"level-{room.pupils[0].id}": "2"})
    assert levels() == [2, 2, 3]
    lesson = f"/s/{room.seen.school_id}/lessons/{room.lesson.id}"
    client.sign_in(make.account_of(room.pupils[0]))
    page = client.get(lesson).text
    assert "Попроще" in page
    assert "с опорой" not in page  # a pupil sees no name of a level
    client.post(f"{url}/own", data={"verb": "easier"})
    assert levels() == [1, 2, 3]
    begun = client.post(f"{url}/own")
    assert client.post(f"{url}/own").location == begun.location
    attempt = db.session.scalars(select(Attempt).where(Attempt.school_id == room.seen.school_id)).one()
    work = db.session.scalars(select(LessonWork).where(LessonWork.school_id == room.seen.school_id)).one()
    assert [str(one.id) for one in items_asked(attempt)] == work.sets[0]
    client.sign_in(make.account_of(make.pupil(db.session.get_one(School, room.seen.school_id))))
    assert client.get(url).status_code == 404
    assert client.post(f"{url}/own").status_code == 404


def test_groups_page(make: Make, client: SchoolClient) -> None:
    room = Room(make, pupils=2)
    room.knows(0, room.old, -3)
    room.lesson.topic_id = room.new
    make.save(room.lesson)
    client.sign_in(make.account_of(make.teacher_of(room.course)))
    page = client.get(f"/s/{room.seen.school_id}/courses/{room.course.id}/tracks/groups").text
    assert f"Сначала: {topics_named([room.old])[room.old].title}" in page
    assert "Пробелов не видно" in page


def test_groups_without_topics_lead_to_the_plan(make: Make, client: SchoolClient) -> None:
    room = Room(make, pupils=1)
    client.sign_in(make.account_of(make.teacher_of(room.course)))
    page = client.get(f"/s/{room.seen.school_id}/courses/{room.course.id}/tracks/groups").text
    assert "В планировании не названы темы" in page
    assert f'/courses/{room.course.id}/plan"' in page.partition("<main")[2]


def test_an_error_falls_with_answers() -> None:
    assert error_of([]) == 1.0
    assert error_of([0.7] * MOST) < SMALL < error_of([0.7] * 4)


@pytest.mark.parametrize(
    ("chances", "parts", "stops"),
    [([0.7] * 4, 1, False), ([0.7] * MOST, 4, True), ([0.5] * 8, 2, True), ([0.7], MOST_PARTS, True), ([], 9, False)],
)
def test_a_check_stops(chances: list[float], parts: int, *, stops: bool) -> None:
    assert is_enough(chances, parts) is stops


def test_a_check_stops_and_proposes(make: Make, client: SchoolClient) -> None:
    room = Room(make, pupils=1, items=20)
    url = f"/s/{room.seen.school_id}/courses/{room.course.id}/tracks"
    client.sign_in(make.account_of(make.teacher_of(room.course)))
    client.post(url, data={"verb": "check", "goal": str(room.new)})
    client.post(url, data={"verb": "check", "goal": str(room.new)})
    check = db.session.scalars(select(Diagnostic).where(Diagnostic.school_id == room.seen.school_id)).one()
    check_id = check.id
    waits = "короткая проверка назначена, ещё не закончена"
    assert waits in client.get(url).text
    other = make.task(room.course.subject_id, numbers(MOST, "другое "), title="Другое")
    questions = [one.id for one in shelf.items_of(db.session(), other)]
    now = clock.now().timestamp()
    with unit_of_work():  # much of another topic was answered since: it says nothing of this one
        whose = InSubject(room.seen.school_id, room.pupils[0].id, room.course.subject_id)
        learn_answers(None, whose, [Told(new_id(), one, (topic_of(other),), True, now) for one in questions])
    client.sign_in(make.account_of(room.pupils[0]))
    way = f"/s/{room.seen.school_id}/track"
    page = client.get(way).text.partition('class="now"')[2].partition("</section>")[0]
    assert "Короткая проверка" in page
    assert ("Начать" in page, "Продолжить" in page) == (True, False)
    parts = 0
    while parts < 9:
        gone_to = client.post(f"/s/{room.seen.school_id}/diagnostics/{check_id}").location
        if "/attempts/" not in gone_to:
            break
        attempt = db.session.get_one(Attempt, (room.seen.school_id, uuid.UUID(gone_to.rsplit("/", 1)[1])))
        for item in items_asked(attempt):
            answer = {"answer": "0", "client_id": str(new_id()), "number": "1"}
            client.post(f"{gone_to}/items/{item.id}/answers", data=answer, headers={"Accept": "application/json"})
        client.post(f"{gone_to}/finish")
        parts += 1
        practice = db.session.scalars(select(Practice).where(Practice.school_id == room.seen.school_id).order_by(Practice.made_at.desc())).first()  # fmt: skip
        assert practice is not None
        shows = client.get(f"/s/{room.seen.school_id}/practice/{practice.id}").text
        assert "Что показала проверка" in client.get(gone_to).text
        assert "Что показала проверка" in shows
        assert "в другой день" not in shows  # it does not come again for its own sake
        if parts == 1:
            page = client.get(way).text.partition('class="now"')[2].partition("</section>")[0]
            assert ("Начать" in page, "Продолжить" in page) == (False, True)
            assert "Часть 2, всего их не больше 4." in page
            assert "Продолжить проверку" in shows
    assert "Проверка закончена" in shows
    assert 1 < parts <= MOST // 4
    check = db.session.get_one(Diagnostic, (room.seen.school_id, check_id), populate_existing=True)
    assert check.ended_at is not None
    assert check.error is not None
    client.sign_in(make.account_of(make.teacher_of(room.course)))
    page = client.get(url).text
    assert waits not in page
    assert "короткая проверка закончена" not in page  # it stands among the proposals
    track = tracks_of_course(room.seen)[0]
    assert (track.source, track.topics, track.state) == (Source.DIAGNOSTIC, (room.new,), "proposed")
    assert track.steps[0].topic_id == room.old
    assert "Они следуют из коротких проверок" in client.get("/notices").text
    needs = f"/s/{room.seen.school_id}/needs-me"
    page = client.get(needs).text
    assert "1 предложенный маршрут ждёт вашего решения." in page
    form = page[page.index(f'action="{url}/approve"') :]
    assert client.post(f"{url}/approve", data={"track": re.findall(r'name="track" value="([^"]+)"', form)})
    assert tracks_of_course(room.seen)[0].state == "approved"
    assert "ждёт вашего решения" not in client.get(needs).text
    assert "короткая проверка закончена" in client.get(url).text


@pytest.mark.parametrize(
    ("missed", "expected"),
    [([1, 2, 3, 4], {1, 2, 3, 4}), ([1, 2, 4, 5], set()), ([3, 4, 5, 6, 7], {3, 4, 5, 6, 7}), ([], set())],
)
def test_the_longest_run(missed: list[int], expected: set[int]) -> None:
    days = [date(2026, 10, n) for n in range(1, 9)]
    assert {one.day for one in longest_run(days, [date(2026, 10, n) for n in missed])} == expected


def test_a_long_absence_makes_a_track(make: Make) -> None:
    room = Room(make, pupils=2)
    for n in range(LONG):
        lesson = make.lesson(room.course, days=-2 - n)
        lesson.topic_id = room.new
        noted = {"on_date": lesson.on_date, "noted_at": clock.now(), "noted_by": room.teacher.account_id}
        away = {"school_id": lesson.school_id, "lesson_id": lesson.id, "pupil_id": room.pupils[0].id}
        make.save(lesson)
        make.save(Absence(**away, id=new_id(), fact="absent", **noted))
    school = db.session.get_one(School, room.seen.school_id)
    for expected in (1, 0):  # one absence makes one track
        with unit_of_work():
            assert propose_to_absent(school) == expected
    (track,) = tracks_of_course(room.seen)
    assert (track.pupil_id, track.source, track.topics) == (room.pupils[0].id, Source.ABSENCE, (room.new,))
    assert "missed" in {one.why for one in track.steps}
