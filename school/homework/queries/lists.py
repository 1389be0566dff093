"""Lists of homework: a pupil's over all subjects, and a course's."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from sqlalchemy import ColumnElement, CompoundSelect, Select, Table, and_, bindparam, case, func, or_, select, union_all
from sqlalchemy.types import Date

from content_library.models import Subject
from school.classes.models import Course, Enrolment, StudyGroup
from school.classes.queries.relations import MEMBER, SCHOOL, TODAY, lasting
from school.classes.seen import SeenCourse
from school.core import clock
from school.core.database import Id, read
from school.homework.models import AssignmentState
from school.homework.queries.loading import assignment, homework, version
from school.homework.seen import DONE, PupilHomework, title_of

course = cast("Table", Course.__table__)
place = cast("Table", Enrolment.__table__)
subject = cast("Table", Subject.__table__)
group = cast("Table", StudyGroup.__table__)

SINCE = bindparam("since", type_=Date)
UNTIL = bindparam("until", type_=Date)
PUPILS = bindparam("pupils", type_=Id, expanding=True)
_DUE = func.coalesce(assignment.c.due_on, homework.c.due_on)
_AGAINST = and_(
    assignment.c.school_id == SCHOOL,
    assignment.c.homework_id == homework.c.id,
    assignment.c.pupil_id == place.c.pupil_id,
    assignment.c.due_on >= SINCE,
)
"""What a pupil has done about a homework. An extension only moves a day forward, so a work's own day is never before its homework's."""


def _some(whose: ColumnElement[bool], *conditions: ColumnElement[bool], outer: bool) -> Select[Any]:
    return (
        select(
            place.c.pupil_id,
            homework.c.id.label("homework_id"),
            course.c.id.label("course_id"),
            subject.c.name_ru,
            subject.c.name_en,
            subject.c.tint,
            homework.c.text,
            version.c.title,
            homework.c.way,
            homework.c.minutes,
            homework.c.lesson_id,
            homework.c.due_lesson_id,
            homework.c.set_at,
            _DUE.label("due"),
            assignment.c.state,
            assignment.c.handed_in_at,
            assignment.c.comment,
            subject.c.sort,
        )
        .select_from(
            place.join(course, and_(course.c.school_id == SCHOOL, course.c.group_id == place.c.group_id))
            .join(subject, subject.c.id == course.c.subject_id)
            .join(homework, and_(homework.c.school_id == SCHOOL, homework.c.course_id == course.c.id))
            .join(assignment, _AGAINST, isouter=outer)
            .outerjoin(version, version.c.id == homework.c.unit_version_id)
        )
        .where(lasting(place), whose, homework.c.withdrawn_at.is_(None), *conditions)
    )


def _asked_for(due: ColumnElement[date]) -> ColumnElement[bool]:
    """Due from today on, or still open."""
    open_states = assignment.c.state.not_in([state.value for state in DONE])
    return or_(due >= TODAY, assignment.c.state.is_(None), open_states)


def _of_pupils(whose: ColumnElement[bool], *, at_hand: bool) -> CompoundSelect[Any]:
    planned = _some(
        whose,
        *((_asked_for(_DUE),) if at_hand else ()),
        homework.c.due_on.between(SINCE, UNTIL),
        # What was due before they came is no debt of a newcomer.
        or_(assignment.c.id.is_not(None), and_(homework.c.for_all, homework.c.due_on >= place.c.from_on)),
        _DUE <= UNTIL,
        outer=True,
    )
    put_off = _some(
        whose,
        # By the work's own day alone: the works that are done need no look at their homework.
        *((_asked_for(assignment.c.due_on),) if at_hand else ()),
        homework.c.due_on < SINCE,
        assignment.c.due_on <= UNTIL,
        outer=False,
    )
    return union_all(planned, put_off).order_by("due", "sort", "set_at", "homework_id")


_ONE, _SOME = place.c.pupil_id == MEMBER, place.c.pupil_id.in_(PUPILS)
_ALL_OF_ONE = _of_pupils(_ONE, at_hand=False)
_OPEN_OF_ONE, _OPEN_OF_SOME = _of_pupils(_ONE, at_hand=True), _of_pupils(_SOME, at_hand=True)


def homework_at_hand(
    school_id: int, pupil_ids: Collection[uuid.UUID], since: date, until: date, locale: str = "ru"
) -> dict[uuid.UUID, list[PupilHomework]]:
    """What each pupil has to do now, day by day: works due from today to ``until``, done ones too, and of the days from
    ``since`` to today those that still wait. One statement; the caller has asked ``sees_pupil``."""
    if len(pupil_ids) == 1:  # a list of one costs more than the one
        return _works(_OPEN_OF_ONE, school_id, pupil_ids, {"member": next(iter(pupil_ids))}, since, until, locale)
    return _works(_OPEN_OF_SOME, school_id, pupil_ids, {"pupils": list(pupil_ids)}, since, until, locale)


def _standing(*conditions: ColumnElement[bool], outer: bool) -> Select[Any]:
    due = _DUE.label("due")
    is_waiting = or_(
        assignment.c.state == AssignmentState.RETURNED.value,
        and_(_DUE < TODAY, or_(assignment.c.state.is_(None), assignment.c.state.not_in([one.value for one in DONE]))),
    )
    return (
        select(
            homework.c.course_id,
            assignment.c.state,
            due,
            # What is read only of those that wait travels only of them.
            case((is_waiting, homework.c.id)).label("homework_id"),
            case((is_waiting, homework.c.text)).label("text"),
            case((is_waiting, version.c.title)).label("title"),
        )
        .select_from(
            place.join(course, and_(course.c.school_id == SCHOOL, course.c.group_id == place.c.group_id))
            .join(homework, and_(homework.c.school_id == SCHOOL, homework.c.course_id == course.c.id))
            .join(assignment, _AGAINST, isouter=outer)
            .outerjoin(version, version.c.id == homework.c.unit_version_id)
        )
        .where(lasting(place), _ONE, homework.c.withdrawn_at.is_(None), *conditions)
    )


_STANDING = union_all(
    _standing(
        homework.c.due_on.between(SINCE, UNTIL),
        or_(assignment.c.id.is_not(None), and_(homework.c.for_all, homework.c.due_on >= place.c.from_on)),
        _DUE <= UNTIL,
        outer=True,
    ),
    _standing(homework.c.due_on < SINCE, assignment.c.due_on <= UNTIL, outer=False),
).order_by("due")


@dataclass(slots=True)
class Standing:
    """How many works of a course are done, owed and to come, and those that wait for the pupil."""

    done: int = 0
    owed: int = 0
    """Their day has passed and nothing was handed in."""
    returned: int = 0
    coming: int = 0


@dataclass(frozen=True, slots=True)
class WaitingWork:
    """A work that came back or is owed."""

    id: uuid.UUID
    title: str
    is_returned: bool


def works_standing(
    school_id: int, pupil_id: uuid.UUID, since: date, until: date
) -> tuple[dict[uuid.UUID, Standing], list[tuple[uuid.UUID, WaitingWork]]]:
    """The works of ``homework_between`` counted by course; and of them what waits, with its course, the nearest day first.

    One statement, which carries a third of what the list does.
    """
    today = clock.today()
    found: dict[uuid.UUID, Standing] = {}
    waiting: list[tuple[uuid.UUID, WaitingWork]] = []
    values = {"school": school_id, "member": pupil_id, "today": today, "since": since, "until": until}
    for course_id, state, due_on, thing, text, title in read(_STANDING, values):
        known = found.get(course_id) or found.setdefault(course_id, Standing())
        is_returned = state == AssignmentState.RETURNED
        if is_returned:
            known.returned += 1
        elif state in DONE:
            known.done += 1
        elif due_on < today:
            known.owed += 1
        else:
            known.coming += 1
        if thing is not None:
            waiting.append((course_id, WaitingWork(thing, title_of(text, title or ""), is_returned)))
    return found, waiting


def evening_minutes(
    school_id: int, pupil_ids: Collection[uuid.UUID], days: Collection[date], but: uuid.UUID | None = None
) -> dict[date, int]:
    """The minutes that the busiest of these pupils already has for each of these days in all subjects; ``but`` is left out.

    One statement, none where nothing is asked.
    """
    coming = [day for day in days if day >= clock.today()]
    if not coming or not pupil_ids:
        return {}
    found: dict[date, int] = {}
    for works in homework_at_hand(school_id, pupil_ids, min(coming), max(coming)).values():
        for day in set(coming):
            sum_of_day = sum(one.minutes for one in works if one.due_on == day and one.id != but)
            found[day] = max(found.get(day, 0), sum_of_day)
    return found


def homework_between(
    school_id: int, pupil_id: uuid.UUID, since: date, until: date, locale: str = "ru"
) -> list[PupilHomework]:
    """A pupil's homework due from ``since`` to ``until``, both included, day by day. One statement.

    The caller has asked ``sees_pupil``: this is what the pupil, their family and their teachers see alike.
    """
    return _works(_ALL_OF_ONE, school_id, [pupil_id], {"member": pupil_id}, since, until, locale)[pupil_id]


def _works(
    statement: CompoundSelect[Any],
    school_id: int,
    pupil_ids: Collection[uuid.UUID],
    whose: dict[str, Any],
    since: date,
    until: date,
    locale: str,
) -> dict[uuid.UUID, list[PupilHomework]]:
    found: dict[uuid.UUID, list[PupilHomework]] = {pupil_id: [] for pupil_id in pupil_ids}
    days = {"school": school_id, "today": clock.today(), "since": since, "until": until}
    for row in read(statement, {**days, **whose}):
        pupil_id, *cells, _sort = tuple[Any, ...](row)
        found[pupil_id].append(_line(cells, locale))
    return found


def _line(cells: list[Any], locale: str) -> PupilHomework:
    thing, course_id, name_ru, name_en, tint, text, title, *rest, state, handed_in_at, comment = cells
    name = name_en if locale == "en" else name_ru
    fields = [thing, course_id, name, tint + 1, text, title or "", *rest]
    fields += [state or AssignmentState.GIVEN.value, handed_in_at, comment or ""]
    return PupilHomework(*fields)


@dataclass(frozen=True, slots=True)
class CourseHomework:
    """A homework in the list of its course, with how many have handed it in."""

    id: uuid.UUID
    text: str
    unit_title: str
    way: str
    minutes: int
    due_on: date
    for_all: bool
    withdrawn: bool
    waiting: int
    checked: int

    @property
    def title(self) -> str:
        """The teacher's first line, or the name of the unit."""
        return title_of(self.text, self.unit_title)


