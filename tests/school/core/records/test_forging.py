"""A forger who has the signing key too, and computes every hash anew: the database agrees with itself, and is found out by what lies outside."""

import json
import uuid
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from school.core.clock import stopped_at
from school.core.database import db, read_engine
from school.core.records import merkle, receipt_for, seal
from school.core.records.closing import city_leaf, school_days_of, school_head_of
from school.core.records.keys import signing_key
from school.core.records.models import RecordEvent
from school.core.records.publishing import published_roots
from school.core.records.statements import as_bytes, city_day
from school.core.records.tables import city_root, head
from school.core.records.verifying import Report, verify
from tests.school.core.records.filling import DAY, MORNING, happen, make_schools, tamper
from tests.school.core.records.test_verifying import rewrite

Rows = list[RecordEvent]


@pytest.fixture
def kept(app: Flask) -> SimpleNamespace:
    """School 1 with five events on a closed day and five on the open one; roots and receipts of that time, kept outside."""
    make_schools(1, 2)
    events = happen(1, 5)
    happen(2, 3)
    events += happen(1, 5, MORNING + DAY)
    with stopped_at(MORNING + DAY):
        seal()
    db.session.rollback()
    with read_engine().connect() as reading:
        roots = published_roots(reading)
        receipts = [receipt_for(reading, 1, one) for one in events]
    return SimpleNamespace(events=events, roots=roots, receipts=receipts)


def sign_again() -> None:
    """The city's day and the school's head, signed for what stands there now."""
    key = signing_key()
    row = db.session.execute(select(city_root)).one()
    leaves = [city_leaf(one) for one in school_days_of(row.on_date, db.session)]
    root = merkle.root(leaves)
    day = city_day(day=row.on_date, schools=len(leaves), root=root, previous=row.previous, key=key.id)
    end = db.session.execute(select(head).where(head.c.school_id == 1)).one()
    signature = key.sign(as_bytes(school_head_of(end)))
    db.session.rollback()
    tamper("UPDATE record_city_root SET root = :root, signature = :by", root=root, by=key.sign(as_bytes(day)))
    tamper("UPDATE record_head SET signature = :by WHERE school_id = 1", by=signature)


def forge(change: Callable[[Rows], Rows]) -> None:
    """Rewrite the school's record as if it had always been so."""
    rewrite(1, change)
    sign_again()


def found(kept: SimpleNamespace | None = None) -> Report:
    db.session.rollback()
    outside: dict[str, Any] = {"roots": kept.roots, "receipts": kept.receipts} if kept else {}
    key = signing_key()
    with read_engine().connect() as reading:
        return verify(reading, {key.id: key.public}, **outside)


def change_on_closed_day(rows: Rows) -> Rows:
    rows[1].payload = '{"old":null,"value":5}'
    return rows


def change_on_open_day(rows: Rows) -> Rows:
    rows[7].payload = '{"old":null,"value":5}'
    return rows


def delete(rows: Rows) -> Rows:
    return rows[:2] + rows[3:]


def reorder(rows: Rows) -> Rows:
    rows[2], rows[3] = rows[3], rows[2]
    return rows


def insert(rows: Rows) -> Rows:
    (extra,) = happen(1, 1)
    fresh = db.session.scalars(select(RecordEvent).where(RecordEvent.school_id == 1, RecordEvent.id == extra)).one()
    ids = [row.id for row in rows]
    same = select(RecordEvent).where(RecordEvent.school_id == 1, RecordEvent.id.in_(ids))
    again = {row.id: row for row in db.session.scalars(same)}
    return [*(again[one] for one in ids[:3]), fresh, *(again[one] for one in ids[3:])]


def truncate(rows: Rows) -> Rows:
    return rows[:-2]


@pytest.mark.parametrize(
    ("change", "places", "on_closed_day"),
    [
        (change_on_closed_day, {2}, True),
        (change_on_open_day, {8}, False),
        (delete, {3}, True),
        (reorder, {3, 4}, True),
        (insert, {4}, True),
        (truncate, {9, 10}, False),
    ],
)
def test_a_forger_with_the_key_is_named_by_what_lies_outside(
    kept: SimpleNamespace, change: Callable[[Rows], Rows], places: set[int], on_closed_day: bool
) -> None:
    assert found(kept).holds
    forge(change)
    assert found().holds, "the forger left a trace inside, so the test shows nothing"
    report = found(kept)
    assert places <= {one.position for one in report.problems if one.kind == "receipt"}
    days = [one.day for one in report.problems if one.kind == "root"]
    assert days == (["2026-09-01"] if on_closed_day else [])


def test_a_day_that_was_published_and_is_gone_is_named(kept: SimpleNamespace) -> None:
    tamper("DELETE FROM record_city_root")
    assert [(one.kind, one.day) for one in found(kept).problems if one.kind == "root"] == [("root", "2026-09-01")]


def test_a_root_that_nobody_signed_witnesses_nothing(kept: SimpleNamespace) -> None:
    kept.roots[0]["statement"]["schools"] = 3
    assert [one.kind for one in found(kept).problems] == ["witness"]


def test_the_command_takes_files_of_roots_and_receipts(app: Flask, kept: SimpleNamespace, tmp_path: Path) -> None:
    (tmp_path / "roots.json").write_text(json.dumps({"days": kept.roots}))
    folder = tmp_path / "receipts"
    folder.mkdir()
    for number, one in enumerate(kept.receipts):
        (folder / f"{number}.json").write_text(json.dumps(one))
    command = ["records", "verify", "--roots", str(tmp_path / "roots.json"), "--receipt", str(folder)]
    run = app.test_cli_runner().invoke
    good = run(args=command)
    assert good.exit_code == 0, good.output
    assert "No event waits for its seal; sealing comes every 3 seconds" in good.output
    forge(change_on_closed_day)
    assert run(args=["records", "verify"]).exit_code == 0
    bad = run(args=command)
    assert bad.exit_code == 1
    assert "ROOT: the city's day 2026-09-01 is not the one that was published" in bad.output
    assert "RECEIPT: the event at position 2 of school 1 is another one now" in bad.output


def test_verify_says_how_long_the_open_tail_is(app: Flask, kept: SimpleNamespace) -> None:
    late = MORNING + DAY
    happen(1, 4, late)
    with stopped_at(late + DAY / 86_400 * 2):
        report = found()
        assert report.holds
        assert (report.waiting, report.waiting_seconds) == (4, 2.0)
        said = app.test_cli_runner().invoke(args=["records", "verify"]).output
        assert "4 events wait for their seal, the oldest for 2.0 seconds" in said
        assert "No worker" not in said
    with stopped_at(late + DAY / 2):
        assert "No worker seems to run" in app.test_cli_runner().invoke(args=["records", "verify"]).output
    assert isinstance(kept.events[0], uuid.UUID)
