"""Counting the figures of days anew from the facts. Repeating it is harmless: every count replaces the last one."""

from dataclasses import asdict
from datetime import date, time, timedelta
from typing import Any, cast

from sqlalchemy import Table, bindparam, delete, exists, func, insert, literal, select
from sqlalchemy.dialects import postgresql, sqlite

from content_library.models import Unit, UnitState, UnitVersion
from school.core import clock
from school.core.database import Moment, db
from school.home.counting import RECOUNT_PEOPLE, RECOUNTS, school_day
from school.home.models import CityDay, Counts, LevelResult
from school.home.queries.results import level_results, thresholds_of
from school.people.models import School

PEOPLE_DAYS = 7

city_day = cast("Table", CityDay.__table__)
level_result = cast("Table", LevelResult.__table__)
unit = cast("Table", Unit.__table__)
version = cast("Table", UnitVersion.__table__)

_END = bindparam("end", type_=Moment)
_UNITS = (
    select(func.count())
    .select_from(unit)
    .where(
        unit.c.state == UnitState.PUBLISHED.value,
        exists().where(version.c.unit_id == unit.c.id, version.c.published_at < _END),
    )
)
_COUNTED = tuple(name for name in Counts.__annotations__ if name not in {"people", "counted_at"})


def recount_school(school: School, since: date) -> None:
    """Count the days of a school from ``since`` to today, and how its year levels stand now, in the caller's transaction."""
    today = clock.today()
    _make_rows(school, since, today)
    values = {"school": school.id, "since": since, "until": today, "now": clock.now()}
    for statement in RECOUNTS:
        db.session.execute(statement, values)
    _recount_levels(school)
    seen_since = clock.moscow(today - timedelta(PEOPLE_DAYS - 1), time())
    db.session.execute(RECOUNT_PEOPLE, {**values, "since": today, "seen_since": seen_since})


def _recount_levels(school: School) -> None:
    thresholds = thresholds_of(school)
    found = level_results(school, thresholds)
    db.session.execute(delete(level_result).where(level_result.c.school_id == school.id))
    if found:
        common = {
            "school_id": school.id,
            "enough": thresholds.enough,
            "good_from": thresholds.good,
            "counted_at": clock.now(),
        }
        db.session.execute(insert(level_result), [{**common, **asdict(one)} for one in found])


def recount_city(since: date) -> None:
    """Add the schools' days up, in the caller's transaction; they must have been counted."""
    today, now = clock.today(), clock.now()
    days = [since + timedelta(n) for n in range((today - since).days + 1)]
    db.session.execute(delete(city_day).where(city_day.c.on_date >= since))
    for day in days:
        units = db.session.scalar(_UNITS, {"end": clock.moscow(day + timedelta(1), time())}) or 0
        sums = [func.coalesce(func.sum(school_day.c[name]), 0) for name in _COUNTED]
        db.session.execute(
            insert(city_day).from_select(
                ["on_date", "schools", "units", "counted_at", "people", *_COUNTED],
                select(
                    literal(day),
                    func.count().filter(school_day.c.pupils > 0),
                    literal(units),
                    func.coalesce(func.min(school_day.c.counted_at), literal(now, Moment)),
                    func.sum(school_day.c.people),
                    *sums,
                ).where(school_day.c.on_date == day),
            )
        )


def _make_rows(school: School, since: date, until: date) -> None:
    """A row for every day, also for those without lessons: then a gap is a day nobody has counted."""
    make = postgresql.insert if db.session.get_bind().dialect.name == "postgresql" else sqlite.insert
    rows: list[dict[str, Any]] = [
        {"on_date": since + timedelta(n), "school_id": school.id, "counted_at": clock.now()}
        for n in range((until - since).days + 1)
    ]
    db.session.execute(make(school_day).on_conflict_do_nothing(), rows)
