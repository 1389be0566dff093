"""Changes that wait for a second person."""

import uuid
from datetime import date, datetime

from sqlalchemy import Index, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column

from school.core.database import Base, SchoolOwned, belongs_to


class MarkCorrection(SchoolOwned, Base):
    """A change of a mark outside its window, with the reason: it waits for a second person."""

    __tablename__ = "mark_correction"
    __table_args__ = (
        belongs_to("course", "course_id"),
        belongs_to("journal_column", "column_id"),
        belongs_to("lesson", "lesson_id"),
        belongs_to("member", "pupil_id"),
        Index("ix_mark_correction_open", "school_id", "state", "asked_at"),
    )

    course_id: Mapped[uuid.UUID]
    lesson_id: Mapped[uuid.UUID]
    column_id: Mapped[uuid.UUID]
    pupil_id: Mapped[uuid.UUID]
    place: Mapped[int] = mapped_column(SmallInteger, default=0)
    seen: Mapped[int]
    """The mark's version when it was asked for; a mark that has changed since is asked about anew."""
    old_value: Mapped[int | None] = mapped_column(SmallInteger)
    old_code: Mapped[str | None]
    value: Mapped[int | None] = mapped_column(SmallInteger)
    code: Mapped[str | None]
    origin: Mapped[str | None]
    due_on: Mapped[date | None]
    reason: Mapped[str]
    asked_at: Mapped[datetime]
    asked_by: Mapped[uuid.UUID]
    """Account."""
    asked_member: Mapped[uuid.UUID]
    state: Mapped[str] = mapped_column(default="open")
    """open, agreed, refused."""
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[uuid.UUID | None]
    """Account of the second person."""


class PeriodCorrection(SchoolOwned, Base):
    """A change of a mark of a closed term, or of the year after its close: with its reason it waits for a second person."""

    __tablename__ = "period_correction"
    __table_args__ = (
        belongs_to("course", "course_id"),
        belongs_to("term", "term_id"),
        belongs_to("member", "pupil_id"),
        Index("ix_period_correction_open", "school_id", "state", "asked_at"),
        Index("ix_period_correction_course", "school_id", "course_id"),
    )

    course_id: Mapped[uuid.UUID]
    pupil_id: Mapped[uuid.UUID]
    kind: Mapped[str]
    """term, or the kind of a ``YearMark``."""
    term_id: Mapped[uuid.UUID | None]
    """Of a mark of a term."""
    seen: Mapped[int]
    """The version of the mark when it was asked for; one that has changed since is asked about anew."""
    old_value: Mapped[int | None] = mapped_column(SmallInteger)
    old_code: Mapped[str | None]
    value: Mapped[int | None] = mapped_column(SmallInteger)
    code: Mapped[str | None]
    reason: Mapped[str]
    by_order: Mapped[str] = mapped_column(default="")
    """Number and day of the order, where there is one: «№ 12 от 05.11.2026»."""
    asked_at: Mapped[datetime]
    asked_by: Mapped[uuid.UUID]
    """Account."""
    state: Mapped[str] = mapped_column(default="open")
    """open, agreed, refused; replaced by a newer wish for the same mark."""
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[uuid.UUID | None]
    """Account of the second person."""

    @property
    def words(self) -> str:
        """The reason with the order, as it stands beside the mark."""
        return f"{self.reason} ({self.by_order})" if self.by_order else self.reason
