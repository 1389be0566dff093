"""A journal of a course for printing: days with their topics and homework, cells with marks and absences."""

import uuid
from collections import defaultdict

from sqlalchemy import and_, bindparam, select

from school.classes.models import LessonState
from school.classes.queries.relations import SCHOOL
from school.classes.seen import SeenCourse
from school.core import clock
from school.core.database import Id, read
from school.gradebook.models import Column
from school.gradebook.queries.codes import codes_of_term
from school.gradebook.scale import RETAKES_FROM
from school.homework.models import Homework
from school.reports.queries.classes import courses_in, pupils_in
from school.reports.queries.tables import SINCE, TERMS, UNTIL, absence, lesson, mark, school_name, term_mark
from school.reports.seen import JournalBook, JournalDay, Period

homework = Homework.__table__
column = Column.__table__
COURSE = bindparam("course", type_=Id)

_DAYS = (
    select(lesson.c.id, lesson.c.on_date, lesson.c.slot, lesson.c.topic, lesson.c.state)
    .where(
        lesson.c.school_id == SCHOOL,
        lesson.c.course_id == COURSE,
        lesson.c.on_date.between(SINCE, UNTIL),
        lesson.c.state != LessonState.MOVED.value,
    )
    .order_by(lesson.c.on_date, lesson.c.slot)
)
_HOMEWORK = (
    select(homework.c.lesson_id, homework.c.text)
    .where(
        homework.c.school_id == SCHOOL,
        homework.c.course_id == COURSE,
        homework.c.lesson_id.is_not(None),
        homework.c.withdrawn_at.is_(None),
    )
    .order_by(homework.c.set_at)
)
_MARKS = (
    select(mark.c.pupil_id, column.c.lesson_id, mark.c.value, mark.c.code, mark.c.place)
    .select_from(mark.join(column, and_(column.c.school_id == SCHOOL, column.c.id == mark.c.column_id)))
    .where(mark.c.school_id == SCHOOL, mark.c.course_id == COURSE, mark.c.on_date.between(SINCE, UNTIL))
    .order_by(column.c.position, column.c.id, mark.c.place)
)
_ABSENT = (
    select(absence.c.pupil_id, absence.c.lesson_id, lesson.c.term_id, absence.c.fact, absence.c.reason)
    .select_from(absence.join(lesson, and_(lesson.c.school_id == SCHOOL, lesson.c.id == absence.c.lesson_id)))
    .where(
        absence.c.school_id == SCHOOL,
        lesson.c.course_id == COURSE,
        lesson.c.on_date.between(SINCE, UNTIL),
    )
)
_FINALS = select(term_mark.c.pupil_id, term_mark.c.value, term_mark.c.code).where(
    term_mark.c.school_id == SCHOOL, term_mark.c.course_id == COURSE, term_mark.c.term_id.in_(TERMS)
)


def journal_book(course: SeenCourse, period: Period, locale: str = "ru") -> JournalBook:
    """Nine statements. An absence with a mark stands as «н/4»: the work was done later (domain 1.6).

    Paper shows absences alike, and nobody late, unless the act of the term says that it shows the codes of the journal.
    """
    today = clock.today()
    values = {
        "school": course.school_id,
        "course": course.id,
        "since": period.starts_on,
        "until": min(period.ends_on, today),
        "terms": [period.terms[-1].id],
    }
    homeworks: dict[uuid.UUID, list[str]] = defaultdict(list)
    for lesson_id, text in read(_HOMEWORK, values):
        homeworks[lesson_id].append(" ".join(text.split()))
    days = [
        JournalDay(row[0], row[1], row[2], row[3], "; ".join(homeworks[row[0]]), row[4] == LessonState.PLANNED.value)
        for row in read(_DAYS, values)
    ]
    cells: dict[tuple[uuid.UUID, uuid.UUID], str] = {}
    for pupil_id, lesson_id, value, code, place in read(_MARKS, values):
        sign = str(value) if value is not None else code
        if sign:
            known = cells.get((pupil_id, lesson_id))
            between = " " if place == 0 else "/" if place < RETAKES_FROM else "→"
            cells[pupil_id, lesson_id] = f"{known}{between}{sign}" if known else sign
    for pupil_id, lesson_id, term_id, fact, reason in read(_ABSENT, values):
        code = codes_of_term(course.school_id, term_id).on_paper(fact, reason)
        known = cells.get((pupil_id, lesson_id))
        if code:
            cells[pupil_id, lesson_id] = f"{code}/{known}" if known else code
    own = next(
        one for one in courses_in(course.school_id, [course.group_id], period, today, locale) if one.id == course.id
    )
    return JournalBook(
        course.school_id,
        school_name(course.school_id),
        own,
        period,
        pupils_in(course.school_id, course.group_id, period),
        tuple(days),
        cells,
        {row[0]: row[1] if row[1] is not None else row[2] for row in read(_FINALS, values)},
        tuple(dict.fromkeys(codes_of_term(course.school_id, one.id) for one in period.terms)),
    )
