"""Homework around one lesson: what was due in it and what was set in it."""

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, bindparam, exists, or_, select

from school.classes.queries.relations import MEMBER, SCHOOL, TODAY, lasting
from school.classes.seen import SeenLesson
from school.core import clock
from school.core.access import Actor
from school.core.database import Id, db
from school.homework.queries.loading import assignment, homework, version
from school.homework.seen import title_of
from school.people.models import Guardianship

LESSON = bindparam("lesson", type_=Id)

_ward = Guardianship.__table__.alias("ward")
_mine = exists().where(
    assignment.c.school_id == SCHOOL,
    assignment.c.homework_id == homework.c.id,
    or_(
        assignment.c.pupil_id == MEMBER,
        assignment.c.pupil_id.in_(
            select(_ward.c.pupil_id).where(lasting(_ward), _ward.c.guardian_id == MEMBER, _ward.c.sees_progress)
        ),
    ),
)
_AROUND = (
    select(
        homework.c.id,
        homework.c.text,
        version.c.title,
        homework.c.way,
        homework.c.minutes,
        homework.c.due_on,
        homework.c.lesson_id,
        homework.c.due_lesson_id,
    )
    .select_from(homework.outerjoin(version, version.c.id == homework.c.unit_version_id))
    .where(
        homework.c.school_id == SCHOOL,
        homework.c.withdrawn_at.is_(None),
        or_(homework.c.lesson_id == LESSON, homework.c.due_lesson_id == LESSON),
    )
    .order_by(homework.c.due_on, homework.c.set_at, homework.c.id)
)
_OWN = _AROUND.where(or_(homework.c.for_all, and_(~homework.c.for_all, _mine)))


@dataclass(frozen=True, slots=True)
class AroundLesson:
    """One homework on the lesson's page."""

    id: uuid.UUID
    title: str
    way: str
    minutes: int
    due_on: date
    was_set_here: bool
    is_due_here: bool


def homework_around(actor: Actor, lesson: SeenLesson, *, whole: bool) -> list[AroundLesson]:
    """Homework due in a lesson or set in it; ``whole``: also what single pupils got. A family reads what is theirs."""
    values = {"school": lesson.school_id, "lesson": lesson.id}
    if not whole:
        values |= {MEMBER.key: actor.member_id, TODAY.key: clock.today()}
    rows: Any = db.session.execute(_AROUND if whole else _OWN, values)
    return [
        AroundLesson(
            row_id, title_of(text, title or ""), way, minutes, due_on, set_in == lesson.id, due_in == lesson.id
        )
        for row_id, text, title, way, minutes, due_on, set_in, due_in in rows
    ]
