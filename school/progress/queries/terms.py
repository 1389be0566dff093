"""The terms of the pupil's or the course's year: which one is now, which one was before it."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import cast

from sqlalchemy import Table, bindparam, select

from school.classes.models import Term
from school.classes.queries.relations import SCHOOL
from school.core.database import Id, read

term = cast("Table", Term.__table__)

_TERMS = (
    select(term.c.regime_id, term.c.id, term.c.name, term.c.starts_on, term.c.ends_on)
    .where(term.c.school_id == SCHOOL, term.c.regime_id.in_(bindparam("regimes", expanding=True, type_=Id)))
    .order_by(term.c.regime_id, term.c.starts_on)
)


@dataclass(frozen=True, slots=True)
class Span:
    """A term."""

    id: uuid.UUID
    name: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class Year:
    """The begun terms of one regime, in order."""

    begun: tuple[Span, ...]

    @property
    def now(self) -> Span | None:
        """The term of today; in a break the one before it; None before the first."""
        return self.begun[-1] if self.begun else None

    @property
    def before(self) -> Span | None:
        """The term before that, of the same year."""
        return self.begun[-2] if len(self.begun) > 1 else None

    @property
    def starts_on(self) -> date | None:
        """The first day of the first term."""
        return self.begun[0].starts_on if self.begun else None


def years_of(school_id: int, regime_ids: Iterable[uuid.UUID], today: date) -> dict[uuid.UUID, Year]:
    """The begun terms of each of these regimes. One statement."""
    wanted = sorted(set(regime_ids))
    found: dict[uuid.UUID, list[Span]] = {one: [] for one in wanted}
    if wanted:
        for regime_id, *cells in read(_TERMS, {"school": school_id, "regimes": wanted}):
            span = Span(*cells)
            if span.starts_on <= today:
                found[regime_id].append(span)
    return {regime_id: Year(tuple(spans)) for regime_id, spans in found.items()}
