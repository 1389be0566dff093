"""Whoever can write into the database, but has no key, is found out and the row is named."""

import json
import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from school.core.clock import stopped_at
from school.core.database import db, new_id, read_engine
from school.core.records import erase_salts, merkle, record, salted, seal
from school.core.records.models import RecordEvent
from school.core.records.sealing import read_head
from school.core.records.statements import NO_CHAIN, chain_after, event_leaf
from school.core.records.verifying import Problem, verify
from tests.school.core.records.filling import DAY, MORNING, Teacher, happen, make_schools, tamper


@pytest.fixture
def events(app: Flask) -> list[uuid.UUID]:
    """School 1: five events on a closed day (1-5), five on the open one (6-10). School 2: noise."""
    make_schools(1, 2)
    made = happen(1, 5)
    happen(2, 3)
    made += happen(1, 5, MORNING + DAY)
    happen(2, 2, MORNING + DAY)
    with stopped_at(MORNING + DAY):
        assert seal() == 15
    assert problems() == []
    return made


def problems(trusted: dict[str, bytes] | None = None) -> list[Problem]:
    db.session.rollback()
    with read_engine().connect() as connection:
        return verify(connection, trusted).problems


def named() -> set[tuple[str, int | None, int | None]]:
    return {(problem.kind, problem.school_id, problem.position) for problem in problems()}


COLUMNS = {
    "payload": "'{}'",
    "kind": "'mark.removed'",
    "at": "'2026-09-01 07:00:00.000000+00'",
    "thing_id": "pupil_id",
    "pupil_id": "NULL",
    "actor_account_id": "NULL",
    "actor_member_id": "NULL",
    "on_behalf_of": "thing_id",
}


@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize("index", [0, 7])
def test_a_changed_column_names_its_row(events: list[uuid.UUID], column: str, index: int) -> None:
    value = COLUMNS[column].replace("+00", "") if db.engine.dialect.name == "sqlite" else COLUMNS[column]
    assert tamper(f"UPDATE record_event SET {column} = {value} WHERE id = :id", id=events[index]) == 1
    (problem,) = problems()
    assert (problem.kind, problem.school_id, problem.position) == ("altered", 1, index + 1)
    assert problem.event_id == str(events[index])


def test_a_dropped_row_is_named_by_its_place(events: list[uuid.UUID]) -> None:
    tamper("DELETE FROM record_event WHERE id = :id", id=events[6])
    assert ("dropped", 1, 7) in named()
    tamper("DELETE FROM record_event WHERE id = :id", id=events[1])
    assert {("dropped", 1, 2), ("dropped", 1, 7)} <= named()
    assert {problem.school_id for problem in problems()} == {1}


def test_dropped_last_rows_are_named(events: list[uuid.UUID]) -> None:
    for event_id in events[-3:]:
        tamper("DELETE FROM record_event WHERE id = :id", id=event_id)
    assert {("dropped", 1, 8), ("dropped", 1, 9), ("dropped", 1, 10)} <= named()


def test_swapped_rows_are_named_with_both_places(events: list[uuid.UUID]) -> None:
    tamper("UPDATE record_event SET position = -1 WHERE id = :id", id=events[1])
    tamper("UPDATE record_event SET position = 2 WHERE id = :id", id=events[3])
    tamper("UPDATE record_event SET position = 4 WHERE id = :id", id=events[1])
    assert {("moved", 1, 2), ("moved", 1, 4)} <= named()
    assert any("sealed at 4 and stands at 2" in problem.words for problem in problems())


def test_an_unsealed_row_is_missed_at_its_place(events: list[uuid.UUID]) -> None:
    tamper("UPDATE record_event SET position = NULL, leaf = NULL, chain = NULL WHERE id = :id", id=events[2])
    assert ("dropped", 1, 3) in named()
    with stopped_at(MORNING + DAY + timedelta(minutes=1)):
        seal()
    assert ("dropped", 1, 3) in named()


def test_a_row_moved_into_another_school_is_missed_here_and_strange_there(events: list[uuid.UUID]) -> None:
    tamper("UPDATE record_event SET school_id = 2, position = 6 WHERE id = :id", id=events[4])
    found = named()
    assert ("dropped", 1, 5) in found
    assert ("added", 2, 6) in found


