"""A course's plan as it stands: topics, hours, the lessons they are in, what was given and what is behind."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import Table, and_, bindparam, func, or_, select
from sqlalchemy.types import Date, Integer

from content_library.models import Subject
from school.classes.models import Course, Lesson, LessonState, StudyGroup, TeachingPost
from school.classes.seen import SeenCourse, SeenLesson
from school.core import clock
from school.core.access import Actor
from school.core.database import Id, Moment, db, read
from school.plans.models import PlanHour, PlanTopic
from school.plans.spreading import Hour

topic = cast("Table", PlanTopic.__table__)
hour = cast("Table", PlanHour.__table__)
lesson = cast("Table", Lesson.__table__)
course_table = cast("Table", Course.__table__)
group = cast("Table", StudyGroup.__table__)
subject = cast("Table", Subject.__table__)
post = cast("Table", TeachingPost.__table__)

SCHOOL = bindparam("school", type_=Integer)
HELD = LessonState.PLANNED.value


@dataclass(frozen=True, slots=True)
class PlannedHour:
    """An hour with its topic and the lesson it stands in."""

    id: uuid.UUID
    number: int
    topic_id: uuid.UUID
    topic: int
    title: str
    framework_id: int | None
    of_topic: int
    """Hours of the topic."""
    is_control: bool
    is_reserve: bool
    needs: frozenset[int]
    planned_on: date | None
    lesson_id: uuid.UUID | None
    on_date: date | None
    """Of the lesson, while it takes place; null for an hour that has none."""
    slot: int | None
    ends_at: datetime | None
    taught: str
    """What the journal says was taught in it."""

    def is_given(self, now: datetime) -> bool:
        """Its lesson is over."""
        return self.ends_at is not None and self.ends_at <= now

    @property
    def has_lesson(self) -> bool:
        """Whether it stands in a lesson that takes place."""
        return self.on_date is not None

    @property
    def is_lost(self) -> bool:
        """Planned for a lesson that is no more. A reserve hour given up is not lost."""
        return not self.has_lesson and self.planned_on is not None

    def as_hour(self) -> Hour:
        """For spreading."""
        return Hour(self.id, self.topic, self.is_control, self.is_reserve, self.needs)


@dataclass(frozen=True, slots=True)
class Plan:
    """The plan of a course and where it stands now."""

    hours: list[PlannedHour]
    now: datetime
    today: date

    @property
    def given(self) -> list[PlannedHour]:
        """Hours whose lesson is over."""
        return [one for one in self.hours if one.is_given(self.now)]

    @property
    def ahead(self) -> list[PlannedHour]:
        """Hours still to be given, those that lost their lesson among them."""
        return [one for one in self.hours if not one.is_given(self.now)]

    @property
    def lost(self) -> list[PlannedHour]:
        """Hours whose lesson does not take place."""
        return [one for one in self.hours if one.is_lost]

    @property
    def lag(self) -> int:
        """Hours that were planned for days before today and have not been given."""
        due = [one for one in self.hours if one.planned_on is not None and one.planned_on < self.today]
        return max(0, len(due) - sum(one.on_date is not None and one.on_date < self.today for one in self.given))

    @property
    def last_on(self) -> date | None:
        """The day of the last hour that has a lesson."""
        return max((one.on_date for one in self.hours if one.on_date is not None), default=None)

    @property
    def planned(self) -> int:
        """Hours of the plan without its reserve."""
        return sum(not one.is_reserve for one in self.hours)


@dataclass(frozen=True, slots=True)
class FreeLesson:
    """A lesson that takes place and is not over."""

    id: uuid.UUID
    on_date: date
    slot: int


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A course in the list of plans."""

    course_id: uuid.UUID
    group: str
    subject: str
    tint: int
    hours: int
    given: int
    lag: int
    lost: int


