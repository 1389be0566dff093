"""What teachers made of answers."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast

from sqlalchemy import Table, bindparam, select

from content_library.models import Item
from school.classes.queries.relations import SCHOOL
from school.core.database import Id, read
from school.tasks.kinds import BY_HAND
from school.tasks.models import Attempt, Judgement

judgement = cast("Table", Judgement.__table__)


@dataclass(frozen=True, slots=True)
class Judged:
    """The newest judgement of an answer."""

    id: uuid.UUID
    levels: tuple[int, ...]
    says: str


_JUDGEMENTS = (
    select(judgement.c.item_id, judgement.c.id, judgement.c.levels, judgement.c.says)
    .where(judgement.c.school_id == SCHOOL, judgement.c.attempt_id == bindparam("attempt", type_=Id))
    .order_by(judgement.c.judged_at, judgement.c.id)
)


def judgements_of(attempt: Attempt, items: Iterable[Item]) -> dict[uuid.UUID, Judged]:
    """By question: what the teacher made of the answer last. Asks nothing when none of the questions is judged by hand."""
    if not any(item.kind in BY_HAND for item in items):
        return {}
    rows = read(_JUDGEMENTS, {"school": attempt.school_id, "attempt": attempt.id})
    return {item_id: Judged(made, tuple(levels), says) for item_id, made, levels, says in rows}
