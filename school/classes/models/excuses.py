"""Who outside the school may say that an absence is excused, the codes that pupils are named by there, and what was said."""

import uuid
from datetime import date, datetime

from sqlalchemy import Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from school.core.database import Base, SchoolOwned, belongs_to, of_school


class ExcuseSender(SchoolOwned, Base):
    """A clinic, an office: a named program outside that holds a key of its own."""

    __tablename__ = "excuse_sender"
    __table_args__ = (of_school(), UniqueConstraint("school_id", "key_hash"))

    name: Mapped[str] = mapped_column(String(80))
    """As families read it: «Детская поликлиника № 12»."""
    key_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    key_end: Mapped[str] = mapped_column(String(4))
    """Its last signs, to tell keys apart."""
    made_at: Mapped[datetime]
    made_by: Mapped[uuid.UUID]
    """Account."""
    used_at: Mapped[datetime | None]
    """When a request last came with the key, accepted or refused."""
    ended_at: Mapped[datetime | None]


class PupilCode(SchoolOwned, Base):
    """What a pupil is called outside: a code that the school gives out and can replace, never a name or a number of papers."""

    __tablename__ = "pupil_code"
    __table_args__ = (
        belongs_to("member", "pupil_id"),
        UniqueConstraint("school_id", "code"),
        Index("ix_pupil_code_pupil", "school_id", "pupil_id"),
    )

    pupil_id: Mapped[uuid.UUID]
    code: Mapped[str] = mapped_column(String(12))
    """Without dashes. Alone it opens nothing: whoever says it must hold a sender's key."""
    made_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class OutsideExcuse(SchoolOwned, Base):
    """One message of a sender, kept so that the same one sent again does nothing."""

    __tablename__ = "outside_excuse"
    __table_args__ = (
        belongs_to("excuse_sender", "sender_id"),
        belongs_to("member", "pupil_id"),
        belongs_to("absence_note", "note_id"),
        UniqueConstraint("school_id", "sender_id", "number"),
        Index("ix_outside_excuse_pupil", "school_id", "pupil_id"),
    )

    sender_id: Mapped[uuid.UUID]
    number: Mapped[str] = mapped_column(String(80))
    """The sender's own."""
    pupil_id: Mapped[uuid.UUID]
    note_id: Mapped[uuid.UUID]
    """The word about days that it became."""
    first_on: Mapped[date]
    last_on: Mapped[date]
    reason: Mapped[str] = mapped_column(String(20))
    received_at: Mapped[datetime]
