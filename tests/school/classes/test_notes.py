"""Families announce absences; a child missing without a word reaches the family within ten minutes of the lesson; days add up."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from types import SimpleNamespace

import pytest
from flask import Flask
from sqlalchemy import select

from school.classes.actions import (
    CannotDo,
    Exceptional,
    announce_absence,
    change_reason,
    set_presence,
    take_presence,
    withdraw_note,
)
from school.classes.actions.alerts import look_for_patterns
from school.classes.models import Absence, AbsenceFact, AbsenceReason, PresenceTaken
from school.classes.patterns import PatternKind, find_patterns
from school.classes.queries import get_lesson, get_pupil
from school.classes.queries.notes import notes_of
from school.classes.queries.presence import presence_list
from school.core import clock
from school.core.database import db, new_id
from school.core.jobs import Worker
from school.core.transactions import unit_of_work
from school.notices.models import Notice
from school.people.models import Account
from tests.browsing import SchoolClient
from tests.factories import Make

AWAY = AbsenceFact.ABSENT
MONDAY = date(2026, 11, 23)


@pytest.fixture
def room(make: Make) -> SimpleNamespace:
    """A class with a leader, a first and a second lesson on a Monday, two parents of one pupil, and a class beside it."""
    with clock.stopped_at(clock.moscow(MONDAY, time(8))):
        course = make.course(pupils=3)
        school = make.school_of(course)
        leader = make.teacher(school)
        make.lead(make.group_of(course), leader)
        pupil, other, third = make.pupils_of(course)
        parents = [make.parent(school, pupil), make.parent(school, pupil)]
        blind = make.parent(school, pupil, sees_progress=False)
        first = make.lesson(course, starts_at=clock.moscow(MONDAY, time(8, 30)))
        second = make.lesson(course, slot=2, starts_at=clock.moscow(MONDAY, time(9, 30)))
        beside = make.course(make.school_class(school, letter="В"), pupils=1)
        make.lead(make.group_of(beside), make.teacher(school))
        make.parent(school, make.pupils_of(beside)[0])
    return SimpleNamespace(
        teacher=make.actor(make.teacher_of(course), "teacher"),
        parent=make.actor(parents[0], "parent"),
        parents=parents,
        blind=blind,
        leader=leader,
        pupil=pupil,
        other=other,
        third=third,
        first=first,
        second=second,
        school=school,
        course=course,
        make=make,
    )


def at(hour: int, minute: int = 0, on: date = MONDAY) -> datetime:
    return clock.moscow(on, time(hour, minute))


def lesson(room: SimpleNamespace, which: str = "first"):  # type: ignore[no-untyped-def]
    found = get_lesson(room.teacher, getattr(room, which).id)
    assert found is not None
    return found


def seen_pupil(room: SimpleNamespace):  # type: ignore[no-untyped-def]
    found = get_pupil(room.parent, room.pupil.id)
    assert found is not None
    return found


def note(
    room: SimpleNamespace, *, now: datetime, which: str = "first", fact: AbsenceFact = AWAY, who: str = "pupil"
) -> None:
    with clock.stopped_at(now), unit_of_work():
        set_presence(room.teacher, lesson(room, which), Exceptional(getattr(room, who).id, fact))


def work(app: Flask, now: datetime) -> None:
    db.session.rollback()  # what the test has read must not hold the worker up
    with clock.stopped_at(now):
        Worker(app, periodic=False).run_until_empty()
    db.session.expire_all()


def told(room: SimpleNamespace, kind: str = "absence.missing") -> list[tuple[object, bool]]:
    rows = db.session.execute(
        select(Notice.account_id, Notice.urgent)
        .where(Notice.school_id == room.school.id, Notice.kind == kind)
        .order_by(Notice.made_at)
    )
    return [tuple(row) for row in rows]


def accounts(*members: object) -> set[object]:
    return {one.account_id for one in members}  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("noted", "quiet_until", "told_by"),
    [((8, 32), (8, 34), (8, 35)), ((8, 39), (8, 39), (8, 40)), ((8, 50), (8, 49), (8, 50))],
    ids=["time to take a slip back", "never after ten minutes of the lesson", "at once when noted later"],
)
def test_family_hears_within_ten_minutes_of_the_lesson(
    app: Flask, room: SimpleNamespace, noted: tuple[int, int], quiet_until: tuple[int, int], told_by: tuple[int, int]
) -> None:
    note(room, now=at(*noted))
    work(app, at(*quiet_until))
    assert told(room) == []
    work(app, at(*told_by))
    assert {who for who, _ in told(room)} == accounts(*room.parents)
    assert all(urgent for _, urgent in told(room))
    assert {who for who, _ in told(room, "absence.missing.class")} == accounts(room.leader)


def test_family_hears_once_a_day(app: Flask, room: SimpleNamespace) -> None:
    note(room, now=at(8, 35))
    work(app, at(8, 40))
    note(room, now=at(9, 35), which="second")
    work(app, at(9, 50))
    assert len(told(room)) == 2
    assert db.session.get(Account, room.parents[0].account_id).unread == 1  # type: ignore[union-attr]


@pytest.mark.parametrize("how", ["slip", "reason", "announced", "late", "by night"])
def test_nobody_is_frightened_without_need(app: Flask, room: SimpleNamespace, how: str) -> None:
    if how == "announced":
        with clock.stopped_at(at(7)), unit_of_work():
            announce_absence(room.parent, seen_pupil(room), MONDAY, MONDAY, AbsenceReason.ILLNESS)
    if how == "by night":
        note(room, now=at(21, on=MONDAY + timedelta(1)))
    else:
        note(room, now=at(8, 31), fact=AbsenceFact.LATE if how == "late" else AWAY)
    with clock.stopped_at(at(8, 32)), unit_of_work():
        if how == "slip":
            take_presence(room.teacher, lesson(room), [])
        if how == "reason":
            change_reason(room.teacher, lesson(room), room.pupil, AbsenceReason.ILLNESS)
    work(app, at(10))
    assert told(room) == []


def test_a_word_before_gives_the_absence_its_reason(room: SimpleNamespace) -> None:
    with clock.stopped_at(at(7)), unit_of_work():
        announce_absence(
            room.parent, seen_pupil(room), MONDAY, MONDAY, AbsenceReason.FAMILY, slots=[2], words="к врачу"
        )
    with clock.stopped_at(at(7, 5)):
        assert [one.note and one.note.words for one in presence_list(lesson(room, "second"))] == ["к врачу", None, None]
        assert not any(one.note for one in presence_list(lesson(room)))
    note(room, now=at(8, 31))
    note(room, now=at(9, 31), which="second")
    note(room, now=at(9, 31), which="second", who="other")
    found = {(one.pupil_id, one.lesson_id): one.reason for one in db.session.scalars(absences(room))}
    assert found == {
        (room.pupil.id, room.first.id): "unknown",
        (room.pupil.id, room.second.id): "family",
        (room.other.id, room.second.id): "unknown",
    }


def absences(room: SimpleNamespace):  # type: ignore[no-untyped-def]
    return select(Absence).where(Absence.school_id == room.school.id).execution_options(populate_existing=True)


def test_a_word_after_explains_and_settles_the_news(app: Flask, room: SimpleNamespace) -> None:
    note(room, now=at(8, 31))
    note(room, now=at(9, 31), which="second")
    work(app, at(9, 40))
    with clock.stopped_at(at(9, 45)), unit_of_work():
        announce_absence(room.parent, seen_pupil(room), MONDAY, MONDAY, AbsenceReason.ILLNESS, slots=[1])
    found = {one.lesson_id: (one.fact, one.reason) for one in db.session.scalars(absences(room))}
    assert found == {room.first.id: ("absent", "illness"), room.second.id: ("absent", "unknown")}
    db.session.expire_all()
    assert db.session.get(Account, room.parents[1].account_id).unread == 0  # type: ignore[union-attr]
    assert {who for who, _ in told(room, "absence.announced")} == accounts(room.leader)


def test_taken_back_it_covers_nothing(room: SimpleNamespace) -> None:
    with clock.stopped_at(at(7)):
        with unit_of_work():
            announce_absence(room.parent, seen_pupil(room), MONDAY, MONDAY + timedelta(3), AbsenceReason.ILLNESS)
        [one] = notes_of(seen_pupil(room))
        with unit_of_work():
            withdraw_note(room.parent, seen_pupil(room), one)
        assert notes_of(seen_pupil(room)) == []
        assert not any(one.note for one in presence_list(lesson(room)))


@pytest.mark.parametrize(
    ("first", "last", "reason", "slots"),
    [
        (0, -1, AbsenceReason.ILLNESS, []),
        (-20, 0, AbsenceReason.ILLNESS, []),
        (0, 90, AbsenceReason.ILLNESS, []),
        (0, 1, AbsenceReason.ILLNESS, [2]),
        (0, 0, AbsenceReason.TRUANCY, []),
    ],
)
def test_what_a_family_cannot_say(
    room: SimpleNamespace, first: int, last: int, reason: AbsenceReason, slots: list[int]
) -> None:
    with clock.stopped_at(at(7)), pytest.raises(CannotDo):
        announce_absence(
            room.parent, seen_pupil(room), MONDAY + timedelta(first), MONDAY + timedelta(last), reason, slots=slots
        )


@dataclass
class Held:
    """A lesson of the tables below."""

    on_date: date
    slot: int
    subject: str
    absence_fact: str | None
    absence_reason: str | None
    is_held: bool = True
    presence_taken: bool = True


def days(text: str) -> list[Held]:
    """Lessons of school days up to MONDAY, the last word being MONDAY's: a letter a lesson, its place its subject."""
    facts = {".": (None, None), "н": (AWAY, "unknown"), "б": (AWAY, "illness"), "о": (AbsenceFact.LATE, "unknown")}
    facts |= {"ш": (AWAY, "school")}
    words, day, found = text.split(), MONDAY, []
    for word in reversed(words):
        for n, letter in enumerate(word, start=1):
            if letter == "?":
                found.append(Held(day, n, f"s{n}", None, None, presence_taken=False))
            else:
                found.append(Held(day, n, f"s{n}", *facts[letter]))
        day -= timedelta(3 if day.isoweekday() == 1 else 1)
    return found


