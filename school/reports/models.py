"""Long reports that were asked for, and how far each is; what is unusual about marks."""

import uuid
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, Index, SmallInteger, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from school.core.database import Base, SchoolOwned, belongs_to, of_school


class OrderState(StrEnum):
    """Where an order stands."""

    WAITING = "waiting"
    MAKING = "making"
    READY = "ready"
    FAILED = "failed"
    GONE = "gone"
    """Its file was kept for its time and is deleted."""


class ReportOrder(SchoolOwned, Base):
    """A set of papers that somebody asked for: made part by part, kept for a short time, opened by its asker."""

    __tablename__ = "report_order"
    __table_args__ = (
        belongs_to("member", "asked_by"),
        belongs_to("study_group", "class_id"),
        Index("ix_report_order_asked_by", "school_id", "asked_by", "asked_at"),
        Index("ix_report_order_expires_at", "expires_at"),
        CheckConstraint("state IN ('waiting', 'making', 'ready', 'failed', 'gone')", name="state"),
    )

    asked_by: Mapped[uuid.UUID]
    """Member."""
    asked_at: Mapped[datetime]
    kind: Mapped[str]
    """A set of ``reports.orders.SETS``."""
    locale: Mapped[str] = mapped_column(default="ru")
    class_id: Mapped[uuid.UUID | None]
    """Of one class; null: of all classes and teachers."""
    term_ids: Mapped[list[str]] = mapped_column(JSON)
    is_year: Mapped[bool] = mapped_column(default=False)
    total: Mapped[int] = mapped_column(SmallInteger, default=0)
    """Parts, known when the work begins: a class, a teacher."""
    done: Mapped[int] = mapped_column(SmallInteger, default=0)
    state: Mapped[str] = mapped_column(default=OrderState.WAITING)
    title: Mapped[str]
    """As its asker reads it in the list."""
    failure: Mapped[str] = mapped_column(default="")
    """Which part could not be made: a class's name. The traceback is in the log."""
    file_key: Mapped[str | None]
    file_size: Mapped[int | None]
    file_name: Mapped[str] = mapped_column(default="")
    finished_at: Mapped[datetime | None]
    expires_at: Mapped[datetime | None]
    """When the file is deleted."""


class WatchRule(SchoolOwned, Base):
    """What is unusual about a mark, from a day on; old days keep the old rule. Without a row ``reports.watch.Watch()`` holds."""

    __tablename__ = "watch_rule"
    __table_args__ = (of_school(), UniqueConstraint("school_id", "from_on"))

    from_on: Mapped[date]
    rules: Mapped[dict[str, Any]] = mapped_column(JSON)
    """``reports.watch.Watch`` as data."""
    owner: Mapped[uuid.UUID]
    """Member who answers for it."""


class WatchedUntil(Base):
    """How far a school's record has been looked through."""

    __tablename__ = "watched_until"
    __table_args__ = (of_school(),)

    school_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    position: Mapped[int] = mapped_column(BigInteger)


class OddMark(SchoolOwned, Base):
    """A change of a mark by an odd author, at an odd hour or from an odd place; its id is that of the record's event."""

    __tablename__ = "odd_mark"
    __table_args__ = (belongs_to("mark", "mark_id"), Index("ix_odd_mark_at", "school_id", "at"))

    mark_id: Mapped[uuid.UUID]
    at: Mapped[datetime]
    account_id: Mapped[uuid.UUID]
    why: Mapped[list[str]] = mapped_column(JSON)
    """``author``, ``hour``, ``place``."""
