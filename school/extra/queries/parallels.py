"""Courses of the same subject and year level whose pupils may come to one extra lesson."""

import uuid
from collections.abc import Collection
from typing import cast

from sqlalchemy import Table, bindparam, select
from sqlalchemy.types import Integer

from school.classes.models import StudyGroup
from school.classes.queries.loading import COURSE_COLUMNS, COURSE_FROM, course, group, seen_course
from school.classes.queries.relations import SCHOOL
from school.classes.seen import SeenCourse
from school.core import clock
from school.core.access import Actor
from school.core.database import Id, read
from school.extra.policy import may_offer

own = cast("Table", StudyGroup.__table__).alias("own")

_PARALLEL = (
    select(*COURSE_COLUMNS)
    .select_from(COURSE_FROM)
    .where(
        course.c.school_id == SCHOOL,
        course.c.subject_id == bindparam("subject", type_=Integer),
        course.c.id != bindparam("course", type_=Id),
        group.c.year_level == bindparam("level", type_=Integer),
        group.c.year_id == bindparam("year", type_=Id),
        group.c.building_id
        == select(own.c.building_id)
        .where(own.c.school_id == SCHOOL, own.c.id == bindparam("group", type_=Id))
        .scalar_subquery(),
    )
    .order_by(group.c.letter, group.c.name, course.c.id)
)
_BUILDINGS = select(group.c.id, group.c.building_id).where(
    group.c.school_id == SCHOOL, group.c.id.in_(bindparam("groups", type_=Id, expanding=True))
)


def parallels_of(actor: Actor, of: SeenCourse) -> list[SeenCourse]:
    """Those in the same building for which the actor may offer a lesson."""
    values = {
        "school": actor.school_id, "member": actor.member_id, "today": clock.today(), "subject": of.subject_id,
        "course": of.id, "level": of.year_level, "year": of.year_id, "group": of.group_id,
    }  # fmt: skip
    found = [seen_course(tuple(row), actor.locale) for row in read(_PARALLEL, values)]
    return [one for one in found if may_offer(actor, one)]


def buildings_of(school_id: int, courses: Collection[SeenCourse]) -> dict[uuid.UUID, uuid.UUID]:
    """The building of each course's group, by group."""
    rows = read(_BUILDINGS, {"school": school_id, "groups": [one.group_id for one in courses]}) if courses else ()
    return {row[0]: row[1] for row in rows}