@pytest.mark.parametrize(
    ("text", "patterns"),
    [
        ("... ... ...", []),
        ("ннн ннн ннн", [("run", 3)]),
        ("ннн ннн ннн ...", []),
        ("ннн ннн ??? ннн", [("run", 3)]),
        ("ббб ббб ббб", []),
        ("ннн н.н ннн", []),
        ("о.. о.. ... о.. .о.", [("late", 4)]),
        ("о.. о.. ... о.. ...", []),
        ("н.. ... н.. б..", [("first", 3)]),
        ("ш.. ... н.. б..", []),
        (".н. ... .б. .н.", [("subject", 3)]),
        (".н. ... ннн .н.", []),
        ("ббб ... ... ... ... ббб ... ... ... ... ббб", [("weekday", 3)]),
        (" ".join(["ббб"] * 20), []),
    ],
)
def test_days_that_add_up(text: str, patterns: list[tuple[str, int]]) -> None:
    assert [(one.kind.value, one.times) for one in find_patterns(days(text), MONDAY)] == patterns


def test_the_class_teacher_hears_of_a_pattern_once(app: Flask, room: SimpleNamespace) -> None:
    for back in (3, 4, 5):  # Friday, Thursday, Wednesday
        on = MONDAY - timedelta(back)
        for pupil in (room.pupil, room.other):
            held = room.make.lesson(room.course, on_date=on, slot=3 if pupil is room.pupil else 4)
            room.make.save(
                PresenceTaken(
                    school_id=room.school.id, id=new_id(), lesson_id=held.id, taken_at=at(9), taken_by=new_id()
                )
            )
            room.make.absent(held, room.pupil, "unknown")
    with clock.stopped_at(at(8, 31)), unit_of_work():
        take_presence(room.teacher, lesson(room), [Exceptional(room.pupil.id, AWAY), Exceptional(room.third.id, AWAY)])
    work(app, at(15, 59))
    assert told(room, "absence.patterns") == []
    work(app, at(16, 1))
    with unit_of_work():
        look_for_patterns({"school_id": room.school.id, "on": str(MONDAY)})
    assert told(room, "absence.patterns") == [(room.leader.account_id, False)]
    [news] = db.session.scalars(
        select(Notice).where(Notice.school_id == room.school.id, Notice.kind == "absence.patterns")
    )
    assert (news.pupil_id, news.about["pattern"], news.about["times"]) == (room.pupil.id, PatternKind.RUN, 4)


