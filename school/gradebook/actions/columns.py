"""The columns of a journal: added, named, moved and, while empty, removed."""

import uuid
from collections.abc import Sequence

from sqlalchemy import exists, select, update

from school.classes.models import Lesson, LessonState, Term
from school.core import clock
from school.core.access import Actor
from school.core.database import db
from school.core.languages import gettext as _
from school.gradebook.errors import NotNow
from school.gradebook.journal import Journal, Work
from school.gradebook.models import Column, Mark
from school.gradebook.systems import Criterion, System
from school.homework.seen import SeenHomework

MOST_COLUMNS = 6
"""In one lesson: more would be a slip."""


def add_column(
    actor: Actor,
    journal: Journal,
    lesson: Lesson,
    work: Work,
    *,
    client_id: uuid.UUID,
    title: str = "",
    homework: SeenHomework | None = None,
    system: System | None = None,
    criteria: Sequence[Criterion] = (),
) -> Column:
    """Add a column for a work of a lesson, with the weight of the act. The same ``client_id`` twice is one column.

    ``system``: marks are put in it and mapped to five by the act's table; ``criteria`` with ``System.CRITERIA`` only.
    """
    there = db.session.get(Column, (journal.school_id, client_id))
    if there is not None:
        if there.course_id != journal.id:
            raise NotNow(_("Another column was sent under the same number."))
        return there
    _check_open(actor, lesson)
    beside = list(
        db.session.scalars(
            select(Column.position).where(Column.school_id == journal.school_id, Column.lesson_id == lesson.id)
        )
    )
    if len(beside) >= MOST_COLUMNS:
        raise NotNow(_("This lesson has enough columns already."))
    column = Column(
        school_id=journal.school_id,
        id=client_id,
        course_id=journal.id,
        term_id=lesson.term_id,
        lesson_id=lesson.id,
        on_date=lesson.on_date,
        work_type_id=work.id,
        title=title,
        homework_id=homework.id if homework else None,
        weight=work.weight,
        position=max(beside, default=-1) + 1,
        system=system.value if system else None,
        criteria=[{"name": one.name, "most": one.most} for one in criteria] or None,
    )
    db.session.add(column)
    db.session.flush()
    return column


def rename_column(_actor: Actor, column: Column, title: str) -> None:
    """Say what the work was about: the family reads it."""
    column.title = title
    db.session.flush()


def move_column(actor: Actor, column: Column, lesson: Lesson) -> None:
    """Put a column with its marks under another lesson of the same course and term."""
    _check_open(actor, lesson)
    if (lesson.course_id, lesson.term_id) != (column.course_id, column.term_id):
        raise NotNow(_("A column moves within its course and term."))
    column.lesson_id, column.on_date = lesson.id, lesson.on_date
    db.session.execute(
        update(Mark)
        .where(Mark.school_id == column.school_id, Mark.column_id == column.id)
        .values(on_date=lesson.on_date)
    )
    db.session.flush()


def delete_column(_actor: Actor, column: Column) -> None:
    """Remove a column in which no mark was ever put; one that had marks stays with their history."""
    used = exists().where(Mark.school_id == column.school_id, Mark.column_id == column.id)
    if db.session.scalar(select(used)):
        raise NotNow(_("There are or were marks in this column, so it stays: their history is kept with it."))
    db.session.delete(column)
    db.session.flush()


def _check_open(actor: Actor, lesson: Lesson) -> None:
    if lesson.state != LessonState.PLANNED:
        raise NotNow(_("This lesson does not take place."))
    locked = db.session.scalar(
        select(Term.locked_at).where(Term.school_id == lesson.school_id, Term.id == lesson.term_id)
    )
    if locked is not None and locked <= clock.now() and not actor.has("deputy", "head"):
        raise NotNow(_("The term is closed."))