_HOURS = (
    select(
        hour.c.id,
        hour.c.number,
        topic.c.id,
        topic.c.number,
        topic.c.title,
        topic.c.topic_id,
        topic.c.hours,
        topic.c.is_control,
        topic.c.is_reserve,
        topic.c.needs,
        hour.c.planned_on,
        hour.c.lesson_id,
        lesson.c.on_date,
        lesson.c.slot,
        lesson.c.ends_at,
        lesson.c.topic,
    )
    .select_from(
        hour.join(topic, and_(topic.c.school_id == SCHOOL, topic.c.id == hour.c.plan_topic_id)).outerjoin(
            lesson, and_(lesson.c.school_id == SCHOOL, lesson.c.id == hour.c.lesson_id, lesson.c.state == HELD)
        )
    )
    .where(hour.c.school_id == SCHOOL)
    .order_by(hour.c.number)
)
_PLAN = _HOURS.where(hour.c.course_id == bindparam("course", type_=Id))
_OF_LESSON = _HOURS.where(hour.c.lesson_id == bindparam("lesson", type_=Id))

_given = and_(lesson.c.id.is_not(None), lesson.c.ends_at <= bindparam("now", type_=Moment))
_LINES = (
    select(
        hour.c.course_id,
        group.c.name,
        subject.c.name_ru,
        subject.c.name_en,
        subject.c.tint,
        func.count(),
        func.count().filter(_given),
        func.count().filter(hour.c.planned_on < bindparam("today", type_=Date)),
        func.count().filter(and_(_given, lesson.c.on_date < bindparam("today", type_=Date))),
        func.count().filter(and_(lesson.c.id.is_(None), hour.c.planned_on.is_not(None))),
    )
    .select_from(
        hour.join(course_table, and_(course_table.c.school_id == SCHOOL, course_table.c.id == hour.c.course_id))
        .join(group, and_(group.c.school_id == SCHOOL, group.c.id == course_table.c.group_id))
        .join(subject, subject.c.id == course_table.c.subject_id)
        .outerjoin(lesson, and_(lesson.c.school_id == SCHOOL, lesson.c.id == hour.c.lesson_id, lesson.c.state == HELD))
    )
    .where(hour.c.school_id == SCHOOL)
    .group_by(hour.c.course_id, group.c.year_level, group.c.name, subject.c.name_ru, subject.c.name_en, subject.c.tint)
    .order_by(group.c.year_level, group.c.name, subject.c.name_ru)
)


def plan_of(course: SeenCourse) -> Plan:
    """All hours of a course in their order; none where there is no plan."""
    rows = read(_PLAN, {"school": course.school_id, "course": course.id})
    now = clock.now()
    return Plan([_hour(tuple(row)) for row in rows], now, clock.local(now).date())


def hours_in(lesson: SeenLesson) -> list[PlannedHour]:
    """What the plan has for a lesson: usually one hour."""
    return [_hour(tuple(row)) for row in read(_OF_LESSON, {"school": lesson.school_id, "lesson": lesson.id})]


def lessons_to_fill(course: SeenCourse, *, whole_year: bool = False) -> list[FreeLesson]:
    """Lessons of the course that take place and are not over yet (or all of the year), in their order."""
    statement = select(lesson.c.id, lesson.c.on_date, lesson.c.slot).where(
        lesson.c.school_id == course.school_id, lesson.c.course_id == course.id, lesson.c.state == HELD
    )
    if not whole_year:
        statement = statement.where(lesson.c.ends_at > clock.now())
    return [FreeLesson(*row) for row in db.session.execute(statement.order_by(lesson.c.on_date, lesson.c.slot))]


def plans_of(actor: Actor, *, all_courses: bool) -> list[PlanLine]:
    """The plans of the school with their lag, or only those of the courses that the actor teaches today."""
    statement = _LINES
    today = clock.today()
    if not all_courses:
        mine = select(post.c.course_id).where(
            post.c.school_id == actor.school_id,
            post.c.teacher_id == actor.member_id,
            post.c.from_on <= today,
            or_(post.c.to_on.is_(None), post.c.to_on >= today),
        )
        statement = statement.where(hour.c.course_id.in_(mine))
    rows = db.session.execute(statement, {"school": actor.school_id, "now": clock.now(), "today": today})
    return [
        PlanLine(
            row[0],
            row[1],
            row[3] if actor.locale == "en" else row[2],
            row[4] + 1,
            row[5],
            row[6],
            max(0, row[7] - row[8]),
            row[9],
        )
        for row in rows
    ]


def _hour(row: tuple[Any, ...]) -> PlannedHour:
    needs = frozenset(int(one) for one in row[9].split(",") if one)
    fields: list[Any] = [*row[:9], needs, *row[10:15], row[15] or ""]
    return PlannedHour(*fields)
