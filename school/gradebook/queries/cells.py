"""The cells a save is about: one statement for lesson, term, pupil, column, mark, and who may write there."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table, and_, bindparam, func, select

from school.classes.models import Enrolment, Lesson, LessonState, Substitution, Term
from school.classes.policy import cover_span, cover_words
from school.classes.queries.relations import SCHOOL
from school.core import clock
from school.core.access import Actor
from school.core.database import Id, read
from school.gradebook.journal import Cell, Journal, Standing
from school.gradebook.models import Column, Mark, MarkStep, answer_column_id
from school.gradebook.release import Sign
from school.gradebook.systems import Criterion
from school.people.models import Member
from school.people.names import short_name

lesson = cast("Table", Lesson.__table__)
term = cast("Table", Term.__table__)
place = cast("Table", Enrolment.__table__)
member = cast("Table", Member.__table__)
substitution = cast("Table", Substitution.__table__)
column = cast("Table", Column.__table__)
mark = cast("Table", Mark.__table__)
step = cast("Table", MarkStep.__table__)


def _among(name: str) -> Any:
    return bindparam(name, expanding=True, type_=Id)


_known = (
    select(func.count()).select_from(step).where(step.c.school_id == SCHOOL, step.c.id.in_(_among("steps")))
).scalar_subquery()

_CELLS = (
    select(
        lesson.c.id,
        lesson.c.on_date,
        lesson.c.starts_at,
        lesson.c.state,
        lesson.c.term_id,
        term.c.starts_on,
        term.c.locked_at,
        term.c.number,
        substitution.c.teacher_id,
        place.c.pupil_id,
        member.c.family_name,
        member.c.given_name,
        column.c.id,
        column.c.weight,
        column.c.system,
        column.c.criteria,
        mark.c.place,
        mark.c.id,
        mark.c.value,
        mark.c.code,
        mark.c.comment,
        mark.c.origin,
        mark.c.due_on,
        mark.c.version,
        mark.c.released_at,
        mark.c.released_value,
        mark.c.released_code,
        mark.c.released_comment,
        mark.c.released_origin,
        mark.c.released_due_on,
        mark.c.released_since,
        mark.c.set_by,
        mark.c.set_at,
        mark.c.replaced_at,
        _known,
    )
    .select_from(
        lesson.join(term, and_(term.c.school_id == SCHOOL, term.c.id == lesson.c.term_id))
        .join(
            place,
            and_(
                place.c.school_id == SCHOOL,
                place.c.group_id == lesson.c.group_id,
                place.c.pupil_id.in_(_among("pupils")),
            ),
        )
        .join(member, and_(member.c.school_id == SCHOOL, member.c.id == place.c.pupil_id))
        .outerjoin(substitution, and_(substitution.c.school_id == SCHOOL, substitution.c.lesson_id == lesson.c.id))
        .outerjoin(
            column,
            and_(column.c.school_id == SCHOOL, column.c.lesson_id == lesson.c.id, column.c.id.in_(_among("columns"))),
        )
        .outerjoin(
            mark,
            and_(
                mark.c.school_id == SCHOOL,
                mark.c.column_id == column.c.id,
                mark.c.pupil_id == place.c.pupil_id,
            ),
        )
    )
    .where(
        lesson.c.school_id == SCHOOL,
        lesson.c.course_id == bindparam("course", type_=Id),
        lesson.c.id.in_(_among("lessons")),
    )
)


@dataclass(frozen=True, slots=True)
class Address:
    """Where a mark stands: a column of a lesson, a pupil, and its place among the marks of that cell."""

    lesson_id: uuid.UUID
    column_id: uuid.UUID
    pupil_id: uuid.UUID
    place: int = 0

    @classmethod
    def answers(cls, lesson_id: uuid.UUID, pupil_id: uuid.UUID) -> "Address":
        """In the lesson's column for answers, made or not."""
        return cls(lesson_id, answer_column_id(lesson_id), pupil_id)


