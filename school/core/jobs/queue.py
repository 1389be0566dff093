"""Asking for work: a job is a row written in the caller's transaction, so a rollback takes it back too."""

import json
import uuid
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Insert, Table, and_, case, func, or_, text
from sqlalchemy.dialects import postgresql, sqlite

from school.core.clock import now
from school.core.database import db, new_id
from school.core.jobs.bell import bell
from school.core.jobs.models import Job, JobState
from school.core.jobs.registry import HANDLERS
from school.core.transactions import on_commit

CHANNEL = "school_job"

job = cast("Table", Job.__table__)


def enqueue(kind: str, payload: dict[str, Any], *, key: str | None = None, run_at: datetime | None = None) -> uuid.UUID:
    """Ask for a job of ``kind`` in the caller's transaction; the answer is the job's id.

    ``key`` names the piece of work: while a job with it is unfinished, asking again makes no second one (the earlier of the
    two moments counts; asked while it runs, it runs once more afterwards). The same key must mean the same payload.
    Values JSON does not know (UUIDs, dates) become strings.
    """
    if kind not in HANDLERS:
        raise LookupError(f"no handler for jobs of kind {kind!r}")
    moment = now()
    values = {
        "id": new_id(),
        "kind": kind,
        "payload": json.loads(json.dumps(payload, default=str)),
        "key": key,
        "run_at": run_at or moment,
        "tries": 0,
        "max_tries": HANDLERS[kind].max_tries,
        "state": JobState.WAITING,
        "created_at": moment,
    }
    is_postgres = db.session.get_bind().dialect.name == "postgresql"
    made: uuid.UUID = db.session.execute(_ASK_POSTGRES if is_postgres else _ASK_SQLITE, values).scalar_one()
    on_commit(bell.ring)
    return made


def _ask(insert: sqlite.Insert | postgresql.Insert) -> sqlite.Insert | postgresql.Insert:
    """One statement for both cases: a new row, or the unfinished row of the same key brought forward."""
    new = insert.excluded
    running = job.c.state == JobState.RUNNING
    earlier = and_(job.c.state == JobState.WAITING, job.c.tries == 0, new.run_at < job.c.run_at)
    again_earlier = or_(job.c.again_at.is_(None), new.run_at < job.c.again_at)
    return insert.on_conflict_do_update(
        index_elements=["key"],
        index_where=text("finished_at IS NULL"),
        set_={
            "run_at": case((earlier, new.run_at), else_=job.c.run_at),
            "again_at": case((and_(running, again_earlier), new.run_at), else_=job.c.again_at),
        },
    )


_ASK_SQLITE: Insert = _ask(sqlite.insert(job)).returning(job.c.id)
# The notice travels with the insert: PostgreSQL sends it when, and only if, the caller commits.
_ASK_POSTGRES: Insert = _ask(postgresql.insert(job)).returning(job.c.id, func.pg_notify(CHANNEL, ""))
