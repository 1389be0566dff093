import importlib.util
import json
import random
import subprocess
import sys
import uuid
from datetime import timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from flask import Flask

from school.core.clock import stopped_at
from school.core.database import db, new_id, read_engine
from school.core.records import NotSealedYet, RecordBroken, receipt_for, seal
from school.core.records.canonical import canonical
from school.core.records.closing import close
from school.core.records.keys import signing_key
from school.core.records.receipts import as_file, why_broken
from school.core.records.sealing import seal_waiting
from tests.browsing import SchoolClient
from tests.school.core.records.filling import DAY, MORNING, happen, make_schools, tamper
from tests.school.core.records.test_verifying import drop_last, rewrite

TOOL = Path(__file__).parents[4] / "tools" / "verify_receipt.py"


@pytest.fixture(scope="session")
def verifier() -> ModuleType:
    spec = importlib.util.spec_from_file_location("verify_receipt", TOOL)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def receipt(school_id: int, event_id: uuid.UUID) -> dict[str, Any]:
    db.session.rollback()
    with read_engine().connect() as connection:
        made = receipt_for(connection, school_id, event_id)
    assert made is not None
    return made


def fault(old: dict[str, Any]) -> str | None:
    db.session.rollback()
    with read_engine().connect() as connection:
        return why_broken(connection, old)


@pytest.fixture
def events(app: Flask) -> list[uuid.UUID]:
    """School 1: five events on a closed day, five on the open one; two more schools on both."""
    make_schools(1, 2, 3)
    made = happen(1, 5)
    happen(2, 3)
    happen(3, 4)
    made += happen(1, 5, MORNING + DAY)
    with stopped_at(MORNING + DAY):
        seal()
    return made


def test_receipts_of_closed_and_open_days_hold_without_the_school(
    events: list[uuid.UUID], verifier: ModuleType
) -> None:
    public = signing_key().public
    for place, event_id in enumerate(events, 1):
        made = receipt(1, event_id)
        assert ("city" in made) == (place <= 5)
        checked = verifier.check(canonical(made).encode() + b"\n", public)
        assert checked["event"]["position"] == place
        assert json.loads(checked["event"]["payload"])["value"] in {2, 3, 4, 5}
        assert fault(made) is None
    assert receipt(1, events[0])["city"]["schools"] == 3


