"""Lessons of a pupil or a teacher between two days: what weeks, diaries and first pages are drawn from."""

import uuid
from collections.abc import Callable, Collection, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple, cast

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    FromClause,
    Select,
    Table,
    and_,
    bindparam,
    case,
    false,
    func,
    literal_column,
    null,
    or_,
    select,
    union_all,
)
from sqlalchemy.types import Date

from content_library.models import Subject, Topic
from school.classes.models import (
    Absence,
    Course,
    Enrolment,
    ExtraLesson,
    ExtraPlace,
    Lesson,
    LessonState,
    PresenceTaken,
    Reply,
    StudyGroup,
    Substitution,
)
from school.classes.queries.relations import MEMBER, SCHOOL
from school.core.database import Id, read
from school.people.models import Member
from school.people.names import polite_name

lesson = cast("Table", Lesson.__table__)
group = cast("Table", StudyGroup.__table__)
subject = cast("Table", Subject.__table__)
place = cast("Table", Enrolment.__table__)
substitution = cast("Table", Substitution.__table__)
absence = cast("Table", Absence.__table__)
taken = cast("Table", PresenceTaken.__table__)
teacher = cast("Table", Member.__table__)
target = lesson.alias("moved_to")
extra = cast("Table", ExtraLesson.__table__)
extra_place = cast("Table", ExtraPlace.__table__)
course = cast("Table", Course.__table__)
topic = cast("Table", Topic.__table__)

NO_BELL = -1
"""In the place of a lesson's number: an extra lesson begins by the clock."""
SINCE = bindparam("since", type_=Date)
UNTIL = bindparam("until", type_=Date)


class DayLesson(NamedTuple):
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
    absence_fact: str | None = None
    """Of the pupil whose day it is: `AbsenceFact`; nothing when they were there as usual."""
    absence_reason: str | None = None
    minutes_late: int | None = None
    absence_term: uuid.UUID | None = None
    """The term it was in, whose rules say how it is shown."""

    @property
    def is_held(self) -> bool:
        """Whether it takes place at this hour."""
        return self.state == LessonState.PLANNED.value

    @property
    def is_extra(self) -> bool:
        """An extra lesson, beside the timetable: ``id`` is that of an ``ExtraLesson``."""
        return self.slot == NO_BELL


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


PUPILS = bindparam("pupils", type_=Id, expanding=True)


def _of_pupils(condition: ColumnElement[bool]) -> Select[Any]:
    in_their_group = place.join(
        lesson,
        and_(
            lesson.c.school_id == SCHOOL,
            lesson.c.group_id == place.c.group_id,
            lesson.c.on_date >= place.c.from_on,
            or_(place.c.to_on.is_(None), lesson.c.on_date <= place.c.to_on),
        ),
    ).outerjoin(
        absence,
        and_(
            absence.c.school_id == SCHOOL,
            absence.c.lesson_id == lesson.c.id,
            absence.c.pupil_id == place.c.pupil_id,
        ),
    )
    return _lessons(in_their_group, and_(place.c.school_id == SCHOOL, condition)).add_columns(
        absence.c.fact,
        absence.c.reason,
        absence.c.minutes_late,
        case((absence.c.fact.is_not(None), lesson.c.term_id)),
        place.c.pupil_id,
    )


_OF_PUPIL = _of_pupils(place.c.pupil_id == MEMBER)
_OF_PUPILS = _of_pupils(place.c.pupil_id.in_(PUPILS))
_OF_TEACHER = _lessons(lesson, or_(lesson.c.teacher_id == MEMBER, substitution.c.teacher_id == MEMBER))


_EXTRA_COLUMNS: tuple[ColumnElement[Any], ...] = (
    extra.c.id,
    extra.c.course_id,
    course.c.group_id,
    group.c.name,
    subject.c.name_ru,
    subject.c.name_en,
    subject.c.tint,
    extra.c.on_date,
    literal_column(str(NO_BELL)),
    extra.c.starts_at,
    extra.c.ends_at,
    extra.c.room,
    case((extra.c.cancelled_at.is_(None), LessonState.PLANNED.value), else_=LessonState.CANCELLED.value),
    topic.c.title,
    teacher.c.given_name,
    teacher.c.patronymic,
    false(),
    extra.c.held_at.is_not(None),
    teacher.c.id,
    null(),
    null(),
)


def _extras(source: FromClause, condition: ColumnElement[bool]) -> Select[Any]:
    """In the columns of a lesson."""
    return (
        select(*_EXTRA_COLUMNS)
        .select_from(
            source.join(course, and_(course.c.school_id == SCHOOL, course.c.id == extra.c.course_id))
            .join(group, and_(group.c.school_id == SCHOOL, group.c.id == course.c.group_id))
            .join(subject, subject.c.id == course.c.subject_id)
            .join(topic, topic.c.id == extra.c.topic_id)
            .join(teacher, and_(teacher.c.school_id == SCHOOL, teacher.c.id == extra.c.teacher_id))
        )
        .where(extra.c.school_id == SCHOOL, extra.c.on_date >= SINCE, extra.c.on_date <= UNTIL, condition)
    )


def _extras_of_pupils(condition: ColumnElement[bool]) -> Select[Any]:
    invited = extra_place.join(extra, and_(extra.c.school_id == SCHOOL, extra.c.id == extra_place.c.extra_id))
    accepted = and_(extra_place.c.school_id == SCHOOL, extra_place.c.reply != Reply.NO.value, condition)
    return _extras(invited, accepted).add_columns(null(), null(), null(), null(), extra_place.c.pupil_id)


