"""What is known of a unit's use, counted ahead of the pages that show it."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column

from content_library.database import LibraryBase, Moment


class UnitFacts(LibraryBase):
    """Counts of one unit over all its versions; no row for one that nobody has used."""

    __tablename__ = "unit_facts"

    unit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    homeworks: Mapped[int] = mapped_column(default=0)
    """Times it was set."""
    lessons: Mapped[int] = mapped_column(default=0)
    """Lessons it was set in."""
    teachers: Mapped[int] = mapped_column(default=0)
    schools: Mapped[int] = mapped_column(default=0)
    tries: Mapped[int] = mapped_column(default=0)
    """Finished attempts at its questions."""
    minutes: Mapped[int | None] = mapped_column(SmallInteger)
    """Median of the attempts; empty below ten of them."""
    levels: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    """Share of the points by year level, per cent: ``{"5": 71}``; levels with few attempts are left out."""
    errors_fixed: Mapped[int] = mapped_column(default=0)
    liked: Mapped[int] = mapped_column(SmallInteger, default=0)
    """0 to 5: how much it is used, for the order of what is found."""
    counted_at: Mapped[datetime] = mapped_column(Moment, index=True)
