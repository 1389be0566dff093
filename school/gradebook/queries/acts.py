"""The act of marking that holds for a term: «old terms keep the old act»."""

import uuid
from datetime import date
from typing import cast

from sqlalchemy import Table, and_, bindparam, select

from school.classes.queries.relations import SCHOOL
from school.core.database import read
from school.gradebook.journal import Act, Work
from school.gradebook.models import MarkingAct, WorkType
from school.gradebook.scale import Rules

act = cast("Table", MarkingAct.__table__)
work = cast("Table", WorkType.__table__)

_ACTS = (
    select(
        act.c.id,
        act.c.name,
        act.c.from_on,
        act.c.rules,
        work.c.id,
        work.c.name,
        work.c.short,
        work.c.weight,
        work.c.position,
        work.c.is_control,
    )
    .select_from(act.join(work, and_(work.c.school_id == SCHOOL, work.c.act_id == act.c.id)))
    .where(act.c.school_id == bindparam("school"))
    .order_by(act.c.from_on, work.c.position, work.c.name)
)


def find_act(school_id: int, on: date) -> Act | None:
    """The act in force on a day (of a term: its first); before the first act that one; None in a school without any."""
    found: dict[uuid.UUID, list[tuple[object, ...]]] = {}
    chosen: uuid.UUID | None = None
    for row in read(_ACTS, {"school": school_id}):
        found.setdefault(row[0], []).append(tuple(row))
        if chosen is None or row[2] <= on:
            chosen = row[0]
    if chosen is None:
        return None
    rows = found[chosen]
    _id, name, from_on, rules, *_rest = rows[0]
    works = tuple(Work(*row[4:]) for row in rows)  # type: ignore[arg-type]
    return Act(chosen, str(name), cast("date", from_on), Rules.from_data(cast("dict[str, object]", rules)), works)
