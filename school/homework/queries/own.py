"""A pupil's own tasks."""

import uuid
from datetime import date, datetime
from typing import NamedTuple, cast

from sqlalchemy import Table, bindparam, or_, select
from sqlalchemy.types import Date

from school.classes.queries.relations import MEMBER, SCHOOL
from school.core.access import Actor
from school.core.database import db, read
from school.homework.models import OwnTask

own = cast("Table", OwnTask.__table__)


class OwnLine(NamedTuple):
    """A task of one's own in the list."""

    id: uuid.UUID
    due_on: date
    text: str
    minutes: int
    done_at: datetime | None


_MINE = (
    select(own.c.id, own.c.due_on, own.c.text, own.c.minutes, own.c.done_at)
    .where(
        own.c.school_id == SCHOOL,
        own.c.pupil_id == MEMBER,
        or_(own.c.due_on >= bindparam("today", type_=Date), own.c.done_at.is_(None)),
    )
    .order_by(own.c.due_on, own.c.made_at, own.c.id)
)


def own_tasks(school_id: int, pupil_id: uuid.UUID, today: date) -> list[OwnLine]:
    """Those of today and later, and older ones that are not done. One statement."""
    return [OwnLine(*row) for row in read(_MINE, {"school": school_id, "member": pupil_id, "today": today})]


def get_own(actor: Actor, task_id: uuid.UUID) -> OwnTask | None:
    """A task of somebody of the actor's school; whose it is, the policy asks."""
    return db.session.get(OwnTask, (actor.school_id, task_id))
