"""Attempts of pupils at the items of a unit, and every answer given."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, Numeric, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from school.core.database import Base, SchoolOwned, belongs_to


class Attempt(SchoolOwned, Base):
    """One pupil's run through the items of one unit version. Its seed fixes shuffles and parameters for ever."""

    __tablename__ = "attempt"
    __table_args__ = (
        belongs_to("member", "pupil_id"),
        Index("ix_attempt_pupil", "school_id", "pupil_id", "started_at"),
    )

    pupil_id: Mapped[uuid.UUID]
    unit_version_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("unit_version.id"))
    seed: Mapped[int]
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    """After this moment answers are refused and verdicts may be shown."""
    points: Mapped[float | None] = mapped_column(Numeric(8, 2, asdecimal=False))
    """Sum of the verdicts; null until finished."""
    max_points: Mapped[float] = mapped_column(Numeric(8, 2, asdecimal=False))
    """Frozen at the start, so that a later edit of the unit can't change what the result was out of."""


class Answer(SchoolOwned, Base):
    """One answer as it was given. Append-only: changing one's mind adds a row, the last one before the finish counts.

    The id is made by the browser: the same id with the same payload is one fact however often it is sent.
    """

    __tablename__ = "answer"
    __table_args__ = (
        belongs_to("attempt", "attempt_id"),
        Index("ix_answer_attempt", "school_id", "attempt_id", "item_id"),
    )

    attempt_id: Mapped[uuid.UUID]
    item_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("item.id"))
    given: Mapped[dict[str, Any]] = mapped_column(JSON)
    """What the pupil entered, as sent."""
    number: Mapped[int]
    """Order of the answers to one item in the browser, so that a late resend never overtakes a newer answer."""
    received_at: Mapped[datetime]
    given_by: Mapped[uuid.UUID]
    """Account."""
    payload_hash: Mapped[str]


class Verdict(SchoolOwned, Base):
    """What an answer was judged to be worth, written when the attempt is finished."""

    __tablename__ = "verdict"
    __table_args__ = (
        belongs_to("attempt", "attempt_id"),
        belongs_to("answer", "answer_id"),
        UniqueConstraint("school_id", "attempt_id", "item_id"),
    )

    attempt_id: Mapped[uuid.UUID]
    item_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("item.id"))
    answer_id: Mapped[uuid.UUID | None]
    """Null when the item was left without an answer."""
    points: Mapped[float] = mapped_column(Numeric(8, 2, asdecimal=False))
    max_points: Mapped[float] = mapped_column(Numeric(8, 2, asdecimal=False))
    correct: Mapped[bool]
    feedback: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
