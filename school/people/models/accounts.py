"""How a human signs in, and what they may act as."""

import uuid
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from school.core.database import Base, Id, new_id


class Account(Base):
    """One human, for life, across the schools of the city."""

    __tablename__ = "account"

    id: Mapped[uuid.UUID] = mapped_column(Id, primary_key=True, default=new_id)
    login: Mapped[str | None] = mapped_column(unique=True)
    """Lower case; null for people who were never given one (small children with a QR card)."""
    password_hash: Mapped[str | None]
    """Argon2id; null until the invitation is accepted."""
    name: Mapped[str]
    """How the site addresses this human: «Ольга Сергеевна», «Миша»."""
    email: Mapped[str | None]
    locale: Mapped[str] = mapped_column(default="ru")
    theme: Mapped[str] = mapped_column(default="auto")
    created_at: Mapped[datetime]
    unread: Mapped[int] = mapped_column(default=0, server_default="0")
    """Notices not seen yet, of all schools: kept here so that the statement for who is asking also answers this."""
    unread_messages: Mapped[int] = mapped_column(default=0, server_default="0")
    """Messages that have arrived and that nobody of this side has read; kept by ``school.messages`` for the same statement."""
    open_asks: Mapped[int] = mapped_column(default=0, server_default="0")
    """Questions of schools that the family may still answer and has not; kept by ``school.asks``."""
    closed_at: Mapped[datetime | None]
    """After this moment nobody signs in by it; the person's facts stay."""


class RoleKind(StrEnum):
    """What a human may act as. Relations (teaches, leads, guardian of) are facts of their own."""

    PUPIL = "pupil"
    PARENT = "parent"
    TEACHER = "teacher"
    DEPUTY = "deputy"
    HEAD = "head"
    ADMIN = "admin"
    METHODOLOGIST = "methodologist"
    ANALYST = "analyst"


class Role(Base):
    """A dated right to act as something, in a school or (``school_id`` null) in the city.

    A city table: sign-in must find all schools of an account by one indexed statement, and a city table may not point
    into a school's tables (they may live on other nodes), hence no foreign key on ``member_id``.
    """

    __tablename__ = "role"
    __table_args__ = (
        Index("ix_role_account_id", "account_id"),
        Index("ix_role_school_id_kind", "school_id", "kind"),
        CheckConstraint("(school_id IS NULL) = (member_id IS NULL)", name="member_of_school"),
    )

    id: Mapped[uuid.UUID] = mapped_column(Id, primary_key=True, default=new_id)
    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"))
    school_id: Mapped[int | None] = mapped_column(ForeignKey("school.id"))
    member_id: Mapped[uuid.UUID | None]
    kind: Mapped[str]
    from_on: Mapped[date]
    to_on: Mapped[date | None]
    """The last day; null while it lasts."""
