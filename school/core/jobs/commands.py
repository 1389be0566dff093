"""``flask worker`` and ``flask jobs``: doing the work, and looking after what could not be done."""

import json
import signal
import threading
import uuid
from typing import Any

import click
from flask import Flask, current_app
from flask.cli import AppGroup, with_appcontext
from sqlalchemy import and_, func, or_, select, update

from school.core.clock import now
from school.core.database import read_engine, write_engine
from school.core.jobs.models import JobState
from school.core.jobs.queue import job
from school.core.jobs.worker import Worker

jobs_commands = AppGroup("jobs", help="Background jobs: how many, which are dead, try them again.")


@click.command("worker")
@with_appcontext
def worker_command() -> None:
    """Do background jobs until Ctrl-C or SIGTERM."""
    stop = threading.Event()
    for which in (signal.SIGINT, signal.SIGTERM):
        signal.signal(which, lambda _number, _frame: stop.set())
    click.echo("The worker is ready.")
    Worker(current_app._get_current_object()).run(stop)  # type: ignore[attr-defined]  # noqa: SLF001 - Flask's own way
    click.echo("The worker has stopped.")


@jobs_commands.command("list")
@click.option("--json", "as_json", is_flag=True, help="For machines.")
def list_command(as_json: bool) -> None:
    """Say how many jobs there are of each state, and name the dead ones."""
    with read_engine().connect() as connection:
        states = connection.execute(select(job.c.state, func.count()).group_by(job.c.state))
        counted = {str(row[0]): int(row[1]) for row in states}
        dead = [
            {"id": str(row.id), "kind": row.kind, "tries": row.tries, "error": row.last_error}
            for row in connection.execute(
                select(job).where(job.c.state == JobState.DEAD).order_by(job.c.finished_at.desc()).limit(100)
            )
        ]
    if as_json:
        click.echo(json.dumps({"states": counted, "dead": dead}, ensure_ascii=False))
        return
    for state in JobState:
        click.echo(f"{state}: {counted.get(state, 0)}")
    for row in dead:
        click.echo(f"{row['id']}  {row['kind']}  {str(row['error']).strip().splitlines()[-1:]}")


@jobs_commands.command("retry")
@click.argument("job_id", type=click.UUID, required=False)
@click.option("--all", "everything", is_flag=True, help="All dead jobs.")
def retry_command(job_id: uuid.UUID | None, everything: bool) -> None:
    """Let a dead job run again, or all of them."""
    if (job_id is None) != everything:
        raise click.UsageError("Name one job, or say --all.")
    which: list[Any] = [job.c.state == JobState.DEAD]
    if job_id is not None:
        which.append(job.c.id == job_id)
    # Another job of the same key, unfinished or dead later, does the same work: this one stays where it is.
    other = job.alias("other")
    later = and_(other.c.state == JobState.DEAD, other.c.id > job.c.id)
    same = select(other.c.id).where(other.c.key == job.c.key, or_(other.c.finished_at.is_(None), later))
    which.append(~same.correlate(job).exists())
    with write_engine().begin() as connection:
        result = connection.execute(
            update(job).where(*which).values(state=JobState.WAITING, tries=0, finished_at=None, run_at=now())
        )
    click.echo(f"{result.rowcount} to be tried again.")


def init_app(app: Flask) -> None:
    """Put the commands on the application's command line."""
    app.cli.add_command(worker_command)
    app.cli.add_command(jobs_commands)
