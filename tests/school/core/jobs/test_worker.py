import random
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, update

from school.core.clock import now
from school.core.config import Settings
from school.core.database import db
from school.core.jobs import Worker, enqueue, every
from school.core.jobs.claims import Claim, LeaseLost, bury, finish, hand_back, has_to_bury, renew, take
from school.core.jobs.models import Job, JobState, PeriodicTurn
from school.core.jobs.registry import PERIODIC
from school.core.jobs.turns import take_turn
from school.core.jobs.upkeep import KEEP_DONE, prune
from school.core.transactions import unit_of_work
from tests.school.core.conftest import effects
from tests.school.core.jobs import kinds

ROOT = Path(__file__).parents[4]

pytestmark = pytest.mark.usefixtures("effects_table")


def left(app: Flask) -> list[str]:
    with app.app_context():
        return sorted(db.session.execute(select(effects.c.name)).scalars())


def states(app: Flask) -> list[str]:
    with app.app_context():
        return sorted(db.session.execute(select(Job.state)).scalars())


def ask(app: Flask, kind: str, *payloads: dict[str, object]) -> None:
    with app.app_context(), unit_of_work():
        for payload in payloads:
            enqueue(kind, payload)


def leave_and_finish(name: str, claim: Claim) -> None:
    with unit_of_work():
        kinds.leave(name)
        finish(claim)


def wait_until(true: Callable[[], bool], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.03)


@contextmanager
def working(app: Flask, **how: object) -> Iterator[None]:
    stop = threading.Event()
    thread = threading.Thread(target=Worker(app, **{"periodic": False, **how}).run, args=(stop,))  # type: ignore[arg-type]
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(3)  # its own limit is 2; a loaded machine may add to it
        assert not thread.is_alive(), "the worker did not stop within 2 seconds"