def cells_at(
    actor: Actor, journal: Journal, addresses: Iterable[Address], step_ids: Iterable[uuid.UUID]
) -> tuple[dict[Address, Cell], bool]:
    """The cells of this journal at these addresses, and whether any of these steps has been accepted before.

    Addresses of other journals, and pupils who were never in the group, have no cell.
    """
    wanted = list(addresses)
    lessons = sorted({one.lesson_id for one in wanted})
    rows = read(
        _CELLS,
        {
            "school": journal.school_id,
            "course": journal.id,
            "lessons": lessons,
            "columns": sorted({one.column_id for one in wanted} | {answer_column_id(one) for one in lessons}),
            "pupils": sorted({one.pupil_id for one in wanted}),
            "steps": list(step_ids),
        },
    )
    now = clock.now()
    made: dict[Address, Cell] = {}
    for row in rows:
        cell = _cell(actor, tuple(row), now)
        made[Address(cell.lesson_id, cell.column_id, cell.pupil_id, cell.place)] = cell
    _put_together(made, wanted)
    for cell in list(made.values()):  # the column for answers, where it is not made yet
        answers = answer_column_id(cell.lesson_id)
        if cell.column_id != answers:
            first = replace(cell, column_id=answers, weight=None, system=None, criteria=(), mark=None, standing={})
            made.setdefault(Address(cell.lesson_id, answers, cell.pupil_id), replace(first, place=0))
    return made, bool(rows and rows[0][-1])


def _put_together(made: dict[Address, Cell], wanted: list[Address]) -> None:
    """Let each mark of a cell know the others, and give the places asked for that are still empty their cells."""
    beside: dict[tuple[uuid.UUID, uuid.UUID], list[Cell]] = {}
    for cell in made.values():
        beside.setdefault((cell.column_id, cell.pupil_id), []).append(cell)
    for some in beside.values():
        if len(some) > 1 or some[0].place:
            standing = {cell.place: cell.mark for cell in some if cell.mark}
            for cell in some:
                made[Address(cell.lesson_id, cell.column_id, cell.pupil_id, cell.place)] = replace(
                    cell, standing=standing
                )
    for one in wanted:
        here = beside.get((one.column_id, one.pupil_id))
        if here and one not in made:
            other = made[replace(one, place=here[0].place)]
            made[one] = replace(other, place=one.place, mark=other.standing.get(one.place))


def _cell(actor: Actor, row: tuple[Any, ...], now: datetime) -> Cell:
    (
        lesson_id,
        on_date,
        starts_at,
        state,
        term_id,
        starts_on,
        locked_at,
        term_number,
        substitute_id,
        pupil_id,
        family_name,
        given_name,
        column_id,
        weight,
        system,
        criteria,
        mark_place,
        mark_id,
        value,
        code,
        comment,
        origin,
        due_on,
        version,
        released_at,
        released_value,
        released_code,
        released_comment,
        released_origin,
        released_due_on,
        released_since,
        set_by,
        set_at,
        replaced_at,
        _steps,
    ) = row
    standing = None
    if mark_id is not None:
        released = Sign(released_value, released_code, released_comment, released_origin, released_due_on)
        sign = Sign(value, code, comment, origin, due_on)
        is_replaced = replaced_at is not None
        standing = Standing(mark_id, sign, version, released_at, released, set_by, set_at, is_replaced, released_since)
    covers = substitute_id is not None and substitute_id == actor.member_id
    begins, ends = cover_span(on_date, starts_at) if covers else (now, now)
    return Cell(
        lesson_id,
        on_date,
        state == LessonState.PLANNED,
        term_id,
        starts_on,
        locked_at is not None and locked_at <= now,
        covers and begins <= now < ends,
        pupil_id,
        short_name(family_name, given_name),
        column_id or answer_column_id(lesson_id),
        weight,
        standing,
        term_number,
        mark_place or 0,
        system,
        Criterion.all_of(criteria),
        {mark_place or 0: standing} if standing else {},
        cover_words(on_date, starts_at) if covers and not begins <= now < ends else "",
    )
