"""What an administrator looks after: people who have not come yet, what the school's structure lacks, how the system does."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table, and_, bindparam, case, exists, func, or_, select

from content_library.models import Subject
from school.classes.models import (
    ClassLeadership,
    Course,
    Enrolment,
    GroupKind,
    SchoolYear,
    StudyGroup,
    TeachingPost,
    TimetableSlot,
)
from school.classes.queries.relations import SCHOOL, TODAY, lasting
from school.core import clock
from school.core.access import Actor
from school.core.database import Moment, db, read
from school.core.jobs.models import Job, JobState
from school.core.records.models import RecordEvent, RecordHead
from school.people.models import Account, Member, Role, SignIn
from school.roster.models import ImportKind, RosterRun

role = cast("Table", Role.__table__)
sign_in = cast("Table", SignIn.__table__)
account = cast("Table", Account.__table__)
member = cast("Table", Member.__table__)
place = cast("Table", Enrolment.__table__)
group = cast("Table", StudyGroup.__table__)
year = cast("Table", SchoolYear.__table__)
leadership = cast("Table", ClassLeadership.__table__)
course = cast("Table", Course.__table__)
subject = cast("Table", Subject.__table__)
post = cast("Table", TeachingPost.__table__)
slot = cast("Table", TimetableSlot.__table__)
run = cast("Table", RosterRun.__table__)
job = cast("Table", Job.__table__)
head = cast("Table", RecordHead.__table__)
event = cast("Table", RecordEvent.__table__)

_NEVER_HERE = ~exists().where(sign_in.c.account_id == role.c.account_id)
_ROLES = (
    select(role.c.kind, func.count(), func.sum(case((_NEVER_HERE, 1), else_=0)))
    .where(
        role.c.school_id == SCHOOL,
        role.c.from_on <= TODAY,
        or_(role.c.to_on.is_(None), role.c.to_on >= TODAY),
    )
    .group_by(role.c.kind)
)

_PUPIL_NEVER_HERE = ~exists().where(sign_in.c.account_id == member.c.account_id)
_RUNNING_YEAR = and_(year.c.school_id == SCHOOL, year.c.starts_on <= TODAY, year.c.ends_on >= TODAY)
_LEAD = exists().where(lasting(leadership), leadership.c.class_id == group.c.id)
_CLASSES = (
    select(
        group.c.id,
        group.c.name,
        _LEAD,
        func.count(member.c.id),
        func.coalesce(func.sum(case((and_(member.c.id.is_not(None), _PUPIL_NEVER_HERE), 1), else_=0)), 0),
    )
    .select_from(
        group.join(year, and_(_RUNNING_YEAR, year.c.id == group.c.year_id))
        .outerjoin(place, and_(lasting(place), place.c.group_id == group.c.id))
        .outerjoin(member, and_(member.c.school_id == SCHOOL, member.c.id == place.c.pupil_id))
    )
    .where(group.c.school_id == SCHOOL, group.c.kind == GroupKind.CLASS.value)
    .group_by(group.c.id, group.c.name, group.c.year_level, group.c.letter)
    .order_by(group.c.year_level, group.c.letter, group.c.name)
)

_TAUGHT = exists().where(lasting(post), post.c.course_id == course.c.id)
_PLACED = exists().where(
    slot.c.school_id == SCHOOL, slot.c.course_id == course.c.id, or_(slot.c.to_on.is_(None), slot.c.to_on >= TODAY)
)
_COURSES = (
    select(course.c.id, group.c.id, group.c.name, subject.c.name_ru, subject.c.name_en, _TAUGHT, _PLACED)
    .select_from(
        course.join(group, and_(group.c.school_id == SCHOOL, group.c.id == course.c.group_id))
        .join(year, and_(_RUNNING_YEAR, year.c.id == group.c.year_id))
        .join(subject, subject.c.id == course.c.subject_id)
    )
    .where(course.c.school_id == SCHOOL, or_(~_TAUGHT, ~_PLACED))
    .order_by(group.c.year_level, group.c.letter, group.c.name, subject.c.sort)
)

_LAST_IMPORT = (
    select(
        run.c.id,
        run.c.files,
        run.c.made_at,
        account.c.name,
        run.c.new,
        run.c.changed,
        run.c.gone,
        run.c.undone_at,
    )
    .select_from(run.outerjoin(account, account.c.id == run.c.made_by))
    .where(run.c.school_id == SCHOOL, run.c.kind == ImportKind.ROSTER.value)
    .order_by(run.c.made_at.desc())
    .limit(1)
)


def _one(what: Any, *where: Any) -> Any:
    return select(what).where(*where).correlate(None).scalar_subquery()


_unfinished = job.c.finished_at.is_(None)
_SYSTEM = select(
    _one(func.count(), _unfinished),
    _one(func.min(job.c.run_at), _unfinished, job.c.run_at <= bindparam("now", type_=Moment)),
    _one(func.count(), job.c.finished_at.is_not(None), job.c.state == JobState.DEAD.value),
    _one(head.c.size, head.c.school_id == SCHOOL),
    _one(head.c.sealed_at, head.c.school_id == SCHOOL),
    _one(func.min(event.c.at), event.c.school_id == SCHOOL, event.c.position.is_(None)),
)


@dataclass(frozen=True, slots=True)
class RoleCount:
    """How many hold a role today, and how many of them have never signed in."""

    kind: str
    people: int
    never_here: int


@dataclass(frozen=True, slots=True)
class ClassState:
    """A class of the running year."""

    id: uuid.UUID
    name: str
    has_leader: bool
    pupils: int
    never_here: int


@dataclass(frozen=True, slots=True)
class LackingCourse:
    """A course of the running year without a teacher or without a place in the timetable."""

    id: uuid.UUID
    group_id: uuid.UUID
    group: str
    subject: str
    has_teacher: bool
    has_place: bool


@dataclass(frozen=True, slots=True)
class LastImport:
    """The newest roster import of the school."""

    id: uuid.UUID
    files: str
    made_at: datetime
    by: str
    """Empty when a command made it."""
    new: int
    changed: int
    gone: int
    undone_at: datetime | None


@dataclass(frozen=True, slots=True)
class SystemState:
    """How the work outside pages does. Jobs are the whole installation's, the record is this school's."""

    jobs: int
    """Waiting or running."""
    waiting_since: datetime | None
    """The earliest moment an unfinished job could have been done."""
    dead: int
    sealed: int
    sealed_at: datetime | None
    unsealed_since: datetime | None
    """The oldest event that waits for its seal."""


def roles_of_school(actor: Actor) -> dict[str, RoleCount]:
    """People by role. One statement."""
    rows = read(_ROLES, _of(actor))
    return {kind: RoleCount(kind, people, int(never)) for kind, people, never in rows}


def classes_of_year(actor: Actor) -> list[ClassState]:
    """The classes of the running year. One statement."""
    rows = read(_CLASSES, _of(actor))
    return [ClassState(row[0], row[1], bool(row[2]), row[3], int(row[4])) for row in rows]


def lacking_courses(actor: Actor) -> list[LackingCourse]:
    """Courses of the running year that nobody teaches or that stand nowhere in the timetable."""
    english = actor.locale == "en"
    return [
        LackingCourse(row[0], row[1], row[2], row[4] if english else row[3], bool(row[5]), bool(row[6]))
        for row in read(_COURSES, _of(actor))
    ]


def last_import(actor: Actor) -> LastImport | None:
    """The newest roster import, or None."""
    rows = read(_LAST_IMPORT, _of(actor))
    return LastImport(rows[0][0], rows[0][1], rows[0][2], rows[0][3] or "", *rows[0][4:]) if rows else None


def system_state(actor: Actor) -> SystemState:
    """Jobs and the record. One statement."""
    jobs, since, dead, sealed, sealed_at, unsealed_since = read(_SYSTEM, _of(actor, now=clock.now()))[0]
    return SystemState(jobs, since, dead, sealed or 0, sealed_at, unsealed_since)


def database_name() -> str:
    """What keeps the data, as its makers call it."""
    return {"postgresql": "PostgreSQL", "sqlite": "SQLite"}[db.session.get_bind().dialect.name]


def _of(actor: Actor, **values: Any) -> dict[str, Any]:
    return {"school": actor.school_id, "today": clock.today(), **values}
