"""What of the city belongs to no school: the library."""

from datetime import date, timedelta
from typing import cast

from sqlalchemy import Table, bindparam, select
from sqlalchemy.types import Date

from school.core.database import read
from school.home.models import CityDay
from school.home.weeks import WEEK

city_day = cast("Table", CityDay.__table__)

_UNITS = select(city_day.c.on_date, city_day.c.units).where(
    city_day.c.on_date.in_([bindparam("last", type_=Date), bindparam("before", type_=Date)])
)


def units_on(last: date) -> tuple[int | None, int | None]:
    """Units published by the end of a day, and a week before it; None where nobody has counted. One statement."""
    before = last - timedelta(WEEK)
    found = {row[0]: row[1] for row in read(_UNITS, {"last": last, "before": before})}
    return found.get(last), found.get(before)
