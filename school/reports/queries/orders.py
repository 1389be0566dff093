"""Orders of one person, and what an order consists of."""

import uuid

from sqlalchemy import and_, bindparam, exists, select

from school.classes.models import GroupKind
from school.classes.policy import runs_school
from school.classes.queries.relations import SCHOOL
from school.core.access import Actor
from school.core.database import Id, db, read
from school.people.names import full_name
from school.reports.models import ReportOrder
from school.reports.queries.overview import led_classes
from school.reports.queries.tables import course, group, member, overlapping, post, term
from school.reports.seen import Period, PlainClass, SeenOrder, SeenTeacher

SHOWN = 8
TERM = bindparam("term", type_=Id)

_HAS_TERM = and_(term.c.school_id == SCHOOL, term.c.regime_id == group.c.regime_id, term.c.id == TERM)
_CLASSES = (
    select(group.c.id, group.c.name, group.c.year_level)
    .where(group.c.school_id == SCHOOL, group.c.kind == GroupKind.CLASS.value, exists().where(_HAS_TERM))
    .order_by(group.c.year_level, group.c.name)
)
_TEACHERS = (
    select(member.c.id, member.c.family_name, member.c.given_name, member.c.patronymic)
    .where(
        member.c.school_id == SCHOOL,
        exists(
            select(1)
            .select_from(
                post.join(course, and_(course.c.school_id == SCHOOL, course.c.id == post.c.course_id)).join(
                    group, and_(group.c.school_id == SCHOOL, group.c.id == course.c.group_id)
                )
            )
            .where(post.c.school_id == SCHOOL, post.c.teacher_id == member.c.id, overlapping(post))
            .where(exists().where(_HAS_TERM).correlate(group))
            .correlate(member)
        ),
    )
    .order_by(member.c.sort_name)
)


def get_order(actor: Actor, order_id: uuid.UUID) -> SeenOrder | None:
    """An order of the actor's school."""
    row = db.session.scalars(
        select(ReportOrder).where(ReportOrder.school_id == actor.school_id, ReportOrder.id == order_id)
    ).first()
    if row is None:
        return None
    own = row.asked_by == actor.member_id
    still = runs_school(actor) or (own and any(one[0] == row.class_id for one in led_classes(actor)))
    return SeenOrder(row, own, still)


def orders_of(actor: Actor) -> list[ReportOrder]:
    """The actor's last ones, the newest first."""
    mine = select(ReportOrder).where(ReportOrder.school_id == actor.school_id, ReportOrder.asked_by == actor.member_id)
    return list(db.session.scalars(mine.order_by(ReportOrder.asked_at.desc()).limit(SHOWN)))


def classes_in(school_id: int, period: Period) -> list[PlainClass]:
    """All classes whose year is cut so."""
    rows = read(_CLASSES, {"school": school_id, "term": period.terms[-1].id})
    return [PlainClass(school_id, *row) for row in rows]


def teachers_in(school_id: int, period: Period) -> list[SeenTeacher]:
    """Everybody with a course in such a class."""
    values = {"school": school_id, "term": period.terms[-1].id, "since": period.starts_on, "until": period.ends_on}
    return [SeenTeacher(school_id, row[0], full_name(*row[1:4]), is_self=False) for row in read(_TEACHERS, values)]
