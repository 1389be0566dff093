"""Pilots with their courses: one, those of the school, those of a teacher; what hangs on one."""

import uuid
from collections.abc import Collection, Sequence
from typing import cast

from sqlalchemy import Table, and_, bindparam, select

from content_library.models import Subject, UnitVersion
from school.classes.queries import all_courses
from school.classes.queries.calendar import year_of
from school.classes.queries.loading import COURSE_COLUMNS, COURSE_FROM, course, seen_course
from school.classes.queries.relations import SCHOOL
from school.classes.seen import SeenCourse
from school.core import clock
from school.core.access import Actor
from school.core.database import Id, db, new_id, read
from school.people.models import Member
from school.people.names import initials
from school.pilots.models import (
    Pilot,
    PilotAlert,
    PilotAmendment,
    PilotCourse,
    PilotExport,
    PilotPlace,
    PilotRound,
    PilotTest,
)
from school.pilots.seen import SeenPilot

entry = cast("Table", PilotCourse.__table__)

_COURSES = (
    select(*COURSE_COLUMNS)
    .select_from(COURSE_FROM.join(entry, and_(entry.c.school_id == SCHOOL, entry.c.course_id == course.c.id)))
    .where(course.c.school_id == SCHOOL, entry.c.pilot_id == bindparam("pilot", type_=Id))
    .order_by(course.c.id)
)


def courses_of(row: Pilot, member_id: uuid.UUID | None = None, locale: str = "ru") -> list[SeenCourse]:
    """The courses that take part, in relation to a member (to nobody, for the program)."""
    values = {"school": row.school_id, "member": member_id or new_id(), "today": clock.today(), "pilot": row.id}
    found = [seen_course(tuple(one), locale) for one in read(_COURSES, values)]
    return sorted(found, key=lambda one: (one.year_level, one.group, one.id))


def seen_pilot(row: Pilot, member_id: uuid.UUID | None = None, locale: str = "ru") -> SeenPilot:
    """With its courses and its subject's name."""
    subject = db.session.get_one(Subject, row.subject_id)
    name = subject.name_en if locale == "en" else subject.name_ru
    return SeenPilot(row.school_id, row.id, row, name, subject.tint + 1, tuple(courses_of(row, member_id, locale)))


def get_pilot(actor: Actor, pilot_id: uuid.UUID) -> SeenPilot | None:
    """A pilot of the actor's school."""
    row = db.session.get(Pilot, (actor.school_id, pilot_id))
    return None if row is None else seen_pilot(row, actor.member_id, actor.locale)


def course_in(pilot: SeenPilot, course_id: uuid.UUID) -> SeenCourse | None:
    """For addresses below a pilot: a course that takes part."""
    return next((one for one in pilot.courses if one.id == course_id), None)


def pilots_of(actor: Actor) -> list[SeenPilot]:
    """All of the school, drafts first, then the latest."""
    rows = db.session.scalars(
        select(Pilot).where(Pilot.school_id == actor.school_id).order_by(Pilot.made_at.desc(), Pilot.id)
    ).all()
    found = [seen_pilot(row, actor.member_id, actor.locale) for row in rows]
    return sorted(found, key=lambda one: one.is_registered)


def choosable_courses(actor: Actor, subject_id: int) -> list[SeenCourse]:
    """Courses of whole classes of this year in a subject: a class is what pupils are drawn inside."""
    year = year_of(actor.school_id or 0, clock.today())
    if year is None:
        return []
    return [one for one in all_courses(actor, year.id) if one.subject_id == subject_id and one.group_kind == "class"]


def entries_of(pilot: SeenPilot) -> list[PilotCourse]:
    """Courses with their questions to families."""
    return list(
        db.session.scalars(
            select(PilotCourse).where(PilotCourse.school_id == pilot.school_id, PilotCourse.pilot_id == pilot.id)
        )
    )


def tests_of(school_id: int, pilot_id: uuid.UUID) -> dict[str, PilotTest]:
    """By kind."""
    rows = db.session.scalars(select(PilotTest).where(PilotTest.school_id == school_id, PilotTest.pilot_id == pilot_id))
    return {one.kind: one for one in rows}


def titles_of(tests: Collection[PilotTest]) -> dict[str, str]:
    """What the tests of a draft are called, by kind; only for who plans it."""
    wanted = [one.unit_version_id for one in tests]
    rows = db.session.execute(select(UnitVersion.id, UnitVersion.title).where(UnitVersion.id.in_(wanted)))
    titles = {one.id: one.title for one in rows}
    return {one.kind: titles[one.unit_version_id] for one in tests}


def places_of(school_id: int, pilot_id: uuid.UUID) -> Sequence[PilotPlace]:
    """Everybody who was drawn or said no."""
    return db.session.scalars(
        select(PilotPlace)
        .where(PilotPlace.school_id == school_id, PilotPlace.pilot_id == pilot_id)
        .order_by(PilotPlace.course_id, PilotPlace.pupil_id)
    ).all()


def rounds_of(school_id: int, pilot_id: uuid.UUID) -> Sequence[PilotRound]:
    """All sets that were given."""
    return db.session.scalars(
        select(PilotRound)
        .where(PilotRound.school_id == school_id, PilotRound.pilot_id == pilot_id)
        .order_by(PilotRound.course_id, PilotRound.number)
    ).all()


def amendments_of(pilot: SeenPilot) -> Sequence[PilotAmendment]:
    """In their order."""
    return db.session.scalars(
        select(PilotAmendment)
        .where(PilotAmendment.school_id == pilot.school_id, PilotAmendment.pilot_id == pilot.id)
        .order_by(PilotAmendment.made_at, PilotAmendment.id)
    ).all()


def alerts_of(pilot: SeenPilot) -> Sequence[PilotAlert]:
    """What rang, the newest first."""
    return db.session.scalars(
        select(PilotAlert)
        .where(PilotAlert.school_id == pilot.school_id, PilotAlert.pilot_id == pilot.id)
        .order_by(PilotAlert.rang_at.desc(), PilotAlert.id)
    ).all()


def alert_of(pilot: SeenPilot, alert_id: uuid.UUID) -> PilotAlert | None:
    """For addresses below a pilot."""
    found = db.session.get(PilotAlert, (pilot.school_id, alert_id))
    return found if found is not None and found.pilot_id == pilot.id else None


def names_of(school_id: int, accounts: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Initials and family names by account."""
    rows = db.session.execute(
        select(Member.account_id, Member.family_name, Member.given_name, Member.patronymic).where(
            Member.school_id == school_id, Member.account_id.in_(accounts)
        )
    )
    return {row[0]: initials(row[1], row[2], row[3]) for row in rows}


def exports_of(pilot: SeenPilot) -> Sequence[PilotExport]:
    """Who took what, the newest first."""
    return db.session.scalars(
        select(PilotExport)
        .where(PilotExport.school_id == pilot.school_id, PilotExport.pilot_id == pilot.id)
        .order_by(PilotExport.made_at.desc(), PilotExport.id)
    ).all()
