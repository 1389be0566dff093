"""Misconceptions of a group: what authors have named behind wrong answers, and who shows it."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import cast

from sqlalchemy import Table, and_, bindparam, exists, or_, select
from sqlalchemy.types import Integer

from content_library.models import Item, Unit, UnitVersion
from school.classes.queries import Learner
from school.classes.queries.relations import SCHOOL
from school.classes.seen import SeenCourse
from school.core import clock
from school.core.database import Id, Moment, read
from school.homework.models import Homework
from school.tasks.models import Attempt, Verdict
from school.tracks.models import Practice

LOOKED_BACK = timedelta(days=30)
MOST = 10
LEAST_PUPILS = 2
"""One pupil's slip is no misconception of the class."""

attempt = cast("Table", Attempt.__table__)
verdict = cast("Table", Verdict.__table__)
version = cast("Table", UnitVersion.__table__)
unit = cast("Table", Unit.__table__)
item = cast("Table", Item.__table__)
practice = cast("Table", Practice.__table__)
homework = cast("Table", Homework.__table__)

_SUBJECT = bindparam("subject", type_=Integer)
_ASKED_HERE = or_(
    exists().where(
        practice.c.school_id == SCHOOL, practice.c.id == attempt.c.given_for, practice.c.subject_id == _SUBJECT
    ),
    exists().where(
        homework.c.school_id == SCHOOL,
        homework.c.id == attempt.c.given_for,
        homework.c.course_id == bindparam("course", type_=Id),
    ),
)
"""What a subject rests on may be of another one: it belongs to the course in which it was asked, too."""
_REMARKS = (
    select(attempt.c.pupil_id, verdict.c.feedback, unit.c.id, version.c.title)
    .select_from(
        attempt.join(verdict, and_(verdict.c.school_id == SCHOOL, verdict.c.attempt_id == attempt.c.id))
        .join(item, item.c.id == verdict.c.item_id)
        .join(version, version.c.id == item.c.version_id)
        .join(unit, unit.c.id == version.c.unit_id)
    )
    .where(
        attempt.c.school_id == SCHOOL,
        attempt.c.pupil_id.in_(bindparam("pupils", type_=Id, expanding=True)),
        attempt.c.finished_at >= bindparam("since", type_=Moment),
        or_(unit.c.subject_id == _SUBJECT, _ASKED_HERE),
        verdict.c.correct.is_(False),
        verdict.c.waits.is_(False),
        unit.c.held_at.is_(None),
    )
    .order_by(attempt.c.finished_at)
)


@dataclass(frozen=True, slots=True)
class Mistake:
    """A misconception with the unit where it was last seen and the pupils who show it, in the order of the class list."""

    name: str
    unit_id: uuid.UUID
    title: str
    pupils: tuple[Learner, ...]


def mistakes_of_group(course: SeenCourse, pupils: Sequence[Learner], today: date) -> list[Mistake]:
    """Those that at least two pupils showed in the last thirty days, the commonest first. One statement."""
    if not pupils:
        return []
    asked = {
        "school": course.school_id,
        "pupils": [one.id for one in pupils],
        "since": clock.moscow(today - LOOKED_BACK, time()),
        "subject": course.subject_id,
        "course": course.id,
    }
    whose: dict[str, set[uuid.UUID]] = {}
    where: dict[str, tuple[uuid.UUID, str]] = {}
    for pupil_id, feedback, unit_id, title in read(_REMARKS, asked):
        for _says, name in feedback.get("remarks", ()):
            if name:
                whose.setdefault(name, set()).add(pupil_id)
                where[name] = unit_id, title
    found = [
        Mistake(name, *where[name], tuple(one for one in pupils if one.id in ids))
        for name, ids in whose.items()
        if len(ids) >= LEAST_PUPILS
    ]
    return sorted(found, key=lambda one: (-len(one.pupils), one.name))[:MOST]
