"""Accepted steps: by id for resent ones, an actor's own for undo and redo, a mark's for its history."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table, and_, bindparam, or_, select

from school.classes.queries.relations import SCHOOL
from school.core.access import Actor
from school.core.database import Id, read
from school.gradebook.journal import Journal
from school.gradebook.models import Column, Mark, MarkStep, StepKind
from school.gradebook.queries.cells import Address
from school.gradebook.release import Sign

step = cast("Table", MarkStep.__table__)
mark = cast("Table", Mark.__table__)
column = cast("Table", Column.__table__)

MOST_UNDONE = 50
"""How many of one's own last steps can be taken back."""
_READ = 40 * MOST_UNDONE
"""Fifty steps taken back and done again as often as anybody would."""

_BY_ID = select(step.c.id, step.c.account_id, step.c.payload_hash, step.c.version).where(
    step.c.school_id == SCHOOL, step.c.id.in_(bindparam("steps", expanding=True, type_=Id))
)
earlier = step.alias()
_OLDEST = (
    select(earlier.c.at)
    .where(
        earlier.c.school_id == SCHOOL,
        earlier.c.course_id == bindparam("course", type_=Id),
        earlier.c.account_id == bindparam("account", type_=Id),
        earlier.c.kind == StepKind.SET.value,
    )
    .order_by(earlier.c.at.desc())
    .offset(MOST_UNDONE - 1)
    .limit(1)
    .scalar_subquery()
)
"""When the oldest step was made that can still be taken back; null while there are fewer."""
_OWN = (
    select(
        step.c.id,
        step.c.kind,
        step.c.of_step,
        step.c.old_value,
        step.c.old_code,
        step.c.old_comment,
        step.c.old_origin,
        step.c.old_due_on,
        step.c.new_value,
        step.c.new_code,
        step.c.new_comment,
        step.c.new_origin,
        step.c.new_due_on,
        column.c.lesson_id,
        column.c.id,
        mark.c.pupil_id,
        mark.c.place,
    )
    .select_from(
        step.join(mark, and_(mark.c.school_id == SCHOOL, mark.c.id == step.c.mark_id)).join(
            column, and_(column.c.school_id == SCHOOL, column.c.id == mark.c.column_id)
        )
    )
    .where(
        step.c.school_id == SCHOOL,
        step.c.course_id == bindparam("course", type_=Id),
        step.c.account_id == bindparam("account", type_=Id),
        or_(_OLDEST.is_(None), step.c.at >= _OLDEST),
    )
    .order_by(step.c.at.desc(), step.c.id.desc())
    .limit(_READ)
)


@dataclass(frozen=True, slots=True)
class Accepted:
    """A step that has been accepted before."""

    id: uuid.UUID
    account_id: uuid.UUID | None
    payload_hash: str
    version: int


@dataclass(frozen=True, slots=True)
class OwnStep:
    """A step of the actor, to take back or to do again."""

    id: uuid.UUID
    kind: str
    of_step: uuid.UUID | None
    old: Sign
    new: Sign
    address: Address


def accepted_steps(journal: Journal, step_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Accepted]:
    """Those of the steps that are accepted already."""
    rows = read(_BY_ID, {"school": journal.school_id, "steps": list(step_ids)})
    return {row[0]: Accepted(*row) for row in rows}


def own_steps(actor: Actor, journal: Journal) -> list[OwnStep]:
    """The actor's last steps in this journal, oldest first."""
    rows = read(_OWN, {"school": journal.school_id, "course": journal.id, "account": actor.account_id})
    return [_own(tuple(row)) for row in reversed(rows)]


def _own(row: tuple[Any, ...]) -> OwnStep:
    return OwnStep(row[0], row[1], row[2], Sign(*row[3:8]), Sign(*row[8:13]), Address(*row[13:17]))


@dataclass(frozen=True, slots=True)
class HistoryStep:
    """One change of a mark, for staff."""

    old: Sign
    new: Sign
    at: datetime
    released_at: datetime
    kind: str
    by: str
