"""A human in one school, and families."""

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from school.core.database import Base, Id, SchoolOwned, belongs_to, new_id, of_school

Sortable = Text().with_variant(Text(collation="C"), "postgresql")


class Member(SchoolOwned, Base):
    """That human in this school: pupil, teacher, parent, head. A parent with children in two schools is two members."""

    __tablename__ = "member"
    __table_args__ = (
        of_school(),
        UniqueConstraint("school_id", "account_id"),
        Index("ix_member_school_id_sort_name", "school_id", "sort_name"),
    )

    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"))
    family_name: Mapped[str]
    given_name: Mapped[str]
    patronymic: Mapped[str] = mapped_column(default="")
    """Отчество; empty for those who have none."""
    sort_name: Mapped[str] = mapped_column(Sortable)
    """Lower case, ё as е: the order of a class list. Written by ``people.names.sort_name``."""
    opened_on: Mapped[date]
    closed_on: Mapped[date | None]
    """The last day in this school."""


class Guardianship(SchoolOwned, Base):
    """A legal representative of a pupil, with rights and dates."""

    __tablename__ = "guardianship"
    __table_args__ = (
        belongs_to("member", "guardian_id"),
        belongs_to("member", "pupil_id"),
        Index("ix_guardianship_guardian", "school_id", "guardian_id"),
        Index("ix_guardianship_pupil", "school_id", "pupil_id"),
    )

    guardian_id: Mapped[uuid.UUID]
    pupil_id: Mapped[uuid.UUID]
    relation: Mapped[str]
    """mother, father, guardian, other."""
    sees_progress: Mapped[bool] = mapped_column(default=True)
    """Whether marks, homework and presence are shown; a court may limit it."""
    from_on: Mapped[date]
    to_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(default="")
    """Ground of a limit or an end (court order, number and date), seen by staff only."""


class Transfer(SchoolOwned, Base):
    """One side of a pupil's change of school: ``out`` in the old school, ``in`` in the new one.

    Two rows and no foreign key across: a row may not point into another school. ``carried`` of the ``in`` side is what
    the new school received, frozen at that moment.
    """

    __tablename__ = "transfer"
    __table_args__ = (belongs_to("member", "member_id"), Index("ix_transfer_member", "school_id", "member_id"))

    member_id: Mapped[uuid.UUID]
    direction: Mapped[str]
    other_school_id: Mapped[int]
    other_member_id: Mapped[uuid.UUID]
    on_date: Mapped[date]
    done_at: Mapped[datetime]
    done_by: Mapped[uuid.UUID]
    """Account."""
    carried: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)


class TransferOffer(Base):
    """A school hands a pupil over, another takes the pupil in: what stands between the two acts.

    A city table, since both schools read it; it holds copies of what the receiving school must know to decide, and no
    foreign key into a school.
    """

    __tablename__ = "transfer_offer"
    __table_args__ = (
        Index("ix_transfer_offer_from", "from_school_id", "offered_at"),
        Index("ix_transfer_offer_to", "to_school_id", "offered_at"),
    )

    id: Mapped[uuid.UUID] = mapped_column(Id, primary_key=True, default=new_id)
    from_school_id: Mapped[int] = mapped_column(ForeignKey("school.id"))
    to_school_id: Mapped[int] = mapped_column(ForeignKey("school.id"))
    pupil_id: Mapped[uuid.UUID] = mapped_column(Id)
    """Member of the leaving school."""
    pupil_name: Mapped[str]
    class_name: Mapped[str]
    year_level: Mapped[int]
    on_date: Mapped[date]
    """The first day in the new school."""
    ground: Mapped[str]
    """The family's application: its date and number."""
    state: Mapped[str] = mapped_column(default="waiting")
    """waiting, accepted, declined, withdrawn."""
    offered_at: Mapped[datetime]
    offered_by: Mapped[uuid.UUID] = mapped_column(Id)
    """Account."""
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[uuid.UUID | None] = mapped_column(Id)
    """Account."""
    why: Mapped[str] = mapped_column(default="")
    """Of a refusal."""
    new_member_id: Mapped[uuid.UUID | None] = mapped_column(Id)
    """Who the pupil is in the new school, once accepted."""
