"""The tables that reports read, and the words of a school and its people."""

import uuid
from typing import Any, cast

from sqlalchemy import Table, and_, bindparam, or_, select
from sqlalchemy.types import Date

from content_library.models import Subject
from school.classes.models import (
    Absence,
    ClassLeadership,
    Course,
    Enrolment,
    Lesson,
    Regime,
    SchoolYear,
    StudyGroup,
    TeachingPost,
    Term,
)
from school.classes.queries.relations import SCHOOL
from school.core.database import Id, read
from school.gradebook.models import Mark, SubjectTotal, TermMark, YearMark
from school.people.models import Member, School

absence = cast("Table", Absence.__table__)
course = cast("Table", Course.__table__)
group = cast("Table", StudyGroup.__table__)
lesson = cast("Table", Lesson.__table__)
leadership = cast("Table", ClassLeadership.__table__)
mark = cast("Table", Mark.__table__)
member = cast("Table", Member.__table__)
place = cast("Table", Enrolment.__table__)
post = cast("Table", TeachingPost.__table__)
regime = cast("Table", Regime.__table__)
school = cast("Table", School.__table__)
subject = cast("Table", Subject.__table__)
term = cast("Table", Term.__table__)
term_mark = cast("Table", TermMark.__table__)
total = cast("Table", SubjectTotal.__table__)
year = cast("Table", SchoolYear.__table__)
year_mark = cast("Table", YearMark.__table__)

CLASS = bindparam("class", type_=Id)
SINCE = bindparam("since", type_=Date)
UNTIL = bindparam("until", type_=Date)
TODAY = bindparam("today", type_=Date)
TERMS = bindparam("terms", expanding=True, type_=Id)
GROUPS = bindparam("groups", expanding=True, type_=Id)
COURSES = bindparam("courses", expanding=True, type_=Id)


def overlapping(table: Any) -> Any:
    """The dated row of ``table`` lasts on some day from ``:since`` to ``:until``."""
    return and_(table.c.from_on <= UNTIL, or_(table.c.to_on.is_(None), table.c.to_on >= SINCE))


_seat = place.alias("class_seat")
OF_CLASS = select(_seat.c.pupil_id).where(_seat.c.school_id == SCHOOL, _seat.c.group_id == CLASS, overlapping(_seat))
"""Pupils of ``:class``, for ``IN``."""

_SCHOOL = select(school.c.short_name).where(school.c.id == SCHOOL)
_LEADER = (
    select(member.c.family_name, member.c.given_name, member.c.patronymic)
    .select_from(leadership.join(member, and_(member.c.school_id == SCHOOL, member.c.id == leadership.c.teacher_id)))
    .where(leadership.c.school_id == SCHOOL, leadership.c.class_id == CLASS, overlapping(leadership))
    .order_by(leadership.c.from_on.desc())
)


def school_name(school_id: int) -> str:
    """«Школа № 1147»."""
    return str(read(_SCHOOL, {"school": school_id})[0][0])


def leader_of(school_id: int, class_id: uuid.UUID, since: Any, until: Any) -> tuple[str, str, str] | None:
    """The name of who leads a class, the last of several."""
    rows = read(_LEADER, {"school": school_id, "class": class_id, "since": since, "until": until})
    return rows[0] if rows else None
