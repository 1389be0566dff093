"""Figures counted ahead of the pages that show them: of a school's day, of the city's, and of a school's year levels."""

import uuid
from datetime import date, datetime

from sqlalchemy import ForeignKey, SmallInteger, String
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


class LevelResult(Base):
    """How a year level of a school stands in its running term, by the totals of its pupils' marks. Only the present state."""

    __tablename__ = "level_result"

    school_id: Mapped[int] = mapped_column(ForeignKey("school.id"), primary_key=True, autoincrement=False)
    term_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    year_level: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    term: Mapped[str]
    """The term's name: levels of one school may have quarters and half-years."""
    pupils: Mapped[int]
    """Who have at least one mark this term and are on the roll."""
    passing: Mapped[int]
    """Whose mean is ``enough`` in every subject."""
    good: Mapped[int]
    """Whose mean is ``good_from`` in every subject."""
    enough: Mapped[int] = mapped_column(SmallInteger)
    """The mean from which the school's act allows a 3, in hundredths; ``good_from`` the same for a 4."""
    good_from: Mapped[int] = mapped_column(SmallInteger)
    counted_at: Mapped[datetime]


class LevelCounts:
    """What of a day can be told by year levels; ``home.level_counting`` defines each."""

    pupils: Mapped[int] = mapped_column(default=0)
    lessons: Mapped[int] = mapped_column(default=0)
    places: Mapped[int] = mapped_column(default=0)
    absences: Mapped[int] = mapped_column(default=0)
    marks: Mapped[int] = mapped_column(default=0)
    fives: Mapped[int] = mapped_column(default=0)
    homework: Mapped[int] = mapped_column(default=0)
    assigned: Mapped[int] = mapped_column(default=0)
    handed_in: Mapped[int] = mapped_column(default=0)


class LevelDay(LevelCounts, Base):
    """A day of a year level of a school. Only days on which there was something."""

    __tablename__ = "level_day"

    on_date: Mapped[date] = mapped_column(primary_key=True, sort_order=-3)
    school_id: Mapped[int] = mapped_column(
        ForeignKey("school.id"), primary_key=True, autoincrement=False, sort_order=-2
    )
    year_level: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False, sort_order=-1)
    counted_at: Mapped[datetime]


class FigureCell(LevelCounts, Base):
    """A node of the city's tree of figures over seven days, as it was given out, with the marks of what is hidden in it.

    The root has no district; a district no school; a school no year level. Sums and what is hidden are kept together, for
    hiding is only right for the very numbers it was reckoned with.
    """

    __tablename__ = "figure_cell"

    on_date: Mapped[date] = mapped_column(primary_key=True, sort_order=-4)
    """The last of the seven days."""
    district: Mapped[str] = mapped_column(String(100), primary_key=True, sort_order=-3)
    school_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, sort_order=-2)
    """0 for what is no school."""
    year_level: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False, sort_order=-1)
    """0 for what is no year level."""
    schools: Mapped[int] = mapped_column(default=0)
    teachers: Mapped[int] = mapped_column(default=0)
    people: Mapped[int] = mapped_column(default=0)
    sealed: Mapped[int] = mapped_column(default=0)
    rows: Mapped[int] = mapped_column(default=0)
    """Counted days of year levels that it is the sum of."""
    hidden: Mapped[int] = mapped_column(default=0)
    """A bit for each of ``areas.CELLS``."""
    counted_at: Mapped[datetime]
