"""Odd author, hour or place of a mark: by examples, and from the record to the deputy head's notices."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from school.classes.models import Course
from school.core import clock
from school.core.clock import stopped_at
from school.core.database import db, new_id
from school.core.records import record, seal
from school.core.transactions import unit_of_work
from school.notices.models import Notice
from school.people.models import Member, SignIn
from school.people.names import initials
from school.reports.actions import watch
from school.reports.models import OddMark, WatchRule
from school.reports.queries.watching import watch_on
from school.reports.watch import Entry, Watch, oddities
from tests.browsing import SchoolClient
from tests.factories import Make

NOON = datetime(2026, 9, 2, 9, 0, tzinfo=UTC)
"""Noon in Moscow."""
HOUR = timedelta(hours=1)
OLD = Entry("Firefox, Windows", NOON - 90 * 24 * HOUR)
FRESH = Entry("Chrome, Android", NOON - 2 * HOUR)


@pytest.mark.parametrize(
    ("at", "expected", "entries", "rule", "found"),
    [
        (NOON, True, [OLD], Watch(), []),
        (NOON, False, [OLD], Watch(), ["author"]),
        (NOON + 11 * HOUR, True, [OLD], Watch(), ["hour"]),
        (NOON + 11 * HOUR - timedelta(minutes=1), True, [OLD], Watch(), []),
        (NOON - 7 * HOUR, True, [OLD], Watch(), ["hour"]),
        (NOON - 6 * HOUR, True, [OLD], Watch(), []),
        (NOON + 11 * HOUR, True, [OLD], Watch(to_hour=24), []),
        (NOON, True, [OLD, FRESH], Watch(), ["place"]),
        (NOON, True, [FRESH], Watch(), []),
        (NOON, True, [OLD, Entry(OLD.device, FRESH.started_at)], Watch(), []),
        (NOON, True, [OLD, FRESH], Watch(new_device_hours=1), []),
        (NOON, True, [OLD, Entry(FRESH.device, NOON + HOUR)], Watch(), []),
        (NOON + 12 * HOUR, False, [OLD, FRESH], Watch(), ["author", "hour", "place"]),
        (NOON, True, [], Watch(), []),
    ],
)
def test_examples(at: datetime, expected: bool, entries: list[Entry], rule: Watch, found: list[str]) -> None:
    assert oddities(at, is_expected=expected, entries=entries, rule=rule) == found


def put(make: Make, course: Course, by: Member, at: datetime, **payload: Any) -> None:
    """A mark as a save leaves it: the row and the event, sealed."""
    with stopped_at(at):
        lesson = make.lesson(course, on_date=clock.today(), slot=make.next() % 7 + 1)
        mark = make.mark(make.column(lesson), make.pupils_of(course)[0], 5, set_by=by.account_id)
        with unit_of_work():
            record(make.actor(by, "teacher"), "mark.set", school_id=course.school_id, thing_id=mark.id, payload=payload)
        seal()


@pytest.fixture
def day() -> datetime:
    """Noon of yesterday: the record's days only go on."""
    return clock.moscow(clock.today() - timedelta(days=1), NOON.time().replace(hour=12))


def test_the_deputy_is_told_once_and_reads_the_history(
    app: Flask, make: Make, client: SchoolClient, day: datetime
) -> None:
    course = make.course(pupils=2)
    school = make.school_of(course)
    deputy, head, teacher = make.member(school, "deputy"), make.member(school, "head"), make.teacher_of(course)
    stranger = make.teacher(school)
    put(make, course, stranger, day)
    assert watch() == 0, "what is long past alerts nobody"
    put(make, course, teacher, day + HOUR)
    put(make, course, stranger, day + 2 * HOUR)
    put(make, course, stranger, day + 3 * HOUR)
    assert watch() == 2
    assert watch() == 0
    with db.session.no_autoflush:
        told = db.session.scalars(db.select(Notice).where(Notice.school_id == school.id)).all()
    accounts = [one.account_id for one in told]
    assert {deputy.account_id, head.account_id} <= set(accounts)
    assert len(accounts) == len(set(accounts))
    assert not {teacher.account_id, stranger.account_id} & set(accounts)
    assert {one.thing_id for one in told} == {course.id}
    client.sign_in(make.account_of(deputy))
    page = client.get(f"/s/{school.id}/reports/unusual-marks").text
    assert page.count("не ведёт этот курс") == 2
    assert page.count("нет отметки → 5") == 0, "no steps were made here"
    assert page.count("/history") == 2
    news = client.get("/notices").text
    assert "не ведёт этот курс" in news
    pupil = make.pupils_of(course)[0]
    assert news.count(f"{pupil.family_name} {pupil.given_name}, ") >= 1
    client.sign_in(make.account_of(teacher))
    assert client.get(f"/s/{school.id}/reports/unusual-marks").status_code == 404