@contextmanager
def worker_process(settings: Settings, poll: float = 1.0) -> Iterator["subprocess.Popen[str]"]:
    arguments = [
        sys.executable,
        "-m",
        "tests.school.core.jobs.worker_process",
        settings.database_url,
        str(settings.data_dir),
        str(poll),
    ]
    process = subprocess.Popen(arguments, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        yield process
    finally:
        process.kill()
        process.communicate()


def test_killed_in_mid_job_nothing_is_lost_and_nothing_done_twice(
    app: Flask, settings: Settings, tmp_path: Path
) -> None:
    started = tmp_path / "started"
    with worker_process(settings) as first:
        ask(app, "test.hang_once", {"started": str(started)})
        wait_until(started.exists)
        first.kill()
        first.wait()
    assert left(app) == []
    assert states(app) == ["running"]
    with worker_process(settings) as second:
        wait_until(lambda: states(app) == ["done"])
        second.terminate()
        assert second.wait(15) == 0
    assert left(app) == ["hang_once"]


def test_killed_again_and_again_every_job_counts_once(app: Flask, settings: Settings, tmp_path: Path) -> None:
    names = [f"{number:02}" for number in range(40)]
    ask(app, "test.effect", *({"name": name, "seconds": 0.02} for name in names))
    for _ in range(3):
        with worker_process(settings) as one, worker_process(settings) as two:
            time.sleep(random.uniform(0.05, 0.3))
            one.kill()
            two.kill()
    assert len(left(app)) < 40 or states(app) == ["done"] * 40
    with worker_process(settings):
        wait_until(lambda: states(app) == ["done"] * 40, 30)
    assert left(app) == names


def test_two_workers_share_the_jobs_and_double_none(app: Flask) -> None:
    names = [f"{number:03}" for number in range(60)]
    with working(app), working(app):
        ask(app, "test.effect", *({"name": name} for name in names))
        wait_until(lambda: states(app) == ["done"] * 60)
    assert left(app) == names


def test_a_commit_wakes_the_worker_before_its_poll(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("school.core.jobs.worker.POLL", 30.0)
    with working(app):
        time.sleep(0.3)
        ask(app, "test.effect", {"name": "a"})
        wait_until(lambda: left(app) == ["a"], 10)


def test_a_commit_of_another_process_is_heard_or_polled_for(app: Flask, settings: Settings, tmp_path: Path) -> None:
    with worker_process(settings, poll=0.3 if settings.is_sqlite else 60) as process:
        time.sleep(0.5)
        ask(app, "test.effect", {"name": "a"})
        wait_until(lambda: left(app) == ["a"])
        process.terminate()
        assert process.wait(15) == 0


def test_a_long_job_keeps_its_lease_and_delays_no_quick_one(app: Flask) -> None:
    with working(app), working(app):
        ask(app, "test.long", {"seconds": 3.0})
        wait_until(lambda: states(app) == ["running"])
        ask(app, "test.effect", {"name": "quick"})
        wait_until(lambda: left(app) == ["quick"])
        assert states(app) == ["done", "running"]
        wait_until(lambda: states(app) == ["done", "done"])
    assert left(app) == ["long", "quick"]
    with app.app_context():
        assert set(db.session.execute(select(Job.tries)).scalars()) == {1}


def test_a_stopped_worker_hands_its_job_back(app: Flask) -> None:
    with working(app):
        ask(app, "test.long", {"seconds": 2.5})
        wait_until(lambda: states(app) == ["running"])
    with app.app_context():
        (job,) = db.session.scalars(select(Job))
        assert (job.state, job.tries, job.leased_by) == (JobState.WAITING, 0, None)
    # The job still ends in its thread, without effect; it must not reach into the next test.
    for thread in threading.enumerate():
        if thread.name == "jobs-slow":
            thread.join(10)
    assert left(app) == []


def test_a_worker_taken_for_dead_can_end_nothing(app: Flask) -> None:
    ask(app, "test.effect", {"name": "a"})
    slow = take(["test.effect"])
    assert slow is not None
    assert take(["test.effect"]) is None
    renew(slow)
    with unit_of_work():
        db.session.execute(update(Job).values(lease_until=now() - timedelta(seconds=1)))
    other = take(["test.effect"])
    assert other is not None
    assert other.tries == 2
    with pytest.raises(LeaseLost):
        leave_and_finish("of the slow one", slow)
    hand_back([slow])
    leave_and_finish("of the other", other)
    assert left(app) == ["of the other"]


def test_a_job_that_kills_its_workers_is_buried(app: Flask) -> None:
    ask(app, "test.die", {})
    for _ in range(2):
        assert take(["test.die"]) is not None
        assert not has_to_bury()
        time.sleep(0.4)
    assert take(["test.die"]) is None
    assert has_to_bury()
    assert bury() == 1
    (job,) = db.session.scalars(select(Job))
    assert (job.state, job.tries) == (JobState.DEAD, 2)
    assert job.finished_at is not None


def test_old_done_jobs_are_pruned_and_others_kept(app: Flask) -> None:
    ask(app, "test.effect", {"name": "old"}, {"name": "new"})
    Worker(app).run_until_empty()
    ask(app, "test.effect", {"name": "waiting"})
    with unit_of_work():
        oldest = db.session.execute(select(Job.id).order_by(Job.id).limit(1)).scalar_one()
        db.session.execute(
            update(Job).where(Job.id == oldest).values(finished_at=now() - KEEP_DONE - timedelta(minutes=1))
        )
    assert prune() == 1
    assert states(app) == ["done", "waiting"]


@pytest.fixture
def only_periodic(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the tasks the test itself defines."""
    for name in list(PERIODIC):
        monkeypatch.delitem(PERIODIC, name)


@pytest.mark.usefixtures("only_periodic")
def test_a_periodic_task_is_one_workers_at_a_time(app: Flask) -> None:
    running: list[int] = []
    most: list[int] = []

    @every(0.3, "test.tick")
    def tick() -> None:
        running.append(1)
        most.append(len(running))
        kinds.leave("tick")
        time.sleep(0.1)
        running.pop()

    try:
        with working(app, periodic=True), working(app, periodic=True):
            wait_until(lambda: len(left(app)) >= 3)
        assert set(most) == {1}
    finally:
        del PERIODIC["test.tick"]


@pytest.mark.usefixtures("only_periodic")
def test_a_periodic_task_with_nothing_to_do_writes_nothing_and_a_failing_one_comes_again(app: Flask) -> None:
    @every(0.2, "test.idle", when=lambda: False)
    def idle() -> None:
        raise AssertionError("never asked for")

    failures: list[int] = []

    @every(0.2, "test.failing")
    def failing() -> None:
        failures.append(1)
        raise ValueError("no luck")

    try:
        with working(app, periodic=True):
            wait_until(lambda: len(failures) >= 2)
        with app.app_context():
            (turn,) = db.session.scalars(select(PeriodicTurn))
            assert turn.name == "test.failing"
            assert "no luck" in (turn.last_error or "")
    finally:
        del PERIODIC["test.idle"], PERIODIC["test.failing"]


@pytest.mark.usefixtures("only_periodic")
def test_the_turn_of_a_dead_worker_ends_with_its_lease(app: Flask) -> None:
    @every(3600, "test.lost", lease=0.5)
    def lost() -> None:
        pass

    try:
        task = PERIODIC["test.lost"]
        assert take_turn(task) is not None
        time.sleep(0.2)
        assert take_turn(task) is None
        time.sleep(0.4)
        assert take_turn(task) is not None
    finally:
        del PERIODIC["test.lost"]
