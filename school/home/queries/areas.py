"""A node of the city's tree of figures with what is below it, as it was given out. Nothing here reads what was counted."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, cast

from sqlalchemy import Select, Table, and_, bindparam, func, or_, select
from sqlalchemy.types import Date, Integer, String

from school.core.access import Actor
from school.core.database import read
from school.home.areas import COUNTS, is_hidden
from school.home.models import FigureCell
from school.home.weeks import WEEK
from school.people.models import School

cell = cast("Table", FigureCell.__table__)
school = cast("Table", School.__table__)


@dataclass(frozen=True, slots=True)
class Area:
    """A node on a day. Whatever is hidden of it reads as None."""

    on_date: date
    district: str
    number: int
    """Of the school; 0 for what is no school."""
    year_level: int
    name: str
    """Of the school."""
    counted_at: datetime
    hidden: int
    counts: tuple[int, ...]

    def get(self, name: str, of: str = "") -> int | None:
        """A count; of a part, ``of`` names the whole that it is shown or hidden with."""
        return None if is_hidden(self.hidden, of or name) else self.counts[COUNTS.index(name)]

    @property
    def rows(self) -> int:
        """Counted days of year levels that it is the sum of."""
        return self.counts[COUNTS.index("rows")]


@dataclass(frozen=True, slots=True)
class Branch:
    """A node, the same node a week before, and the nodes below it in the order of their names."""

    here: Area
    before: Area | None
    below: list[Area]


def _nodes(*where: Any) -> Select[Any]:
    return (
        select(
            cell.c.on_date, cell.c.district, cell.c.school_id, cell.c.year_level,
            func.coalesce(school.c.short_name, ""), cell.c.counted_at, cell.c.hidden, *(cell.c[name] for name in COUNTS),
        )
        .select_from(cell.outerjoin(school, school.c.id == cell.c.school_id))
        .where(
            or_(cell.c.on_date == bindparam("last", type_=Date), cell.c.on_date == bindparam("before", type_=Date)),
            *where,
        )
        .order_by(cell.c.district, school.c.short_name, cell.c.school_id, cell.c.year_level)
    )  # fmt: skip


_NEWEST = select(func.max(cell.c.on_date))
_CITY = _nodes(cell.c.school_id == 0)
_DISTRICT = _nodes(cell.c.district == bindparam("district", type_=String), cell.c.year_level == 0)
_SCHOOL = _nodes(cell.c.school_id == bindparam("number", type_=Integer))
_HAS = and_(cell.c.school_id == bindparam("number", type_=Integer), cell.c.year_level == 0)
_OF_SCHOOL = select(cell.c.district).where(_HAS, cell.c.on_date == select(func.max(cell.c.on_date)).scalar_subquery())


def city_branch() -> Branch | None:
    """The city and its districts; None before anything was given out."""
    return _branch(_CITY, {}, ("", 0))


def district_branch(_actor: Actor, district: str) -> Branch | None:
    """A district and its schools."""
    return _branch(_DISTRICT, {"district": district}, (district, 0))


def school_branch(_actor: Actor, number: int) -> Branch | None:
    """A school and its year levels."""
    rows = read(_OF_SCHOOL, {"number": number})
    return _branch(_SCHOOL, {"number": number}, (rows[0][0], number)) if rows else None


def _branch(statement: Select[Any], asked: dict[str, Any], key: tuple[str, int]) -> Branch | None:
    last = read(_NEWEST)[0][0]
    if last is None:
        return None
    rows = read(statement, {**asked, "last": last, "before": last - timedelta(WEEK)})
    fixed = 7
    areas = [Area(*tuple[Any, ...]((*row[:fixed], tuple(row[fixed:])))) for row in rows]
    found: dict[date, Area] = {}
    below = []
    for one in areas:
        if (one.district, one.number, one.year_level) == (*key, 0):
            found[one.on_date] = one
        elif one.on_date == last:
            below.append(one)
    here = found.get(last)
    return None if here is None else Branch(here, found.get(last - timedelta(WEEK)), below)
