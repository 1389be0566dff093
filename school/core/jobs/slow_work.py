"""For handlers whose work takes long, and for those that know they can't succeed."""

from collections.abc import Iterator
from contextlib import contextmanager

from school.core.database import db
from school.core.transactions import roll_back


class CannotBeDone(Exception):
    """Raised by a handler when trying again is useless (the file is no video): the job is dead at once."""


@contextmanager
def outside_database() -> Iterator[None]:
    """Hold no transaction while the block runs (a transcoding, a call to another server).

    An open transaction would stop every other writer on SQLite and every cleaning on PostgreSQL. Read before, write after;
    what was written before is refused, or, if already flushed, lost.
    """
    if db.session.new or db.session.dirty or db.session.deleted:
        raise RuntimeError("a job has written to the database before its slow work")
    roll_back()
    yield
