"""Lists of courses, who teaches them, their terms and next lessons."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import ColumnElement, Select, Table, and_, bindparam, or_, select

from school.classes.models import Lesson, LessonState, TeachingPost, Term
from school.classes.queries.loading import COURSE_COLUMNS, COURSE_FROM, course, group, seen_course, subject
from school.classes.queries.relations import SCHOOL, lasting, teaches_course
from school.classes.seen import SeenCourse, SeenGroup
from school.core import clock
from school.core.access import Actor
from school.core.database import Id, db, read
from school.people.models import Member
from school.people.names import initials

term = cast("Table", Term.__table__)
post = cast("Table", TeachingPost.__table__)
member = cast("Table", Member.__table__)

_ORDER = (group.c.year_level, group.c.letter, group.c.name, subject.c.sort, course.c.name)
_OPEN_YEAR = bindparam("year", type_=Id)


def _list(condition: ColumnElement[bool]) -> Select[Any]:
    return (
        select(*COURSE_COLUMNS)
        .select_from(COURSE_FROM)
        .where(course.c.school_id == SCHOOL, condition)
        .order_by(*_ORDER)
    )


_TAUGHT = _list(teaches_course(course))
_ALL = _list(group.c.year_id == _OPEN_YEAR)
_OF_CLASS = _list(or_(group.c.id == bindparam("thing", type_=Id), group.c.class_id == bindparam("thing", type_=Id)))


def courses_taught(actor: Actor) -> list[SeenCourse]:
    """The courses the actor teaches today, class by class."""
    return _courses(_TAUGHT, actor)


def all_courses(actor: Actor, year_id: uuid.UUID) -> list[SeenCourse]:
    """Every course of the school in a year."""
    return _courses(_ALL, actor, year=year_id)


def courses_of_class(actor: Actor, of: SeenGroup) -> list[SeenCourse]:
    """The courses of a class with those of its parts, or of one group."""
    return _courses(_OF_CLASS, actor, thing=of.id)


def _courses(statement: Select[Any], actor: Actor, **values: Any) -> list[SeenCourse]:
    values |= {"school": actor.school_id, "member": actor.member_id, "today": clock.today()}
    return [seen_course(tuple(row), actor.locale) for row in db.session.execute(statement, values)]


@dataclass(frozen=True, slots=True)
class Teacher:
    """A teacher's post in a course."""

    course_id: uuid.UUID
    id: uuid.UUID
    family_name: str
    given_name: str
    patronymic: str

    @property
    def initials(self) -> str:
        """«Петрова А. И.», as in a timetable."""
        return initials(self.family_name, self.given_name, self.patronymic)


_STAFF = (
    select(post.c.course_id, member.c.id, member.c.family_name, member.c.given_name, member.c.patronymic)
    .select_from(post.join(member, and_(member.c.school_id == SCHOOL, member.c.id == post.c.teacher_id)))
    .where(lasting(post), post.c.course_id.in_(bindparam("courses", expanding=True, type_=Id)))
    .order_by(post.c.course_id, member.c.sort_name)
)


def course_staff(school_id: int, *course_ids: uuid.UUID) -> dict[uuid.UUID, list[Teacher]]:
    """Who teaches each of these courses today, by course id."""
    found: dict[uuid.UUID, list[Teacher]] = {}
    if course_ids:
        for row in read(_STAFF, {"school": school_id, "courses": list(course_ids), "today": clock.today()}):
            found.setdefault(row[0], []).append(Teacher(*row))
    return found


def terms_of(of: SeenCourse) -> list[Term]:
    """The terms of a course's regime, in order."""
    statement = select(Term).where(Term.school_id == of.school_id, Term.regime_id == of.regime_id).order_by(Term.number)
    return list(db.session.scalars(statement))


def current_term(terms: list[Term], on: date) -> Term | None:
    """The term that holds the day; in a break the one before it, before the year its first; None without terms."""
    begun = [one for one in terms if one.starts_on <= on]
    return begun[-1] if begun else (terms[0] if terms else None)


def next_lesson(of: SeenCourse, after: datetime) -> Lesson | None:
    """The nearest lesson of the course that takes place and begins after the moment ``after``: what homework is set for."""
    return db.session.scalars(
        select(Lesson)
        .where(
            Lesson.school_id == of.school_id,
            Lesson.course_id == of.id,
            Lesson.state == LessonState.PLANNED,
            Lesson.starts_at > after,
        )
        .order_by(Lesson.starts_at)
        .limit(1)
    ).first()
