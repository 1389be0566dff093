"""What a deputy head decides about today: lessons without a teacher, journals behind, absences nobody explained, check works.

One statement for each question, over the whole school; no pupil is named.
"""

import uuid
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, cast

from sqlalchemy import Table, and_, bindparam, case, exists, func, or_, select
from sqlalchemy.types import Date

from content_library.models import Subject
from school.classes.models import (
    Absence,
    AbsenceFact,
    AbsenceReason,
    Course,
    Enrolment,
    GroupKind,
    Lesson,
    LessonState,
    PresenceTaken,
    StudyGroup,
    Substitution,
    TeachingPost,
)
from school.classes.queries.relations import SCHOOL, TODAY, lasting
from school.core import clock
from school.core.access import Actor
from school.core.database import Moment, read
from school.gradebook.models import Column, WorkType
from school.homework.models import Homework
from school.people.models import Member
from school.people.names import initials

JOURNAL_DAYS = 7
CONTROL_PERCENT = 10
"""Of the lessons: order 704 of the ministry, in force 2025."""

lesson = cast("Table", Lesson.__table__)
course = cast("Table", Course.__table__)
group = cast("Table", StudyGroup.__table__)
subject = cast("Table", Subject.__table__)
member = cast("Table", Member.__table__)
substitution = cast("Table", Substitution.__table__)
taken = cast("Table", PresenceTaken.__table__)
post = cast("Table", TeachingPost.__table__)
place = cast("Table", Enrolment.__table__)
absence = cast("Table", Absence.__table__)
column = cast("Table", Column.__table__)
work = cast("Table", WorkType.__table__)
homework = cast("Table", Homework.__table__)
substitute = member.alias("substitute")
_colleague = member.alias("colleague")

NOW = bindparam("now", type_=Moment)
SINCE, UNTIL = bindparam("since", type_=Date), bindparam("until", type_=Date)

PLANNED = lesson.c.state == LessonState.PLANNED.value
_TAUGHT = exists(
    select(1)
    .select_from(post.join(_colleague, and_(_colleague.c.school_id == SCHOOL, _colleague.c.id == post.c.teacher_id)))
    .where(
        lasting(post),
        post.c.course_id == lesson.c.course_id,
        or_(_colleague.c.closed_on.is_(None), _colleague.c.closed_on >= TODAY),
    )
    .correlate(lesson)
)
"""Somebody who works here today has a post in the lesson's course."""
_UNCOVERED = and_(PLANNED, substitution.c.id.is_(None), ~_TAUGHT)
WITH_CHANGES = lesson.outerjoin(
    substitution, and_(substitution.c.school_id == SCHOOL, substitution.c.lesson_id == lesson.c.id)
)
_WITH_PRESENCE = WITH_CHANGES.outerjoin(taken, and_(taken.c.school_id == SCHOOL, taken.c.lesson_id == lesson.c.id))


def _number(condition: Any) -> Any:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


_classes = (
    select(func.count())
    .select_from(group)
    .where(group.c.school_id == SCHOOL, group.c.kind == GroupKind.CLASS.value)
    .correlate(None)
    .scalar_subquery()
)
_BEGUN = and_(PLANNED, lesson.c.starts_at <= NOW)
_DAY = (
    select(
        _classes,
        _number(PLANNED),
        _number(lesson.c.state == LessonState.CANCELLED.value),
        _number(lesson.c.state == LessonState.MOVED.value),
        _number(and_(PLANNED, substitution.c.id.is_not(None))),
        _number(_UNCOVERED),
        _number(_BEGUN),
        _number(and_(_BEGUN, taken.c.id.is_not(None))),
    )
    .select_from(_WITH_PRESENCE)
    .where(lesson.c.school_id == SCHOOL, lesson.c.on_date == TODAY)
)

_CHANGES = (
    select(
        lesson.c.id,
        lesson.c.slot,
        lesson.c.starts_at,
        lesson.c.state,
        lesson.c.room,
        group.c.name,
        subject.c.name_ru,
        subject.c.name_en,
        member.c.family_name,
        member.c.given_name,
        member.c.patronymic,
        substitute.c.family_name,
        substitute.c.given_name,
        substitute.c.patronymic,
    )
    .select_from(
        WITH_CHANGES.join(group, and_(group.c.school_id == SCHOOL, group.c.id == lesson.c.group_id))
        .join(subject, subject.c.id == lesson.c.subject_id)
        .join(member, and_(member.c.school_id == SCHOOL, member.c.id == lesson.c.teacher_id))
        .outerjoin(substitute, and_(substitute.c.school_id == SCHOOL, substitute.c.id == substitution.c.teacher_id))
    )
    .where(
        lesson.c.school_id == SCHOOL,
        lesson.c.on_date == TODAY,
        or_(~PLANNED, substitution.c.id.is_not(None), _UNCOVERED),
    )
    .order_by(lesson.c.starts_at, group.c.year_level, group.c.name)
)

