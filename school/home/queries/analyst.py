"""The city in counted days: nothing here reads marks, lessons or people, only what was counted of them."""

from datetime import date
from typing import cast

from sqlalchemy import Table, bindparam, select
from sqlalchemy.types import Date

from school.core.database import read
from school.home.models import CityDay
from school.home.weeks import Days, days_of

city_day = cast("Table", CityDay.__table__)

_DAYS = select(city_day).where(city_day.c.on_date >= bindparam("since", type_=Date)).order_by(city_day.c.on_date)


def city_days(since: date) -> Days:
    """The city's counted days. One statement, one row a day."""
    return days_of(_DAYS.selected_columns.keys(), read(_DAYS, {"since": since}))
