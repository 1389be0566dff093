"""Moderation: the rounds of a version with its readers, and remarks bound to places."""

import uuid
from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from content_library.database import Id, LibraryBase, Moment
from content_library.ids import uuid7
from content_library.models.columns import choice


class Criterion(StrEnum):
    """What a reader of the review looks at."""

    FACTS = "facts"
    PROGRAMME = "programme"
    LANGUAGE = "language"
    AGE = "age"
    LOOK = "look"
    ACCESS = "access"
    RIGHTS = "rights"


class Verdict(StrEnum):
    """How a round ended."""

    PUBLISHED = "published"
    RETURNED = "returned"
    TAKEN_BACK = "taken_back"


class WhyOther(StrEnum):
    """Why a round is for another reader than the one before."""

    SECOND = "second"
    """The first reader was not sure."""
    APPEAL = "appeal"
    """The author does not agree with what was asked."""


class ReviewRound(LibraryBase):
    """From handing a version in to the answer."""

    __tablename__ = "review_round"

    id: Mapped[uuid.UUID] = mapped_column(Id, primary_key=True, default=uuid7)
    version_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("unit_version.id"), index=True)
    sent_at: Mapped[datetime] = mapped_column(Moment)
    fine: Mapped[list[str]] = mapped_column(JSON, default=list)
    """Criteria that a reader has looked at and found good."""
    why_other: Mapped[WhyOther | None] = mapped_column(choice(WhyOther, "why_other"))
    other_than: Mapped[uuid.UUID | None] = mapped_column(Id)
    """The city account that may not decide this round; empty when anybody may."""
    other_name: Mapped[str] = mapped_column(String(200), default="")
    words: Mapped[str] = mapped_column(Text, default="")
    """Why a second reader is asked, or what the author says against the last answer."""
    verdict: Mapped[Verdict | None] = mapped_column(choice(Verdict, "verdict"))
    closed_at: Mapped[datetime | None] = mapped_column(Moment)
    reader_id: Mapped[uuid.UUID | None] = mapped_column(Id)
    """City account of whoever decided."""
    reader_name: Mapped[str] = mapped_column(String(200), default="")
    note: Mapped[str] = mapped_column(Text, default="")


class ReviewRemark(LibraryBase):
    """What a reader asks to mend, at its place in the version."""

    __tablename__ = "review_remark"

    id: Mapped[uuid.UUID] = mapped_column(Id, primary_key=True, default=uuid7)
    version_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("unit_version.id"), index=True)
    criterion: Mapped[Criterion] = mapped_column(choice(Criterion, "criterion"))
    place: Mapped[str] = mapped_column(String(60), default="")
    """The anchor on the page of the unit: ``part-3``, ``question-2``, ``film-95``; empty for the whole."""
    place_title: Mapped[str] = mapped_column(String(200), default="")
    """What stood there when it was written."""
    text: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime] = mapped_column(Moment)
    made_by: Mapped[uuid.UUID] = mapped_column(Id)
    made_name: Mapped[str] = mapped_column(String(200))
    settled_at: Mapped[datetime | None] = mapped_column(Moment)
    """When its author mended it, or its reader took it back."""
    answer: Mapped[str] = mapped_column(Text, default="")
    """What the author says to it."""
