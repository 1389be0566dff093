"""One homework as its reader meets it, and the works of its pupils."""

import uuid
from typing import Any, cast

from sqlalchemy import Boolean, Select, Table, and_, bindparam, select, union

from content_library.models import UnitVersion
from school.classes.models import Enrolment
from school.classes.queries.loading import COURSE_COLUMNS, COURSE_FROM, course, seen_course
from school.classes.queries.relations import MEMBER, SCHOOL, lasting
from school.classes.seen import SeenPupil
from school.core import clock
from school.core.access import Actor
from school.core.database import Id, db, read
from school.core.languages import language
from school.homework.models import Assignment, AssignmentState, Homework
from school.homework.seen import SeenHomework, SeenState, SeenWork
from school.people.models import Member
from school.tasks.models import Attempt

homework = cast("Table", Homework.__table__)
assignment = cast("Table", Assignment.__table__)
version = cast("Table", UnitVersion.__table__)
member = cast("Table", Member.__table__)
place = cast("Table", Enrolment.__table__)
attempt = cast("Table", Attempt.__table__)

THING = bindparam("thing", type_=Id)

STATE_COLUMNS = (
    assignment.c.id,
    assignment.c.due_on,
    assignment.c.state,
    assignment.c.seen_at,
    assignment.c.handed_in_at,
    assignment.c.checked_at,
    assignment.c.comment,
    assignment.c.version,
    assignment.c.attempt_id,
    assignment.c.rubric_points,
)

_HOMEWORK = (
    select(
        *COURSE_COLUMNS,
        homework.c.id,
        homework.c.lesson_id,
        homework.c.due_lesson_id,
        homework.c.due_on,
        homework.c.text,
        homework.c.unit_version_id,
        version.c.title,
        version.c.unit_id,
        version.c.number,
        homework.c.way,
        homework.c.minutes,
        homework.c.for_all,
        homework.c.set_at,
        homework.c.set_by,
        homework.c.withdrawn_at,
        homework.c.conditions_id,
        homework.c.rubric,
        homework.c.sheet.is_not(None),
        *STATE_COLUMNS,
    )
    .select_from(
        COURSE_FROM.join(homework, and_(homework.c.school_id == SCHOOL, homework.c.course_id == course.c.id))
        .outerjoin(version, version.c.id == homework.c.unit_version_id)
        .outerjoin(
            assignment,
            and_(
                assignment.c.school_id == SCHOOL,
                assignment.c.homework_id == homework.c.id,
                assignment.c.pupil_id == MEMBER,
            ),
        )
    )
    .where(course.c.school_id == SCHOOL, homework.c.id == THING)
)
_AT = len(COURSE_COLUMNS)
_STATE_AT = _AT + 18

_WHOSE = union(
    select(place.c.pupil_id).where(
        lasting(place),
        place.c.group_id == bindparam("group", type_=Id),
        bindparam("for_all", type_=Boolean),
    ),
    select(assignment.c.pupil_id).where(assignment.c.school_id == SCHOOL, assignment.c.homework_id == THING),
)


def _works() -> Select[Any]:
    return (
        select(member.c.id, member.c.family_name, member.c.given_name, *STATE_COLUMNS)
        .select_from(
            member.outerjoin(
                assignment,
                and_(
                    assignment.c.school_id == SCHOOL,
                    assignment.c.homework_id == THING,
                    assignment.c.pupil_id == member.c.id,
                ),
            )
        )
        .where(member.c.school_id == SCHOOL, member.c.id.in_(_WHOSE))
        .order_by(member.c.sort_name, member.c.id)
    )


_WORKS = _works()
_WORK = _works().where(member.c.id == bindparam("pupil", type_=Id))


def get_homework(actor: Actor, homework_id: uuid.UUID) -> SeenHomework | None:
    """A homework of the actor's school, withdrawn ones too, with what the actor has done about it."""
    return _load(actor.school_id, actor.member_id, homework_id, actor.locale)


def homework_of_pupil(pupil: SeenPupil, homework_id: uuid.UUID) -> SeenHomework | None:
    """For addresses below a pupil: a homework that is theirs, with what they have done about it."""
    found = _load(pupil.school_id, pupil.id, homework_id, language())
    return found if found is not None and found.is_for_pupil else None


_OF_ATTEMPT = (
    select(homework.c.id)
    .select_from(attempt.join(homework, and_(homework.c.school_id == SCHOOL, homework.c.id == attempt.c.given_for)))
    .where(attempt.c.school_id == SCHOOL, attempt.c.id == THING)
)


def homework_of_attempt(school_id: int, attempt_id: uuid.UUID) -> uuid.UUID | None:
    """The homework that an attempt was begun for, the last one or one before; None for own practice."""
    rows = read(_OF_ATTEMPT, {"school": school_id, "thing": attempt_id})
    return rows[0][0] if rows else None


def works(of: SeenHomework) -> list[SeenWork]:
    """The work of every pupil who has this homework, in the order of the class list."""
    return [_seen_work(of, tuple(row)) for row in read(_WORKS, _bound(of))]


def work_of(of: SeenHomework, pupil_id: uuid.UUID) -> SeenWork | None:
    """For addresses below a homework: the work of one of its pupils, done or not."""
    row = db.session.execute(_WORK, _bound(of) | {"pupil": pupil_id}).first()
    return None if row is None else _seen_work(of, tuple(row))


def seen_state(cells: tuple[Any, ...], due_on: Any) -> SeenState:
    """A row of ``STATE_COLUMNS``, or the state before any row."""
    if cells[0] is None:
        return SeenState(None, due_on, AssignmentState.GIVEN.value, None, None, None, "", 0, None)
    return SeenState(*cells)


def _load(
    school_id: int | None, pupil_id: uuid.UUID | None, homework_id: uuid.UUID, locale: str
) -> SeenHomework | None:
    row = db.session.execute(
        _HOMEWORK, {"school": school_id, "member": pupil_id, "today": clock.today(), "thing": homework_id}
    ).first()
    if row is None:
        return None
    cells = tuple(row)
    own = cells[_AT:_STATE_AT]
    due_on = own[3]
    fields = [cells[0], own[0], seen_course(cells[:_AT], locale), *own[1:6], own[6] or "", *own[7:]]
    fields += [pupil_id, seen_state(cells[_STATE_AT:], due_on)]
    return SeenHomework(*fields)


def _bound(of: SeenHomework) -> dict[str, Any]:
    return {
        "school": of.school_id,
        "thing": of.id,
        "group": of.course.group_id,
        "for_all": of.for_all,
        "today": clock.today(),
    }


def _seen_work(of: SeenHomework, cells: tuple[Any, ...]) -> SeenWork:
    pupil_id, family_name, given_name, *state = cells
    return SeenWork(of.school_id, of.id, pupil_id, family_name, given_name, seen_state(tuple(state), of.due_on))
