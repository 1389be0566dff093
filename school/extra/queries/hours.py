"""The days ahead with who and what is busy, from the timetable and the other extra lessons."""

import uuid
from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, Final, cast

from sqlalchemy import Table, and_, bindparam, func, select
from sqlalchemy.types import Date

from school.classes.models import AbsenceNote, ExtraLesson, ExtraPlace, Lesson, LessonState, StudyGroup, Substitution
from school.classes.queries.days import lessons_of_pupils
from school.classes.queries.relations import SCHOOL
from school.classes.seen import SeenCourse
from school.core import clock
from school.core.database import Id, Moment, read
from school.extra.times import Day, Hour, Span, Trouble, best_hours, trouble_at

lesson = cast("Table", Lesson.__table__)
group = cast("Table", StudyGroup.__table__)
substitution = cast("Table", Substitution.__table__)
extra = cast("Table", ExtraLesson.__table__)
extra_place = cast("Table", ExtraPlace.__table__)
note = cast("Table", AbsenceNote.__table__)

LOOKED_AHEAD: Final = 14
SHOWN: Final = 5
SINCE = bindparam("since", type_=Date)
UNTIL = bindparam("until", type_=Date)
PUPILS = bindparam("pupils", type_=Id, expanding=True)

_BUILDING = select(group.c.building_id).where(group.c.school_id == SCHOOL, group.c.id == bindparam("group", type_=Id))
_LESSONS = (
    select(
        lesson.c.on_date,
        lesson.c.starts_at,
        lesson.c.ends_at,
        lesson.c.room,
        group.c.building_id,
        func.coalesce(substitution.c.teacher_id, lesson.c.teacher_id),
        lesson.c.subject_id,
    )
    .select_from(
        lesson.join(group, and_(group.c.school_id == SCHOOL, group.c.id == lesson.c.group_id)).outerjoin(
            substitution, and_(substitution.c.school_id == SCHOOL, substitution.c.lesson_id == lesson.c.id)
        )
    )
    .where(
        lesson.c.school_id == SCHOOL,
        lesson.c.on_date.between(SINCE, UNTIL),
        lesson.c.state == LessonState.PLANNED.value,
    )
)
_EXTRAS = (
    select(
        extra.c.id, extra.c.starts_at, extra.c.ends_at, extra.c.room, extra.c.building_id, extra.c.teacher_id,
        extra_place.c.pupil_id,
    )
    .select_from(
        extra.outerjoin(
            extra_place,
            and_(
                extra_place.c.school_id == SCHOOL,
                extra_place.c.extra_id == extra.c.id,
                extra_place.c.reply != "no",
                extra_place.c.pupil_id.in_(PUPILS),
            ),
        )
    )
    .where(
        extra.c.school_id == SCHOOL,
        extra.c.cancelled_at.is_(None),
        extra.c.ends_at > bindparam("from", type_=Moment),
        extra.c.starts_at < bindparam("to", type_=Moment),
    )
)  # fmt: skip
_NOTES = select(note.c.pupil_id, note.c.first_on, note.c.last_on).where(
    note.c.school_id == SCHOOL,
    note.c.pupil_id.in_(PUPILS),
    note.c.withdrawn_at.is_(None),
    note.c.slots == "",
    note.c.first_on <= UNTIL,
    note.c.last_on >= SINCE,
)


def building_of(course: SeenCourse) -> uuid.UUID:
    """The building of the course's group."""
    found: uuid.UUID = read(_BUILDING, {"school": course.school_id, "group": course.group_id})[0][0]
    return found


