"""A pupil's marks over all subjects, as the one who looks may see them: families what is released, staff what stands."""

import uuid
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple, cast

from sqlalchemy import Table, and_, bindparam, or_, select
from sqlalchemy.types import Date

from content_library.models import Subject
from school.classes.models import Course, Enrolment
from school.classes.queries.relations import MEMBER, SCHOOL, lasting, teaches_course
from school.classes.seen import SeenPupil
from school.core import clock
from school.core.database import Id, db, read
from school.gradebook.models import Column, Mark, WorkType
from school.gradebook.release import Sign, family_sees, seen_since
from school.gradebook.systems import Criterion

mark = cast("Table", Mark.__table__)
column = cast("Table", Column.__table__)
work = cast("Table", WorkType.__table__)
subject = cast("Table", Subject.__table__)
course = cast("Table", Course.__table__)
place = cast("Table", Enrolment.__table__)

FRESH = timedelta(days=3)
"""So long a mark is new to the family."""

OWED_BEFORE = timedelta(days=92)
"""So long ago a dot may have been put that is still asked for in a week."""

_ALL = (
    select(
        mark.c.id,
        mark.c.column_id,
        column.c.lesson_id,
        mark.c.course_id,
        mark.c.subject_id,
        subject.c.name_ru,
        subject.c.name_en,
        subject.c.tint,
        mark.c.on_date,
        mark.c.weight,
        mark.c.value,
        mark.c.code,
        mark.c.comment,
        mark.c.origin,
        mark.c.due_on,
        mark.c.released_at,
        mark.c.released_value,
        mark.c.released_code,
        mark.c.released_comment,
        mark.c.released_origin,
        mark.c.released_due_on,
        mark.c.released_since,
        mark.c.set_at,
        column.c.title,
        column.c.homework_id,
        column.c.system,
        column.c.criteria,
        mark.c.place,
        work.c.act_id,
        work.c.name,
        work.c.position,
        work.c.is_control,
    )
    .select_from(
        mark.join(column, and_(column.c.school_id == SCHOOL, column.c.id == mark.c.column_id))
        .join(work, and_(work.c.school_id == SCHOOL, work.c.id == column.c.work_type_id))
        .join(subject, subject.c.id == mark.c.subject_id)
    )
    .where(mark.c.school_id == SCHOOL, mark.c.pupil_id == MEMBER)
    .order_by(
        subject.c.sort, subject.c.id, mark.c.on_date, column.c.position, mark.c.column_id, mark.c.place, mark.c.id
    )
)

SINCE, UNTIL = bindparam("since", type_=Date), bindparam("until", type_=Date)
_MARKS = _ALL.where(mark.c.on_date.between(SINCE, UNTIL))
_WEEK = _ALL.where(
    mark.c.on_date.between(bindparam("before", type_=Date), UNTIL),
    or_(
        mark.c.on_date >= SINCE,
        mark.c.due_on.between(SINCE, UNTIL),
        mark.c.released_due_on.between(SINCE, UNTIL),
    ),
)

_TAUGHT = (
    select(course.c.subject_id)
    .select_from(place.join(course, and_(course.c.school_id == SCHOOL, course.c.group_id == place.c.group_id)))
    .where(lasting(place), place.c.pupil_id == bindparam("pupil", type_=Id), teaches_course(course))
)


class PupilMark(NamedTuple):
    """A mark with the work it was put for."""

    id: uuid.UUID
    column_id: uuid.UUID
    lesson_id: uuid.UUID
    course_id: uuid.UUID
    subject_id: int
    subject: str
    tint: int
    on_date: date
    weight: int
    sign: Sign
    set_at: datetime
    is_fresh: bool
    """Out for less than ``FRESH``."""
    is_quiet: bool
    """Only staff see this: the family does not yet."""
    title: str
    homework_id: uuid.UUID | None
    system: str | None
    """Of the column, where marks are put in another system first."""
    criteria: tuple[Criterion, ...]
    place: int
    act_id: uuid.UUID
    work: str
    line: int
    """Which line of the act gives the weight, from 1."""
    is_control: bool

    @property
    def text(self) -> str:
        """«4», «н/а»."""
        return self.sign.text


