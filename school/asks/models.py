"""What was asked, and what each family answered."""

import uuid
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from school.core.database import Base, SchoolOwned, belongs_to


class AskKind(StrEnum):
    """What is wanted of a family."""

    NOTE = "note"
    """To say that they have read it (ознакомлен)."""
    CONSENT = "consent"
    """To say yes or no."""


class Ask(SchoolOwned, Base):
    """What a class teacher or a deputy head asks the families of a class. Its words never change once they were sent."""

    __tablename__ = "ask"
    __table_args__ = (
        belongs_to("study_group", "group_id"),
        belongs_to("member", "made_by"),
        Index("ix_ask_group", "school_id", "group_id", "made_at"),
        CheckConstraint("kind IN ('note', 'consent')", name="kind"),
    )

    group_id: Mapped[uuid.UUID]
    kind: Mapped[str]
    title: Mapped[str]
    text: Mapped[str]
    text_hash: Mapped[str]
    """SHA-256 of title and text: what an answer in the record speaks of."""
    due_on: Mapped[date]
    """The last day to answer."""
    about: Mapped[str] = mapped_column(String(80), default="", server_default="")
    """What result is to be acknowledged: «work:…», «exam:…» (``asks.hooks``); empty for other questions."""
    made_by: Mapped[uuid.UUID]
    made_at: Mapped[datetime]


class AskAnswer(SchoolOwned, Base):
    """The last word of a child's family; the earlier ones stay in the record."""

    __tablename__ = "ask_answer"
    __table_args__ = (
        belongs_to("ask", "ask_id"),
        belongs_to("member", "pupil_id"),
        belongs_to("member", "by_id"),
        UniqueConstraint("school_id", "ask_id", "pupil_id"),
        Index("ix_ask_answer_pupil", "school_id", "pupil_id"),
        CheckConstraint("answer IN ('read', 'yes', 'no')", name="answer"),
    )

    ask_id: Mapped[uuid.UUID]
    pupil_id: Mapped[uuid.UUID]
    by_id: Mapped[uuid.UUID]
    """The representative who answered."""
    answer: Mapped[str]
    at: Mapped[datetime]
    event_id: Mapped[uuid.UUID]
    """The record's event: the receipt is of it."""
