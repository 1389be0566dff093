"""The rows behind figures: what stands in a journal, and what a pupil missed."""

import uuid
from typing import Any

from sqlalchemy import and_, bindparam, select

from school.classes.models import LessonState
from school.classes.queries.relations import SCHOOL
from school.classes.seen import SeenCourse
from school.core import clock
from school.core.access import Actor
from school.core.database import Id, read
from school.reports.behind import CourseBook, MissedLesson
from school.reports.queries.classes import means_rules, pupils_in, result_of
from school.reports.queries.tables import SINCE, TERMS, UNTIL, absence, lesson, school_name, subject, term_mark, total
from school.reports.seen import Period, Result

COURSE = bindparam("course", type_=Id)
_SET = select(term_mark.c.pupil_id, term_mark.c.value, term_mark.c.code).where(
    term_mark.c.school_id == SCHOOL, term_mark.c.course_id == COURSE, term_mark.c.term_id.in_(TERMS)
)
_TOTALS = select(total.c.pupil_id, total.c.marks, total.c.value_sum, total.c.weight_sum).where(
    total.c.school_id == SCHOOL,
    total.c.term_id.in_(TERMS),
    total.c.subject_id == bindparam("subject"),
    total.c.pupil_id.in_(bindparam("pupils", expanding=True, type_=Id)),
    total.c.weight_sum > 0,
)
_MISSED = (
    select(
        lesson.c.id,
        lesson.c.on_date,
        lesson.c.slot,
        subject.c.name_ru,
        subject.c.name_en,
        absence.c.fact,
        absence.c.reason,
    )
    .select_from(
        absence.join(lesson, and_(lesson.c.school_id == SCHOOL, lesson.c.id == absence.c.lesson_id)).join(
            subject, subject.c.id == lesson.c.subject_id
        )
    )
    .where(
        absence.c.school_id == SCHOOL,
        absence.c.pupil_id == bindparam("pupil", type_=Id),
        absence.c.on_date.between(SINCE, UNTIL),
        lesson.c.state == LessonState.PLANNED.value,
    )
    .order_by(lesson.c.on_date, lesson.c.slot)
)


def course_book(course: SeenCourse, period: Period) -> CourseBook:
    """What is set for each pupil of a journal, else what the act makes of the mean so far. Five statements."""
    last = period.terms[-1]
    end = min(last.ends_on, max(clock.today(), last.starts_on))
    pupils = [one for one in pupils_in(course.school_id, course.group_id, period) if one.is_here(end)]
    asked: dict[str, Any] = {
        "school": course.school_id,
        "course": course.id,
        "subject": course.subject_id,
        "terms": [last.id],
        "pupils": [one.id for one in pupils],
    }
    rules = means_rules(course.school_id, period)
    means = {row[0]: result_of((row[1], row[2], row[3]), rules) for row in read(_TOTALS, asked)} if pupils else {}
    found: dict[uuid.UUID, Result] = dict(means)
    for pupil_id, value, code in read(_SET, asked):
        if value is not None or code is not None:
            known = means.get(pupil_id)
            found[pupil_id] = Result(
                value, code, is_set=True, mean=known.mean if known else None, marks=known.marks if known else 0
            )
    return CourseBook(
        course.school_id,
        school_name(course.school_id),
        course.id,
        course.subject_id,
        f"{course.title}, {course.group}",
        period,
        tuple((one, found[one.id]) for one in pupils if one.id in found),
    )


def missed_lessons(actor: Actor, pupil_id: uuid.UUID, period: Period) -> list[MissedLesson]:
    """Lessons of a period with what was noted, by day. One statement."""
    values = {"school": actor.school_id, "pupil": pupil_id, "since": period.starts_on, "until": period.ends_on}
    return [
        MissedLesson(lesson_id, on_date, slot, in_english if actor.locale == "en" else in_russian, fact, reason)
        for lesson_id, on_date, slot, in_russian, in_english, fact, reason in read(_MISSED, values)
    ]