NO_PRESENCE = ~exists().where(taken.c.school_id == SCHOOL, taken.c.lesson_id == lesson.c.id)
NO_TOPIC = and_(lesson.c.topic == "", lesson.c.topic_id.is_(None))
NO_HOMEWORK = ~exists().where(
    homework.c.school_id == SCHOOL,
    homework.c.course_id == lesson.c.course_id,
    # What is set in a lesson is due later: the index by day keeps the search short.
    homework.c.due_on >= lesson.c.on_date,
    homework.c.lesson_id == lesson.c.id,
    homework.c.withdrawn_at.is_(None),
)
_OPEN = (
    select(
        func.coalesce(substitution.c.teacher_id, lesson.c.teacher_id).label("teacher_id"),
        case((NO_PRESENCE, 1), else_=0).label("presence"),
        case((NO_TOPIC, 1), else_=0).label("topic"),
        case((NO_HOMEWORK, 1), else_=0).label("homework"),
    )
    .select_from(WITH_CHANGES)
    .where(lesson.c.school_id == SCHOOL, lesson.c.on_date >= SINCE, lesson.c.on_date < TODAY, PLANNED)
    .offset(0)  # keeps the database from looking for a lesson's presence once for each sum below
    .subquery("open")
)
# Counted by key first: names are looked up for teachers, not for each of their lessons. Those with nothing open are left out by the
# reader.
_COUNTED = (
    select(
        _OPEN.c.teacher_id,
        func.sum(case((or_(_OPEN.c.presence == 1, _OPEN.c.topic == 1), 1), else_=0)).label("unfilled"),
        func.sum(_OPEN.c.presence).label("presence"),
        func.sum(_OPEN.c.topic).label("topic"),
        func.sum(_OPEN.c.homework).label("homework"),
    )
    .group_by(_OPEN.c.teacher_id)
    .subquery("counted")
)
_BEHIND = (
    select(
        member.c.id,
        member.c.family_name,
        member.c.given_name,
        member.c.patronymic,
        _COUNTED.c.unfilled,
        _COUNTED.c.presence,
        _COUNTED.c.topic,
        _COUNTED.c.homework,
    )
    .select_from(_COUNTED.join(member, and_(member.c.school_id == SCHOOL, member.c.id == _COUNTED.c.teacher_id)))
    .order_by(_COUNTED.c.unfilled.desc(), _COUNTED.c.homework.desc(), member.c.sort_name)
)

_taught = group.alias("taught")
_unexplained = case((absence.c.reason == AbsenceReason.UNKNOWN.value, absence.c.pupil_id))
_ABSENT = (
    select(
        group.c.id,
        group.c.name,
        func.count(absence.c.pupil_id.distinct()),
        func.count(_unexplained.distinct()),
    )
    .select_from(
        lesson.join(absence, and_(absence.c.school_id == SCHOOL, absence.c.lesson_id == lesson.c.id))
        .join(_taught, and_(_taught.c.school_id == SCHOOL, _taught.c.id == lesson.c.group_id))
        .join(place, and_(lasting(place), place.c.pupil_id == absence.c.pupil_id))
        .join(
            group,
            and_(
                group.c.school_id == SCHOOL,
                group.c.id == place.c.group_id,
                group.c.kind == GroupKind.CLASS.value,
                # Last year's enrolment may still be open.
                group.c.year_id == _taught.c.year_id,
            ),
        )
    )
    .where(
        lesson.c.school_id == SCHOOL,
        lesson.c.on_date == TODAY,
        PLANNED,
        absence.c.fact == AbsenceFact.ABSENT.value,
    )
    .group_by(group.c.id, group.c.name, group.c.year_level, group.c.letter)
    .order_by(group.c.year_level, group.c.letter, group.c.name)
)

