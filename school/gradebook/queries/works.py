"""The column that homework is marked in, and what stands there."""

import uuid
from dataclasses import dataclass
from datetime import date
from typing import cast

from sqlalchemy import Table, and_, bindparam, exists, func, or_, select

from school.classes.models import Lesson, LessonState
from school.classes.queries.relations import SCHOOL
from school.core import clock
from school.core.database import Id, db
from school.gradebook.models import Column, Mark
from school.gradebook.release import Sign
from school.homework.models import Assignment, AssignmentState, Homework
from school.homework.seen import SeenHomework, SeenWork
from school.tasks.models import Attempt

homework_table = cast("Table", Homework.__table__)
column = cast("Table", Column.__table__)
mark = cast("Table", Mark.__table__)
assignment = cast("Table", Assignment.__table__)
attempt = cast("Table", Attempt.__table__)

THING, PUPIL = bindparam("thing", type_=Id), bindparam("pupil", type_=Id)

_is_marked = exists(
    select(1)
    .select_from(mark.join(column, and_(column.c.school_id == SCHOOL, column.c.id == mark.c.column_id)))
    .where(
        mark.c.school_id == SCHOOL,
        column.c.homework_id == assignment.c.homework_id,
        mark.c.pupil_id == assignment.c.pupil_id,
    )
    .correlate(assignment)
)
_waiting = (
    select(func.count())
    .select_from(
        assignment.outerjoin(attempt, and_(attempt.c.school_id == SCHOOL, attempt.c.id == assignment.c.attempt_id))
    )
    .where(
        assignment.c.school_id == SCHOOL,
        assignment.c.homework_id == THING,
        assignment.c.state == AssignmentState.HANDED_IN.value,
        or_(attempt.c.finished_at.is_not(None), assignment.c.rubric_points.is_not(None)),
        ~_is_marked,
    )
).scalar_subquery()
_REVIEW = (
    select(_waiting, mark.c.value, mark.c.code, mark.c.comment, mark.c.version)
    .select_from(
        homework_table.outerjoin(
            column, and_(column.c.school_id == SCHOOL, column.c.homework_id == homework_table.c.id)
        ).outerjoin(
            mark,
            and_(
                mark.c.school_id == SCHOOL, mark.c.column_id == column.c.id, mark.c.pupil_id == PUPIL, mark.c.place == 0
            ),
        )
    )
    .where(homework_table.c.school_id == SCHOOL, homework_table.c.id == THING)
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class WorkMark:
    """The mark of one work as it stands."""

    sign: Sign
    version: int


def mark_in_review(homework: SeenHomework, work: SeenWork) -> tuple[WorkMark | None, int]:
    """The mark that stands for a work, and for how many works a proposal of the machine waits. One statement."""
    row = db.session.execute(
        _REVIEW, {"school": homework.school_id, "thing": homework.id, "pupil": work.pupil_id}
    ).one()
    waiting, value, code, comment, version = row
    return (WorkMark(Sign(value, code, comment), version) if version is not None else None), waiting


def column_of_homework(homework: SeenHomework) -> Column | None:
    """The column made for this homework."""
    return db.session.scalars(
        select(Column).where(
            Column.school_id == homework.school_id,
            Column.course_id == homework.course.id,
            Column.homework_id == homework.id,
        )
    ).first()


def lesson_to_mark(homework: SeenHomework) -> Lesson | None:
    """The lesson the homework was for; while it is still to come, the last one held before it. None before any lesson."""
    today: date = clock.today()
    until = min(homework.due_on, today)
    return db.session.scalars(
        select(Lesson)
        .where(
            Lesson.school_id == homework.school_id,
            Lesson.course_id == homework.course.id,
            Lesson.state == LessonState.PLANNED,
            Lesson.on_date <= until,
        )
        .order_by(Lesson.on_date.desc(), Lesson.slot.desc())
        .limit(1)
    ).first()


def marks_in(column: Column | None) -> dict[uuid.UUID, WorkMark]:
    """The marks of a column by pupil; none where there is no column yet."""
    if column is None:
        return {}
    rows = db.session.execute(
        select(Mark.pupil_id, Mark.value, Mark.code, Mark.comment, Mark.version).where(
            Mark.school_id == column.school_id, Mark.column_id == column.id, Mark.place == 0
        )
    )
    return {row[0]: WorkMark(Sign(row[1], row[2], row[3]), row[4]) for row in rows}
