"""Counting how units of the library are used: homework set with them, and finished attempts at their questions.

One school after another, so that no statement reads two; the sums go to the library, whose pages show them.
"""

import uuid
from collections import defaultdict
from collections.abc import Mapping
from datetime import date, timedelta
from itertools import islice
from typing import cast

from sqlalchemy import Integer, Table, and_, bindparam, distinct, func, select

from content_library import quality
from content_library.models import UnitVersion
from content_library.quality import Used
from school.classes.models import Enrolment, GroupKind, StudyGroup
from school.core import clock
from school.core.database import Moment, db, read
from school.core.transactions import unit_of_work
from school.homework.models import Homework
from school.people.models import School
from school.tasks.models import Attempt

LOOKED_BACK = timedelta(days=730)
"""Older uses say little of what is taught now."""
LONGEST = 180
"""Minutes: a tab left open over night is no attempt of nine hours."""
AT_ONCE = 400

_homework, _attempt = cast("Table", Homework.__table__), cast("Table", Attempt.__table__)
_version = cast("Table", UnitVersion.__table__)
_place, _group = cast("Table", Enrolment.__table__), cast("Table", StudyGroup.__table__)
_SCHOOL = bindparam("school", type_=Integer)
_SINCE = bindparam("since", type_=Moment)

_SET = (
    select(
        _version.c.unit_id,
        func.count(),
        func.count(distinct(_homework.c.lesson_id)),
        func.count(distinct(_homework.c.set_by)),
    )
    .join(_version, _version.c.id == _homework.c.unit_version_id)
    .where(_homework.c.school_id == _SCHOOL, _homework.c.withdrawn_at.is_(None), _homework.c.set_at >= _SINCE)
    .group_by(_version.c.unit_id)
)
_DONE = (
    select(
        _version.c.unit_id,
        _attempt.c.pupil_id,
        _attempt.c.started_at,
        _attempt.c.finished_at,
        _attempt.c.points,
        _attempt.c.max_points,
    )
    .join(_version, _version.c.id == _attempt.c.unit_version_id)
    .where(
        _attempt.c.school_id == _SCHOOL,
        _attempt.c.finished_at >= _SINCE,
        # What was drawn, eased or asked again says nothing of how long the whole takes for the first time.
        _attempt.c.sheet.is_(None),
        _attempt.c.corrects_id.is_(None),
    )
)
_LEVELS = (
    select(_place.c.pupil_id, _place.c.from_on, _place.c.to_on, _group.c.year_level)
    .join(_group, and_(_group.c.school_id == _place.c.school_id, _group.c.id == _place.c.group_id))
    .where(_place.c.school_id == _SCHOOL, _group.c.school_id == _SCHOOL, _group.c.kind == GroupKind.CLASS.value)
)


def recount_units() -> int:
    """Count all uses anew and hand them to the library, some hundred units a transaction; how many units are used."""
    at = clock.now()
    used: dict[uuid.UUID, Used] = defaultdict(Used)
    for school in db.session.scalars(select(School).order_by(School.id)).all():
        _count_school(school, used)
    fixed = quality.errors_fixed(db.session())
    for unit_id in fixed:
        used[unit_id]  # an entry of its own: nobody may have set a unit whose errors were mended
    db.session.rollback()
    rest = iter(used.items())
    while some := dict(islice(rest, AT_ONCE)):
        with unit_of_work():
            quality.keep(db.session(), some, fixed, at)
    with unit_of_work():
        quality.forget_older(db.session(), at)
    return len(used)


def _count_school(school: School, used: dict[uuid.UUID, Used]) -> None:
    values = {"school": school.id, "since": clock.now() - LOOKED_BACK}
    here: set[uuid.UUID] = set()
    for unit_id, homeworks, lessons, teachers in read(_SET, values):
        one = used[unit_id]
        one.homeworks += homeworks
        one.lessons += lessons
        one.teachers += teachers
        here.add(unit_id)
    levels = _levels(school)
    for unit_id, pupil_id, started_at, finished_at, points, most in read(_DONE, values):
        minutes = min(LONGEST, max(1, round((finished_at - started_at).total_seconds() / 60)))
        level = _level_on(levels.get(pupil_id, ()), clock.local(finished_at).date())
        used[unit_id].add_try(minutes, level, points or 0, most)
        here.add(unit_id)
    for unit_id in here:
        used[unit_id].schools += 1


Stay = tuple[date, date | None, int]


def _levels(school: School) -> Mapping[uuid.UUID, list[Stay]]:
    found: dict[uuid.UUID, list[Stay]] = defaultdict(list)
    for pupil_id, from_on, to_on, year_level in read(_LEVELS, {"school": school.id}):
        found[pupil_id].append((from_on, to_on, year_level))
    return found


def _level_on(stays: "list[Stay] | tuple[()]", day: date) -> int | None:
    """The year level of the class that a pupil was in; the newest one, where last year's was never ended."""
    there = [stay for stay in stays if stay[0] <= day and (stay[1] is None or day <= stay[1])]
    return max(there)[2] if there else None
