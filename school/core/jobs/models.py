"""The tables of work to be done outside requests: jobs, and whose turn it is at periodic tasks. City tables, never distributed."""

import uuid
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from school.core.database import Base, Id, new_id


class JobState(StrEnum):
    """Where a job stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    DEAD = "dead"
    """Tried too often; a person looks at it (``flask jobs``)."""


class Job(Base):
    """One piece of work, written in the transaction of the fact that caused it."""

    __tablename__ = "job"
    __table_args__ = (
        CheckConstraint("state IN ('waiting', 'running', 'done', 'dead')", name="state"),
        Index(
            "uq_job_unfinished_key",
            "key",
            unique=True,
            sqlite_where=text("finished_at IS NULL"),
            postgresql_where=text("finished_at IS NULL"),
        ),
        Index(
            "ix_job_due",
            "run_at",
            "id",
            sqlite_where=text("finished_at IS NULL"),
            postgresql_where=text("finished_at IS NULL"),
        ),
        Index("ix_job_finished_at", "finished_at"),
    )

    id: Mapped[uuid.UUID] = mapped_column(Id, primary_key=True, default=new_id)
    kind: Mapped[str] = mapped_column(String(80))
    """The handler that does it."""
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)
    """Ids and small values only: a payload is not erased with a person."""
    key: Mapped[str | None] = mapped_column(String(200))
    """Unique among unfinished jobs: asking twice for the same work is asking once. Null: no such check."""
    run_at: Mapped[datetime]
    """Not before this moment; moved by back-off."""
    again_at: Mapped[datetime | None]
    """Asked for again (by key) while it was running: when to run it once more, so that no later fact is missed."""
    lease_until: Mapped[datetime | None]
    """Until when the worker may be believed alive; renewed by its heartbeat. Null while nobody runs it."""
    leased_by: Mapped[str | None] = mapped_column(String(120))
    """The claim that runs it: host, process and a number of this claim only."""
    tries: Mapped[int] = mapped_column(default=0)
    """Runs begun, this one included."""
    max_tries: Mapped[int]
    state: Mapped[str] = mapped_column(String(8), default=JobState.WAITING)
    last_error: Mapped[str | None]
    """The end of the last traceback."""
    created_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    """When it became done or dead; null for unfinished ones."""


class PeriodicTurn(Base):
    """Whose turn a periodic task is: one worker of the whole installation does it at a time."""

    __tablename__ = "periodic_turn"

    name: Mapped[str] = mapped_column(String(80), primary_key=True)
    next_at: Mapped[datetime]
    lease_until: Mapped[datetime | None]
    leased_by: Mapped[str | None] = mapped_column(String(120))
    last_error: Mapped[str | None]
    """Of the last turn; null when it went well."""
