"""Figures of a day, counted ahead of the pages that show them: of each school, and of the whole city."""

from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from school.core.database import Base


class Counts:
    """What is counted of a day. Plain numbers, so that days and schools may be added up; ``home.counting`` defines each."""

    pupils: Mapped[int] = mapped_column(default=0)
    teachers: Mapped[int] = mapped_column(default=0)
    lessons: Mapped[int] = mapped_column(default=0)
    places: Mapped[int] = mapped_column(default=0)
    """Pupils expected in the lessons whose presence was taken, one for each lesson."""
    absences: Mapped[int] = mapped_column(default=0)
    marks: Mapped[int] = mapped_column(default=0)
    fives: Mapped[int] = mapped_column(default=0)
    homework: Mapped[int] = mapped_column(default=0)
    assigned: Mapped[int] = mapped_column(default=0)
    handed_in: Mapped[int] = mapped_column(default=0)
    people: Mapped[int | None]
    """Who was here within the seven days that end with this one; only a running day can know it, others keep what they knew."""
    sealed: Mapped[int] = mapped_column(default=0)
    """Events of the record sealed since it began."""
    counted_at: Mapped[datetime]


class SchoolDay(Counts, Base):
    """A day of a school. A city table: the key begins with the day, and the city's pages read across schools."""

    __tablename__ = "school_day"

    on_date: Mapped[date] = mapped_column(primary_key=True, sort_order=-2)
    school_id: Mapped[int] = mapped_column(
        ForeignKey("school.id"), primary_key=True, autoincrement=False, sort_order=-1
    )


class CityDay(Counts, Base):
    """A day of the city: the sum of its schools' days, and what belongs to no school."""

    __tablename__ = "city_day"

    on_date: Mapped[date] = mapped_column(primary_key=True, sort_order=-2)
    schools: Mapped[int] = mapped_column(default=0)
    """Schools that had pupils on the day."""
    units: Mapped[int] = mapped_column(default=0)
    """Units of the library published by the end of the day."""
