from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from school.core.clock import now
from school.core.database import db, new_id
from school.core.jobs import Worker, enqueue
from school.core.jobs.claims import finish, take
from school.core.jobs.models import Job, JobState
from school.core.transactions import unit_of_work
from tests.school.core.conftest import effects
from tests.school.core.jobs import kinds

ALL = ["test.effect", "test.fail", "test.hopeless", "test.die"]
assert kinds
pytestmark = pytest.mark.usefixtures("effects_table")


def jobs() -> list[Job]:
    found = list(db.session.scalars(select(Job).order_by(Job.id)))
    db.session.expunge_all()
    db.session.rollback()
    return found


def left() -> list[str]:
    names = sorted(db.session.execute(select(effects.c.name)).scalars())
    db.session.rollback()
    return names


def ask(name: str, *, key: str | None = None, **more: object) -> None:
    with unit_of_work():
        enqueue("test.effect", {"name": name}, key=key, **more)  # type: ignore[arg-type]


def ask_and_fail() -> None:
    with unit_of_work():
        enqueue("test.effect", {"name": "b"})
        raise ValueError("after the job")


def test_a_job_is_done_once_and_kept_as_done(app: Flask) -> None:
    ask("a")
    assert Worker(app).run_until_empty() == 1
    assert Worker(app).run_until_empty() == 0
    assert left() == ["a"]
    assert [(job.state, job.tries, job.leased_by) for job in jobs()] == [(JobState.DONE, 1, None)]


def test_a_rollback_leaves_no_job(app: Flask) -> None:
    enqueue("test.effect", {"name": "a"})
    db.session.rollback()
    with pytest.raises(ValueError, match="after the job"):
        ask_and_fail()
    assert jobs() == []


def test_a_kind_nobody_handles_is_refused_at_once(app: Flask) -> None:
    with pytest.raises(LookupError):
        enqueue("test.unheard", {})


def test_ids_and_dates_travel_as_text(app: Flask) -> None:
    pupil = new_id()
    with unit_of_work():
        enqueue("test.effect", {"name": pupil})
    assert jobs()[0].payload == {"name": str(pupil)}


def test_the_same_key_is_one_job_while_unfinished_and_a_new_one_after(app: Flask) -> None:
    ask("a", key="k")
    ask("a", key="k")
    ask("b")
    ask("b")
    assert len(jobs()) == 3
    Worker(app).run_until_empty()
    ask("a", key="k")
    assert len(jobs()) == 4
    Worker(app).run_until_empty()
    assert left() == ["a", "a", "b", "b"]


def test_asking_again_brings_a_waiting_job_forward_never_back(app: Flask) -> None:
    later = now() + timedelta(hours=1)
    ask("a", key="k", run_at=later)
    assert take(ALL) is None
    ask("a", key="k", run_at=later + timedelta(hours=1))
    assert jobs()[0].run_at == later
    ask("a", key="k")
    assert take(ALL) is not None


def test_asked_again_while_running_it_runs_once_more(app: Flask) -> None:
    ask("a", key="k")
    claim = take(ALL)
    assert claim is not None
    ask("a", key="k")
    with unit_of_work():
        finish(claim)
    (job,) = jobs()
    assert (job.state, job.tries, job.again_at) == (JobState.WAITING, 0, None)
    assert Worker(app).run_until_empty() == 1
    assert [job.state for job in jobs()] == [JobState.DONE]


def test_a_failing_job_waits_longer_each_time_and_is_laid_down(app: Flask) -> None:
    with unit_of_work():
        enqueue("test.fail", {})
    for tries, least, most in ((1, 1.0, 3.0), (2, 4.0, 8.5)):
        before = now()
        assert Worker(app).run_until_empty() == 1
        (job,) = jobs()
        assert (job.state, job.tries) == (JobState.WAITING, tries)
        assert least <= (job.run_at - before).total_seconds() <= most
        with unit_of_work():
            db.session.execute(update(Job).values(run_at=now()))
    assert Worker(app).run_until_empty() == 1
    (job,) = jobs()
    assert (job.state, job.tries) == (JobState.DEAD, 3)
    assert "ValueError: no luck" in (job.last_error or "")
    assert Worker(app).run_until_empty() == 0
    assert left() == []


def test_what_cannot_be_done_is_dead_at_once_and_can_be_retried_by_hand(app: Flask) -> None:
    with unit_of_work():
        enqueue("test.hopeless", {}, key="k")
    Worker(app).run_until_empty()
    (job,) = jobs()
    assert (job.state, job.tries, job.last_error) == (JobState.DEAD, 1, "cannot be done: not a video")
    listed = app.test_cli_runner().invoke(args=["jobs", "list"])
    assert str(job.id) in listed.output
    assert "1 to be tried" in app.test_cli_runner().invoke(args=["jobs", "retry", str(job.id)]).output
    assert jobs()[0].state == JobState.WAITING
    assert "0 to be tried" in app.test_cli_runner().invoke(args=["jobs", "retry", "--all"]).output
    assert '"waiting": 1' in app.test_cli_runner().invoke(args=["jobs", "list", "--json"]).output
    assert app.test_cli_runner().invoke(args=["jobs", "retry"]).exit_code == 2
