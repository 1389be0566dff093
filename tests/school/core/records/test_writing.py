import json
import uuid

import pytest
from flask import Flask
from sqlalchemy import select

from school.core.database import db, new_id
from school.core.records import PROGRAM, Happening, erase_salts, is_text_of, record, record_many, salted
from school.core.records.canonical import NotCanonical
from school.core.records.models import RecordEvent, RecordSalt
from tests.school.core.records.filling import Teacher
from tests.statements import Statements


def events(school_id: int) -> list[RecordEvent]:
    return list(
        db.session.scalars(select(RecordEvent).where(RecordEvent.school_id == school_id).order_by(RecordEvent.id))
    )


def test_an_event_costs_one_statement_and_says_who_what_and_for_whom(app: Flask, statements: Statements) -> None:
    mark, pupil, parent = new_id(), new_id(), new_id()
    with statements.counted() as seen:
        made = record(
            Teacher(on_behalf_of=parent),
            "mark.set",
            school_id=1,
            thing_id=mark,
            pupil_id=pupil,
            payload={"value": 5, "column": mark},
        )
    assert len(seen) == 1
    (event,) = events(1)
    assert (event.id, event.kind, event.thing_id, event.pupil_id) == (made, "mark.set", mark, pupil)
    assert (event.actor_account_id, event.actor_member_id) == (Teacher.account_id, Teacher.member_id)
    assert event.on_behalf_of == parent
    assert event.payload == f'{{"column":"{mark}","value":5}}'
    assert event.position is event.leaf is event.chain is None


def test_a_column_of_marks_is_one_insert(app: Flask, statements: Statements) -> None:
    happenings = [Happening(new_id(), {"value": 2 + n % 4}) for n in range(30)]
    with statements.counted() as seen:
        made = record_many(PROGRAM, "mark.set", school_id=1, happenings=happenings)
    assert len(seen) == 1
    assert [(event.id, event.thing_id) for event in events(1)] == [
        (event_id, happening.thing_id) for event_id, happening in zip(made, happenings, strict=True)
    ]
    assert {event.actor_account_id for event in events(1)} == {None}
    assert record_many(PROGRAM, "mark.set", school_id=1, happenings=[]) == []


def test_an_event_goes_when_its_fact_goes(app: Flask) -> None:
    record(PROGRAM, "mark.set", school_id=1, thing_id=new_id(), payload={})
    db.session.rollback()
    assert events(1) == []


def test_a_mean_as_a_float_is_refused(app: Flask) -> None:
    with pytest.raises(NotCanonical):
        record(PROGRAM, "term_mark.set", school_id=1, thing_id=new_id(), payload={"mean": 4.5})


def test_personal_text_is_provable_until_its_salt_is_erased(app: Flask) -> None:
    pupil, other = new_id(), new_id()
    comment = salted(1, "Списывал у соседа", pupil_id=pupil)
    kept = salted(1, "Молодец", pupil_id=other)
    record(Teacher(), "mark.set", school_id=1, thing_id=new_id(), payload={"value": 3, "comment": comment})
    (event,) = events(1)
    assert "Списывал" not in event.payload
    value = json.loads(event.payload)["comment"]
    assert is_text_of(1, value, "Списывал у соседа") is True
    assert is_text_of(1, value, "Списывал") is False
    assert salted(1, "Молодец")["hash"] != kept["hash"]
    erase_salts(1, pupil)
    assert is_text_of(1, value, "Списывал у соседа") is None
    assert is_text_of(1, kept, "Молодец") is True
    assert db.session.get(RecordSalt, (1, uuid.UUID(kept["salt"]))) is not None
