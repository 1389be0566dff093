"""Which hints of an attempt were opened."""

import uuid
from collections.abc import Iterable
from typing import cast

from sqlalchemy import Table, bindparam, func, select

from content_library.models import Item
from school.classes.queries.relations import SCHOOL
from school.core.database import Id, read
from school.tasks.models import Attempt, HintOpened

hint = cast("Table", HintOpened.__table__)
_OPENED = (
    select(hint.c.item_id, func.max(hint.c.number))
    .where(hint.c.school_id == SCHOOL, hint.c.attempt_id == bindparam("attempt", type_=Id))
    .group_by(hint.c.item_id)
)


def opened_hints(attempt: Attempt, items: Iterable[Item]) -> dict[uuid.UUID, int]:
    """By question: how many hints were opened. Asks nothing when none of the questions has any."""
    if not any(item.spec.get("hints") for item in items):
        return {}
    return hints_of(attempt)


def hints_of(attempt: Attempt) -> dict[uuid.UUID, int]:
    """The same without a look at the questions."""
    return dict(read(_OPENED, {"school": attempt.school_id, "attempt": attempt.id}))
