"""Years, free days and the nearest lessons: the calendar around a week."""

import uuid
from dataclasses import dataclass
from datetime import date
from typing import cast

from sqlalchemy import Table, and_, func, or_, select

from school.classes.models import Enrolment, Holiday, Lesson, LessonState, SchoolYear, Substitution
from school.core.access import Actor
from school.core.database import db

lesson = cast("Table", Lesson.__table__)
place = cast("Table", Enrolment.__table__)


@dataclass(frozen=True, slots=True)
class Free:
    """Days without lessons for everybody in the school, with their name."""

    name: str
    starts_on: date
    ends_on: date


def free_days(school_id: int, since: date, until: date) -> list[Free]:
    """Holidays that touch a span."""
    rows = db.session.execute(
        select(Holiday.name, Holiday.starts_on, Holiday.ends_on)
        .where(Holiday.school_id == school_id, Holiday.starts_on <= until, Holiday.ends_on >= since)
        .order_by(Holiday.starts_on)
    )
    return [Free(name, starts_on, ends_on) for name, starts_on, ends_on in rows]


def year_of(school_id: int, on: date) -> SchoolYear | None:
    """The school year that holds the day, else the last that began before it, else the first to come."""
    years = all_years(school_id)
    begun = [one for one in years if one.starts_on <= on]
    return begun[-1] if begun else (years[0] if years else None)


def all_years(school_id: int) -> list[SchoolYear]:
    """The school years, the oldest first."""
    return list(
        db.session.scalars(select(SchoolYear).where(SchoolYear.school_id == school_id).order_by(SchoolYear.starts_on))
    )


def next_day_with_lessons(actor: Actor, after: date) -> date | None:
    """The nearest day after ``after`` on which the actor teaches or learns."""
    substituted = select(Substitution.lesson_id).where(
        Substitution.school_id == actor.school_id, Substitution.teacher_id == actor.member_id
    )
    learns = select(place.c.group_id).where(place.c.school_id == actor.school_id, place.c.pupil_id == actor.member_id)
    return db.session.execute(
        select(func.min(lesson.c.on_date)).where(
            lesson.c.school_id == actor.school_id,
            lesson.c.on_date > after,
            lesson.c.state == LessonState.PLANNED.value,
            or_(
                lesson.c.teacher_id == actor.member_id,
                lesson.c.id.in_(substituted),
                lesson.c.group_id.in_(learns),
            ),
        )
    ).scalar()


def get_year(actor: Actor, year_id: uuid.UUID) -> SchoolYear | None:
    """A school year of the actor's school."""
    return db.session.scalars(
        select(SchoolYear).where(and_(SchoolYear.school_id == actor.school_id, SchoolYear.id == year_id))
    ).first()
