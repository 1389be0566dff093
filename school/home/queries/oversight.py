"""Behind the numbers of a deputy head's and class teacher's page: which lessons, whose works, on which days."""

import uuid
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, cast

from sqlalchemy import Table, and_, bindparam, func, or_, select

from school.classes.models import GroupKind, LessonState, SchoolYear
from school.classes.queries.relations import SCHOOL, TODAY
from school.core import clock
from school.core.access import Actor
from school.core.database import Id, read
from school.home.queries.deputy import (
    CONTROL_PERCENT,
    JOURNAL_DAYS,
    NO_PRESENCE,
    NO_TOPIC,
    PLANNED,
    SINCE,
    WITH_CHANGES,
    column,
    course,
    group,
    lesson,
    member,
    subject,
    substitute,
    substitution,
    work,
)
from school.people.names import initials
from school.plans.models import PlanHour, PlanTopic

hour = cast("Table", PlanHour.__table__)
topic = cast("Table", PlanTopic.__table__)
year = cast("Table", SchoolYear.__table__)
CLASSES = bindparam("classes", type_=Id, expanding=True)
WEEKS_AHEAD = 3
A_DAY = 1
"""Check works of one class on a day: more is named. Recommendations СК-228/03 of 6 August 2021."""

_class_id = func.coalesce(group.c.class_id, group.c.id)
_ALL = (
    select(group.c.id, group.c.name, group.c.year_level)
    .select_from(group.join(year, and_(year.c.school_id == SCHOOL, year.c.id == group.c.year_id)))
    .where(
        group.c.school_id == SCHOOL,
        group.c.kind == GroupKind.CLASS.value,
        year.c.starts_on <= TODAY,
        year.c.ends_on >= TODAY,
    )
    .order_by(group.c.year_level, group.c.letter, group.c.name)
)
_UNFILLED = (
    select(
        lesson.c.id,
        lesson.c.on_date,
        lesson.c.slot,
        group.c.name,
        subject.c.name_ru,
        subject.c.name_en,
        subject.c.tint,
        func.coalesce(substitute.c.id, member.c.id),
        func.coalesce(substitute.c.family_name, member.c.family_name),
        func.coalesce(substitute.c.given_name, member.c.given_name),
        func.coalesce(substitute.c.patronymic, member.c.patronymic),
        NO_PRESENCE,
        NO_TOPIC,
    )
    .select_from(
        WITH_CHANGES.join(group, and_(group.c.school_id == SCHOOL, group.c.id == lesson.c.group_id))
        .join(subject, subject.c.id == lesson.c.subject_id)
        .join(member, and_(member.c.school_id == SCHOOL, member.c.id == lesson.c.teacher_id))
        .outerjoin(substitute, and_(substitute.c.school_id == SCHOOL, substitute.c.id == substitution.c.teacher_id))
    )
    .where(
        lesson.c.school_id == SCHOOL,
        lesson.c.on_date >= SINCE,
        lesson.c.on_date < TODAY,
        PLANNED,
        or_(NO_PRESENCE, NO_TOPIC),
    )
    .order_by(lesson.c.on_date, lesson.c.slot, group.c.name)
)
_UNFILLED_OF = _UNFILLED.where(_class_id.in_(CLASSES))
_HOURS = (
    select(course.c.id, _class_id, group.c.name, subject.c.name_ru, subject.c.name_en, func.count())
    .select_from(
        lesson.join(group, and_(group.c.school_id == SCHOOL, group.c.id == lesson.c.group_id))
        .join(course, and_(course.c.school_id == SCHOOL, course.c.id == lesson.c.course_id))
        .join(subject, subject.c.id == course.c.subject_id)
        .join(year, and_(year.c.school_id == SCHOOL, year.c.id == group.c.year_id))
    )
    .where(
        lesson.c.school_id == SCHOOL,
        PLANNED,
        _class_id.in_(CLASSES),
        lesson.c.on_date.between(year.c.starts_on, year.c.ends_on),
    )
    .group_by(course.c.id, _class_id, group.c.name, subject.c.name_ru, subject.c.name_en)
    .order_by(subject.c.name_ru, group.c.name)
)
_MARKED = (
    select(lesson.c.course_id, lesson.c.id, lesson.c.on_date)
    .select_from(
        column.join(work, and_(work.c.school_id == SCHOOL, work.c.id == column.c.work_type_id))
        .join(lesson, and_(lesson.c.school_id == SCHOOL, lesson.c.id == column.c.lesson_id))
        .join(group, and_(group.c.school_id == SCHOOL, group.c.id == lesson.c.group_id))
    )
    .where(column.c.school_id == SCHOOL, work.c.is_control, PLANNED, _class_id.in_(CLASSES))
)
_INTENDED = (
    select(lesson.c.course_id, lesson.c.id, lesson.c.on_date)
    .select_from(
        hour.join(topic, and_(topic.c.school_id == SCHOOL, topic.c.id == hour.c.plan_topic_id))
        .join(
            lesson,
            and_(
                lesson.c.school_id == SCHOOL,
                lesson.c.id == hour.c.lesson_id,
                lesson.c.state == LessonState.PLANNED.value,
            ),
        )
        .join(group, and_(group.c.school_id == SCHOOL, group.c.id == lesson.c.group_id))
    )
    .where(hour.c.school_id == SCHOOL, topic.c.is_control, lesson.c.on_date >= TODAY, _class_id.in_(CLASSES))
)