def test_two_acts_from_the_familys_page(client: SchoolClient, room: SimpleNamespace) -> None:
    """A link and a press: everything on the form is filled in for the next school day."""
    tomorrow = MONDAY + timedelta(1)
    with clock.stopped_at(at(18)):
        room.make.lesson(room.course, days=1, slot=5)
        client.sign_in(room.make.account_of(room.parents[0]))
        address = f"/s/{room.school.id}/pupils/{room.pupil.id}/away"
        assert address in client.get("/family").text
        form = client.get(address).text
        assert 'value="illness" checked' in form
        assert f'value="{tomorrow}"' in form
        sent = client.post(address, data={"reason": "illness", "first_on": str(tomorrow)})
        assert sent.status_code == 303
        assert [one.first_on for one in notes_of(seen_pupil(room))] == [tomorrow]
        assert client.post(address, data={"reason": "illness"}).status_code == 422
        client.sign_in(room.make.account_of(room.blind))
        assert client.get(address).status_code == 404


def test_the_list_of_notices(app: Flask, client: SchoolClient, room: SimpleNamespace) -> None:
    note(room, now=at(8, 31))
    work(app, at(8, 41))
    with clock.stopped_at(at(8, 42)):
        client.sign_in(room.make.account_of(room.parents[0]))
        assert "top-unread" in client.get("/family").text
        listed = client.get("/notices").text
        assert "Сообщить причину" in listed
        assert "data-fresh" in listed
        assert client.post("/notices/seen").status_code == 303
        assert "data-fresh" not in client.get("/notices").text
        assert "top-unread" not in client.get("/family").text
        client.sign_in(room.make.account_of(room.blind))
        assert "data-fresh" not in client.get("/notices").text
        client.sign_in(room.make.account_of(room.leader))
        assert "нет на уроках" in client.get("/notices").text
