"""Which event of the record a family's receipt is of."""

import json
import uuid
from datetime import datetime
from typing import cast

from sqlalchemy import Table, bindparam, select

from school.classes.queries.relations import SCHOOL
from school.core import clock
from school.core.database import Id, read
from school.core.records.models import RecordEvent
from school.gradebook.models import MarkStep
from school.progress.seen import SeenLearning, SeenMark

event = cast("Table", RecordEvent.__table__)
step = cast("Table", MarkStep.__table__)

THING = bindparam("thing", type_=Id)

_EVENTS = (
    select(event.c.id, event.c.payload)
    .where(event.c.school_id == SCHOOL, event.c.thing_id == THING)
    .order_by(event.c.at.desc(), event.c.id.desc())
)
_STEPS = (
    select(step.c.id, step.c.at, step.c.released_at)
    .where(step.c.school_id == SCHOOL, step.c.mark_id == THING)
    .order_by(step.c.at.desc(), step.c.id.desc())
)


def event_of(learning: SeenLearning, mark: SeenMark) -> uuid.UUID | None:
    """The newest event of the mark, for a family the newest that it has been shown; None when the record has none.

    A change in its quiet window must not leak through its receipt.
    """
    values = {"school": mark.school_id, "thing": mark.id}
    events = [(row[0], row[1]) for row in read(_EVENTS, values)]
    if not events:
        return None
    if learning.as_staff or not mark.is_quiet:
        return cast("uuid.UUID", events[0][0])
    shown = _shown_step(values)
    return next((event_id for event_id, payload in events if json.loads(payload).get("step") == str(shown)), None)


def _shown_step(values: dict[str, object]) -> uuid.UUID | None:
    """The last step whose window was over before the next one came."""
    until: datetime = clock.now()
    for step_id, at, released_at in read(_STEPS, values):
        if released_at <= until:
            return cast("uuid.UUID", step_id)
        until = at
    return None
