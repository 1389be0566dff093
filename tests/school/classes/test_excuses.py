"""A clinic tells the school of an illness: keys, codes, what a message changes and what it never does, and errors in words."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from school.classes.actions import CannotDo, announce_absence, withdraw_note
from school.classes.actions.excuses import add_sender, give_codes, replace_code
from school.classes.models import (
    Absence,
    AbsenceNote,
    AbsenceReason,
    ExcuseSender,
    OutsideExcuse,
    PupilCode,
)
from school.classes.queries import get_group, get_pupil
from school.classes.queries.excuses import find_pupil, find_sender, get_sender, pupils_with_codes
from school.classes.queries.notes import notes_of
from school.classes.queries.presence import presence_list
from school.core import clock
from school.core.database import db
from school.core.records.models import RecordEvent
from school.core.transactions import unit_of_work
from school.notices.models import Notice
from tests.browsing import SchoolClient
from tests.factories import Make
from tests.school.classes.test_notes import MONDAY, at, lesson, note, room

__all__ = ["room"]
FRIDAY = MONDAY + timedelta(4)


@pytest.fixture
def clinic(room: SimpleNamespace) -> SimpleNamespace:
    """A sender with a key, and a code for each pupil of the class and of the class beside it."""
    make: Make = room.make
    admin = make.actor(make.member(room.school, "admin"), "admin")
    with clock.stopped_at(at(7)), unit_of_work():
        _made, key = add_sender(admin, "Детская  поликлиника № 12")
        group = get_group(admin, make.group_of(room.course).id)
        assert group is not None
        assert give_codes(admin, pupils_with_codes(group)) == 3
        assert give_codes(admin, pupils_with_codes(group)) == 0
    codes = {one.id: one.shown for one in pupils_with_codes(group)}
    return SimpleNamespace(key=key, admin=admin, group=group, code=codes[room.pupil.id], other=codes[room.other.id])


def message(clinic: SimpleNamespace, **changed: Any) -> dict[str, Any]:
    said = {"number": "118", "pupil": clinic.code, "from": str(MONDAY), "to": str(FRIDAY), "reason": "illness"}
    return {name: value for name, value in (said | changed).items() if value is not None}


def send(client: SchoolClient, clinic: SimpleNamespace, key: str | None = None, **changed: Any):  # type: ignore[no-untyped-def]
    with clock.stopped_at(at(12)):
        return client.post(
            "/api/excuses",
            json=message(clinic, **changed),
            headers={"Authorization": f"Bearer {clinic.key if key is None else key}"},
        )


def count(model: Any, school_id: int) -> int:
    return db.session.scalar(select(func.count()).select_from(model).where(model.school_id == school_id)) or 0


def facts(room: SimpleNamespace) -> dict[Any, tuple[str, str]]:
    rows = select(Absence).where(Absence.school_id == room.school.id).execution_options(populate_existing=True)
    return {(one.pupil_id, one.lesson_id): (one.fact, one.reason) for one in db.session.scalars(rows)}


@pytest.mark.parametrize("before", ["unknown", "family", "truancy", "order", "school"])
def test_reasons_change_and_facts_stay(
    client: SchoolClient, room: SimpleNamespace, clinic: SimpleNamespace, before: str
) -> None:
    note(room, now=at(8, 31))
    note(room, now=at(9, 31), which="second", who="other")
    with clock.stopped_at(at(10)), unit_of_work():
        row = db.session.scalars(
            select(Absence).where(Absence.school_id == room.school.id, Absence.pupil_id == room.pupil.id)
        ).one()
        row.reason = AbsenceReason(before)
    answer = send(client, clinic)
    assert answer.status_code == 201, answer.text
    now = before if before in {"order", "school"} else "illness"
    assert facts(room) == {
        (room.pupil.id, room.first.id): ("absent", now),
        (room.other.id, room.second.id): ("absent", "unknown"),
    }
    happened = select(RecordEvent).where(
        RecordEvent.school_id == room.school.id,
        RecordEvent.actor_account_id.is_(None),
        RecordEvent.kind.in_(("absence.excused", "presence.set")),
    )
    events = {one.kind: one for one in db.session.scalars(happened)}
    assert events.keys() == ({"absence.excused", "presence.set"} if now != before else {"absence.excused"})
    assert all("Детская поликлиника № 12" in one.payload for one in events.values()), "the record names the sender"


def test_days_to_come_are_announced_and_a_family_cannot_outdo_them(
    client: SchoolClient, room: SimpleNamespace, clinic: SimpleNamespace
) -> None:
    assert send(client, clinic).status_code == 201
    pupil = get_pupil(room.parent, room.pupil.id)
    assert pupil is not None
    with clock.stopped_at(at(13)):
        with unit_of_work():
            announce_absence(room.parent, pupil, MONDAY, FRIDAY, AbsenceReason.FAMILY)
        assert [one.note and one.note.reason for one in presence_list(lesson(room, "second"))] == [
            "illness",
            None,
            None,
        ]
        [theirs] = [one for one in notes_of(pupil) if one.sender]
        assert theirs.sender == "Детская поликлиника № 12"
        with pytest.raises(CannotDo):
            withdraw_note(room.parent, pupil, theirs)
        leader = room.make.actor(room.leader, "teacher")
        seen = get_pupil(leader, room.pupil.id)
        assert seen is not None
        with unit_of_work():
            withdraw_note(leader, seen, theirs)
    note(room, now=at(13, 31), which="second")
    assert facts(room)[room.pupil.id, room.second.id] == ("absent", "family")


def test_the_same_message_twice_is_one(client: SchoolClient, room: SimpleNamespace, clinic: SimpleNamespace) -> None:
    first, again = send(client, clinic), send(client, clinic)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json == again.json
    assert str(room.pupil.id) not in first.text
    assert room.pupil.family_name not in first.text
    other = send(client, clinic, reason="order")
    assert (other.status_code, other.mimetype) == (409, "application/problem+json")
    assert count(OutsideExcuse, room.school.id) == count(AbsenceNote, room.school.id) == 1
    told = select(Notice.account_id, Notice.kind).where(Notice.school_id == room.school.id)
    assert {tuple(row) for row in db.session.execute(told)} == {
        *((one.account_id, "absence.excused") for one in room.parents),
        (room.leader.account_id, "absence.excused.class"),
    }


@pytest.mark.parametrize(
    ("changed", "status", "field"),
    [
        ({"number": ""}, 422, "number"),
        ({"number": 118}, 422, "number"),
        ({"number": "1" * 81}, 422, "number"),
        ({"pupil": "Иванов Пётр"}, 422, "pupil"),
        ({"pupil": None}, 422, "pupil"),
        ({"pupil": "AAAA-AAAA-AAAA"}, 422, "pupil"),
        ({"from": "23.11.2026"}, 422, "from"),
        ({"from": "2026-02-30"}, 422, "from"),
        ({"to": "20261127"}, 422, "to"),
        ({"to": str(MONDAY - timedelta(1))}, 422, "from"),
        ({"from": str(MONDAY - timedelta(61)), "to": str(MONDAY)}, 422, "from"),
        ({"from": str(MONDAY), "to": str(MONDAY + timedelta(61))}, 422, "from"),
        ({"from": str(MONDAY + timedelta(61)), "to": str(MONDAY + timedelta(62))}, 422, "from"),
        ({"reason": "truancy"}, 422, "reason"),
        ({"snils": "112-233-445 95"}, 422, "snils"),
    ],
)
def test_what_cannot_be_taken_is_named_and_changes_nothing(
    client: SchoolClient,
    room: SimpleNamespace,
    clinic: SimpleNamespace,
    changed: dict[str, Any],
    status: int,
    field: str,
) -> None:
    answer = send(client, clinic, **changed)
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
    assert answer.json is not None
    assert [one["field"] for one in answer.json["errors"]] == [field]
    assert answer.json["status"] == status
    assert answer.json["detail"]
    assert count(OutsideExcuse, room.school.id) == count(AbsenceNote, room.school.id) == 0
    sender = get_sender(
        clinic.admin, db.session.scalars(select(ExcuseSender.id).where(ExcuseSender.school_id == room.school.id)).one()
    )
    assert sender is not None
    assert sender.used_at == at(12), "the school sees that something came"


def test_the_shape_of_a_request(client: SchoolClient, clinic: SimpleNamespace) -> None:
    head = {"Authorization": f"Bearer {clinic.key}"}
    assert client.post("/api/excuses", data="x=1", headers=head).status_code == 415
    assert client.post("/api/excuses", data="{", headers=head, content_type="application/json").status_code == 400
    long = client.post("/api/excuses", data=b" " * 5000, headers=head, content_type="application/json")
    assert (long.status_code, long.mimetype) == (413, "application/problem+json")
    assert client.post("/api/excuses", json=[], headers=head).status_code == 422


def test_only_a_living_key_of_the_school_opens(
    client: SchoolClient, room: SimpleNamespace, clinic: SimpleNamespace, make: Make
) -> None:
    assert send(client, clinic, key="").status_code == 401
    assert send(client, clinic, key="7").headers["WWW-Authenticate"] == "Bearer"
    assert send(client, clinic, key=clinic.key[:-1] + "~").status_code == 401
    beside = make.school()
    secret = clinic.key.partition("-")[2]
    assert send(client, clinic, key=f"{beside.id}-{secret}").status_code == 401
    with unit_of_work():
        _made, theirs = add_sender(make.actor(make.member(beside, "admin"), "admin"), "Чужая поликлиника")
    assert send(client, clinic, key=theirs).status_code == 422, "a code means somebody in its own school only"
    with clock.stopped_at(at(11)):
        client.sign_in(make.account_of(make.member(room.school, "admin")))
        sender = find_sender(room.school.id, clinic.key)
        assert sender is not None
        assert client.post(f"/s/{room.school.id}/excuses/senders/{sender.id}/end").status_code == 303
    assert send(client, clinic).status_code == 401
    kept = db.session.execute(select(ExcuseSender).where(ExcuseSender.school_id == room.school.id)).scalar_one()
    assert clinic.key.encode() not in kept.key_hash


def test_keys_are_not_to_be_guessed_and_a_sender_not_to_flood(
    app: Flask, client: SchoolClient, clinic: SimpleNamespace
) -> None:
    assert {send(client, clinic, key="1-wrong").status_code for _ in range(20)} == {401}
    blocked = send(client, clinic, key="1-wrong")
    assert (blocked.status_code, blocked.headers["Retry-After"]) == (429, "300")
    app.extensions["limits"].storage.reset()
    codes = {send(client, clinic, pupil="AAAA-AAAA-AAAA").status_code for _ in range(60)}
    assert codes == {422}
    assert send(client, clinic).status_code == 429
    app.extensions["limits"].storage.reset()


def test_a_replaced_code_finds_nobody(client: SchoolClient, room: SimpleNamespace, clinic: SimpleNamespace) -> None:
    [pupil] = [one for one in pupils_with_codes(clinic.group) if one.id == room.pupil.id]
    with unit_of_work():
        replace_code(clinic.admin, pupil)
    assert send(client, clinic).status_code == 422
    assert count(PupilCode, room.school.id) == 4
    [now] = [one for one in pupils_with_codes(clinic.group) if one.id == room.pupil.id]
    assert send(client, clinic, pupil=now.shown.lower()).status_code == 201
    found = find_pupil(room.school.id, now.code)
    assert found is not None
    assert found.id == room.pupil.id


def test_the_pages(client: SchoolClient, room: SimpleNamespace, clinic: SimpleNamespace) -> None:
    make: Make = room.make
    s = f"/s/{room.school.id}"
    assert send(client, clinic).status_code == 201
    with clock.stopped_at(at(14)):
        client.sign_in(make.account_of(make.member(room.school, "admin")))
        assert f"{s}/excuses" in client.get(f"{s}/structure").text
        before = client.get(f"{s}/excuses").text
        assert "Детская поликлиника № 12" in before
        assert "23 нояб. 12:00" in before
        assert clinic.key not in before
        made = client.post(f"{s}/excuses", data={"name": "Военкомат"}).text
        assert f"{room.school.id}-" in made.split("feed-address")[1]
        assert client.post(f"{s}/excuses", data={"name": "Военкомат"}).status_code == 422
        codes = f"{s}/excuses/codes/{clinic.group.id}"
        assert clinic.code in client.get(codes).text
        assert client.post(codes).status_code == 303
        assert client.post(f"{codes}/pupils/{room.other.id}").status_code == 303
        assert clinic.other not in client.get(codes).text
        client.sign_in(make.account_of(room.parents[0]))
        away = client.get(f"{s}/pupils/{room.pupil.id}/away").text
        assert clinic.code in away
        assert "Детская поликлиника № 12: болезнь" in away
        assert "/withdraw" not in away
        assert "Детская поликлиника № 12" in client.get("/notices").text
        looks = client.get(f"{s}/pupils/{room.pupil.id}/looks").text
        assert "Детская поликлиника № 12" in looks
        for path in (f"{s}/excuses", codes):
            assert client.get(path).status_code == 404
        client.sign_in(make.account_of(room.leader))
        assert "Детская поликлиника № 12" in client.get(f"{s}/pupils/{room.pupil.id}/absences").text
        assert "/withdraw" in client.get(f"{s}/pupils/{room.pupil.id}/away").text
