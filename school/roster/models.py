"""What came from where: a link for each thing taken in, the imports that were made, and what each of them changed."""

import uuid
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from school.core.database import Base, SchoolOwned, belongs_to, of_school


class ImportKind(StrEnum):
    """What a file is read as."""

    ROSTER = "roster"
    TIMETABLE = "timetable"


class RosterLink(SchoolOwned, Base):
    """One thing of ours that a source knows by an id of its own. It stays when the source drops the thing."""

    __tablename__ = "roster_link"
    __table_args__ = (
        of_school(),
        UniqueConstraint("school_id", "source", "kind", "external_id"),
        Index("ix_roster_link_thing", "school_id", "thing_id"),
    )

    source: Mapped[str]
    """Key of the program the files come from."""
    kind: Mapped[str]
    """person, group, enrolment, guardian, slot."""
    external_id: Mapped[str]
    table: Mapped[str]
    """Where ``thing_id`` lives; no foreign key, for it may be one of several tables."""
    thing_id: Mapped[uuid.UUID]
    said: Mapped[dict[str, Any]] = mapped_column(JSON)
    """What the source last said. Compared with what it says now, so that changes made by hand stay."""
    is_open: Mapped[bool] = mapped_column(default=True)
    """Whether the source still has it."""


class RosterRun(SchoolOwned, Base):
    """One import into one school. Several schools of one set share ``batch_id``."""

    __tablename__ = "roster_run"
    __table_args__ = (of_school(), Index("ix_roster_run_made_at", "school_id", "made_at"))

    batch_id: Mapped[uuid.UUID]
    kind: Mapped[str]
    source: Mapped[str]
    files: Mapped[str]
    """Name of the file, zip or folder as the importer gave it."""
    made_at: Mapped[datetime]
    made_by: Mapped[uuid.UUID | None]
    """Account; null when made by a command."""
    new: Mapped[int]
    changed: Mapped[int]
    gone: Mapped[int]
    people: Mapped[list[str]] = mapped_column(JSON)
    """Hex ids of the members it touched: undo asks whether anything has since been made for them."""
    undone_at: Mapped[datetime | None]
    undone_by: Mapped[uuid.UUID | None]


class RosterChange(SchoolOwned, Base):
    """One row that an import made (``before`` null) or changed (its former values), in order; what undo needs."""

    __tablename__ = "roster_change"
    __table_args__ = (
        belongs_to("roster_run", "run_id"),
        Index("ix_roster_change_run", "school_id", "run_id", "position"),
    )

    run_id: Mapped[uuid.UUID]
    position: Mapped[int]
    table: Mapped[str]
    row_id: Mapped[uuid.UUID]
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))


class RosterUpload(SchoolOwned, Base):
    """A file that was brought through the page and waits to be applied."""

    __tablename__ = "roster_upload"
    __table_args__ = (of_school(), Index("ix_roster_upload_made_at", "school_id", "made_at"))

    kind: Mapped[str]
    file_name: Mapped[str]
    storage_key: Mapped[str]
    size: Mapped[int]
    made_at: Mapped[datetime]
    made_by: Mapped[uuid.UUID]
    """Account."""
    batch_id: Mapped[uuid.UUID | None]
    """Set when it was applied."""
