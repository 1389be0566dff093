"""Year levels counted by day, and the city's tree of figures given out with what must be hidden in it."""

from datetime import date, timedelta
from typing import Any, cast

from sqlalchemy import Table, case, delete, func, insert, select

from school.core import clock
from school.core.database import db
from school.home.areas import COUNTS, OF_SCHOOLS, conceal, grow
from school.home.level_counting import STATEMENTS
from school.home.models import FigureCell, LevelCounts, LevelDay, SchoolDay
from school.home.weeks import WEEK
from school.people.models import School

DAYS_KEPT = 16
"""Two weeks to compare, and the day that is being made."""
STATES = frozenset({"pupils"})
"""As on the last day; the others are sums of seven."""

level_day = cast("Table", LevelDay.__table__)
school_day = cast("Table", SchoolDay.__table__)
cell = cast("Table", FigureCell.__table__)
school_table = cast("Table", School.__table__)
NAMES = tuple(LevelCounts.__annotations__)


def recount_levels(school: School, since: date) -> None:
    """Count the days of a school's year levels from ``since`` to today; the school's own days must be there already."""
    now, today = clock.now(), clock.today()
    values = {"school": school.id, "since": since, "until": today, "now": now}
    found: dict[tuple[date, int], dict[str, Any]] = {}
    for names, statement in STATEMENTS:
        for on_date, level, *counts in db.session.execute(statement, values):
            row = found.setdefault((on_date, level), dict.fromkeys(NAMES, 0))
            row |= dict(zip(names, map(int, counts), strict=True))
    db.session.execute(delete(level_day).where(level_day.c.school_id == school.id, level_day.c.on_date >= since))
    common = {"school_id": school.id, "counted_at": now}
    rows = [{**common, "on_date": day, "year_level": level, **counts} for (day, level), counts in found.items()]
    if rows:
        db.session.execute(insert(level_day), rows)


def give_out(last: date) -> int:
    """Make the tree of the seven days that end with ``last`` anew; how many nodes it has. Schools' days must be counted."""
    sums = [
        func.sum(level_day.c[name]) if name not in STATES else func.max(_on_last(level_day.c[name], last))
        for name in NAMES
    ]
    of_levels: dict[tuple[int, int], dict[str, int]] = {}
    for school_id, level, rows, *counts in db.session.execute(
        select(level_day.c.school_id, level_day.c.year_level, func.count(), *sums)
        .where(level_day.c.on_date > last - timedelta(WEEK), level_day.c.on_date <= last)
        .group_by(level_day.c.school_id, level_day.c.year_level)
    ):
        of_levels[school_id, level] = {"rows": rows, **{n: int(c or 0) for n, c in zip(NAMES, counts, strict=True)}}
    own = sorted(OF_SCHOOLS)
    of_schools = {
        row[0]: {name: int(count or 0) for name, count in zip(own, row[1:], strict=True)}
        for row in db.session.execute(
            select(school_day.c.school_id, *(school_day.c[name] for name in own)).where(school_day.c.on_date == last)
        )
    }
    schools = db.session.execute(select(school_table.c.id, school_table.c.district)).all()
    nodes = grow([(row[0], row[1]) for row in schools], of_levels, of_schools)
    before = {
        (row[0], row[1], row[2]): dict(zip(COUNTS, row[3:], strict=True))
        for row in db.session.execute(
            select(cell.c.district, cell.c.school_id, cell.c.year_level, *(cell.c[name] for name in COUNTS)).where(
                cell.c.on_date == last - timedelta(1)
            )
        )
    }
    conceal(nodes, before)
    now = clock.now()
    db.session.execute(delete(cell).where((cell.c.on_date == last) | (cell.c.on_date < last - timedelta(DAYS_KEPT))))
    db.session.execute(
        insert(cell),
        [
            {
                "on_date": last,
                "district": one.district,
                "school_id": one.school_id,
                "year_level": one.year_level,
                **{name: one.counts[name] for name in COUNTS},
                "hidden": one.hidden,
                "counted_at": now,
            }
            for one in nodes
        ],
    )
    return len(nodes)


def _on_last(column: Any, last: date) -> Any:
    return case((level_day.c.on_date == last, column), else_=0)
