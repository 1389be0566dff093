"""Buildings, bells, regimes, terms, and what an administrator may choose from."""

import uuid
from dataclasses import dataclass
from datetime import date, time

from sqlalchemy import and_, exists, or_, select

from school.classes.models import (
    Bell,
    BellSchedule,
    Building,
    Course,
    Enrolment,
    GroupKind,
    Holiday,
    Regime,
    SchoolYear,
    StudyGroup,
    Term,
    TimetableSlot,
)
from school.classes.seen import SeenCourse, SeenGroup
from school.core.access import Actor
from school.core.database import db
from school.people.models import Member, Role, RoleKind
from school.people.names import short_name


@dataclass(frozen=True, slots=True)
class Schedule:
    """Bells as an administrator sees them."""

    row: BellSchedule
    times: dict[int, tuple[time, time]]

    @property
    def is_one_day(self) -> bool:
        """A short day."""
        return self.row.from_on == self.row.to_on


def get_building(actor: Actor, building_id: uuid.UUID) -> Building | None:
    """A building of the actor's school."""
    return db.session.scalars(
        select(Building).where(Building.school_id == actor.school_id, Building.id == building_id)
    ).first()


def get_bells(actor: Actor, bells_id: uuid.UUID) -> Schedule | None:
    """A bell schedule of the actor's school."""
    return next((one for one in all_bells(actor) if one.row.id == bells_id), None)


def get_regime(actor: Actor, regime_id: uuid.UUID) -> Regime | None:
    """A regime of the actor's school."""
    return db.session.scalars(select(Regime).where(Regime.school_id == actor.school_id, Regime.id == regime_id)).first()


def holiday_of(year: SchoolYear, holiday_id: uuid.UUID) -> Holiday | None:
    """A holiday of a year."""
    return db.session.scalars(
        select(Holiday).where(Holiday.school_id == year.school_id, Holiday.year_id == year.id, Holiday.id == holiday_id)
    ).first()


def slot_of(of: SeenCourse, slot_id: uuid.UUID) -> TimetableSlot | None:
    """A place in the week of a course."""
    return db.session.scalars(
        select(TimetableSlot).where(
            TimetableSlot.school_id == of.school_id,
            TimetableSlot.course_id == of.id,
            TimetableSlot.id == slot_id,
        )
    ).first()


def all_buildings(actor: Actor) -> list[Building]:
    """The school's buildings, by name."""
    return list(
        db.session.scalars(select(Building).where(Building.school_id == actor.school_id).order_by(Building.name))
    )


def all_bells(actor: Actor) -> list[Schedule]:
    """The school's bell schedules: by building, shift and first day."""
    times: dict[uuid.UUID, dict[int, tuple[time, time]]] = {}
    for bell in db.session.execute(
        select(Bell.schedule_id, Bell.slot, Bell.starts, Bell.ends)
        .where(Bell.school_id == actor.school_id)
        .order_by(Bell.slot)
    ):
        times.setdefault(bell.schedule_id, {})[bell.slot] = (bell.starts, bell.ends)
    rows = db.session.scalars(
        select(BellSchedule)
        .where(BellSchedule.school_id == actor.school_id)
        .order_by(BellSchedule.building_id, BellSchedule.shift, BellSchedule.from_on)
    )
    return [Schedule(row, times.get(row.id, {})) for row in rows]


def regimes_of(year: SchoolYear) -> list[tuple[Regime, list[Term]]]:
    """The regimes of a year, each with its terms in order."""
    terms: dict[uuid.UUID, list[Term]] = {}
    for term in db.session.scalars(
        select(Term)
        .join(Regime, and_(Regime.school_id == Term.school_id, Regime.id == Term.regime_id))
        .where(Term.school_id == year.school_id, Regime.school_id == year.school_id, Regime.year_id == year.id)
        .order_by(Term.number)
    ):
        terms.setdefault(term.regime_id, []).append(term)
    regimes = db.session.scalars(
        select(Regime).where(Regime.school_id == year.school_id, Regime.year_id == year.id).order_by(Regime.name)
    )
    return [(one, terms.get(one.id, [])) for one in regimes]


def holidays_of(year: SchoolYear) -> list[Holiday]:
    """The holidays of a year, in order."""
    return list(
        db.session.scalars(
            select(Holiday)
            .where(Holiday.school_id == year.school_id, Holiday.year_id == year.id)
            .order_by(Holiday.starts_on)
        )
    )


def pupils_without_class(actor: Actor, on: date) -> list[tuple[uuid.UUID, str]]:
    """Pupils of the school who are in no class on a day: id and short name, by name."""
    place = (
        exists()
        .where(
            Enrolment.school_id == actor.school_id,
            Enrolment.pupil_id == Member.id,
            or_(Enrolment.to_on.is_(None), Enrolment.to_on >= on),
            StudyGroup.school_id == actor.school_id,
            StudyGroup.id == Enrolment.group_id,
            StudyGroup.kind == GroupKind.CLASS,
        )
        .correlate(Member)
    )
    pupil = exists().where(
        Role.account_id == Member.account_id,
        Role.school_id == actor.school_id,
        Role.kind == RoleKind.PUPIL,
        or_(Role.to_on.is_(None), Role.to_on >= on),
    )
    rows = db.session.execute(
        select(Member.id, Member.family_name, Member.given_name)
        .where(Member.school_id == actor.school_id, pupil, ~place)
        .order_by(Member.sort_name)
    )
    return [(row_id, short_name(family, given)) for row_id, family, given in rows]


@dataclass(frozen=True, slots=True)
class WeekSlot:
    """A place in the week of a class, as it holds on a day."""

    id: uuid.UUID
    course: SeenCourse
    weekday: int
    slot: int
    room: str
    teacher_id: uuid.UUID
    from_on: date
    to_on: date | None


def week_of_class(of: SeenGroup, courses: list[SeenCourse], on: date) -> list[WeekSlot]:
    """The week of a class with its parts, of courses already loaded, as it is or will be from a day on."""
    by_id = {one.id: one for one in courses}
    rows = db.session.scalars(
        select(TimetableSlot)
        .join(Course, and_(Course.school_id == TimetableSlot.school_id, Course.id == TimetableSlot.course_id))
        .where(
            TimetableSlot.school_id == of.school_id,
            Course.school_id == of.school_id,
            TimetableSlot.course_id.in_(by_id),
            or_(TimetableSlot.to_on.is_(None), TimetableSlot.to_on >= on),
        )
        .order_by(TimetableSlot.weekday, TimetableSlot.slot, TimetableSlot.from_on)
    )
    return [
        WeekSlot(one.id, by_id[one.course_id], one.weekday, one.slot, one.room, one.teacher_id, one.from_on, one.to_on)
        for one in rows
        if one.to_on is None or one.to_on >= one.from_on
    ]
