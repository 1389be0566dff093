"""What the list of reports offers to whom."""

import uuid

from sqlalchemy import and_, bindparam, func, select
from sqlalchemy.types import Date

from school.classes.models import GroupKind
from school.classes.queries.relations import MEMBER, SCHOOL, lasting
from school.core import clock
from school.core.access import Actor
from school.core.database import read
from school.people.names import full_name
from school.reports.queries.tables import TODAY, course, group, leadership, member, post, year

_YEAR = (
    select(year.c.id)
    .where(year.c.school_id == SCHOOL, year.c.starts_on <= bindparam("today", type_=Date))
    .order_by(year.c.starts_on.desc())
    .limit(1)
    .scalar_subquery()
)
_CLASSES = (
    select(group.c.id, group.c.name, group.c.year_level)
    .where(group.c.school_id == SCHOOL, group.c.kind == GroupKind.CLASS.value, group.c.year_id == _YEAR)
    .order_by(group.c.year_level, group.c.name)
)
_LED = (
    select(group.c.id, group.c.name, group.c.year_level)
    .select_from(leadership.join(group, and_(group.c.school_id == SCHOOL, group.c.id == leadership.c.class_id)))
    .where(lasting(leadership), leadership.c.teacher_id == MEMBER, group.c.year_id == _YEAR)
    .order_by(group.c.year_level, group.c.name)
)
_TEACHERS = (
    select(member.c.id, member.c.family_name, member.c.given_name, member.c.patronymic, func.count())
    .select_from(
        post.join(course, and_(course.c.school_id == SCHOOL, course.c.id == post.c.course_id))
        .join(group, and_(group.c.school_id == SCHOOL, group.c.id == course.c.group_id))
        .join(member, and_(member.c.school_id == SCHOOL, member.c.id == post.c.teacher_id))
    )
    .where(post.c.school_id == SCHOOL, group.c.year_id == _YEAR, post.c.from_on <= TODAY)
    .group_by(member.c.id, member.c.family_name, member.c.given_name, member.c.patronymic, member.c.sort_name)
    .order_by(member.c.sort_name)
)

Named = tuple[uuid.UUID, str, int]


def classes_of_school(actor: Actor) -> list[Named]:
    """Id, name and year level of all classes of the year."""
    return [(row[0], row[1], row[2]) for row in read(_CLASSES, _now(actor))]


def led_classes(actor: Actor) -> list[Named]:
    """The actor's own."""
    return [(row[0], row[1], row[2]) for row in read(_LED, {**_now(actor), "member": actor.member_id})]


def teachers_of_school(actor: Actor) -> list[Named]:
    """Id, name and number of courses of everybody who teaches this year."""
    return [(row[0], full_name(*row[1:4]), row[4]) for row in read(_TEACHERS, _now(actor))]


def _now(actor: Actor) -> dict[str, object]:
    return {"school": actor.school_id, "today": clock.today()}
