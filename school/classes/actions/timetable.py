"""The week of a class: slots added, changed and ended from a day on, never two lessons for one teacher, room or class."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta

from sqlalchemy import select

from school.classes.actions.generating import Generated, generate_lessons, read_calendar
from school.classes.actions.people import appoint_teacher
from school.classes.clashes import Wish, refuse_clashes
from school.classes.errors import CannotDo
from school.classes.models import Regime, SchoolYear, StudyGroup, TimetableSlot
from school.classes.plan import Calendar, House
from school.classes.queries.busy import BusyExtra, busy_weekly, extras_since
from school.classes.seen import SeenCourse
from school.core import clock
from school.core.database import db, new_id
from school.core.languages import gettext as _
from school.core.records.writing import Who
from school.people.models import Member

LAST_SLOT = 14
A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the week, in which room, with whom."""

    weekday: int
    slot: int
    room: str
    teacher: Member


def put_slot(actor: Who, course: SeenCourse, place: Place, from_on: date) -> Generated:
    """Give the course a place in the week from a day on and make its lessons.

    The teacher gets a post in the course if they had none. Raises ``CannotDo`` or ``Clash``, in words.
    """
    year = _year(course)
    since = max(from_on, year.starts_on)
    _refuse(course, place, since, year, None)
    _add(actor, course, place, since, None)
    return generate_lessons(actor, year, since=max(since, clock.today()), groups=[course.group_id])


def change_slot(actor: Who, course: SeenCourse, slot: TimetableSlot, place: Place, from_on: date) -> Generated:
    """From a day on the lesson stands elsewhere; the past stays. The coming lessons move there with what hangs on them."""
    year = _year(course)
    since = max(from_on, year.starts_on)
    if slot.to_on is not None and slot.to_on < since:
        raise CannotDo(_("This weekly lesson has already ended."))
    _refuse(course, place, since, year, slot)
    if slot.from_on >= since:
        slot.weekday, slot.slot, slot.room, slot.teacher_id = place.weekday, place.slot, place.room, place.teacher.id
        appoint_teacher(actor, course, place.teacher, since)
    else:
        _add(actor, course, place, since, slot.to_on)
        slot.to_on = since - A_DAY
    db.session.flush()
    return generate_lessons(actor, year, since=max(since, clock.today()), groups=[course.group_id])


def end_slot(actor: Who, course: SeenCourse, slot: TimetableSlot, from_on: date) -> Generated:
    """From a day on the week has this lesson no more; the past stays."""
    year = _year(course)
    last_day = from_on - A_DAY
    if slot.to_on is None or slot.to_on > last_day:
        slot.to_on = last_day
    db.session.flush()
    return generate_lessons(actor, year, since=max(from_on, clock.today()), groups=[course.group_id])


def _add(actor: Who, course: SeenCourse, place: Place, since: date, until: date | None) -> None:
    db.session.add(
        TimetableSlot(
            school_id=course.school_id,
            id=new_id(),
            course_id=course.id,
            weekday=place.weekday,
            slot=place.slot,
            room=place.room,
            teacher_id=place.teacher.id,
            from_on=since,
            to_on=until,
        )
    )
    appoint_teacher(actor, course, place.teacher, since)
    db.session.flush()


def _refuse(course: SeenCourse, place: Place, since: date, year: SchoolYear, instead: TimetableSlot | None) -> None:
    if since > year.ends_on:
        raise CannotDo(_("The school year ends before that day."))
    if not 0 <= place.slot <= LAST_SLOT:
        raise CannotDo(_("The lesson number must be from 0 to %(last)s.", last=LAST_SLOT))
    group = db.session.scalars(
        select(StudyGroup).where(StudyGroup.school_id == course.school_id, StudyGroup.id == course.group_id)
    ).one()
    regime = db.session.scalars(
        select(Regime).where(Regime.school_id == course.school_id, Regime.id == group.regime_id)
    ).one()
    if place.weekday > regime.days_a_week:
        raise CannotDo(_("This class has lessons %(days)s days a week.", days=regime.days_a_week))
    calendar = read_calendar(year)
    house = (group.building_id, group.shift)
    if not calendar.has_number(house, place.slot):
        raise CannotDo(_("There is no lesson %(slot)s in the bell times of this building and shift.", slot=place.slot))
    own = _times(calendar, house, place.slot, since)
    around = [
        one
        for one in busy_weekly(course.school_id, place.weekday, since, None)
        if (instead is None or one.id != instead.id)
        and _overlap(own, place.slot, _times(calendar, (one.building_id, one.shift), one.slot, since), one.slot)
    ]
    wish = Wish(
        course.school_id,
        place.teacher.id,
        place.room,
        group.building_id,
        group.id,
        group.class_id,
        max(since, clock.today()),
    )
    refuse_clashes(wish, around, _extras_meeting(calendar, house, place, course.school_id, since))


def _extras_meeting(calendar: Calendar, house: House, place: Place, school_id: int, since: date) -> Iterator[BusyExtra]:
    """Extra lessons to come that the new weekly lesson would meet, by the bells of each day."""
    for one in extras_since(school_id, since, clock.now()):
        times = _times(calendar, house, place.slot, one.on_date) if one.on_date.isoweekday() == place.weekday else None
        if times is not None:
            starts_at, ends_at = (clock.moscow(one.on_date, at) for at in times)
            if starts_at < one.ends_at and one.starts_at < ends_at:
                yield one


def _times(calendar: Calendar, house: House, slot: int, on: date) -> tuple[time, time] | None:
    bells = calendar.rings(house, on)
    return bells.times.get(slot) if bells else None


def _overlap(a: tuple[time, time] | None, a_slot: int, b: tuple[time, time] | None, b_slot: int) -> bool:
    """By the clock where both bells are known, else by the number."""
    if a is None or b is None:
        return a_slot == b_slot
    return a[0] < b[1] and b[0] < a[1]


def _year(course: SeenCourse) -> SchoolYear:
    return db.session.scalars(
        select(SchoolYear).where(SchoolYear.school_id == course.school_id, SchoolYear.id == course.year_id)
    ).one()
