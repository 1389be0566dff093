"""Works that wait for their teacher."""

import uuid
from datetime import date, datetime
from typing import Any, NamedTuple, cast

from sqlalchemy import Table, and_, exists, func, select

from content_library.models import Subject
from school.classes.models import Course, StudyGroup
from school.classes.queries.relations import SCHOOL, teaches_course
from school.core import clock
from school.core.access import Actor
from school.core.database import read
from school.homework.models import AssignmentState
from school.homework.queries.loading import assignment, homework, version
from school.homework.seen import title_of

course = cast("Table", Course.__table__)
subject = cast("Table", Subject.__table__)
group = cast("Table", StudyGroup.__table__)

FIRST = 6
"""Lines on a first page."""


class Waiting(NamedTuple):
    """A homework with works that wait to be looked through."""

    id: uuid.UUID
    course_id: uuid.UUID
    group: str
    subject: str
    tint: int
    text: str
    unit_title: str
    way: str
    due_on: date
    waiting: int
    since: datetime
    """When the first of them was handed in."""

    @property
    def title(self) -> str:
        """The teacher's first line, or the name of the unit."""
        return title_of(self.text, self.unit_title)


class WaitingFirst(NamedTuple):
    """The first of what waits, and how much there is."""

    homeworks: list[Waiting]
    has_more: bool
    works: int
    """Of all homeworks together."""


# Each homework looks for its own works by an index: counting those of the whole school first would cost as much as the school is large.
_handed_in = and_(
    assignment.c.school_id == SCHOOL,
    assignment.c.homework_id == homework.c.id,
    assignment.c.state == AssignmentState.HANDED_IN.value,
)
_OF_MINE = (
    select(
        homework.c.id,
        course.c.id.label("course_id"),
        group.c.name.label("group_name"),
        subject.c.name_ru,
        subject.c.name_en,
        subject.c.tint,
        homework.c.text,
        version.c.title,
        homework.c.way,
        homework.c.due_on,
        select(func.count()).where(_handed_in).correlate(homework).scalar_subquery().label("waiting"),
        select(func.min(assignment.c.handed_in_at))
        .where(_handed_in)
        .correlate(homework)
        .scalar_subquery()
        .label("since"),
        group.c.year_level,
        subject.c.sort,
    )
    .select_from(
        course.join(homework, and_(homework.c.school_id == SCHOOL, homework.c.course_id == course.c.id))
        .join(group, and_(group.c.school_id == SCHOOL, group.c.id == course.c.group_id))
        .join(subject, subject.c.id == course.c.subject_id)
        .outerjoin(version, version.c.id == homework.c.unit_version_id)
    )
    .where(
        course.c.school_id == SCHOOL,
        homework.c.withdrawn_at.is_(None),
        teaches_course(course),
        exists().where(_handed_in),
    )
    .subquery("mine")
)
_ORDER = (_OF_MINE.c.year_level, _OF_MINE.c.group_name, _OF_MINE.c.sort, _OF_MINE.c.due_on, _OF_MINE.c.id)
_SHOWN = tuple(_OF_MINE.c)[:12]
_WAITING = select(*_SHOWN).order_by(*_ORDER)
_FIRST = select(*_SHOWN, func.count().over(), func.sum(_OF_MINE.c.waiting).over()).order_by(*_ORDER).limit(FIRST)


def waiting_for_review(actor: Actor) -> list[Waiting]:
    """Homework of the actor's courses with works handed in and not looked at, course by course. One statement."""
    return [_seen(row, actor.locale) for row in read(_WAITING, _of(actor))]


def waiting_first(actor: Actor) -> WaitingFirst:
    """The first six of them, and the number of all works. One statement."""
    rows = read(_FIRST, _of(actor))
    if not rows:
        return WaitingFirst([], has_more=False, works=0)
    homeworks, works = rows[0][12:]
    return WaitingFirst([_seen(row[:12], actor.locale) for row in rows], homeworks > FIRST, int(works))


def _seen(row: tuple[Any, ...], locale: str) -> Waiting:
    thing, course_id, group_name, name_ru, name_en, tint, text, title, *rest = row
    return Waiting(
        thing, course_id, group_name, name_en if locale == "en" else name_ru, tint + 1, text, title or "", *rest
    )


def _of(actor: Actor) -> dict[str, Any]:
    return {"school": actor.school_id, "member": actor.member_id, "today": clock.today()}
