"""Buildings, bells, years and terms. All of them dated data of the school: no calendar is a constant in code."""

import uuid
from datetime import date, datetime, time

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from school.core.database import Base, SchoolOwned, belongs_to, of_school


class Building(SchoolOwned, Base):
    """Корпус: a house of the school, with bells of its own."""

    __tablename__ = "building"
    __table_args__ = (of_school(),)

    name: Mapped[str]
    address: Mapped[str] = mapped_column(default="")


class BellSchedule(SchoolOwned, Base):
    """The bells of a building and shift from a date on."""

    __tablename__ = "bell_schedule"
    __table_args__ = (
        belongs_to("building", "building_id"),
        Index("ix_bell_schedule_building", "school_id", "building_id", "shift", "from_on"),
    )

    building_id: Mapped[uuid.UUID]
    shift: Mapped[int] = mapped_column(default=1)
    name: Mapped[str]
    from_on: Mapped[date]
    to_on: Mapped[date | None]
    """The last day; a one-day schedule (short day) has the same day twice and wins over an open one."""


class Bell(SchoolOwned, Base):
    """One slot of a bell schedule, in Moscow wall-clock time."""

    __tablename__ = "bell"
    __table_args__ = (belongs_to("bell_schedule", "schedule_id"), UniqueConstraint("school_id", "schedule_id", "slot"))

    schedule_id: Mapped[uuid.UUID]
    slot: Mapped[int]
    """Number of the lesson in the day, from 0 where a school has a zero lesson."""
    starts: Mapped[time]
    ends: Mapped[time]


class SchoolYear(SchoolOwned, Base):
    """Учебный год."""

    __tablename__ = "school_year"
    __table_args__ = (of_school(), UniqueConstraint("school_id", "starts_on"))

    name: Mapped[str]
    """«2026/27»."""
    starts_on: Mapped[date]
    ends_on: Mapped[date]


class Regime(SchoolOwned, Base):
    """How a year is cut into terms: quarters, trimesters, modules or half-years; several may live in one school."""

    __tablename__ = "regime"
    __table_args__ = (belongs_to("school_year", "year_id"), Index("ix_regime_year", "school_id", "year_id"))

    year_id: Mapped[uuid.UUID]
    kind: Mapped[str]
    """quarters, trimesters, modules, half_years."""
    name: Mapped[str]
    days_a_week: Mapped[int] = mapped_column(default=5)


class Term(SchoolOwned, Base):
    """Четверть, триместр, модуль or полугодие of one regime."""

    __tablename__ = "term"
    __table_args__ = (belongs_to("regime", "regime_id"), UniqueConstraint("school_id", "regime_id", "number"))

    regime_id: Mapped[uuid.UUID]
    number: Mapped[int]
    name: Mapped[str]
    """«2-я четверть»."""
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    locked_at: Mapped[datetime | None]
    """After this moment marks change only with a reason and a second person."""
    locked_by: Mapped[uuid.UUID | None] = mapped_column(default=None)
    """Account of whoever closed it; null while it is open, and for terms closed before this was kept."""


class Holiday(SchoolOwned, Base):
    """Days without lessons inside a year, for one regime or (``regime_id`` null) for all."""

    __tablename__ = "holiday"
    __table_args__ = (
        belongs_to("school_year", "year_id"),
        belongs_to("regime", "regime_id"),
        Index("ix_holiday_year", "school_id", "year_id"),
    )

    year_id: Mapped[uuid.UUID]
    regime_id: Mapped[uuid.UUID | None]
    name: Mapped[str]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
