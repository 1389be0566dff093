"""Units of the library and their versions: what an author wrote and what a school sees of it."""

import uuid
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, SmallInteger, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, validates

from content_library.database import Id, LibraryBase, Moment
from content_library.ids import uuid7
from content_library.models.columns import Json, choice


class UnitKind(StrEnum):
    """The kinds of unit."""

    TEXTBOOK = "textbook"
    ASSIGNMENT = "assignment"
    TEST = "test"
    PRESENTATION = "presentation"
    VIDEO = "video"
    SCENARIO = "scenario"
    PACKAGE = "package"
    MODEL = "model"


class UnitState(StrEnum):
    """Where a unit stands between its author and the schools."""

    DRAFT = "draft"
    REVIEW = "review"
    PUBLISHED = "published"
    RETIRED = "retired"


class Unit(LibraryBase):
    """A thing that can be taught from; what it says lives in its versions."""

    __tablename__ = "unit"
    __table_args__ = (
        CheckConstraint("year_from BETWEEN 1 AND 11 AND year_to BETWEEN year_from AND 11", name="years"),
        CheckConstraint("state <> 'published' OR published_version_id IS NOT NULL", name="published_version"),
        Index(None, "state", "subject_id", "id"),
        Index(None, "author_account_id", "id"),
    )

    id: Mapped[uuid.UUID] = mapped_column(Id, primary_key=True, default=uuid7)
    kind: Mapped[UnitKind] = mapped_column(choice(UnitKind, "kind"))
    subject_id: Mapped[int] = mapped_column(ForeignKey("subject.id"), index=True)
    language: Mapped[str] = mapped_column(String(8), default="ru")
    """Language of the content, ISO 639: ``ru``, ``en``…"""
    author_account_id: Mapped[uuid.UUID | None] = mapped_column(Id)
    """The city account that may edit it; empty for imports. No foreign key: accounts are the school's."""
    author_name: Mapped[str] = mapped_column(String(200))
    """As the author wishes to be named; stays when the account goes."""
    licence: Mapped[str] = mapped_column(String(40), default="CC-BY-4.0")
    """SPDX identifier of the licence, or ``own`` for all rights reserved by the author."""
    state: Mapped[UnitState] = mapped_column(choice(UnitState, "state"), default=UnitState.DRAFT)
    published_version_id: Mapped[uuid.UUID | None] = mapped_column(Id)
    held_at: Mapped[datetime | None] = mapped_column(Moment)
    """Since when its questions are kept for common tests: no reader, no search and no practice has them. See ``holding``."""
    """What search and new homework use. No foreign key: it would close a circle with the versions."""
    copied_from: Mapped[uuid.UUID | None] = mapped_column(Id)
    """The version of another unit that this one was made of; for life. No foreign key, as above."""
    merged_up_to: Mapped[uuid.UUID | None] = mapped_column(Id)
    """The version of the original that its author has last looked at: what came after it is news."""
    year_from: Mapped[int] = mapped_column(SmallInteger)
    year_to: Mapped[int] = mapped_column(SmallInteger)
    """First and last year level it is meant for, 1 to 11."""
    created_at: Mapped[datetime] = mapped_column(Moment)
    changed: Mapped[int] = mapped_column(BigInteger, default=0, server_default="0", index=True)
    """Number of the last change that readers of the library may see; the search index follows it. 0 before the first."""
    search_title: Mapped[str] = mapped_column(Text, default="")
    search_text: Mapped[str] = mapped_column(Text, default="")
    """Normalised words of the published version, each after a space; publishing writes it for the search without an index."""

    @validates("kind")
    def _word_of_kind(self, _name: str, value: str) -> UnitKind:
        return UnitKind(value)

    @validates("state")
    def _word_of_state(self, _name: str, value: str) -> UnitState:
        return UnitState(value)


class UnitVersion(LibraryBase):
    """One wording of a unit. Never changes once published: homework and answers point at it."""

    __tablename__ = "unit_version"
    __table_args__ = (
        UniqueConstraint("unit_id", "number"),
        CheckConstraint("number >= 1", name="number"),
        CheckConstraint("minutes BETWEEN 0 AND 600", name="minutes"),
    )

    id: Mapped[uuid.UUID] = mapped_column(Id, primary_key=True, default=uuid7)
    unit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("unit.id"))
    number: Mapped[int]
    """1, 2, 3… within the unit."""
    title: Mapped[str] = mapped_column(String(300))
    summary: Mapped[str] = mapped_column(Text, default="")
    """Two or three sentences for a card in the catalogue."""
    minutes: Mapped[int] = mapped_column(SmallInteger, default=0)
    """How long a pupil needs; 0 when unknown."""
    body_markdown: Mapped[str] = mapped_column(Text, default="")
    details: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    """What only this kind has (stages of a scenario, slides of a presentation); see ``kinds``."""
    created_at: Mapped[datetime] = mapped_column(Moment)
    created_by: Mapped[uuid.UUID | None] = mapped_column(Id)
    """City account of whoever wrote it; empty for imports."""
    sent_at: Mapped[datetime | None] = mapped_column(Moment, index=True)
    """When its author handed it in for review; empty before and after."""
    review_note: Mapped[str] = mapped_column(Text, default="")
    """What a methodologist asked to mend when sending it back."""
    published_at: Mapped[datetime | None] = mapped_column(Moment, active_history=True)
    """Empty while it is a draft; once set, the version is fixed."""


class UnitTopic(LibraryBase):
    """A unit hangs on a topic of the framework."""

    __tablename__ = "unit_topic"

    unit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    topic_id: Mapped[int] = mapped_column(ForeignKey("topic.id"), primary_key=True, index=True)
