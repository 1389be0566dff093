"""Films on their way into a unit. City tables: the library is the city's, so they carry no school."""

import uuid
from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from school.core.database import Base, Id, new_id


class FilmState(StrEnum):
    """How far a sent film is."""

    WAITING = "waiting"
    READY = "ready"
    FAILED = "failed"


class FilmWork(Base):
    """A film that an author has sent: the job makes of it what plays on any phone, and puts it into the version."""

    __tablename__ = "film_work"
    __table_args__ = (CheckConstraint("state IN ('waiting', 'ready', 'failed')", name="state"),)

    id: Mapped[uuid.UUID] = mapped_column(Id, primary_key=True, default=new_id)
    version_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("unit_version.id"), index=True)
    incoming: Mapped[str | None] = mapped_column(String(80))
    """Where the browser has put the bytes; null once they are kept as ``original``."""
    original: Mapped[str | None] = mapped_column(ForeignKey("stored_file.sha256"), index=True)
    """The film as it was sent: kept, so that better renditions can be made of it later."""
    name: Mapped[str] = mapped_column(String(200))
    state: Mapped[str] = mapped_column(String(8), default=FilmState.WAITING)
    why: Mapped[str] = mapped_column(default="")
    """What was wrong with the file, for its author: a word of ``library.words.FAILURES``."""
    job_id: Mapped[uuid.UUID | None]
    """No foreign key: finished jobs are swept away."""
    sent_at: Mapped[datetime]
    sent_by: Mapped[uuid.UUID]
    """City account."""