def test_who_agreed_to_a_late_correction_is_no_odd_author(app: Flask, make: Make, day: datetime) -> None:
    course = make.course(pupils=1)
    teacher, deputy = make.teacher_of(course), make.member(make.school_of(course), "deputy")
    put(make, course, teacher, day - HOUR)
    watch()
    put(make, course, deputy, day, asked_by=teacher.account_id)
    assert watch() == 0
    put(make, course, deputy, day + HOUR)
    assert watch() == 1


def test_the_rule_is_the_schools_own_from_its_day_on(app: Flask, make: Make, day: datetime) -> None:
    course = make.course(pupils=1)
    teacher, school = make.teacher_of(course), make.school_of(course)
    put(make, course, teacher, day - HOUR)
    watch()
    put(make, course, teacher, day)
    assert watch() == 0
    make.save(
        WatchRule(
            school_id=school.id,
            id=new_id(),
            from_on=clock.local(day).date(),
            rules={"from_hour": 14},
            owner=teacher.id,
        )
    )
    put(make, course, teacher, day + HOUR)
    assert watch() == 1
    (found,) = db.session.scalars(db.select(OddMark).where(OddMark.school_id == school.id)).all()
    assert found.why == ["hour"]


def test_a_new_device_is_an_odd_place(app: Flask, make: Make, day: datetime) -> None:
    course = make.course(pupils=1)
    teacher = make.teacher_of(course)
    put(make, course, teacher, day - HOUR)
    watch()
    for device, at in (("Firefox, Windows", day - 900 * HOUR), ("Chrome, Android", day - HOUR)):
        make.save(
            SignIn(
                account_id=teacher.account_id,
                token_hash=new_id().bytes * 2,
                how="password",
                device=device,
                started_at=at,
                seen_at=at,
                expires_at=at + 9000 * HOUR,
            )
        )
    put(make, course, teacher, day)
    assert watch() == 1


def test_a_deputy_writes_the_rule_down_from_a_day_on(make: Make, client: SchoolClient) -> None:
    school = make.school()
    deputy, head = make.member(school, "deputy"), make.member(school, "head")
    url = f"/s/{school.id}/reports/unusual-marks/rules"
    client.sign_in(make.account_of(deputy))
    assert "Как задано в программе" in client.get(url).text
    today = clock.today()
    sent = {"from_hour": 8, "to_hour": 20, "new_device_hours": 48, "cover_days": 2, "from_on": today.isoformat()}
    assert client.post(url, data=sent).status_code == 303
    assert watch_on(school.id, today) == Watch(8, 20, 48, 2)
    assert watch_on(school.id, today - timedelta(days=1)) == Watch()
    assert watch_on(make.school().id, today) == Watch()
    page = client.get(url).text
    assert "с 8:00 до 20:00" in page
    assert initials(deputy.family_name, deputy.given_name, deputy.patronymic) in page
    client.sign_in(make.account_of(head))
    tomorrow = {**sent, "from_hour": 7, "from_on": (today + timedelta(days=1)).isoformat()}
    assert client.post(url, data=tomorrow).status_code == 303
    assert watch_on(school.id, today).from_hour == 8
    for wrong in ({"from_on": (today - timedelta(days=1)).isoformat()}, {"from_hour": 21}, {"to_hour": 25}):
        assert client.post(url, data={**sent, **wrong}).status_code == 422
    client.sign_in(make.account_of(make.teacher(school)))
    assert client.get(url).status_code == 404
