"""One pupil's row of a homework, made when it is first needed and held until the end of the transaction."""

import uuid
from datetime import date
from typing import Protocol

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from school.core.database import db, new_id
from school.homework.models import Assignment, AssignmentState


class OfSchool(Protocol):
    """Whatever belongs to a school."""

    @property
    def school_id(self) -> int:
        """Its school."""


def held_assignment(of: OfSchool, homework: uuid.UUID, pupil: uuid.UUID, due_on: date) -> Assignment:
    """The row of ``pupil`` for ``homework``, in the school of ``of``; two who make it at once find the same one."""
    school_id = of.school_id
    find = (
        select(Assignment)
        .where(Assignment.school_id == school_id, Assignment.homework_id == homework, Assignment.pupil_id == pupil)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    row = db.session.scalars(find).one_or_none()
    if row is not None:
        return row
    made = Assignment(
        school_id=school_id,
        id=new_id(),
        homework_id=homework,
        pupil_id=pupil,
        due_on=due_on,
        state=AssignmentState.GIVEN.value,
        version=0,
    )
    try:
        with db.session.begin_nested():
            db.session.add(made)
    except IntegrityError:
        return db.session.scalars(find).one()
    return made
