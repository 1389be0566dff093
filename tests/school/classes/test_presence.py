"""Who was there: one press for everybody, exceptions kept once, every change in the record."""

import json
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from school.classes.actions import (
    Exceptional,
    change_reason,
    clear_presence,
    explain_days,
    set_presence,
    take_presence,
)
from school.classes.errors import CannotDo
from school.classes.models import Absence, AbsenceFact, AbsenceReason
from school.classes.queries import get_lesson, get_pupil
from school.classes.seen import SeenLesson
from school.core.database import db, new_id
from school.core.records.models import RecordEvent
from school.core.transactions import unit_of_work
from tests.factories import Make


@pytest.fixture
def room(make: Make) -> SimpleNamespace:
    course = make.course(pupils=3)
    actor = make.actor(make.teacher_of(course), "teacher")
    lesson = make.lesson(course)
    make.lesson(course, slot=2)
    return SimpleNamespace(actor=actor, lesson=lesson, pupils=make.pupils_of(course), course=course)


def seen(room: SimpleNamespace) -> SeenLesson:
    db.session.expire_all()
    found = get_lesson(room.actor, room.lesson.id)
    assert found is not None
    return found


def absences(room: SimpleNamespace) -> dict[object, tuple[str, int | None, str]]:
    rows = db.session.scalars(select(Absence).where(Absence.school_id == room.lesson.school_id))
    return {one.pupil_id: (one.fact, one.minutes_late, one.reason) for one in rows}


def events(room: SimpleNamespace) -> list[tuple[str, object, dict[str, object]]]:
    rows = db.session.scalars(
        select(RecordEvent).where(RecordEvent.school_id == room.lesson.school_id).order_by(RecordEvent.id)
    )
    return [(one.kind, one.pupil_id, json.loads(one.payload)) for one in rows]


def test_everybody_is_here_by_one_press(room: SimpleNamespace) -> None:
    with unit_of_work():
        assert take_presence(room.actor, seen(room)) == 0
    assert seen(room).presence_taken_at is not None
    assert absences(room) == {}
    assert [(kind, payload) for kind, _, payload in events(room)] == [
        ("presence.taken", {"exceptions": 0, "pupils": 3})
    ]


def test_exceptions_are_kept_once_and_recorded(room: SimpleNamespace) -> None:
    first, second, _ = room.pupils
    named = [
        Exceptional(first.id, AbsenceFact.ABSENT, id=new_id()),
        Exceptional(second.id, AbsenceFact.LATE, 10, id=new_id()),
    ]
    for expected in (2, 0):
        with unit_of_work():
            assert take_presence(room.actor, seen(room), named) == expected
    assert absences(room) == {first.id: ("absent", None, "unknown"), second.id: ("late", 10, "unknown")}
    assert len(events(room)) == 3
    with unit_of_work():
        take_presence(room.actor, seen(room), [Exceptional(second.id, AbsenceFact.LATE, 5)])
    assert absences(room) == {second.id: ("late", 5, "unknown")}
    last = events(room)[-2:]
    assert {pupil: payload["is"] for _, pupil, payload in last} == {
        first.id: None,
        second.id: {"fact": "late", "minutes": 5, "reason": "unknown"},
    }


def test_a_reason_never_changes_the_fact(room: SimpleNamespace) -> None:
    pupil = room.pupils[0]
    with unit_of_work():
        set_presence(room.actor, seen(room), Exceptional(pupil.id, AbsenceFact.ABSENT))
        change_reason(room.actor, seen(room), pupil, AbsenceReason.ILLNESS)
    assert absences(room) == {pupil.id: ("absent", None, "illness")}
    assert events(room)[-1][2]["was"] == {"fact": "absent", "reason": "unknown"}
    with pytest.raises(CannotDo):
        change_reason(room.actor, seen(room), room.pupils[1], AbsenceReason.ILLNESS)
    with unit_of_work():
        clear_presence(room.actor, seen(room), pupil)
    assert absences(room) == {}
    assert events(room)[-1][2]["is"] is None


def test_a_week_is_explained_at_once(make: Make, room: SimpleNamespace) -> None:
    pupil = room.pupils[0]
    days = [make.lesson(room.course, days=-n, slot=1) for n in (1, 2, 9)]
    with unit_of_work():
        for lesson in days:
            set_presence(room.actor, get_lesson(room.actor, lesson.id), Exceptional(pupil.id, AbsenceFact.ABSENT))
        set_presence(room.actor, seen(room), Exceptional(pupil.id, AbsenceFact.LATE, 3))
    with unit_of_work():
        found = get_pupil(room.actor, pupil.id)
        assert explain_days(room.actor, found, days[1].on_date, days[0].on_date, AbsenceReason.ILLNESS) == 2
    reasons = db.session.execute(
        select(Absence.on_date, Absence.reason).where(Absence.school_id == room.lesson.school_id)
    )
    assert sorted(reason for _, reason in reasons) == ["illness", "illness", "unknown", "unknown"]


def test_a_stranger_to_the_group_and_odd_minutes_are_refused(make: Make, room: SimpleNamespace) -> None:
    other = make.pupils_of(make.course(pupils=1))[0]
    with pytest.raises(CannotDo):
        take_presence(room.actor, seen(room), [Exceptional(other.id, AbsenceFact.ABSENT)])
    with pytest.raises(CannotDo, match="90"):
        take_presence(room.actor, seen(room), [Exceptional(room.pupils[0].id, AbsenceFact.LATE, 600)])