def hours_for(
    course: SeenCourse,
    teacher_id: uuid.UUID,
    pupils: Collection[uuid.UUID],
    after: date,
    without: uuid.UUID | None = None,
) -> list[Hour]:
    """Up to five days after ``after``, each with its best hour for these pupils. Five statements.

    ``without`` is an extra lesson that does not count as busy: the one that is asked about.
    """
    if not pupils:
        return []
    days = days_ahead(course, teacher_id, pupils, after, LOOKED_AHEAD, without)
    return best_hours(days, pupils, max(1, (len(pupils) + 1) // 2))[:SHOWN]


def trouble_of(
    course: SeenCourse, extra_id: uuid.UUID, teacher_id: uuid.UUID, room: str, span: Span, pupils: Collection[uuid.UUID]
) -> Trouble:
    """What stands in the way of an arranged lesson by now. Five statements."""
    on = clock.local(span.starts_at).date()
    days = days_ahead(course, teacher_id, pupils, on - timedelta(days=1), 1, extra_id)
    return trouble_at(days[0] if days else None, span, room, pupils)


@dataclass(slots=True)
class _Busy:
    """What takes the teacher, the rooms and the pupils, day by day."""

    teacher: dict[date, list[Span]] = field(default_factory=lambda: defaultdict(list))
    rooms: dict[date, dict[str, list[Span]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(list)))
    others: dict[date, dict[uuid.UUID, list[Span]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(list))
    )
    liked: Counter[str] = field(default_factory=Counter)
    """Rooms of the building: the teacher's own first, then those where the subject is taught."""

    @property
    def order(self) -> list[str]:
        return sorted(self.liked, key=lambda name: (-self.liked[name], name))


def days_ahead(
    course: SeenCourse,
    teacher_id: uuid.UUID,
    pupils: Collection[uuid.UUID],
    after: date,
    how_many: int,
    without: uuid.UUID | None = None,
) -> list[Day]:
    """The days after ``after`` with all that is busy."""
    since, until = after + timedelta(days=1), after + timedelta(days=how_many)
    values: dict[str, Any] = {"school": course.school_id, "since": since, "until": until, "pupils": list(pupils)}
    building, busy = building_of(course), _Busy()
    for on, starts_at, ends_at, room, where, who, subject_id in read(_LESSONS, values):
        span = Span(starts_at, ends_at)
        if where == building and room:
            busy.rooms[on][room].append(span)
            busy.liked[room] += 1000 * (who == teacher_id) + (subject_id == course.subject_id)
        if who == teacher_id:
            busy.teacher[on].append(span)
    bounds = {"from": clock.moscow(since, time()), "to": clock.moscow(until + timedelta(days=1), time())}
    for row in read(_EXTRAS, {**values, **bounds}):
        if row[0] != without:
            _take(busy, row[1:], building, teacher_id)
    lessons = _of_pupils(course.school_id, pupils, since, until)
    for pupil_id, first, last in read(_NOTES, values):
        for on in [one for one in lessons if first <= one <= last]:
            lessons[on].pop(pupil_id, None)
    order = busy.order
    return [
        Day(on, busy.teacher[on], lessons[on], busy.others[on], {room: busy.rooms[on][room] for room in order})
        for on in sorted(lessons)
    ]


def _take(busy: _Busy, extra_lesson: tuple[Any, ...], building: uuid.UUID, teacher_id: uuid.UUID) -> None:
    """An extra lesson keeps its room, its teacher and its pupils from others."""
    starts_at, ends_at, room, where, who, pupil_id = extra_lesson
    span, on = Span(starts_at, ends_at), clock.local(starts_at).date()
    if where == building and room:
        busy.rooms[on][room].append(span)
    if who == teacher_id and on in busy.teacher:
        busy.teacher[on].append(span)
    if pupil_id is not None:
        busy.others[on][pupil_id].append(span)


def _of_pupils(
    school_id: int, pupils: Collection[uuid.UUID], since: date, until: date
) -> dict[date, dict[uuid.UUID, list[Span]]]:
    found: dict[date, dict[uuid.UUID, list[Span]]] = defaultdict(lambda: defaultdict(list))
    for pupil_id, of_pupil in lessons_of_pupils(school_id, pupils, since, until).items():
        for one in of_pupil:
            if one.is_held:
                found[one.on_date][pupil_id].append(Span(one.starts_at, one.ends_at))
    return found


def hour_at(
    course: SeenCourse,
    teacher_id: uuid.UUID,
    pupils: Collection[uuid.UUID],
    starts_at: datetime,
    without: uuid.UUID | None = None,
) -> Hour | None:
    """The hour that begins at this moment, if it is still free."""
    on = clock.local(starts_at).date()
    hours = hours_for(course, teacher_id, pupils, on - timedelta(days=1), without)
    return next((one for one in hours if one.starts_at == starts_at), None)
