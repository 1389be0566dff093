"""What each figure of a school's day counts: one correlated subquery for each column of ``school_day``.

Each refers to ``school_day.on_date`` of the row being counted, to ``:school``, and some to ``:now``. The words for people stand in
``home.meanings``; change both together.
"""

from typing import Any, cast

from sqlalchemy import (
    ColumnElement,
    FromClause,
    ScalarSelect,
    Table,
    Update,
    and_,
    bindparam,
    case,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.types import Date

from school.classes.models import (
    Absence,
    AbsenceFact,
    Course,
    Enrolment,
    GroupKind,
    Lesson,
    LessonState,
    PresenceTaken,
    StudyGroup,
    TeachingPost,
)
from school.classes.queries.relations import SCHOOL
from school.core.database import Moment
from school.core.records.models import DayRoot, RecordHead
from school.gradebook.models import Column, Mark
from school.home.models import SchoolDay
from school.homework.models import Assignment, AssignmentState, Homework
from school.people.models import Role, SignIn

school_day = cast("Table", SchoolDay.__table__)
lesson = cast("Table", Lesson.__table__)
taken = cast("Table", PresenceTaken.__table__)
absence = cast("Table", Absence.__table__)
place = cast("Table", Enrolment.__table__)
group = cast("Table", StudyGroup.__table__)
post = cast("Table", TeachingPost.__table__)
course = cast("Table", Course.__table__)
column = cast("Table", Column.__table__)
mark = cast("Table", Mark.__table__)
homework = cast("Table", Homework.__table__)
assignment = cast("Table", Assignment.__table__)
head = cast("Table", RecordHead.__table__)
day_root = cast("Table", DayRoot.__table__)
role = cast("Table", Role.__table__)
sign_in = cast("Table", SignIn.__table__)
ABSENT_THERE = and_(
    absence.c.school_id == SCHOOL,
    absence.c.lesson_id == lesson.c.id,
    absence.c.pupil_id == place.c.pupil_id,
    absence.c.fact == AbsenceFact.ABSENT.value,
)
"""The pupil of a place did not come to the lesson."""
COLUMN_OF_LESSON = and_(
    column.c.school_id == SCHOOL,
    column.c.course_id == lesson.c.course_id,
    column.c.term_id == lesson.c.term_id,
    column.c.on_date == lesson.c.on_date,
    column.c.lesson_id == lesson.c.id,
)
"""Marks are found by way of the day's lessons: the journal is indexed by course, term and day, not by day alone."""

DAY = school_day.c.on_date
SINCE, UNTIL = bindparam("since", type_=Date), bindparam("until", type_=Date)
NOW = bindparam("now", type_=Moment)
SEEN_SINCE = bindparam("seen_since", type_=Moment)

HANDED_IN = (AssignmentState.HANDED_IN.value, AssignmentState.CHECKED.value, AssignmentState.RETURNED.value)
"""A work that came back for another try was handed in all the same."""


def _holds(table: Table, day: Any) -> ColumnElement[bool]:
    return and_(table.c.school_id == SCHOOL, table.c.from_on <= day, or_(table.c.to_on.is_(None), table.c.to_on >= day))


def _count(what: Any, source: FromClause, *where: ColumnElement[bool]) -> ScalarSelect[Any]:
    return select(what).select_from(source).where(*where).correlate(school_day).scalar_subquery()


_pupils = _count(
    func.count(place.c.pupil_id.distinct()),
    place.join(group, and_(group.c.school_id == SCHOOL, group.c.id == place.c.group_id)),
    _holds(place, DAY),
    group.c.kind == GroupKind.CLASS.value,
)
_teachers = _count(func.count(post.c.teacher_id.distinct()), post, _holds(post, DAY))

_held = (lesson.c.school_id == SCHOOL, lesson.c.on_date == DAY, lesson.c.state == LessonState.PLANNED.value)
_lessons = _count(func.count(), lesson, *_held, lesson.c.ends_at <= NOW)

_with_presence = lesson.join(taken, and_(taken.c.school_id == SCHOOL, taken.c.lesson_id == lesson.c.id)).join(
    place, and_(_holds(place, lesson.c.on_date), place.c.group_id == lesson.c.group_id)
)
_places = _count(func.count(), _with_presence, *_held)
_absences = _count(
    func.count(),
    _with_presence.join(
        absence,
        ABSENT_THERE,
    ),
    *_held,
)

_of_lessons = lesson.join(
    column,
    COLUMN_OF_LESSON,
).join(mark, and_(mark.c.school_id == SCHOOL, mark.c.column_id == column.c.id))
_day_of_marks = (lesson.c.school_id == SCHOOL, lesson.c.on_date == DAY)
_marks = _count(func.count(), _of_lessons, *_day_of_marks, mark.c.value.is_not(None))
_fives = _count(func.count(), _of_lessons, *_day_of_marks, mark.c.value == 5)

_set = course.join(
    homework,
    and_(
        homework.c.school_id == SCHOOL,
        homework.c.course_id == course.c.id,
        homework.c.due_on == DAY,
        homework.c.withdrawn_at.is_(None),
    ),
)
_owed = _set.join(place, and_(_holds(place, homework.c.due_on), place.c.group_id == course.c.group_id)).outerjoin(
    assignment,
    and_(
        assignment.c.school_id == SCHOOL,
        assignment.c.homework_id == homework.c.id,
        assignment.c.pupil_id == place.c.pupil_id,
    ),
)
_owing = (
    course.c.school_id == SCHOOL,
    or_(homework.c.for_all, assignment.c.id.is_not(None)),
    func.coalesce(assignment.c.state, AssignmentState.GIVEN.value) != AssignmentState.EXCUSED.value,
)
_homework = _count(func.count(), _set, course.c.school_id == SCHOOL)
_assigned = _count(func.count(), _owed, *_owing)
_handed_in = _count(func.count(), _owed, *_owing, assignment.c.state.in_(HANDED_IN))

_closed = _count(func.max(day_root.c.last), day_root, day_root.c.school_id == SCHOOL, day_root.c.on_date <= DAY)
_open = _count(case((head.c.on_date <= DAY, head.c.size), else_=None), head, head.c.school_id == SCHOOL)
_sealed = func.coalesce(_open, _closed, 0)

_people = _count(
    func.count(role.c.account_id.distinct()),
    role.join(sign_in, sign_in.c.account_id == role.c.account_id),
    role.c.school_id == SCHOOL,
    role.c.from_on <= DAY,
    or_(role.c.to_on.is_(None), role.c.to_on >= DAY),
    sign_in.c.seen_at >= SEEN_SINCE,
)


def _recount(**columns: Any) -> Update:
    return (
        update(school_day)
        .where(school_day.c.school_id == SCHOOL, DAY >= SINCE, DAY <= UNTIL)
        .values(**columns, counted_at=NOW)
    )


RECOUNTS = (
    _recount(pupils=_pupils, teachers=_teachers),
    _recount(lessons=_lessons),
    _recount(places=_places, absences=_absences),
    _recount(marks=_marks, fives=_fives),
    _recount(homework=_homework, assigned=_assigned, handed_in=_handed_in),
    _recount(sealed=_sealed),
)
"""One statement for a school and a kind of figure, whatever the number of days between ``:since`` and ``:until``."""

RECOUNT_PEOPLE = _recount(people=_people)
"""Of the running day alone: a sign-in remembers only when it was last used."""
