"""Where a course is: the topics of its lessons so far, of the coming week, and those missed by pupils who were away."""

import uuid
from collections.abc import Sequence
from datetime import date, timedelta
from typing import cast

from sqlalchemy import Table, and_, bindparam, func, select
from sqlalchemy.types import Date

from content_library.models import Topic
from school.classes.models import Absence, AbsenceFact, Course, Enrolment, Lesson, LessonState
from school.classes.queries.relations import SCHOOL, lasting
from school.classes.seen import SeenCourse
from school.core import clock
from school.core.database import Id, read
from school.plans.models import PlanHour, PlanTopic

lesson = cast("Table", Lesson.__table__)
hour = cast("Table", PlanHour.__table__)
topic = cast("Table", Topic.__table__)
plan_topic = cast("Table", PlanTopic.__table__)
course = cast("Table", Course.__table__)
place = cast("Table", Enrolment.__table__)
absence = cast("Table", Absence.__table__)

A_WEEK = timedelta(7)
LOOKED_BACK = timedelta(21)
"""What was taught in the last three weeks is what lessons are about now."""
_COURSE = bindparam("course", type_=Id)
_FROM, _UNTIL = bindparam("since", type_=Date), bindparam("until", type_=Date)
_COMING = (
    select(plan_topic.c.topic_id)
    .select_from(
        hour.join(plan_topic, and_(plan_topic.c.school_id == SCHOOL, plan_topic.c.id == hour.c.plan_topic_id)).join(
            lesson, and_(lesson.c.school_id == SCHOOL, lesson.c.id == hour.c.lesson_id)
        )
    )
    .where(
        hour.c.school_id == SCHOOL,
        hour.c.course_id == _COURSE,
        lesson.c.on_date.between(_FROM, _UNTIL),
        lesson.c.state == LessonState.PLANNED.value,
        plan_topic.c.topic_id.is_not(None),
    )
    .order_by(hour.c.number)
)
_TAUGHT = (
    select(lesson.c.topic_id)
    .where(
        lesson.c.school_id == SCHOOL,
        lesson.c.course_id == _COURSE,
        lesson.c.on_date.between(_FROM, _UNTIL),
        lesson.c.topic_id.is_not(None),
    )
    .group_by(lesson.c.topic_id)
    .order_by(func.max(lesson.c.on_date).desc(), lesson.c.topic_id)
)


def coming_topics(of: SeenCourse, days: timedelta = A_WEEK) -> list[int]:
    """Topics of the framework that the course's plan has from today for so long, in their order."""
    today = clock.today()
    rows = read(_COMING, {"school": of.school_id, "course": of.id, "since": today, "until": today + days})
    return list(dict.fromkeys(row[0] for row in rows))


_AHEAD = (
    select(plan_topic.c.topic_id, func.min(lesson.c.on_date), func.count(), topic.c.title)
    .select_from(
        hour.join(plan_topic, and_(plan_topic.c.school_id == SCHOOL, plan_topic.c.id == hour.c.plan_topic_id))
        .join(lesson, and_(lesson.c.school_id == SCHOOL, lesson.c.id == hour.c.lesson_id))
        .join(topic, topic.c.id == plan_topic.c.topic_id)
    )
    .where(
        hour.c.school_id == SCHOOL,
        hour.c.course_id == _COURSE,
        lesson.c.on_date.between(_FROM, _UNTIL),
        lesson.c.state == LessonState.PLANNED.value,
    )
    .group_by(plan_topic.c.topic_id, topic.c.title)
    .order_by(func.min(lesson.c.on_date), func.min(hour.c.number))
)


def topics_ahead(of: SeenCourse, days: timedelta) -> list[tuple[int, date, int, str]]:
    """The plan's topics from today for so long: id, the day of the first lesson, lessons, title. As the plan stands now; one statement."""
    today = clock.today()
    asked = {"school": of.school_id, "course": of.id, "since": today, "until": today + days}
    return [(row[0], row[1], row[2], row[3]) for row in read(_AHEAD, asked)]