def rewrite(school_id: int, change: Callable[[list[RecordEvent]], list[RecordEvent]]) -> None:
    """All that can be done without the key: change, then compute every leaf, chain, root and the head anew."""
    of_school = select(RecordEvent).where(RecordEvent.school_id == school_id, RecordEvent.position.is_not(None))
    rows = list(db.session.scalars(of_school.order_by(RecordEvent.position)))
    kept = change(rows)
    chain, leaves = NO_CHAIN, []
    writes: list[tuple[uuid.UUID, str, bytes, bytes]] = []
    for place, row in enumerate(kept, 1):
        leaf = event_leaf(row, place)
        chain = chain_after(chain, leaf)
        leaves.append(leaf)
        writes.append((row.id, row.payload, leaf, chain))
    gone = {row.id for row in rows} - {row.id for row in kept}
    end = read_head(school_id)
    db.session.expunge_all()
    db.session.rollback()
    tamper("UPDATE record_event SET position = NULL WHERE school_id = :school", school=school_id)
    for row_id in gone:
        tamper("DELETE FROM record_event WHERE id = :id", id=row_id)
    for place, (row_id, payload, leaf, link) in enumerate(writes, 1):
        tamper(
            "UPDATE record_event SET position = :place, payload = :payload, leaf = :leaf, chain = :chain WHERE id = :id",
            place=place,
            payload=payload,
            leaf=leaf,
            chain=link,
            id=row_id,
        )
    tamper(
        "UPDATE record_day_root SET root = :root, chain = :chain WHERE school_id = :school",
        root=merkle.root(leaves[:5]),
        chain=writes[4][3],
        school=school_id,
    )
    assert end is not None
    end.frontier = []
    for size, leaf in enumerate(leaves[5:]):
        merkle.grow(end.frontier, size, leaf)
    tamper(
        "UPDATE record_head SET size = :size, chain = :chain, frontier = :frontier WHERE school_id = :school",
        size=len(leaves),
        chain=chain,
        frontier=b"".join(end.frontier),
        school=school_id,
    )


def change_first(rows: list[RecordEvent]) -> list[RecordEvent]:
    rows[0].payload = '{"old":null,"value":5}'
    return rows


def drop_last(rows: list[RecordEvent]) -> list[RecordEvent]:
    return rows[:-2]


def test_a_thorough_rewriting_fails_at_the_city_root_and_the_head(events: list[uuid.UUID]) -> None:
    rewrite(1, change_first)
    words = " ".join(problem.words for problem in problems())
    assert "do not lead to the city's root" in words
    assert "signature of the school's head is wrong" in words


def test_a_thorough_cutting_of_the_tail_fails_at_the_signed_head(events: list[uuid.UUID]) -> None:
    rewrite(1, drop_last)
    assert [(problem.kind, problem.school_id) for problem in problems()] == [("head", 1)]


@pytest.mark.parametrize(
    ("sql", "words"),
    [
        ("UPDATE record_city_root SET root = previous", "do not lead to the city's root"),
        ("UPDATE record_city_root SET signature = root", "signature of the city's day 2026-09-01 is wrong"),
        ("UPDATE record_city_root SET previous = root", "does not follow the day before"),
        ("UPDATE record_city_root SET size = 1", "1 schools were signed"),
        ("DELETE FROM record_day_root WHERE school_id = 2", "2 schools were signed on 2026-09-01, but 1"),
        ("UPDATE record_day_root SET root = chain WHERE school_id = 1", "do not lead to its root"),
        ("DELETE FROM record_head WHERE school_id = 1", "head is gone"),
        ("UPDATE record_head SET signature = chain WHERE school_id = 1", "signature of the school's head is wrong"),
        ("UPDATE record_event SET leaf = chain WHERE school_id = 1 AND position = 7", "chain breaks at position 7"),
        ("UPDATE record_event SET chain = leaf WHERE school_id = 1 AND position = 7", "chain breaks at position 7"),
        ("UPDATE record_key SET public_key = :other", "is wrong"),
    ],
)
def test_changed_seals_are_found(events: list[uuid.UUID], sql: str, words: str) -> None:
    assert tamper(sql, **({"other": bytes(32)} if ":other" in sql else {}))
    assert any(words in problem.words for problem in problems()), problems()


def test_a_gap_between_signed_days_is_found(events: list[uuid.UUID]) -> None:
    with stopped_at(MORNING + 4 * DAY):
        seal()
    assert problems() == []
    tamper("DELETE FROM record_city_root WHERE on_date = '2026-09-03'")
    assert "no root between 2026-09-02 and 2026-09-04" in problems()[0].words


def test_only_keys_known_from_outside_are_trusted(events: list[uuid.UUID]) -> None:
    assert any("not trusted" in problem.words for problem in problems({}))


def test_erasing_personal_text_keeps_the_proof(events: list[uuid.UUID]) -> None:
    pupil = new_id()
    with stopped_at(MORNING + DAY):
        comment = salted(1, "Плохо себя чувствовал", pupil_id=pupil)
        record(Teacher(), "mark.set", school_id=1, thing_id=new_id(), pupil_id=pupil, payload={"comment": comment})
        db.session.commit()
        seal()
    erase_salts(1, pupil)
    db.session.commit()
    assert problems() == []


def test_the_command_says_it_in_words_in_json_and_by_its_exit(app: Flask, events: list[uuid.UUID]) -> None:
    db.session.rollback()
    run = app.test_cli_runner().invoke
    good = run(args=["records", "verify"])
    assert good.exit_code == 0, good.output
    assert "Everything is as it was sealed." in good.output
    tamper("DELETE FROM record_event WHERE id = :id", id=events[0])
    bad = run(args=["records", "verify", "--json", "--any-key"])
    assert bad.exit_code == 1
    report = json.loads(bad.output)
    assert report["holds"] is False
    assert report["problems"][0]["position"] == 1
    assert "DROPPED: school 1: the event at position 1 is gone" in run(args=["records", "verify"]).output
    assert run(args=["records", "verify", "--key", "zz"]).exit_code == 2
