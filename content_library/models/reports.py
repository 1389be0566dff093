"""Errors that readers have found in published units."""

import uuid
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from content_library.database import Id, LibraryBase, Moment
from content_library.ids import uuid7
from content_library.models.columns import choice


class ReportState(StrEnum):
    """How far a report is."""

    NEW = "new"
    ACCEPTED = "accepted"
    """Its author will mend it in the next version."""
    FIXED = "fixed"
    DECLINED = "declined"


class ErrorReport(LibraryBase):
    """A reader says that something is wrong at a place of a version."""

    __tablename__ = "error_report"
    __table_args__ = (
        Index(None, "unit_id", "state"),
        Index(None, "made_by", "id"),
        Index(None, "state", "id"),
    )

    id: Mapped[uuid.UUID] = mapped_column(Id, primary_key=True, default=uuid7)
    unit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("unit.id"))
    version_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("unit_version.id"), index=True)
    """What the reader saw."""
    place: Mapped[str] = mapped_column(String(60))
    """The anchor on the page of the unit; empty for the whole."""
    place_title: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)
    state: Mapped[ReportState] = mapped_column(choice(ReportState, "state"), default=ReportState.NEW)
    made_at: Mapped[datetime] = mapped_column(Moment)
    made_by: Mapped[uuid.UUID] = mapped_column(Id)
    """City account. Its name is shown to nobody: authors of other schools have no business with a pupil's name."""
    made_as: Mapped[str] = mapped_column(String(16))
    """The role in which it was seen: ``pupil``, ``teacher``…"""
    answer: Mapped[str] = mapped_column(Text, default="")
    answered_at: Mapped[datetime | None] = mapped_column(Moment)
    answered_by: Mapped[uuid.UUID | None] = mapped_column(Id)
    fixed_in: Mapped[int | None]
    """Number of the version in which it is mended."""
