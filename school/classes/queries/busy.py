"""Who and what is busy at a moment: lessons that overlap a span, and what they keep from being elsewhere."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import Table, and_, bindparam, func, or_, select
from sqlalchemy.types import Date

from content_library.models import Subject
from school.classes.models import (
    Course,
    Enrolment,
    ExtraLesson,
    ExtraPlace,
    Lesson,
    LessonState,
    Reply,
    StudyGroup,
    Substitution,
    TimetableSlot,
)
from school.classes.queries.relations import SCHOOL
from school.core.database import Id, Moment, db, read
from school.people.models import Member
from school.people.names import initials

lesson = cast("Table", Lesson.__table__)
slot = cast("Table", TimetableSlot.__table__)
course = cast("Table", Course.__table__)
group = cast("Table", StudyGroup.__table__)
subject = cast("Table", Subject.__table__)
member = cast("Table", Member.__table__)
substitution = cast("Table", Substitution.__table__)
place = cast("Table", Enrolment.__table__)
extra = cast("Table", ExtraLesson.__table__)
extra_place = cast("Table", ExtraPlace.__table__)


@dataclass(frozen=True, slots=True)
class Busy:
    """A lesson, or a weekly slot, that occupies its teacher, its room and its pupils."""

    id: uuid.UUID
    teacher_id: uuid.UUID
    """Who really takes it: the substitute, where there is one."""
    teacher: str
    room: str
    building_id: uuid.UUID
    group_id: uuid.UUID
    class_id: uuid.UUID | None
    group: str
    subject_ru: str
    subject_en: str
    slot: int
    shift: int


@dataclass(frozen=True, slots=True)
class BusyExtra:
    """An extra lesson to come, which occupies its teacher, its room and the pupils invited to it."""

    id: uuid.UUID
    teacher_id: uuid.UUID
    teacher: str
    room: str
    building_id: uuid.UUID
    on_date: date
    starts_at: datetime
    ends_at: datetime
    group: str
    subject_ru: str
    subject_en: str


def _columns(of: Table) -> tuple[object, ...]:
    return (
        of.c.room,
        group.c.building_id,
        group.c.id,
        group.c.class_id,
        group.c.name,
        subject.c.name_ru,
        subject.c.name_en,
        of.c.slot,
        group.c.shift,
    )


def busy_between(school_id: int, starts_at: datetime, ends_at: datetime) -> list[Busy]:
    """The lessons that take place between two moments, wholly or in part."""
    takes = func.coalesce(substitution.c.teacher_id, lesson.c.teacher_id)
    statement = (
        select(
            lesson.c.id, member.c.id, member.c.family_name, member.c.given_name, member.c.patronymic, *_columns(lesson)
        )
        .select_from(
            lesson.outerjoin(
                substitution, and_(substitution.c.school_id == school_id, substitution.c.lesson_id == lesson.c.id)
            )
            .join(member, and_(member.c.school_id == school_id, member.c.id == takes))
            .join(group, and_(group.c.school_id == school_id, group.c.id == lesson.c.group_id))
            .join(subject, subject.c.id == lesson.c.subject_id)
        )
        .where(
            lesson.c.school_id == school_id,
            lesson.c.state == LessonState.PLANNED.value,
            lesson.c.starts_at < ends_at,
            lesson.c.ends_at > starts_at,
        )
    )
    return [Busy(row[0], row[1], initials(*row[2:5]), *row[5:]) for row in map(tuple, db.session.execute(statement))]


def busy_weekly(school_id: int, weekday: int, since: date, until: date | None) -> list[Busy]:
    """The weekly slots of a weekday that hold on some day of a span."""
    statement = (
        select(slot.c.id, member.c.id, member.c.family_name, member.c.given_name, member.c.patronymic, *_columns(slot))
        .select_from(
            slot.join(course, and_(course.c.school_id == school_id, course.c.id == slot.c.course_id))
            .join(group, and_(group.c.school_id == school_id, group.c.id == course.c.group_id))
            .join(subject, subject.c.id == course.c.subject_id)
            .join(member, and_(member.c.school_id == school_id, member.c.id == slot.c.teacher_id))
        )
        .where(
            slot.c.school_id == school_id,
            slot.c.weekday == weekday,
            or_(slot.c.to_on.is_(None), slot.c.to_on >= since),
        )
    )
    if until is not None:
        statement = statement.where(slot.c.from_on <= until)
    return [Busy(row[0], row[1], initials(*row[2:5]), *row[5:]) for row in map(tuple, db.session.execute(statement))]


def groups_sharing_pupils(school_id: int, group_id: uuid.UUID, others: Iterable[uuid.UUID], on: date) -> set[uuid.UUID]:
    """Those of the other groups that have a pupil in common with this one on a day."""
    mine, theirs = place.alias("mine"), place.alias("theirs")
    statement = (
        select(theirs.c.group_id)
        .select_from(mine.join(theirs, and_(theirs.c.school_id == school_id, theirs.c.pupil_id == mine.c.pupil_id)))
        .where(
            mine.c.school_id == school_id,
            mine.c.group_id == group_id,
            theirs.c.group_id.in_(list(others)),
            mine.c.from_on <= on,
            or_(mine.c.to_on.is_(None), mine.c.to_on >= on),
            theirs.c.from_on <= on,
            or_(theirs.c.to_on.is_(None), theirs.c.to_on >= on),
        )
        .distinct()
    )
    return set(db.session.scalars(statement))


_EXTRAS = (
    select(
        extra.c.id,
        member.c.id,
        member.c.family_name,
        member.c.given_name,
        member.c.patronymic,
        extra.c.room,
        extra.c.building_id,
        extra.c.on_date,
        extra.c.starts_at,
        extra.c.ends_at,
        group.c.name,
        subject.c.name_ru,
        subject.c.name_en,
    )
    .select_from(
        extra.join(member, and_(member.c.school_id == SCHOOL, member.c.id == extra.c.teacher_id))
        .join(course, and_(course.c.school_id == SCHOOL, course.c.id == extra.c.course_id))
        .join(group, and_(group.c.school_id == SCHOOL, group.c.id == course.c.group_id))
        .join(subject, subject.c.id == course.c.subject_id)
    )
    .where(extra.c.school_id == SCHOOL, extra.c.cancelled_at.is_(None))
    .order_by(extra.c.starts_at, extra.c.id)
)
_EXTRAS_BETWEEN = _EXTRAS.where(
    extra.c.starts_at < bindparam("ends", type_=Moment), extra.c.ends_at > bindparam("starts", type_=Moment)
)
_EXTRAS_SINCE = _EXTRAS.where(
    extra.c.on_date >= bindparam("since", type_=Date), extra.c.starts_at > bindparam("now", type_=Moment)
)
_INVITED_OF_GROUP = (
    select(extra_place.c.extra_id)
    .select_from(extra_place.join(place, and_(place.c.school_id == SCHOOL, place.c.pupil_id == extra_place.c.pupil_id)))
    .where(
        extra_place.c.school_id == SCHOOL,
        extra_place.c.extra_id.in_(bindparam("extras", type_=Id, expanding=True)),
        extra_place.c.reply != Reply.NO.value,
        place.c.group_id == bindparam("group", type_=Id),
        place.c.from_on <= bindparam("on", type_=Date),
        or_(place.c.to_on.is_(None), place.c.to_on >= bindparam("on", type_=Date)),
    )
    .distinct()
)


def extras_between(school_id: int, starts_at: datetime, ends_at: datetime) -> list[BusyExtra]:
    """The extra lessons that take place between two moments, wholly or in part."""
    rows = read(_EXTRAS_BETWEEN, {"school": school_id, "starts": starts_at, "ends": ends_at})
    return [_extra(row) for row in rows]


def extras_since(school_id: int, since: date, now: datetime) -> list[BusyExtra]:
    """The extra lessons from a day on that have not begun."""
    return [_extra(row) for row in read(_EXTRAS_SINCE, {"school": school_id, "since": since, "now": now})]


def extras_with_pupils_of(school_id: int, group_id: uuid.UUID, extras: Iterable[uuid.UUID], on: date) -> set[uuid.UUID]:
    """Those of the extra lessons to which a pupil of the group is invited and has not said no."""
    values = {"school": school_id, "group": group_id, "extras": list(extras), "on": on}
    return {row[0] for row in read(_INVITED_OF_GROUP, values)}


def _extra(row: tuple[Any, ...]) -> BusyExtra:
    return BusyExtra(row[0], row[1], initials(*row[2:5]), *row[5:])
