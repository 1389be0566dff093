"""Keeping the table of jobs small and honest."""

from datetime import timedelta

from sqlalchemy import delete, select

from school.core.clock import now
from school.core.database import read_engine, write_engine
from school.core.jobs.claims import bury, has_to_bury
from school.core.jobs.models import JobState
from school.core.jobs.queue import job
from school.core.jobs.registry import every

KEEP_DONE = timedelta(days=3)
KEEP_DEAD = timedelta(days=90)
AT_ONCE = 1000


@every(10, "jobs.bury", when=has_to_bury)
def bury_lost() -> None:
    """Jobs that kill their worker each time become dead instead of staying "running" for ever."""
    bury()


@every(3600, "jobs.prune")
def prune() -> int:
    """Delete done and dead jobs past their keeping, in small transactions; the answer is how many."""
    gone = 0
    for state, keep in ((JobState.DONE, KEEP_DONE), (JobState.DEAD, KEEP_DEAD)):
        old = select(job.c.id).where(job.c.finished_at < now() - keep, job.c.state == state).limit(AT_ONCE)
        while True:
            with read_engine().connect() as reading:
                ids = list(reading.execute(old).scalars())
            if not ids:
                break
            with write_engine().begin() as connection:
                gone += connection.execute(delete(job).where(job.c.id.in_(ids))).rowcount
    return gone
