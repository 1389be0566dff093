"""How many lessons a week and a day may have, as the school holds them."""

import uuid
from datetime import date
from typing import Any

from sqlalchemy import JSON, SmallInteger, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from school.core.database import Base, SchoolOwned, belongs_to, of_school


class LoadNorm(SchoolOwned, Base):
    """The school's own norms from a day on; older days keep the older ones. Without a row ``classes.load.IN_FORCE`` holds."""

    __tablename__ = "load_norm"
    __table_args__ = (of_school(), belongs_to("member", "owner"), UniqueConstraint("school_id", "from_on"))

    from_on: Mapped[date]
    source: Mapped[str]
    """The document: «СанПиН 1.2.3685-21, таблица 6.6», «Учебный план, приказ № 31»."""
    norms: Mapped[dict[str, Any]] = mapped_column(JSON)
    """Year level -> lessons of a week of five days, of six (null: not allowed), of a day."""
    owner: Mapped[uuid.UUID]
    """Member who answers for it."""


class HeavyNorm(SchoolOwned, Base):
    """Subjects whose homework is heavy, and how many of them a pupil may have on one day, from a day on. Without a row nothing is said."""

    __tablename__ = "heavy_norm"
    __table_args__ = (of_school(), belongs_to("member", "owner"), UniqueConstraint("school_id", "from_on"))

    from_on: Mapped[date]
    source: Mapped[str]
    """The school's document: «Положение о домашних заданиях, приказ № 40»."""
    subjects: Mapped[list[int]] = mapped_column(JSON)
    """Ids of subjects; empty: the school has ended the rule."""
    most: Mapped[int] = mapped_column(SmallInteger)
    """Of them on one day of a pupil: 1 means that no two meet."""
    owner: Mapped[uuid.UUID]
    """Member who answers for it."""
