"""Results of diagnostics that come from outside the school."""

import uuid
from datetime import date, datetime

from sqlalchemy import ForeignKey, SmallInteger, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from school.core.database import Base, SchoolOwned, belongs_to


class OutsideResult(SchoolOwned, Base):
    """What a pupil had in a diagnostic that the school neither set nor marked."""

    __tablename__ = "outside_result"
    __table_args__ = (
        belongs_to("member", "pupil_id"),
        belongs_to("study_group", "class_id"),
        UniqueConstraint("school_id", "subject_id", "on_date", "name", "pupil_id"),
    )

    pupil_id: Mapped[uuid.UUID]
    class_id: Mapped[uuid.UUID]
    """The pupil's class on the day it was brought in."""
    subject_id: Mapped[int] = mapped_column(ForeignKey("subject.id"))
    name: Mapped[str] = mapped_column(String(120))
    on_date: Mapped[date]
    percent: Mapped[int] = mapped_column(SmallInteger)
    """Of the points that could be had."""
    brought_at: Mapped[datetime]
    brought_by: Mapped[uuid.UUID]
    """Account."""
