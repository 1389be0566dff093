"""Relations of the actor as columns of a statement: EXISTS over dated rows, with ``:school``, ``:member`` and ``:today``."""

from typing import Any

from sqlalchemy import ColumnElement, FromClause, and_, bindparam, exists, func, or_, select
from sqlalchemy.types import Date, Integer

from school.classes.models import ClassLeadership, Course, Enrolment, StudyGroup, TeachingPost
from school.core.database import Id
from school.people.models import Guardianship

SCHOOL = bindparam("school", type_=Integer)
MEMBER = bindparam("member", type_=Id)
TODAY = bindparam("today", type_=Date)

course = Course.__table__
group = StudyGroup.__table__


def lasting(table: Any) -> ColumnElement[bool]:
    """The dated row of ``table`` (its columns ``from_on`` and ``to_on``) holds ``:today``, in ``:school``."""
    c = getattr(table, "c", table)
    return and_(c.school_id == SCHOOL, c.from_on <= TODAY, or_(c.to_on.is_(None), c.to_on >= TODAY))


def teaches_course(of: FromClause) -> ColumnElement[bool]:
    """The actor has a post in the course ``of``."""
    post = TeachingPost.__table__.alias("my_post")
    return exists().where(lasting(post), post.c.course_id == of.c.id, post.c.teacher_id == MEMBER)


def teaches_group(of: FromClause) -> ColumnElement[bool]:
    """The actor has a post in a course of the group ``of`` or of a part of it."""
    post, taught, part = TeachingPost.__table__.alias("my_post"), course.alias("taught"), group.alias("part")
    return exists(
        select(1)
        .select_from(
            post.join(taught, and_(taught.c.school_id == SCHOOL, taught.c.id == post.c.course_id)).join(
                part, and_(part.c.school_id == SCHOOL, part.c.id == taught.c.group_id)
            )
        )
        .where(lasting(post), post.c.teacher_id == MEMBER, or_(part.c.id == of.c.id, part.c.class_id == of.c.id))
        .correlate(of)
    )


def leads_group(of: FromClause) -> ColumnElement[bool]:
    """The actor leads the class that the group ``of`` is or is a part of."""
    led = ClassLeadership.__table__.alias("led")
    return exists().where(
        lasting(led), led.c.class_id == func.coalesce(of.c.class_id, of.c.id), led.c.teacher_id == MEMBER
    )


def learns_in_group(of: FromClause) -> ColumnElement[bool]:
    """The actor is enrolled in the group ``of``."""
    place = Enrolment.__table__.alias("my_place")
    return exists().where(lasting(place), place.c.group_id == of.c.id, place.c.pupil_id == MEMBER)


def follows_group(of: FromClause) -> ColumnElement[bool]:
    """The actor is a representative, with the right to see progress, of a pupil of the group ``of``."""
    place, ward = Enrolment.__table__.alias("ward_place"), Guardianship.__table__.alias("ward")
    return exists(
        select(1)
        .select_from(ward.join(place, and_(lasting(place), place.c.pupil_id == ward.c.pupil_id)))
        .where(lasting(ward), ward.c.guardian_id == MEMBER, ward.c.sees_progress, place.c.group_id == of.c.id)
        .correlate(of)
    )


def guards_pupil(of: FromClause, *, with_progress: bool) -> ColumnElement[bool]:
    """The actor is a representative of the member ``of``."""
    ward = Guardianship.__table__.alias("my_ward")
    found = exists().where(lasting(ward), ward.c.pupil_id == of.c.id, ward.c.guardian_id == MEMBER)
    return found.where(ward.c.sees_progress) if with_progress else found


def teaches_pupil(of: FromClause) -> ColumnElement[bool]:
    """The actor teaches one of the courses of the member ``of``."""
    post, taught = TeachingPost.__table__.alias("my_post"), course.alias("taught")
    place = Enrolment.__table__.alias("their_place")
    return exists(
        select(1)
        .select_from(
            place.join(taught, and_(taught.c.school_id == SCHOOL, taught.c.group_id == place.c.group_id)).join(
                post, and_(lasting(post), post.c.course_id == taught.c.id)
            )
        )
        .where(lasting(place), place.c.pupil_id == of.c.id, post.c.teacher_id == MEMBER)
        .correlate(of)
    )


def leads_pupil(of: FromClause) -> ColumnElement[bool]:
    """The actor leads the class of the member ``of``."""
    led, place = ClassLeadership.__table__.alias("led"), Enrolment.__table__.alias("their_place")
    return exists(
        select(1)
        .select_from(place.join(led, and_(lasting(led), led.c.class_id == place.c.group_id)))
        .where(lasting(place), place.c.pupil_id == of.c.id, led.c.teacher_id == MEMBER)
        .correlate(of)
    )