def _number_of(*states: AssignmentState) -> Any:
    return func.count(case((assignment.c.state.in_([state.value for state in states]), 1)))


_OF_COURSE = (
    select(
        homework.c.id,
        homework.c.text,
        version.c.title,
        homework.c.way,
        homework.c.minutes,
        homework.c.due_on,
        homework.c.for_all,
        homework.c.withdrawn_at,
        _number_of(AssignmentState.HANDED_IN),
        _number_of(AssignmentState.CHECKED),
    )
    .select_from(
        homework.outerjoin(version, version.c.id == homework.c.unit_version_id).outerjoin(
            assignment, and_(assignment.c.school_id == SCHOOL, assignment.c.homework_id == homework.c.id)
        )
    )
    .where(
        homework.c.school_id == SCHOOL,
        homework.c.course_id == bindparam("course"),
        homework.c.due_on <= UNTIL,
    )
    .group_by(*(homework.c[name] for name in ("school_id", "id", "text", "way", "minutes", "due_on", "for_all")))
    .group_by(homework.c.withdrawn_at, version.c.title)
    .order_by(homework.c.due_on.desc(), homework.c.id.desc())
    .limit(bindparam("limit"))
)


def homework_of_course(of: SeenCourse, until: date = date.max, limit: int = 40) -> list[CourseHomework]:
    """Homework of a course due on ``until`` or before, the latest day first."""
    rows = read(_OF_COURSE, {"school": of.school_id, "course": of.id, "until": until, "limit": limit})
    return [_course_line(tuple(row)) for row in rows]


def _course_line(cells: tuple[Any, ...]) -> CourseHomework:
    thing, text, title, *rest, withdrawn_at, waiting, checked = cells
    fields = [thing, text, title or "", *rest, withdrawn_at is not None, waiting, checked]
    return CourseHomework(*fields)
