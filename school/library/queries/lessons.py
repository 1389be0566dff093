"""The coming lessons to which a teacher may set a unit as homework."""

import uuid
from dataclasses import dataclass
from datetime import date
from typing import cast

from sqlalchemy import Table, and_, bindparam, select

from content_library import Unit
from school.classes.models import Lesson, LessonState, StudyGroup
from school.core import clock
from school.core.access import Actor
from school.core.database import db

_lesson, _group = cast("Table", Lesson.__table__), cast("Table", StudyGroup.__table__)

_NEXT = (
    select(_lesson.c.id, _lesson.c.course_id, _lesson.c.on_date, _lesson.c.slot, _group.c.name)
    .join(_group, and_(_group.c.school_id == _lesson.c.school_id, _group.c.id == _lesson.c.group_id))
    .where(
        _lesson.c.school_id == bindparam("school"),
        _group.c.school_id == bindparam("school"),
        _lesson.c.teacher_id == bindparam("teacher"),
        _lesson.c.subject_id == bindparam("subject"),
        _lesson.c.on_date >= bindparam("today"),
        _lesson.c.state == LessonState.PLANNED.value,
        _group.c.year_level.between(bindparam("year_from"), bindparam("year_to")),
    )
    .order_by(_lesson.c.on_date, _lesson.c.slot)
    .limit(60)
)


@dataclass(frozen=True, slots=True)
class NextLesson:
    """The next lesson of one of the teacher's courses."""

    school_id: int
    id: uuid.UUID
    on_date: date
    slot: int
    group: str


def next_lessons(actor: Actor, unit: Unit) -> list[NextLesson]:
    """The next lesson of each course of the unit's subject and years that the actor teaches: one statement a school."""
    found: dict[uuid.UUID, NextLesson] = {}
    for standing in actor.standings:
        if standing.kind != "teacher" or standing.school_id is None:
            continue
        values = {
            "school": standing.school_id,
            "teacher": standing.member_id,
            "subject": unit.subject_id,
            "today": clock.today(),
            "year_from": unit.year_from,
            "year_to": unit.year_to,
        }
        for lesson_id, course_id, on_date, slot, group in db.session.execute(_NEXT, values):
            found.setdefault(course_id, NextLesson(standing.school_id, lesson_id, on_date, slot, group))
    return list(found.values())
