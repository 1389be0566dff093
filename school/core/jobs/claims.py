"""Taking a job, keeping it, and ending it: each by the claim's own name, so a worker taken for dead can end nothing.

A claim is a transaction of its own (BEGIN IMMEDIATE on SQLite, FOR UPDATE SKIP LOCKED on PostgreSQL). The job's effects and
its "done" mark are the next one: a crash before its commit undoes both, and after the lease another worker begins anew.
"""

import os
import random
import secrets
import socket
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import CursorResult, Select, case, or_, select, update

from school.core.clock import now
from school.core.database import db, read_engine, write_engine
from school.core.jobs.models import JobState
from school.core.jobs.queue import job
from school.core.jobs.registry import HANDLERS

FIRST_PAUSE = 2.0
PAUSE_FACTOR = 3
LONGEST_PAUSE = 3600.0
ERROR_LENGTH = 4000


class LeaseLost(Exception):
    """Another worker has taken this job meanwhile: what was done here must be rolled back."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A job in the hands of this process."""

    id: uuid.UUID
    kind: str
    payload: dict[str, Any]
    tries: int
    max_tries: int
    lease: float
    holder: str


def take(kinds: Sequence[str]) -> Claim | None:
    """The job that has waited longest among ``kinds``, leased to this process; None when there is none."""
    due = _due(kinds)
    with read_engine().connect() as reading:
        if reading.execute(due).first() is None:
            return None
    with write_engine().begin() as connection:
        row = connection.execute(due.with_for_update(skip_locked=True)).mappings().first()
        if row is None:
            return None
        moment = now()
        claim = Claim(
            id=row["id"],
            kind=row["kind"],
            payload=row["payload"],
            tries=row["tries"] + 1,
            max_tries=row["max_tries"],
            lease=HANDLERS[row["kind"]].lease,
            holder=f"{socket.gethostname()[:60]}:{os.getpid()}:{secrets.token_hex(8)}",
        )
        connection.execute(
            update(job)
            .where(job.c.id == claim.id)
            .values(
                state=JobState.RUNNING,
                tries=claim.tries,
                leased_by=claim.holder,
                lease_until=moment + timedelta(seconds=claim.lease),
                again_at=case((job.c.again_at <= moment, None), else_=job.c.again_at),
            )
        )
    return claim


def _due(kinds: Sequence[str]) -> Select[Any]:
    moment = now()
    return (
        select(job.c.id, job.c.kind, job.c.payload, job.c.tries, job.c.max_tries)
        .where(
            job.c.finished_at.is_(None),
            job.c.run_at <= moment,
            or_(job.c.lease_until.is_(None), job.c.lease_until < moment),
            job.c.tries < job.c.max_tries,
            job.c.kind.in_(kinds),
        )
        .order_by(job.c.run_at, job.c.id)
        .limit(1)
    )


def finish(claim: Claim) -> None:
    """Mark the job done in the transaction of its effects; raises ``LeaseLost``."""
    result = db.session.execute(
        update(job).where(*_held(claim)).values(**_ended(JobState.DONE), last_error=None),
    )
    if not isinstance(result, CursorResult) or result.rowcount != 1:
        raise LeaseLost(claim.kind, claim.id)


def fail(claim: Claim, error: str, *, hopeless: bool = False) -> bool:
    """Let the job wait for another try, or lay it down as dead; True when it is dead."""
    dead = hopeless or claim.tries >= claim.max_tries
    values = _ended(JobState.DEAD) if dead else _postponed(claim.tries)
    with write_engine().begin() as connection:
        connection.execute(update(job).where(*_held(claim)).values(**values, last_error=error[-ERROR_LENGTH:]))
    return dead


def renew(claim: Claim) -> None:
    """Say that the worker is alive."""
    with write_engine().begin() as connection:
        until = now() + timedelta(seconds=claim.lease)
        connection.execute(update(job).where(*_held(claim)).values(lease_until=until))


def hand_back(claims: Iterable[Claim]) -> None:
    """Give up unfinished jobs at a stop, so that the next worker need not wait for the lease; the try is not counted."""
    with write_engine().begin() as connection:
        for claim in claims:
            connection.execute(
                update(job)
                .where(*_held(claim))
                .values(state=JobState.WAITING, tries=job.c.tries - 1, lease_until=None, leased_by=None)
            )


def bury() -> int:
    """Lay down as dead the jobs whose last allowed try has taken its worker with it; the answer is how many."""
    with write_engine().begin() as connection:
        result = connection.execute(
            update(job)
            .where(*_lost_for_good())
            .values(**_ended(JobState.DEAD), last_error="the worker died during each of the last tries")
        )
        return result.rowcount


def has_to_bury() -> bool:
    """Whether ``bury`` would find any."""
    with read_engine().connect() as connection:
        return connection.execute(select(job.c.id).where(*_lost_for_good()).limit(1)).first() is not None


def pause_before(tries: int) -> float:
    """Seconds to wait after the ``tries``-th failure: growing threefold, with jitter so that retries don't come in a crowd."""
    pause: float = min(LONGEST_PAUSE, FIRST_PAUSE * PAUSE_FACTOR ** (tries - 1))
    return pause * random.uniform(0.7, 1.3)


def _held(claim: Claim) -> tuple[Any, ...]:
    return job.c.id == claim.id, job.c.leased_by == claim.holder, job.c.state == JobState.RUNNING


def _lost_for_good() -> tuple[Any, ...]:
    return (
        job.c.finished_at.is_(None),
        job.c.state == JobState.RUNNING,
        job.c.lease_until < now(),
        job.c.tries >= job.c.max_tries,
    )


def _ended(state: JobState) -> dict[str, Any]:
    """Columns of an ended job; one that was asked for again meanwhile waits anew instead."""
    again = job.c.again_at.is_not(None)
    return {
        "state": case((again, JobState.WAITING), else_=state),
        "finished_at": case((again, None), else_=now()),
        "run_at": case((again, job.c.again_at), else_=job.c.run_at),
        "tries": case((again, 0), else_=job.c.tries),
        "again_at": None,
        "lease_until": None,
        "leased_by": None,
    }


def _postponed(tries: int) -> dict[str, Any]:
    return {
        "state": JobState.WAITING,
        "run_at": now() + timedelta(seconds=pause_before(tries)),
        "lease_until": None,
        "leased_by": None,
    }
