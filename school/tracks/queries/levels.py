"""The three sets of a lesson: for its teacher, and for one of its pupils."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from sqlalchemy import Table, and_, bindparam, func, select

from school.classes.queries.relations import SCHOOL
from school.classes.seen import SeenLesson
from school.core.database import Id, db, read
from school.tasks.models import Attempt
from school.tracks.models import LessonLevel, LessonWork

work = cast("Table", LessonWork.__table__)
level = cast("Table", LessonLevel.__table__)
attempt = cast("Table", Attempt.__table__)

PUPIL = bindparam("pupil", type_=Id)
_LESSON = bindparam("lesson", type_=Id)


@dataclass(frozen=True, slots=True)
class OwnWork:
    """A pupil's set in a lesson."""

    title: str
    level: int
    count: int
    done: int
    """How many attempts at it were finished."""


def work_of(lesson: SeenLesson) -> LessonWork | None:
    """The sets of a lesson."""
    return db.session.scalars(
        select(LessonWork).where(LessonWork.school_id == lesson.school_id, LessonWork.lesson_id == lesson.id)
    ).one_or_none()


def levels_of(of: LessonWork) -> Mapping[uuid.UUID, tuple[int, bool]]:
    """By pupil: the level, and whether the pupil has chosen it since."""
    rows = db.session.execute(
        select(LessonLevel.pupil_id, LessonLevel.level, LessonLevel.set_by).where(
            LessonLevel.school_id == of.school_id, LessonLevel.work_id == of.id
        )
    )
    return {pupil_id: (value, set_by != of.made_by) for pupil_id, value, set_by in rows}


def own_work(lesson: SeenLesson, pupil_id: uuid.UUID) -> OwnWork | None:
    """What a pupil works with in a lesson. One statement."""
    row = next(iter(read(_NUMBERS, {"school": lesson.school_id, "lesson": lesson.id, "pupil": pupil_id})), None)
    return OwnWork(row[0], row[1], len(row[2][row[1] - 1]), row[3]) if row is not None else None


_DONE = (
    select(func.count(attempt.c.finished_at))
    .where(attempt.c.school_id == SCHOOL, attempt.c.given_for == work.c.id, attempt.c.pupil_id == PUPIL)
    .correlate(work)
    .scalar_subquery()
)
_NUMBERS = (
    select(work.c.title, level.c.level, work.c.sets, _DONE)
    .select_from(
        work.join(level, and_(level.c.school_id == SCHOOL, level.c.work_id == work.c.id, level.c.pupil_id == PUPIL))
    )
    .where(work.c.school_id == SCHOOL, work.c.lesson_id == _LESSON)
)
