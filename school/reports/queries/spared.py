"""What was done in a period, and which subjects of a day have their textbook in the library."""

from collections import defaultdict
from datetime import date, time, timedelta
from typing import Any, cast

from sqlalchemy import Select, Table, and_, bindparam, distinct, func, select

from content_library.models import Unit, UnitKind, UnitState
from school.classes.models import AbsenceFact, AbsenceNote, GroupKind, LessonState, PresenceTaken, Substitution
from school.classes.queries.relations import SCHOOL
from school.core import clock
from school.core.database import Moment, read
from school.reports.queries.tables import SINCE, TERMS, UNTIL, absence, course, group, lesson, mark, term_mark
from school.reports.seen import Period
from school.reports.spared import Bag, Counted

taken = cast("Table", PresenceTaken.__table__)
cover = cast("Table", Substitution.__table__)
note = cast("Table", AbsenceNote.__table__)
unit = cast("Table", Unit.__table__)

HELD = (
    lesson.c.school_id == SCHOOL,
    lesson.c.on_date.between(SINCE, UNTIL),
    lesson.c.state == LessonState.PLANNED.value,
)


def _of_lessons(table: Table, *what: Any, where: tuple[Any, ...] = ()) -> Select[Any]:
    with_it = and_(table.c.school_id == SCHOOL, table.c.lesson_id == lesson.c.id, *where)
    return select(*what).select_from(lesson.join(table, with_it)).where(*HELD)


_TAKEN = _of_lessons(taken, func.count())
_ABSENT = _of_lessons(absence, func.count(), where=(absence.c.fact == AbsenceFact.ABSENT.value,))
_MARKS = select(func.count(), func.count(distinct(mark.c.column_id))).where(
    mark.c.school_id == SCHOOL, mark.c.on_date.between(SINCE, UNTIL), mark.c.value.is_not(None)
)
_COVERED = select(lesson.c.on_date, lesson.c.teacher_id).select_from(
    lesson.join(cover, and_(cover.c.school_id == SCHOOL, cover.c.lesson_id == lesson.c.id))
).where(*HELD)  # fmt: skip
NOTED = (
    note.c.school_id == SCHOOL,
    note.c.made_at >= bindparam("from_moment", type_=Moment),
    note.c.made_at < bindparam("to_moment", type_=Moment),
)
_WORDS = select(func.count()).where(*NOTED)
_TERM = select(
    func.count(), func.count(distinct(term_mark.c.course_id)), func.count().filter(term_mark.c.proposed.is_(None))
).where(term_mark.c.school_id == SCHOOL, term_mark.c.term_id.in_(TERMS))
_SUBJECTS = (
    select(lesson.c.on_date, func.coalesce(group.c.class_id, group.c.id), group.c.year_level, course.c.subject_id)
    .select_from(
        lesson.join(course, and_(course.c.school_id == SCHOOL, course.c.id == lesson.c.course_id)).join(
            group, and_(group.c.school_id == SCHOOL, group.c.id == lesson.c.group_id)
        )
    )
    .where(*HELD, group.c.kind.in_((GroupKind.CLASS.value, GroupKind.PART.value)))
    .distinct()
)
_BOOKS = select(unit.c.subject_id, unit.c.year_from, unit.c.year_to, unit.c.id).where(
    unit.c.kind == UnitKind.TEXTBOOK.value, unit.c.state == UnitState.PUBLISHED.value
)


def counted(school_id: int, period: Period) -> Counted:
    """Six statements."""
    values = span_of(school_id, period)
    covered = [(row[0], row[1]) for row in read(_COVERED, values)]
    marks, columns = read(_MARKS, values)[0]
    term_marks, groups, disputed = read(_TERM, values)[0]
    return Counted(
        read(_TAKEN, values)[0][0],
        read(_ABSENT, values)[0][0],
        marks,
        columns,
        len(covered),
        len(set(covered)),
        read(_WORDS, values)[0][0],
        term_marks,
        groups,
        disputed,
    )


def textbooks() -> list[tuple[Any, ...]]:
    """Published ones: subject, first and last year, id. One statement."""
    return [tuple(row) for row in read(_BOOKS)]


def bags(school_id: int, period: Period) -> list[Bag]:
    """By year level: subjects of a class on a day, and those with a textbook. Two statements."""
    books = [(row[0], row[1], row[2]) for row in read(_BOOKS)]
    every: dict[int, int] = defaultdict(int)
    here: dict[int, int] = defaultdict(int)
    days: dict[int, set[tuple[date, Any]]] = defaultdict(set)
    for on_date, class_id, level, subject_id in read(_SUBJECTS, span_of(school_id, period)):
        days[level].add((on_date, class_id))
        every[level] += 1
        here[level] += any(one == subject_id and first <= level <= last for one, first, last in books)
    return [Bag(level, every[level] / len(days[level]), here[level] / len(days[level])) for level in sorted(days)]


def span_of(school_id: int, period: Period) -> dict[str, Any]:
    """The days of a period so far, for the statements."""
    until = min(period.ends_on, clock.today())
    return {
        "school": school_id,
        "since": period.starts_on,
        "until": until,
        "from_moment": clock.moscow(period.starts_on, time()),
        "to_moment": clock.moscow(until + timedelta(1), time()),
        "terms": [one.id for one in period.terms],
    }
