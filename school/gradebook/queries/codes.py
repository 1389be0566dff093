"""The codes of presence of a school's terms, kept for pages that read no act: the diary of a city at ten past eight."""

import uuid
from collections.abc import Mapping
from functools import lru_cache
from time import monotonic
from typing import cast

from sqlalchemy import Table, select

from school.classes.models import Term
from school.classes.queries.relations import SCHOOL
from school.core.database import read
from school.gradebook.models import MarkingAct
from school.gradebook.presence import USUAL, Codes

term = cast("Table", Term.__table__)
act = cast("Table", MarkingAct.__table__)

KEPT = 512
KEPT_SECONDS = 300
"""An act holds for terms to come only, so what is kept grows old by a moved term or a school's first act alone."""

_TERMS = (
    select(term.c.id, term.c.starts_on, act.c.from_on, act.c.rules)
    .select_from(term.outerjoin(act, act.c.school_id == SCHOOL))
    .where(term.c.school_id == SCHOOL)
    .order_by(act.c.from_on)
)


def codes_of_term(school_id: int, term_id: uuid.UUID) -> Codes:
    """By the act in force on the term's first day, as ``find_act``. Asks nothing while the school's are kept."""
    kept = _of_school(school_id, int(monotonic() // KEPT_SECONDS))
    if term_id not in kept:  # made since
        _of_school.cache_clear()
        kept = _of_school(school_id, int(monotonic() // KEPT_SECONDS))
    return kept.get(term_id, USUAL)


@lru_cache(maxsize=KEPT)
def _of_school(school_id: int, _while: int) -> Mapping[uuid.UUID, Codes]:
    found: dict[uuid.UUID, Codes] = {}
    for term_id, starts_on, from_on, rules in read(_TERMS, {"school": school_id}):
        if term_id not in found or from_on <= starts_on:
            found[term_id] = Codes.from_data((rules or {}).get("presence", {}))
    return found