@dataclass(frozen=True, slots=True)
class OfClass:
    """A class of the running year."""

    id: uuid.UUID
    name: str
    year_level: int


@dataclass(frozen=True, slots=True)
class Unfilled:
    """A lesson of the last days without presence or topic."""

    lesson_id: uuid.UUID
    on_date: date
    slot: int
    group: str
    subject: str
    tint: int
    teacher_id: uuid.UUID
    teacher: str
    no_presence: bool
    no_topic: bool


@dataclass(frozen=True, slots=True)
class Tested:
    """A course with its check works of the year, given and planned."""

    course_id: uuid.UUID
    group: str
    subject: str
    lessons: int
    controls: int
    ahead: tuple[date, ...]

    @property
    def is_over(self) -> bool:
        """More than a tenth of the year's lessons."""
        return self.controls * 100 > self.lessons * CONTROL_PERCENT


@dataclass(frozen=True, slots=True)
class ControlSchedule:
    """The check works of a class."""

    of: OfClass
    courses: tuple[Tested, ...]
    days: tuple[tuple[date, tuple[str, ...]], ...]
    """The coming weeks: day and subjects."""

    @property
    def crowded(self) -> list[date]:
        """Days with more than one."""
        return [day for day, subjects in self.days if len(subjects) > A_DAY]


def classes_of_year(school_id: int) -> list[OfClass]:
    """All classes that learn now."""
    return [OfClass(*row) for row in read(_ALL, {"school": school_id, "today": clock.today()})]


def unfilled_lessons(actor: Actor, classes: Collection[uuid.UUID] | None) -> list[Unfilled]:
    """Of the seven days before today; of the whole school where no classes are named. One statement."""
    today = clock.today()
    values: dict[str, Any] = {"school": actor.school_id, "today": today, "since": today - timedelta(JOURNAL_DAYS)}
    rows = read(_UNFILLED, values) if classes is None else read(_UNFILLED_OF, {**values, "classes": list(classes)})
    english = actor.locale == "en"
    return [
        Unfilled(
            row[0], row[1], row[2], row[3], row[5] if english else row[4], row[6] + 1, row[7],
            initials(row[8], row[9], row[10]), bool(row[11]), bool(row[12]),
        )
        for row in rows
    ]  # fmt: skip


def control_schedules(actor: Actor, classes: list[OfClass]) -> list[ControlSchedule]:
    """Check works that stand in journals or plans. A lesson with both is one. Three statements."""
    today = clock.today()
    values = {"school": actor.school_id, "today": today, "classes": [one.id for one in classes]}
    if not classes:
        return []
    works: dict[uuid.UUID, dict[uuid.UUID, date]] = defaultdict(dict)
    for statement in (_MARKED, _INTENDED):
        for course_id, lesson_id, on_date in read(statement, values):
            works[course_id][lesson_id] = on_date
    courses: dict[uuid.UUID, list[Tested]] = defaultdict(list)
    days: dict[uuid.UUID, dict[date, list[str]]] = defaultdict(lambda: defaultdict(list))
    last = today + timedelta(weeks=WEEKS_AHEAD)
    for course_id, class_id, name, name_ru, name_en, lessons in read(_HOURS, values):
        found = works.get(course_id, {})
        title = name_en if actor.locale == "en" else name_ru
        ahead = tuple(sorted({day for day in found.values() if today <= day <= last}))
        courses[class_id].append(Tested(course_id, name, title, lessons, len(found), ahead))
        for day in ahead:
            if title not in days[class_id][day]:  # halves of a class write the same subject's work
                days[class_id][day].append(title)
    return [
        ControlSchedule(
            one, tuple(courses[one.id]), tuple((day, tuple(some)) for day, some in sorted(days[one.id].items()))
        )
        for one in classes
    ]
