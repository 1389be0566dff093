"""The city in counted days: nothing here reads marks, lessons or people, only what was counted of them."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, cast

from sqlalchemy import Table, and_, bindparam, func, or_, select
from sqlalchemy.types import Date, Integer, String

from school.core.database import read
from school.home.models import CityDay, SchoolDay
from school.home.weeks import WEEK, Days, days_of
from school.people.models import School

PAGE = 30

city_day = cast("Table", CityDay.__table__)
school_day = cast("Table", SchoolDay.__table__)
school = cast("Table", School.__table__)

_DAYS = select(city_day).where(city_day.c.on_date >= bindparam("since", type_=Date)).order_by(city_day.c.on_date)

_AFTER_NAME, _AFTER_ID = bindparam("after_name", type_=String), bindparam("after_id", type_=Integer)
_SUMS = ("lessons", "places", "absences", "marks", "assigned", "handed_in")
_SCHOOLS = (
    select(
        school.c.id,
        school.c.short_name,
        school.c.district,
        func.max(school_day.c.pupils),
        *(func.coalesce(func.sum(school_day.c[name]), 0) for name in _SUMS),
    )
    .select_from(
        school.outerjoin(
            school_day,
            and_(
                school_day.c.school_id == school.c.id,
                school_day.c.on_date >= bindparam("since", type_=Date),
                school_day.c.on_date <= bindparam("until", type_=Date),
            ),
        )
    )
    .where(or_(school.c.short_name > _AFTER_NAME, and_(school.c.short_name == _AFTER_NAME, school.c.id > _AFTER_ID)))
    .group_by(school.c.id, school.c.short_name, school.c.district)
    .order_by(school.c.short_name, school.c.id)
    .limit(PAGE + 1)
)


@dataclass(frozen=True, slots=True)
class SchoolWeek:
    """Seven days of a school."""

    id: int
    name: str
    district: str
    pupils: int | None
    """None before the school's days were counted."""
    lessons: int
    places: int
    absences: int
    marks: int
    assigned: int
    handed_in: int


@dataclass(frozen=True, slots=True)
class SchoolPage:
    """Schools by name, and the last one shown when there are more."""

    schools: list[SchoolWeek]
    has_more: bool


def city_days(since: date) -> Days:
    """The city's counted days. One statement, one row a day."""
    return days_of(_DAYS.selected_columns.keys(), read(_DAYS, {"since": since}))


def school_weeks(last: date, after_name: str = "", after_id: int = 0) -> SchoolPage:
    """Schools by name after a given one, each with its seven days that end with ``last``. One statement."""
    rows = read(
        _SCHOOLS,
        {
            "since": last - timedelta(WEEK - 1),
            "until": last,
            "after_name": after_name,
            "after_id": after_id,
        },
    )
    return SchoolPage([SchoolWeek(*tuple[Any, ...](row)) for row in rows[:PAGE]], len(rows) > PAGE)
