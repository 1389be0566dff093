"""Which periods a class and a school have."""

import uuid
from collections.abc import Sequence

from sqlalchemy import and_, bindparam, select

from school.classes.queries.relations import SCHOOL
from school.classes.seen import SeenCourse, SeenGroup
from school.core import clock
from school.core.database import Id, read
from school.core.languages import gettext as _
from school.reports.queries.tables import TERMS, TODAY, regime, term, year
from school.reports.seen import Period, Span

_COLUMNS = (
    year.c.name,
    regime.c.id,
    regime.c.kind,
    regime.c.name,
    term.c.id,
    term.c.number,
    term.c.name,
    term.c.starts_on,
    term.c.ends_on,
)
_FROM = term.join(regime, and_(regime.c.school_id == SCHOOL, regime.c.id == term.c.regime_id)).join(
    year, and_(year.c.school_id == SCHOOL, year.c.id == regime.c.year_id)
)
_OF_CLASS = (
    select(*_COLUMNS)
    .select_from(_FROM)
    .where(term.c.school_id == SCHOOL, term.c.regime_id == bindparam("regime", type_=Id))
    .order_by(term.c.number)
)
_BY_TERMS = (
    select(*_COLUMNS).select_from(_FROM).where(term.c.school_id == SCHOOL, term.c.id.in_(TERMS)).order_by(term.c.number)
)
_OF_SCHOOL = (
    select(*_COLUMNS)
    .select_from(_FROM)
    .where(term.c.school_id == SCHOOL, year.c.starts_on <= TODAY)
    .order_by(year.c.starts_on.desc(), regime.c.name.desc(), regime.c.id, term.c.number)
)


def periods_of_class(group: SeenGroup | SeenCourse) -> list[Period]:
    """The begun terms of the class's year, in order, then the year."""
    return _periods(read(_OF_CLASS, {"school": group.school_id, "regime": group.regime_id}), "")


def periods_of_school(school_id: int) -> list[list[Period]]:
    """The same for each way in which the school's last year is cut: quarters first."""
    rows = read(_OF_SCHOOL, {"school": school_id, "today": clock.today()})
    if not rows:
        return []
    last = [row for row in rows if row[0] == rows[0][0]]
    regimes: dict[uuid.UUID, list[Sequence[object]]] = {}
    for row in last:
        regimes.setdefault(row[1], []).append(row)
    return [_periods(some, f"{some[0][2]}-") for some in regimes.values()]


def period_of(school_id: int, term_ids: Sequence[str], *, is_year: bool) -> Period | None:
    """The period that an order names; None when its terms are gone."""
    rows = read(_BY_TERMS, {"school": school_id, "terms": [uuid.UUID(one) for one in term_ids]})
    found = _periods(rows, "")
    if not found:
        return None
    return found[-1] if is_year else found[0]


def period_among(periods: Sequence[Period], word: str | None) -> Period | None:
    """The period of this word; without one, the last term that is over, else the running one."""
    if word is not None:
        return next((one for one in periods if one.word == word), None)
    terms = [one for one in periods if not one.is_year]
    over = [one for one in terms if one.ends_on < clock.today()]
    return (over or terms or [None])[-1]  # type: ignore[list-item]


def _periods(rows: Sequence[Sequence[object]], prefix: str) -> list[Period]:
    spans = [Span(row[4], row[5], row[6], row[7], row[8]) for row in rows]  # type: ignore[arg-type]
    begun = [one for one in spans if one.starts_on <= clock.today()]
    if not begun:
        return []
    year_name = str(rows[0][0])
    found = [Period(f"{prefix}{one.number}", one.name, year_name, (one,)) for one in begun]
    words = _("the year (%(regime)s)", regime=str(rows[0][3]).lower()) if prefix else _("the year")
    return [*found, Period(f"{prefix}year", words, year_name, tuple(begun))]
