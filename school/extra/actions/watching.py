"""When the timetable changes: extra lessons to come that meet a lesson by now, and telling those whom it concerns."""

import uuid
from datetime import date

from sqlalchemy import select

from school.classes.hooks import on_new_days
from school.classes.models import ExtraLesson, ExtraPlace, Reply
from school.classes.queries.loading import COURSE_COLUMNS, COURSE_FROM, course, seen_course
from school.classes.queries.relations import SCHOOL
from school.core import clock
from school.core.database import db, new_id, read
from school.extra.actions.telling import tell_clash
from school.extra.queries import trouble_of
from school.extra.times import Span, Trouble

_COURSES = select(*COURSE_COLUMNS).select_from(COURSE_FROM).where(course.c.school_id == SCHOOL)


@on_new_days
def _look_at_clashes(school_id: int, first: date, last: date) -> None:
    """One statement where no extra lesson is to come in these days."""
    to_come = db.session.scalars(
        select(ExtraLesson).where(
            ExtraLesson.school_id == school_id,
            ExtraLesson.on_date.between(max(first, clock.today()), last),
            ExtraLesson.starts_at > clock.now(),
            ExtraLesson.cancelled_at.is_(None),
        )
    )
    for lesson in to_come.all():
        pupils = _expected(lesson)
        trouble = _trouble(lesson, pupils)
        if trouble:
            tell_clash(lesson, pupils if trouble.teacher or trouble.no_lessons else trouble.pupils)


def _trouble(lesson: ExtraLesson, pupils: list[uuid.UUID]) -> Trouble:
    values = {"school": lesson.school_id, "today": clock.today(), "member": new_id()}
    row = read(_COURSES.where(course.c.id == lesson.course_id), values)[0]
    span = Span(lesson.starts_at, lesson.ends_at)
    return trouble_of(seen_course(tuple(row), "ru"), lesson.id, lesson.teacher_id, lesson.room, span, pupils)


def _expected(lesson: ExtraLesson) -> list[uuid.UUID]:
    return list(
        db.session.scalars(
            select(ExtraPlace.pupil_id).where(
                ExtraPlace.school_id == lesson.school_id,
                ExtraPlace.extra_id == lesson.id,
                ExtraPlace.reply != Reply.NO.value,
            )
        )
    )
