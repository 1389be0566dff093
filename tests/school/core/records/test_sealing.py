import threading
import time
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from school.core import clock
from school.core.clock import stopped_at
from school.core.database import db, new_id, read_engine, write_engine
from school.core.records import PROGRAM, record
from school.core.records.closing import close, seal
from school.core.records.keys import NoRecordKey, signing_key
from school.core.records.models import CityRoot, DayRoot, RecordEvent, RecordHead
from school.core.records.sealing import has_to_seal, open_day, seal_waiting
from school.core.records.verifying import Report, verify
from school.core.transactions import unit_of_work
from tests.school.core.records.filling import DAY, MORNING, happen, make_schools


def verified() -> Report:
    db.session.rollback()
    with read_engine().connect() as connection:
        return verify(connection)


def positions(school_id: int) -> list[int | None]:
    of_school = select(RecordEvent.position).where(RecordEvent.school_id == school_id)
    found = list(db.session.scalars(of_school.order_by(RecordEvent.at, RecordEvent.id)))
    db.session.rollback()
    return found


def seal_at(moment: datetime) -> int:
    with stopped_at(moment):
        return seal()


def test_nothing_to_seal_is_no_work(app: Flask) -> None:
    make_schools(1)
    with stopped_at(MORNING):
        assert open_day() is None
        assert not has_to_seal()
        assert seal() == 0
    assert verified().holds


def test_events_get_their_places_in_order_school_by_school(app: Flask) -> None:
    make_schools(1, 2)
    happen(1, 3, MORNING + timedelta(minutes=5))
    happen(1, 2)
    happen(2, 4)
    with stopped_at(MORNING + timedelta(hours=1)):
        assert has_to_seal()
        assert seal() == 9
        assert not has_to_seal()
    assert positions(1) == [1, 2, 3, 4, 5]
    assert positions(2) == [1, 2, 3, 4]
    report = verified()
    assert (report.holds, report.schools, report.events, report.waiting, report.days) == (True, 2, 9, 0, 0)


def test_a_batch_is_no_border(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    make_schools(1)
    happen(1, 1203)
    assert seal_at(MORNING) == 1203
    assert positions(1) == list(range(1, 1204))
    assert verified().holds


def test_days_are_closed_one_after_another_the_empty_ones_too(app: Flask) -> None:
    make_schools(1, 2, 3)
    happen(1, 3)
    happen(2, 1)
    seal_at(MORNING)
    happen(1, 2, MORNING + 3 * DAY)
    assert seal_at(MORNING + 5 * DAY) == 2
    days = db.session.scalars(select(CityRoot).order_by(CityRoot.on_date)).all()
    assert [(day.on_date.day, day.size) for day in days] == [(1, 2), (2, 0), (3, 0), (4, 1), (5, 0)]
    closed = db.session.scalars(select(DayRoot).where(DayRoot.school_id == 1).order_by(DayRoot.on_date)).all()
    assert [(day.on_date.day, day.first, day.last, day.size) for day in closed] == [(1, 1, 3, 3), (4, 4, 5, 2)]
    report = verified()
    assert (report.holds, report.events, report.days) == (True, 6, 5)


def test_midnight_is_moscows(app: Flask) -> None:
    make_schools(1)
    midnight = clock.moscow(MORNING.date() + DAY, datetime.min.time())
    happen(1, 1, midnight - timedelta(seconds=1))
    happen(1, 1, midnight)
    seal_at(midnight + timedelta(seconds=1))
    closed = db.session.scalars(select(DayRoot).where(DayRoot.school_id == 1)).all()
    assert [(day.on_date, day.size) for day in closed] == [(MORNING.date(), 1)]
    assert positions(1) == [1, 2]


def test_an_event_that_commits_after_its_day_is_closed_goes_into_the_next(app: Flask) -> None:
    make_schools(1)
    happen(1, 1)
    seal_at(MORNING + DAY)
    happen(1, 2)
    happen(1, 1, MORNING + DAY)
    assert seal_at(MORNING + 2 * DAY) == 3
    closed = db.session.scalars(select(DayRoot).where(DayRoot.school_id == 1).order_by(DayRoot.on_date)).all()
    assert [(day.on_date.day, day.size) for day in closed] == [(1, 1), (2, 3)]
    assert verified().holds


def test_a_sealer_that_lags_behind_a_closed_day_seals_nothing_into_it(app: Flask) -> None:
    make_schools(1)
    happen(1, 1)
    seal_at(MORNING + DAY)
    happen(1, 1)
    assert seal_waiting(MORNING.date()) == 0
    close(MORNING.date())
    assert seal_at(MORNING + DAY) == 1
    assert verified().holds


def test_two_sealers_at_once_seal_each_event_once(app: Flask) -> None:
    make_schools(1, 2, 3)
    for day in range(4):
        for school_id in (1, 2, 3):
            happen(school_id, 40, MORNING + day * DAY)
    sealed: list[int] = []
    faults: list[BaseException] = []
    start = threading.Barrier(3)

    def sealer() -> None:
        try:
            with app.app_context(), stopped_at(MORNING + 4 * DAY):
                start.wait()
                sealed.append(seal())
        except BaseException as fault:
            faults.append(fault)

    threads = [threading.Thread(target=sealer) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert sum(sealed) == 480
    report = verified()
    assert (report.problems, report.events, report.days, report.waiting) == ([], 480, 4, 0)


def test_savers_do_not_wait_for_the_sealer(app: Flask) -> None:
    """On PostgreSQL not even while a batch is open; on SQLite, with its one writer, at most for one short batch."""
    make_schools(1)
    happen(1, 2500)
    waits: list[float] = []
    done = threading.Event()

    def saver() -> None:
        with app.app_context():
            while not done.is_set():
                begun = time.monotonic()
                with unit_of_work():
                    record(PROGRAM, "mark.set", school_id=1, thing_id=new_id(), payload={"value": 5})
                waits.append(time.monotonic() - begun)

    thread = threading.Thread(target=saver)
    thread.start()
    began = time.monotonic()
    try:
        sealed = seal()
    finally:
        took = time.monotonic() - began
        done.set()
        thread.join()
    assert sealed >= 2500
    assert len(waits) > (3 if write_engine().dialect.name == "postgresql" else 0)
    # Far less than the whole sealing, however slow the machine; a quick one may lose a moment to something else.
    assert max(waits) < max(1, took / 2)
    seal()
    report = verified()
    assert (report.problems, report.waiting) == ([], 0)
    if write_engine().dialect.name == "postgresql":
        happen(1, 1)
        locked = select(RecordHead).where(RecordHead.school_id == 1).with_for_update()
        with write_engine().begin() as sealer:
            sealer.execute(locked)
            sealer.execute(select(RecordEvent.id).where(RecordEvent.school_id == 1).with_for_update())
            begun = time.monotonic()
            happen(1, 1)
            assert time.monotonic() - begun < 15  # waiting for the sealer, it would never end


def test_the_key_of_production_must_be_there_and_be_one(
    app: Flask, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    own = signing_key()
    assert (app.config["SETTINGS"].data_dir / "record_key.pem").stat().st_mode & 0o777 == 0o600
    path = tmp_path_factory.mktemp("key") / "key.pem"

    class Elsewhere:
        record_key_file = path

    monkeypatch.setitem(app.config, "SETTINGS", Elsewhere)
    with pytest.raises(NoRecordKey, match="openssl genpkey"):
        signing_key()
    path.write_text("not a key")
    with pytest.raises(NoRecordKey, match="no readable private key"):
        signing_key()
    monkeypatch.undo()
    assert signing_key() == own