# Halves of a class that meet in the same hour are one lesson of the class. The week's check works are found first, by their day, and
# only the classes that have some have their lessons counted.
_class_id = func.coalesce(group.c.class_id, group.c.id)
_TESTED = (
    select(_class_id.label("class_id"), func.count(lesson.c.starts_at.distinct()).label("controls"))
    .select_from(
        column.join(work, and_(work.c.school_id == SCHOOL, work.c.id == column.c.work_type_id))
        .join(lesson, and_(lesson.c.school_id == SCHOOL, lesson.c.id == column.c.lesson_id))
        .join(group, and_(group.c.school_id == SCHOOL, group.c.id == lesson.c.group_id))
    )
    .where(
        column.c.school_id == SCHOOL,
        column.c.on_date >= SINCE,
        column.c.on_date <= UNTIL,
        lesson.c.on_date == column.c.on_date,
        PLANNED,
        work.c.is_control,
    )
    .group_by(_class_id)
    .subquery("tested")
)
_class = group.alias("class")
_part = group.alias("part")
_met = lesson.alias("met")
_hours = (
    select(func.count(_met.c.starts_at.distinct()))
    .select_from(_part.join(_met, and_(_met.c.school_id == SCHOOL, _met.c.group_id == _part.c.id)))
    .where(
        _part.c.school_id == SCHOOL,
        func.coalesce(_part.c.class_id, _part.c.id) == _class.c.id,
        _met.c.on_date >= SINCE,
        _met.c.on_date <= UNTIL,
        _met.c.state == LessonState.PLANNED.value,
    )
    .scalar_subquery()
)
_CONTROLS = (
    select(_class.c.id, _class.c.name, _hours, _TESTED.c.controls)
    .select_from(_TESTED.join(_class, and_(_class.c.school_id == SCHOOL, _class.c.id == _TESTED.c.class_id)))
    .where(_class.c.kind == GroupKind.CLASS.value)
    .order_by(_class.c.year_level, _class.c.letter, _class.c.name)
)


@dataclass(frozen=True, slots=True)
class Day:
    """Today's lessons in numbers."""

    classes: int
    """Of any year: none means a school that has only been opened."""
    lessons: int
    cancelled: int
    moved: int
    substituted: int
    uncovered: int
    """Nobody who works here today has a post in the course, and nobody takes the lesson instead."""
    begun: int
    with_presence: int
    """Of those that have begun."""

    @property
    def changed(self) -> int:
        """Lessons that do not go as the timetable says, or have nobody to go with."""
        return self.cancelled + self.moved + self.substituted + self.uncovered


@dataclass(frozen=True, slots=True)
class Change:
    """A lesson of today that does not go as the timetable says, or has nobody to go with."""

    lesson_id: uuid.UUID
    slot: int
    starts_at: datetime
    state: str
    room: str
    group: str
    subject: str
    teacher: str
    """By the timetable."""
    substitute: str
    """Empty where there is none."""

    @property
    def is_uncovered(self) -> bool:
        """Whether somebody must be found."""
        return self.state == LessonState.PLANNED.value and not self.substitute


@dataclass(frozen=True, slots=True)
class Behind:
    """A teacher's lessons of the last days whose journal is not complete."""

    teacher_id: uuid.UUID
    teacher: str
    unfilled: int
    """Lessons without presence or without a topic."""
    no_presence: int
    no_topic: int
    no_homework: int
    """Lessons in which no homework was set: not always wrong, and counted apart."""


@dataclass(frozen=True, slots=True)
class AbsentInClass:
    """How many pupils of a class missed a lesson today."""

    class_id: uuid.UUID
    name: str
    absent: int
    unexplained: int


@dataclass(frozen=True, slots=True)
class ControlLoad:
    """A class with more check works in a week than the norm lets."""

    class_id: uuid.UUID
    name: str
    lessons: int
    controls: int


def day_of_school(actor: Actor) -> Day:
    """Today's lessons in numbers. One statement."""
    return Day(*read(_DAY, _of(actor, now=clock.now()))[0])


def changes_today(actor: Actor) -> list[Change]:
    """Lessons of today that are cancelled, moved, substituted or without anybody, those without anybody first."""
    english = actor.locale == "en"
    found = []
    for row in read(_CHANGES, _of(actor)):
        thing, slot, starts_at, state, room, name, name_ru, name_en, *people = row
        instead = initials(*people[3:]) if people[3] else ""
        title = name_en if english else name_ru
        found.append(Change(thing, slot, starts_at, state, room, name, title, initials(*people[:3]), instead))
    return sorted(found, key=lambda one: not one.is_uncovered)


def journals_behind(actor: Actor) -> list[Behind]:
    """Teachers with incomplete journals in the seven days before today, the most behind first."""
    since = clock.today() - timedelta(JOURNAL_DAYS)
    rows = read(_BEHIND, _of(actor, since=since))
    return [Behind(row[0], initials(row[1], row[2], row[3]), *map(int, row[4:])) for row in rows if row[4] or row[7]]


def absent_today(actor: Actor) -> list[AbsentInClass]:
    """Classes in which somebody missed a lesson today."""
    return [AbsentInClass(*row) for row in read(_ABSENT, _of(actor))]


def control_loads(actor: Actor, since: date, until: date) -> list[ControlLoad]:
    """Classes with more check works from ``since`` to ``until`` than a tenth of their lessons."""
    rows = read(_CONTROLS, _of(actor, since=since, until=until))
    loads = [ControlLoad(*row) for row in rows]
    return [one for one in loads if one.controls * 100 > one.lessons * CONTROL_PERCENT]


def _of(actor: Actor, **values: Any) -> dict[str, Any]:
    return {"school": actor.school_id, "today": clock.today(), **values}