def _days(lessons: Select[Any], extras: Select[Any]) -> CompoundSelect[Any]:
    """Both in the order of the clock. The columns of two tables have no common names, but places."""
    by_place: list[ColumnElement[Any]] = [
        literal_column(str(_COLUMNS.index(one) + 1)) for one in (lesson.c.starts_at, lesson.c.slot, lesson.c.id)
    ]
    return union_all(lessons.order_by(None), extras).order_by(*by_place)


_DAYS_OF_PUPIL = _days(_OF_PUPIL, _extras_of_pupils(extra_place.c.pupil_id == MEMBER))
_DAYS_OF_PUPILS = _days(_OF_PUPILS, _extras_of_pupils(extra_place.c.pupil_id.in_(PUPILS)))
_DAYS_OF_TEACHER = _days(_OF_TEACHER, _extras(extra, extra.c.teacher_id == MEMBER))


def lessons_of_pupils(
    school_id: int, pupil_ids: Collection[uuid.UUID], since: date, until: date, locale: str = "ru"
) -> dict[uuid.UUID, list[DayLesson]]:
    """Lessons of all groups each pupil is in on each day, in the order of the bells. One statement."""
    return _find(_OF_PUPIL, _OF_PUPILS, school_id, pupil_ids, since, until, locale)


def days_of_pupils(
    school_id: int, pupil_ids: Collection[uuid.UUID], since: date, until: date, locale: str = "ru"
) -> dict[uuid.UUID, list[DayLesson]]:
    """The same with extra lessons to which a pupil is invited, unless somebody has said no. One statement."""
    return _find(_DAYS_OF_PUPIL, _DAYS_OF_PUPILS, school_id, pupil_ids, since, until, locale)


def _find(
    of_one: Select[Any] | CompoundSelect[Any],
    of_many: Select[Any] | CompoundSelect[Any],
    school_id: int,
    pupil_ids: Collection[uuid.UUID],
    since: date,
    until: date,
    locale: str,
) -> dict[uuid.UUID, list[DayLesson]]:
    found: dict[uuid.UUID, list[DayLesson]] = {pupil_id: [] for pupil_id in pupil_ids}
    days = {"school": school_id, "since": since, "until": until}
    if len(found) == 1:  # a list of one costs more than the one
        rows = read(of_one, {**days, "member": next(iter(found))})
    else:
        rows = read(of_many, {**days, "pupils": list(found)})
    for row in rows:
        *cells, pupil_id = tuple[Any, ...](row)
        found[pupil_id].append(_day_lesson(cells, locale))
    return found


def lessons_of_pupil(
    school_id: int, pupil_id: uuid.UUID, since: date, until: date, locale: str = "ru"
) -> list[DayLesson]:
    """The same for one pupil."""
    return lessons_of_pupils(school_id, [pupil_id], since, until, locale)[pupil_id]


def days_of_pupil(school_id: int, pupil_id: uuid.UUID, since: date, until: date, locale: str = "ru") -> list[DayLesson]:
    """Lessons and extra lessons of one pupil."""
    return days_of_pupils(school_id, [pupil_id], since, until, locale)[pupil_id]


def days_of_teacher(
    school_id: int, teacher_id: uuid.UUID, since: date, until: date, locale: str = "ru"
) -> list[DayLesson]:
    """Lessons the teacher takes, or has given away, and the extra lessons they give."""
    rows = read(_DAYS_OF_TEACHER, {"school": school_id, "member": teacher_id, "since": since, "until": until})
    return [_day_lesson(tuple[Any, ...](row), locale) for row in rows]


def lessons_of_teacher(
    school_id: int, teacher_id: uuid.UUID, since: date, until: date, locale: str = "ru"
) -> list[DayLesson]:
    """Lessons the teacher takes, by the timetable or instead of another; those given away say who takes them."""
    rows = read(_OF_TEACHER, {"school": school_id, "member": teacher_id, "since": since, "until": until})
    return [_day_lesson(tuple[Any, ...](row), locale) for row in rows]


def _day_lesson(cells: Sequence[Any], locale: str) -> DayLesson:
    words = cells[5] if locale == "en" else cells[4]
    name = polite_name(cells[14], cells[15])
    fields: list[Any] = [*cells[:4], words, cells[6] + 1, *cells[7:14], name, *cells[16:]]
    return DayLesson(*fields)


AHEAD = ((0, 1), (2, 3), (4, 16))
"""Days from today, looked at in turn: a school day, a weekend, the longest holidays but summer's."""


def lessons_ahead(
    find: Callable[[date, date], dict[uuid.UUID, list[DayLesson]]], today: date
) -> dict[uuid.UUID, list[DayLesson]]:
    """Each person's lessons from today up to the next school day after it, at the least.

    ``find`` gives the lessons between two days by person. Most days its first answer is enough, so a first page reads two
    days of lessons, not two weeks.
    """
    found: dict[uuid.UUID, list[DayLesson]] = {}
    for first, last in AHEAD:
        for person, lessons in find(today + timedelta(first), today + timedelta(last)).items():
            found.setdefault(person, []).extend(lessons)
        if all(any(one.is_held and one.on_date > today for one in lessons) for lessons in found.values()):
            break
    return found
