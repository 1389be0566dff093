"""The lessons from which a teacher may set a unit as homework."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple, cast

from sqlalchemy import Table, and_, bindparam, select

from content_library import Unit
from school.classes.models import Lesson, LessonState, StudyGroup
from school.core import clock
from school.core.access import Actor
from school.core.database import read

_lesson, _group = cast("Table", Lesson.__table__), cast("Table", StudyGroup.__table__)

_NEAR_LESSONS = (
    select(_lesson.c.id, _lesson.c.course_id, _lesson.c.on_date, _lesson.c.starts_at, _group.c.name)
    .join(_group, and_(_group.c.school_id == _lesson.c.school_id, _group.c.id == _lesson.c.group_id))
    .where(
        _lesson.c.school_id == bindparam("school"),
        _group.c.school_id == bindparam("school"),
        _lesson.c.teacher_id == bindparam("teacher"),
        _lesson.c.subject_id == bindparam("subject"),
        _lesson.c.on_date.between(bindparam("since"), bindparam("until")),
        _lesson.c.state == LessonState.PLANNED.value,
        _group.c.year_level.between(bindparam("year_from"), bindparam("year_to")),
    )
    .order_by(_lesson.c.starts_at)
)


class _Near(NamedTuple):
    id: uuid.UUID
    course_id: uuid.UUID
    on_date: date
    starts_at: datetime
    name: str


NEAR = timedelta(days=21)
"""Longer than any holiday between terms is not looked for: homework is set from one lesson to the next."""


@dataclass(frozen=True, slots=True)
class NextLesson:
    """A course of the teacher's: the lesson to set homework from, and the one it would be due at."""

    school_id: int
    id: uuid.UUID
    """The last lesson that has begun, or the first one, where none has."""
    due_on: date
    group: str


def next_lessons(actor: Actor, unit: Unit) -> list[NextLesson]:
    """The coming lessons of the courses of the unit's subject and years that the actor teaches: one statement a school."""
    now, today = clock.now(), clock.today()
    found: list[NextLesson] = []
    for standing in actor.standings:
        if standing.kind != "teacher" or standing.school_id is None:
            continue
        values = {
            "school": standing.school_id,
            "teacher": standing.member_id,
            "subject": unit.subject_id,
            "since": today - NEAR,
            "until": today + NEAR,
            "year_from": unit.year_from,
            "year_to": unit.year_to,
        }
        courses: dict[uuid.UUID, list[_Near]] = {}
        for row in (_Near(*one) for one in read(_NEAR_LESSONS, values)):
            courses.setdefault(row.course_id, []).append(row)
        for lessons in courses.values():
            begun = [one for one in lessons if one.starts_at <= now]
            origin = begun[-1] if begun else lessons[0]
            due = next((one for one in lessons if one.starts_at > max(origin.starts_at, now)), None)
            if due is not None:
                found.append(NextLesson(standing.school_id, origin.id, due.on_date, origin.name))
    return sorted(found, key=lambda one: (one.due_on, one.group))
