"""Lessons of a pupil or a teacher between two days: what weeks, diaries and first pages are drawn from."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import ColumnElement, FromClause, Select, Table, and_, bindparam, func, or_, select
from sqlalchemy.types import Date

from content_library.models import Subject
from school.classes.models import Enrolment, Lesson, LessonState, PresenceTaken, StudyGroup, Substitution
from school.classes.queries.relations import MEMBER, SCHOOL
from school.core.database import db
from school.people.models import Member
from school.people.names import polite_name

lesson = cast("Table", Lesson.__table__)
group = cast("Table", StudyGroup.__table__)
subject = cast("Table", Subject.__table__)
place = cast("Table", Enrolment.__table__)
substitution = cast("Table", Substitution.__table__)
taken = cast("Table", PresenceTaken.__table__)
teacher = cast("Table", Member.__table__)
target = lesson.alias("moved_to")

SINCE = bindparam("since", type_=Date)
UNTIL = bindparam("until", type_=Date)


@dataclass(frozen=True, slots=True)
class DayLesson:
    """One lesson of somebody's day; cancelled and moved ones too, for they must be said."""

    id: uuid.UUID
    course_id: uuid.UUID
    group_id: uuid.UUID
    group: str
    subject: str
    tint: int
    on_date: date
    slot: int
    starts_at: datetime
    ends_at: datetime
    room: str
    state: str
    topic: str
    teacher: str
    """«Ольга Сергеевна»: who takes it, the substitute where there is one."""
    is_substituted: bool
    presence_taken: bool
    taken_by: uuid.UUID
    """Member id of ``teacher``."""
    moved_on: date | None
    """Where a moved lesson stands now."""
    moved_slot: int | None

    @property
    def is_held(self) -> bool:
        """Whether it takes place at this hour."""
        return self.state == LessonState.PLANNED.value


_COLUMNS = (
    lesson.c.id,
    lesson.c.course_id,
    lesson.c.group_id,
    group.c.name,
    subject.c.name_ru,
    subject.c.name_en,
    subject.c.tint,
    lesson.c.on_date,
    lesson.c.slot,
    lesson.c.starts_at,
    lesson.c.ends_at,
    lesson.c.room,
    lesson.c.state,
    lesson.c.topic,
    teacher.c.given_name,
    teacher.c.patronymic,
    substitution.c.id.is_not(None),
    taken.c.id.is_not(None),
    teacher.c.id,
    target.c.on_date,
    target.c.slot,
)


def _lessons(source: FromClause, condition: ColumnElement[bool]) -> Select[Any]:
    who = func.coalesce(substitution.c.teacher_id, lesson.c.teacher_id)
    return (
        select(*_COLUMNS)
        .select_from(
            source.join(group, and_(group.c.school_id == SCHOOL, group.c.id == lesson.c.group_id))
            .join(subject, subject.c.id == lesson.c.subject_id)
            .outerjoin(substitution, and_(substitution.c.school_id == SCHOOL, substitution.c.lesson_id == lesson.c.id))
            .join(teacher, and_(teacher.c.school_id == SCHOOL, teacher.c.id == who))
            .outerjoin(taken, and_(taken.c.school_id == SCHOOL, taken.c.lesson_id == lesson.c.id))
            .outerjoin(target, and_(target.c.school_id == SCHOOL, target.c.id == lesson.c.moved_to_id))
        )
        .where(lesson.c.school_id == SCHOOL, lesson.c.on_date >= SINCE, lesson.c.on_date <= UNTIL, condition)
        .order_by(lesson.c.on_date, lesson.c.slot, lesson.c.id)
    )


_OF_PUPIL = _lessons(
    place.join(
        lesson,
        and_(
            lesson.c.school_id == SCHOOL,
            lesson.c.group_id == place.c.group_id,
            lesson.c.on_date >= place.c.from_on,
            or_(place.c.to_on.is_(None), lesson.c.on_date <= place.c.to_on),
        ),
    ),
    and_(place.c.school_id == SCHOOL, place.c.pupil_id == MEMBER),
)
_OF_TEACHER = _lessons(lesson, or_(lesson.c.teacher_id == MEMBER, substitution.c.teacher_id == MEMBER))


def lessons_of_pupil(
    school_id: int, pupil_id: uuid.UUID, since: date, until: date, locale: str = "ru"
) -> list[DayLesson]:
    """Lessons of all groups the pupil is in on each day, in the order of the bells. One statement."""
    return _day_lessons(_OF_PUPIL, school_id, pupil_id, since, until, locale)


def lessons_of_teacher(
    school_id: int, teacher_id: uuid.UUID, since: date, until: date, locale: str = "ru"
) -> list[DayLesson]:
    """Lessons the teacher takes, by the timetable or instead of another; those given away say who takes them."""
    return _day_lessons(_OF_TEACHER, school_id, teacher_id, since, until, locale)


def _day_lessons(
    statement: Select[Any], school_id: int, member_id: uuid.UUID, since: date, until: date, locale: str
) -> list[DayLesson]:
    rows = db.session.execute(statement, {"school": school_id, "member": member_id, "since": since, "until": until})
    made = []
    for row in rows:
        cells: tuple[Any, ...] = tuple(row)
        words = cells[5] if locale == "en" else cells[4]
        fields = [*cells[:4], words, cells[6] + 1, *cells[7:14], polite_name(cells[14], cells[15]), *cells[16:]]
        made.append(DayLesson(*fields))
    return made