def sees_unreleased(pupil: SeenPupil) -> bool:
    """Staff see what stands; the pupil and the family what is released."""
    return not (pupil.is_self or pupil.guards)


def marks_of_pupil(
    pupil: SeenPupil, since: date, until: date, locale: str = "ru", only: Collection[int] | None = None
) -> list[PupilMark]:
    """The pupil's marks of these days, subject by subject. One statement; removed and unreleased marks are left out.

    ``only`` names the subjects that the reader may see, see ``subjects_taught``.
    """
    marks = marks_between(pupil.school_id, pupil.id, since, until, locale, as_staff=sees_unreleased(pupil))
    return marks if only is None else [one for one in marks if one.subject_id in only]


def subjects_taught(school_id: int, teacher_id: uuid.UUID | None, pupil_id: uuid.UUID) -> frozenset[int]:
    """What a teacher teaches a pupil today. One statement."""
    where = {"school": school_id, "member": teacher_id, "pupil": pupil_id, "today": clock.today()}
    return frozenset(db.session.scalars(_TAUGHT, where))


def marks_between(
    school_id: int, pupil_id: uuid.UUID, since: date, until: date, locale: str = "ru", *, as_staff: bool = False
) -> list[PupilMark]:
    """The same for a caller who has asked ``sees_pupil``; families must be given ``as_staff=False``."""
    rows = read(_MARKS, {"school": school_id, "member": pupil_id, "since": since, "until": until})
    return _seen(rows, locale, as_staff=as_staff)


def marks_of_week(
    pupil: SeenPupil, since: date, until: date, locale: str = "ru", only: Collection[int] | None = None
) -> list[PupilMark]:
    """The same, and with them the dots put earlier whose work is owed within these days. One statement."""
    where = {"school": pupil.school_id, "member": pupil.id, "since": since, "until": until}
    rows = read(_WEEK, {**where, "before": since - OWED_BEFORE})
    marks = _seen(rows, locale, as_staff=sees_unreleased(pupil))
    return marks if only is None else [one for one in marks if one.subject_id in only]


def _seen(rows: Iterable[Sequence[Any]], locale: str, *, as_staff: bool) -> list[PupilMark]:
    now = clock.now()
    made = (_mark(tuple(row), now, locale, as_staff=as_staff) for row in rows)
    return [one for one in made if not one.sign.is_empty]


def _mark(cells: tuple[Any, ...], now: datetime, locale: str, *, as_staff: bool) -> PupilMark:
    mark_id, column_id, lesson_id, course_id, subject_id, name_ru, name_en, tint, on_date, weight = cells[:10]
    value, code, comment, origin, due_on, released_at, *seen, released_since, set_at = cells[10:23]
    title, homework_id, system, criteria, place, act_id, name, position, is_control = cells[23:]
    current, released = Sign(value, code, comment, origin, due_on), Sign(*seen)
    sign = current if as_staff else family_sees(current, released, released_at, now)
    since = seen_since(current, released, released_at, released_since, now)
    return PupilMark(
        mark_id,
        column_id,
        lesson_id,
        course_id,
        subject_id,
        name_en if locale == "en" else name_ru,
        tint + 1,
        on_date,
        weight,
        sign,
        set_at,
        since is not None and now - since < FRESH,
        released_at > now,
        title,
        homework_id,
        system,
        Criterion.all_of(criteria) if criteria else (),
        place,
        act_id,
        name,
        position + 1,
        is_control,
    )


def by_subject(marks: Sequence[PupilMark]) -> dict[int, list[PupilMark]]:
    """The marks of each subject, in the order of the subjects."""
    found: dict[int, list[PupilMark]] = {}
    for one in marks:
        found.setdefault(one.subject_id, []).append(one)
    return found