def test_every_single_changed_bit_is_rejected(events: list[uuid.UUID], verifier: ModuleType) -> None:
    """Thousands of them; without the key from outside too, except that then the key itself can be anybody's."""
    public = signing_key().public
    chance = random.Random(20260901)
    for event_id in (events[2], events[7]):
        data = canonical(receipt(1, event_id)).encode()
        for bit in chance.sample(range(len(data) * 8), 3000):
            changed = bytearray(data)
            changed[bit // 8] ^= 1 << bit % 8
            with pytest.raises(verifier.Rejected):
                verifier.check(bytes(changed), public)


def test_other_forms_of_the_same_receipt_are_rejected(events: list[uuid.UUID], verifier: ModuleType) -> None:
    made = receipt(1, events[0])
    for other in (
        json.dumps(made),
        canonical(made) + " ",
        canonical({**made, "more": 1}),
        canonical({**made, "receipt": True}),
        canonical({**made, "city_index": False}),
        canonical({**made, "path": [step.upper() for step in made["path"]]}),
        canonical({**made, "path": made["path"][:-1]}),
        canonical({**made, "path": [*made["path"], "00" * 32]}),
        canonical({name: value for name, value in made.items() if name != "city"}),
        canonical({**made, "school": {**made["school"], "last": 1}}),
        "[]",
        "1",
        "\ud83d".encode("utf-16-le", "surrogatepass").decode("latin-1"),
    ):
        with pytest.raises(verifier.Rejected):
            verifier.check(other.encode(), signing_key().public)
    with pytest.raises(verifier.Rejected, match="another key"):
        verifier.check(canonical(made).encode(), bytes(32))


def test_the_tool_runs_alone(events: list[uuid.UUID], client: SchoolClient, tmp_path: Path) -> None:
    file, roots = tmp_path / "receipt.json", tmp_path / "roots.json"
    file.write_text(as_file(receipt(1, events[0])))
    published = client.get("/records/roots.json")
    assert published.status_code == 200
    roots.write_bytes(published.data)
    key = published.json["keys"][0]["public_key"]
    tool = tmp_path / "verify_receipt.py"
    tool.write_bytes(client.get("/records/verify_receipt.py").data)
    command = [sys.executable, "-I", str(tool), str(file), "--key", key, "--roots", str(roots)]
    good = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (good.returncode, good.stderr) == (0, "")
    assert good.stdout.startswith("HOLDS: mark.set")
    roots.write_text('{"days":[]}')
    bad = subprocess.run(command, capture_output=True, text=True, check=False)
    assert bad.returncode == 1
    assert "not among the published" in bad.stdout
    file.write_text(canonical(receipt(1, events[9])))
    open_day = subprocess.run([sys.executable, "-I", str(TOOL), str(file)], capture_output=True, text=True, check=False)
    assert "signed promise" in open_day.stdout
    assert "Compare the key" in open_day.stdout


def test_an_event_has_no_receipt_before_its_seal(app: Flask, events: list[uuid.UUID]) -> None:
    (fresh,) = happen(1, 1, MORNING + DAY)
    with pytest.raises(NotSealedYet):
        receipt(1, fresh)
    with read_engine().connect() as connection:
        assert receipt_for(connection, 1, new_id()) is None
        assert receipt_for(connection, 2, events[0]) is None


def test_promises_are_kept_by_the_closed_day(events: list[uuid.UUID]) -> None:
    promises = [receipt(1, event_id) for event_id in events]
    happen(1, 7, MORNING + DAY)
    with stopped_at(MORNING + DAY):
        seal()
    assert [fault(promise) for promise in promises] == [None] * 10
    with stopped_at(MORNING + 2 * DAY):
        seal()
    assert [fault(promise) for promise in promises] == [None] * 10


def test_dropping_the_last_events_breaks_receipts_old_and_new(events: list[uuid.UUID]) -> None:
    promises = [receipt(1, event_id) for event_id in events]
    for event_id in events[-2:]:
        tamper("DELETE FROM record_event WHERE id = :id", id=event_id)
    for event_id in events[5:8]:
        with pytest.raises(RecordBroken):
            receipt(1, event_id)
    assert "is gone" in (fault(promises[9]) or "")
    assert "are gone" in (fault(promises[6]) or "")


def test_a_thorough_cutting_before_the_day_is_closed_is_found_by_old_receipts(events: list[uuid.UUID]) -> None:
    """Whoever has even the key can cut the open day and sign anew; the families' receipts are the witnesses then."""
    promises = [receipt(1, event_id) for event_id in events]
    rewrite(1, drop_last)
    with stopped_at(MORNING + DAY + timedelta(minutes=1)):
        happen(1, 1, MORNING + DAY)
        seal_waiting((MORNING + DAY).date())
        close((MORNING + DAY).date())
    assert "ends at 9, but reached 10" in (fault(promises[6]) or "")
    assert "is another one" in (fault(promises[8]) or "")
    assert fault(promises[0]) is None


def test_a_changed_event_gets_no_receipt_and_breaks_its_old_one(events: list[uuid.UUID]) -> None:
    old = receipt(1, events[3])
    tamper("UPDATE record_event SET payload = '{}' WHERE id = :id", id=events[3])
    with pytest.raises(RecordBroken, match="is not what was sealed"):
        receipt(1, events[3])
    assert "another one" in (fault(old) or "")
    tamper("UPDATE record_event SET leaf = chain WHERE id = :id", id=events[2])
    with pytest.raises(RecordBroken, match="do not lead"):
        receipt(1, events[0])


def test_the_command_prints_and_checks_receipts(app: Flask, events: list[uuid.UUID], tmp_path: Path) -> None:
    db.session.rollback()
    run = app.test_cli_runner().invoke
    printed = run(args=["records", "receipt", "1", str(events[0])])
    assert printed.exit_code == 0, printed.output
    file = tmp_path / "receipt.json"
    file.write_text(printed.output)
    assert "keeps this receipt" in run(args=["records", "receipt", "--check", str(file)]).output
    assert "no such event" in run(args=["records", "receipt", "1", str(new_id())]).output
    assert run(args=["records", "receipt"]).exit_code == 2
    assert '"city day"' in run(args=["records", "roots"]).output
    (fresh,) = happen(1, 1, MORNING + DAY)
    assert "not sealed yet" in run(args=["records", "receipt", "1", str(fresh)]).output
    assert "1 events sealed" in run(args=["records", "seal"]).output
    tamper("UPDATE record_event SET payload = '{}' WHERE id = :id", id=events[0])
    assert run(args=["records", "receipt", "--check", str(file)]).exit_code == 1
    assert "is not what was sealed" in run(args=["records", "receipt", "1", str(events[0])]).output