def taught_topics(of: SeenCourse, back: timedelta = LOOKED_BACK) -> list[int]:
    """Topics of the lessons held lately, the last one first."""
    today = clock.today()
    rows = read(_TAUGHT, {"school": of.school_id, "course": of.id, "since": today - back, "until": today})
    return [row[0] for row in rows]


_LESSONS_OF_PUPIL = (
    select(lesson.c.topic_id, lesson.c.subject_id, func.min(lesson.c.starts_at), func.max(lesson.c.on_date))
    .select_from(
        lesson.join(place, and_(lasting(place), place.c.group_id == lesson.c.group_id, place.c.pupil_id == bindparam("pupil", type_=Id)))
    )
    .where(
        lesson.c.school_id == SCHOOL,
        lesson.c.topic_id.is_not(None),
        lesson.c.on_date.between(_FROM, _UNTIL),
        lesson.c.state == LessonState.PLANNED.value,
    )
    .group_by(lesson.c.topic_id, lesson.c.subject_id)
)  # fmt: skip
THIS_YEAR = timedelta(120)


def lessons_topics(school_id: int, pupil_id: uuid.UUID) -> list[tuple[int, int, float, date]]:
    """Topics taught to a pupil in the last months: topic, subject, since when (seconds), and the last day."""
    today = clock.today()
    values = {"school": school_id, "pupil": pupil_id, "today": today, "since": today - THIS_YEAR, "until": today}
    return [(row[0], row[1], row[2].timestamp(), row[3]) for row in read(_LESSONS_OF_PUPIL, values)]


_LEARNED = (
    select(course.c.subject_id)
    .select_from(course.join(place, and_(lasting(place), place.c.group_id == course.c.group_id)))
    .where(course.c.school_id == SCHOOL, place.c.pupil_id == bindparam("pupil", type_=Id))
    .distinct()
)


def learned_subjects(school_id: int, pupil_id: uuid.UUID) -> frozenset[int]:
    """Subjects of the courses that a pupil has today. One statement."""
    asked = {"school": school_id, "pupil": pupil_id, "today": clock.today()}
    return frozenset(row[0] for row in read(_LEARNED, asked))


_MISSED = (
    select(absence.c.pupil_id, lesson.c.id, lesson.c.on_date, lesson.c.topic_id)
    .select_from(lesson.join(absence, and_(absence.c.school_id == SCHOOL, absence.c.lesson_id == lesson.c.id)))
    .where(
        lesson.c.school_id == SCHOOL,
        lesson.c.course_id == _COURSE,
        lesson.c.on_date.between(_FROM, _UNTIL),
        lesson.c.state == LessonState.PLANNED.value,
        absence.c.fact == AbsenceFact.ABSENT.value,
    )
    .order_by(lesson.c.starts_at)
)


def missed_lessons(
    school_id: int, course_id: uuid.UUID, since: date, until: date
) -> dict[uuid.UUID, list[tuple[date, int | None]]]:
    """By pupil: days and topics of the lessons that they were absent from, in their order. One statement."""
    found: dict[uuid.UUID, list[tuple[date, int | None]]] = {}
    values = {"school": school_id, "course": course_id, "since": since, "until": until}
    for pupil_id, _lesson, on_date, topic_id in read(_MISSED, values):
        found.setdefault(pupil_id, []).append((on_date, topic_id))
    return found


_HELD = (
    select(lesson.c.on_date)
    .where(
        lesson.c.school_id == SCHOOL,
        lesson.c.course_id == _COURSE,
        lesson.c.on_date.between(_FROM, _UNTIL),
        lesson.c.state == LessonState.PLANNED.value,
        lesson.c.ends_at <= bindparam("now", type_=lesson.c.ends_at.type),
    )
    .order_by(lesson.c.starts_at)
)


def held_days(school_id: int, course_id: uuid.UUID, since: date, until: date) -> Sequence[date]:
    """Days of the lessons of a course that are over, in their order."""
    values = {"school": school_id, "course": course_id, "since": since, "until": until, "now": clock.now()}
    return [row[0] for row in read(_HELD, values)]
