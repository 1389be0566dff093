"""What each figure of a year level's day counts: the facts of ``home.counting``, grouped by day and year level of the group.

A statement for a school and a kind of figure, whatever the number of days from ``:since`` to ``:until``.
"""

from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, and_, case, func, or_, select

from school.classes.models import GroupKind, LessonState
from school.classes.queries.relations import SCHOOL
from school.home.counting import (
    ABSENT_THERE,
    COLUMN_OF_LESSON,
    HANDED_IN,
    NOW,
    SINCE,
    UNTIL,
    absence,
    assignment,
    column,
    course,
    group,
    homework,
    lesson,
    mark,
    place,
    school_day,
    taken,
)
from school.homework.models import AssignmentState


def _in_days(day: Any) -> ColumnElement[bool]:
    return and_(day >= SINCE, day <= UNTIL)


def _placed(day: Any, group_id: Any) -> ColumnElement[bool]:
    return and_(
        place.c.school_id == SCHOOL,
        place.c.group_id == group_id,
        place.c.from_on <= day,
        or_(place.c.to_on.is_(None), place.c.to_on >= day),
    )


def _of_group(group_id: Any) -> ColumnElement[bool]:
    return and_(group.c.school_id == SCHOOL, group.c.id == group_id)


def _by_level(day: Any, source: FromClause, *counts: Any, where: tuple[ColumnElement[bool], ...]) -> Select[Any]:
    return select(day, group.c.year_level, *counts).select_from(source).where(*where).group_by(day, group.c.year_level)


_held = (lesson.c.school_id == SCHOOL, _in_days(lesson.c.on_date), lesson.c.state == LessonState.PLANNED.value)
_lessons = lesson.join(group, _of_group(lesson.c.group_id))
_present = (
    _lessons.join(taken, and_(taken.c.school_id == SCHOOL, taken.c.lesson_id == lesson.c.id))
    .join(place, _placed(lesson.c.on_date, lesson.c.group_id))
    .outerjoin(
        absence,
        ABSENT_THERE,
    )
)
_marked = _lessons.join(
    column,
    COLUMN_OF_LESSON,
).join(mark, and_(mark.c.school_id == SCHOOL, mark.c.column_id == column.c.id))
_set = course.join(
    homework,
    and_(homework.c.school_id == SCHOOL, homework.c.course_id == course.c.id, homework.c.withdrawn_at.is_(None)),
).join(group, _of_group(course.c.group_id))
_owed = _set.join(place, _placed(homework.c.due_on, course.c.group_id)).outerjoin(
    assignment,
    and_(
        assignment.c.school_id == SCHOOL,
        assignment.c.homework_id == homework.c.id,
        assignment.c.pupil_id == place.c.pupil_id,
    ),
)
_due = (course.c.school_id == SCHOOL, _in_days(homework.c.due_on))

STATEMENTS: tuple[tuple[tuple[str, ...], Select[Any]], ...] = (
    (
        ("pupils",),
        _by_level(
            school_day.c.on_date,
            school_day.join(group, and_(group.c.school_id == SCHOOL, group.c.kind == GroupKind.CLASS.value)).join(
                place, _placed(school_day.c.on_date, group.c.id)
            ),
            func.count(place.c.pupil_id.distinct()),
            where=(school_day.c.school_id == SCHOOL, _in_days(school_day.c.on_date)),
        ),
    ),
    (
        ("lessons",),
        _by_level(lesson.c.on_date, _lessons, func.count(), where=(*_held, lesson.c.ends_at <= NOW)),
    ),
    (
        ("places", "absences"),
        _by_level(lesson.c.on_date, _present, func.count(), func.count(absence.c.id), where=_held),
    ),
    (
        ("marks", "fives"),
        _by_level(
            lesson.c.on_date,
            _marked,
            func.count(),
            func.sum(case((mark.c.value == 5, 1), else_=0)),
            where=(lesson.c.school_id == SCHOOL, _in_days(lesson.c.on_date), mark.c.value.is_not(None)),
        ),
    ),
    (("homework",), _by_level(homework.c.due_on, _set, func.count(), where=_due)),
    (
        ("assigned", "handed_in"),
        _by_level(
            homework.c.due_on,
            _owed,
            func.count(),
            func.sum(case((assignment.c.state.in_(HANDED_IN), 1), else_=0)),
            where=(
                *_due,
                or_(homework.c.for_all, assignment.c.id.is_not(None)),
                func.coalesce(assignment.c.state, AssignmentState.GIVEN.value) != AssignmentState.EXCUSED.value,
            ),
        ),
    ),
)
"""The columns that a statement counts, after day and year level, and the statement."""
