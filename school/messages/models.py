"""What a member of staff and the family of a pupil write to each other, and what was reported of it."""

import uuid
from datetime import datetime

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from school.core.database import Base, SchoolOwned, belongs_to


class Talk(SchoolOwned, Base):
    """One member of staff and the family of one pupil. Both parents are the family: what one reads the other may read."""

    __tablename__ = "talk"
    __table_args__ = (
        belongs_to("member", "pupil_id"),
        belongs_to("member", "staff_id"),
        UniqueConstraint("school_id", "pupil_id", "staff_id"),
        Index("ix_talk_staff", "school_id", "staff_id", "last_at"),
    )

    pupil_id: Mapped[uuid.UUID]
    staff_id: Mapped[uuid.UUID]
    last_at: Mapped[datetime]
    """When something was written last, for the order of lists."""


class TalkMessage(SchoolOwned, Base):
    """What somebody wrote. It is never changed; the other side sees it from ``arrives_at`` on."""

    __tablename__ = "talk_message"
    __table_args__ = (
        belongs_to("talk", "talk_id"),
        belongs_to("member", "from_id"),
        Index("ix_talk_message_talk", "school_id", "talk_id", "at"),
    )

    talk_id: Mapped[uuid.UUID]
    from_id: Mapped[uuid.UUID]
    is_staff: Mapped[bool]
    """Written by the school's side."""
    text: Mapped[str]
    at: Mapped[datetime]
    arrives_at: Mapped[datetime]
    """Later than ``at`` when it was written in the quiet hours of the member of staff."""
    read_at: Mapped[datetime | None]
    """When somebody of the other side had it on the screen first."""
    read_by: Mapped[uuid.UUID | None]
    """Member."""


class TalkReport(SchoolOwned, Base):
    """Somebody asks the deputy heads to look at a message of the other side."""

    __tablename__ = "talk_report"
    __table_args__ = (
        belongs_to("talk_message", "message_id"),
        belongs_to("member", "by_id"),
        UniqueConstraint("school_id", "message_id"),
        Index("ix_talk_report_at", "school_id", "at"),
    )

    message_id: Mapped[uuid.UUID]
    by_id: Mapped[uuid.UUID]
    why: Mapped[str]
    at: Mapped[datetime]
    answer: Mapped[str] = mapped_column(default="")
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[uuid.UUID | None]
    """Member."""
