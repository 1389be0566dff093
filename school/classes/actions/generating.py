"""Lessons out of the timetable: made, changed and taken away so that the days to come say what the week says."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import Table, and_, delete, insert, or_, select, update

from school.classes.hooks import LessonWent, tell_followers, tell_of_new_days
from school.classes.models import (
    Bell,
    BellSchedule,
    Course,
    Holiday,
    Lesson,
    LessonState,
    SchoolYear,
    StudyGroup,
    Substitution,
    Term,
    TimetableSlot,
)
from school.classes.plan import (
    Bells,
    Calendar,
    Changes,
    FreeDays,
    NoBell,
    Slot,
    Standing,
    TermDays,
    Wanted,
    compare,
    missing_bells,
    to_ring_anew,
    wanted_lessons,
)
from school.classes.queries.hanging import lessons_in_use
from school.core import clock
from school.core.database import db, new_id
from school.core.records.writing import Who

lesson = cast("Table", Lesson.__table__)
slot = cast("Table", TimetableSlot.__table__)
course = cast("Table", Course.__table__)
group = cast("Table", StudyGroup.__table__)

A_BATCH = 500


@dataclass(frozen=True, slots=True)
class Generated:
    """What happened to lessons; all zeros when the timetable had been followed already."""

    made: int = 0
    changed: int = 0
    removed: int = 0
    cancelled: int = 0
    """No longer in the timetable, but homework, marks or presence hang on them: they stay, cancelled."""
    without_bells: tuple[NoBell, ...] = ()


@dataclass(frozen=True, slots=True)
class Ahead:
    """What following the timetable will do; nothing of it is done yet."""

    school_id: int
    first: date
    last: date
    changes: Changes
    rung: list[tuple[Standing, datetime, datetime]]
    """Lessons put there by hand, which go with the bells."""
    without_bells: tuple[NoBell, ...] = ()

    @property
    def is_nothing(self) -> bool:
        """The lessons follow already."""
        return not (self.changes.make or self.changes.change or self.changes.drop or self.rung)


def generate_lessons(
    _actor: Who,
    year: SchoolYear,
    *,
    since: date | None = None,
    until: date | None = None,
    groups: Sequence[uuid.UUID] | None = None,
) -> Generated:
    """Make the lessons of a year, or of a span and some groups of it, follow the timetable.

    Doing it again changes nothing. What has begun is never changed; a place that the timetable had in the past and no
    lesson stood in is filled, so that a year taken over in November has its autumn (give ``since`` to leave it out).
    """
    return carry_out(plan_lessons(year, since=since, until=until, groups=groups))


def plan_lessons(
    year: SchoolYear,
    *,
    since: date | None = None,
    until: date | None = None,
    groups: Sequence[uuid.UUID] | None = None,
) -> Ahead:
    """What ``generate_lessons`` would do."""
    first, last = max(year.starts_on, since or year.starts_on), min(year.ends_on, until or year.ends_on)
    if first > last:
        return Ahead(year.school_id, first, last, Changes(), [])
    slots = _slots(year, first, last, groups)
    calendar = read_calendar(year)
    standing = _standing(year, first, until or date.max, groups)
    changes = compare(standing, wanted_lessons(slots, calendar, first, last), _details)
    rung = [
        (one, clock.moscow(one.on_date, starts), clock.moscow(one.on_date, ends))
        for one, starts, ends in to_ring_anew(standing, calendar)
        if one.times != (clock.moscow(one.on_date, starts), clock.moscow(one.on_date, ends))
    ]
    return Ahead(year.school_id, first, last, changes, rung, tuple(missing_bells(slots, calendar)))


def carry_out(ahead: Ahead) -> Generated:
    """Do what was planned, in the same transaction."""
    changes, school_id = ahead.changes, ahead.school_id
    _make(school_id, changes.make)
    _change(school_id, changes.change)
    for one, starts_at, ends_at in ahead.rung:
        db.session.execute(
            update(lesson)
            .where(lesson.c.school_id == school_id, lesson.c.id == one.id)
            .values(starts_at=starts_at, ends_at=ends_at)
        )
    removed, cancelled = _drop(school_id, [one.id for one in changes.drop])
    if not ahead.is_nothing:
        tell_of_new_days(school_id, ahead.first, ahead.last)
    changed = len(changes.change) + len(ahead.rung)
    return Generated(len(changes.make), changed, removed, cancelled, ahead.without_bells)


def read_calendar(year: SchoolYear) -> Calendar:
    """Bells, terms and holidays of a year."""
    school_id = year.school_id
    times: dict[uuid.UUID, dict[int, tuple[Any, Any]]] = {}
    for bell in db.session.execute(
        select(Bell.schedule_id, Bell.slot, Bell.starts, Bell.ends).where(Bell.school_id == school_id)
    ):
        times.setdefault(bell.schedule_id, {})[bell.slot] = (bell.starts, bell.ends)
    schedules = db.session.execute(
        select(
            BellSchedule.id, BellSchedule.building_id, BellSchedule.shift, BellSchedule.from_on, BellSchedule.to_on
        ).where(BellSchedule.school_id == school_id)
    )
    bells = [Bells((row.building_id, row.shift), row.from_on, row.to_on, times.get(row.id, {})) for row in schedules]
    # In order: while a year is cut anew, a term that is about to go still stands beside the earlier one that takes its days.
    terms = db.session.execute(
        select(Term.id, Term.regime_id, Term.starts_on, Term.ends_on)
        .where(Term.school_id == school_id)
        .order_by(Term.regime_id, Term.number)
    )
    free = db.session.execute(
        select(Holiday.regime_id, Holiday.starts_on, Holiday.ends_on).where(
            Holiday.school_id == school_id, Holiday.year_id == year.id
        )
    )
    return Calendar(bells, [TermDays(*row) for row in terms], [FreeDays(*row) for row in free])


def _slots(year: SchoolYear, first: date, last: date, groups: Sequence[uuid.UUID] | None) -> list[Slot]:
    statement = (
        select(
            slot.c.id,
            slot.c.course_id,
            course.c.group_id,
            course.c.subject_id,
            group.c.regime_id,
            group.c.building_id,
            group.c.shift,
            slot.c.weekday,
            slot.c.slot,
            slot.c.room,
            slot.c.teacher_id,
            slot.c.from_on,
            slot.c.to_on,
        )
        .select_from(
            slot.join(course, and_(course.c.school_id == year.school_id, course.c.id == slot.c.course_id)).join(
                group, and_(group.c.school_id == year.school_id, group.c.id == course.c.group_id)
            )
        )
        .where(
            slot.c.school_id == year.school_id,
            group.c.year_id == year.id,
            slot.c.from_on <= last,
            or_(slot.c.to_on.is_(None), slot.c.to_on >= first),
        )
    )
    if groups is not None:
        statement = statement.where(group.c.id.in_(groups))
    return [
        Slot(
            row.id,
            row.course_id,
            row.group_id,
            row.subject_id,
            row.regime_id,
            (row.building_id, row.shift),
            row.weekday,
            row.slot,
            row.room,
            row.teacher_id,
            row.from_on,
            row.to_on,
        )
        for row in db.session.execute(statement)
    ]


def _standing(year: SchoolYear, first: date, last: date, groups: Sequence[uuid.UUID] | None) -> list[Standing]:
    statement = (
        select(
            lesson.c.id,
            lesson.c.course_id,
            lesson.c.on_date,
            lesson.c.slot,
            lesson.c.state,
            lesson.c.timetable_slot_id,
            lesson.c.term_id,
            lesson.c.starts_at,
            lesson.c.ends_at,
            lesson.c.room,
            lesson.c.teacher_id,
            group.c.building_id,
            group.c.shift,
        )
        .select_from(lesson.join(group, and_(group.c.school_id == year.school_id, group.c.id == lesson.c.group_id)))
        .where(
            lesson.c.school_id == year.school_id,
            group.c.year_id == year.id,
            lesson.c.on_date >= first,
            lesson.c.on_date <= last,
        )
    )
    if groups is not None:
        statement = statement.where(lesson.c.group_id.in_(groups))
    now = clock.now()
    found = []
    for row in db.session.execute(statement):
        from_timetable = row.timetable_slot_id is not None
        is_open = from_timetable and row.state == LessonState.PLANNED and row.starts_at > now
        by_hand = not is_open and row.starts_at > now and row.state != LessonState.MOVED
        house = (row.building_id, row.shift)
        found.append(Standing(*row[:4], is_open, from_timetable, tuple(row)[5:11], house, by_hand))
    return found


def _details(want: Wanted) -> tuple[object, ...]:
    """In the order of ``_standing``: what a lesson has from the timetable."""
    return (
        want.slot.id,
        want.term_id,
        clock.moscow(want.on_date, want.starts),
        clock.moscow(want.on_date, want.ends),
        want.slot.room,
        want.slot.teacher_id,
    )


_DETAILS = ("timetable_slot_id", "term_id", "starts_at", "ends_at", "room", "teacher_id")


def _make(school_id: int, wanted: list[Wanted]) -> None:
    rows = [
        {
            "school_id": school_id,
            "id": new_id(),
            "course_id": want.slot.course_id,
            "group_id": want.slot.group_id,
            "subject_id": want.slot.subject_id,
            "on_date": want.on_date,
            "slot": want.slot.slot,
            "state": LessonState.PLANNED.value,
            "topic": "",
            **dict(zip(_DETAILS, _details(want), strict=True)),
        }
        for want in sorted(wanted, key=lambda one: (one.on_date, one.slot.slot))
    ]
    if rows:
        db.session.execute(insert(lesson), rows)


def _change(school_id: int, changes: list[tuple[Standing, Wanted]]) -> None:
    went = []
    for old, want in changes:
        values = dict(zip(_DETAILS, _details(want), strict=True))
        db.session.execute(
            update(lesson)
            .where(lesson.c.school_id == school_id, lesson.c.id == old.id)
            .values(on_date=want.on_date, slot=want.slot.slot, **values)
        )
        if (old.on_date, old.slot) != (want.on_date, want.slot.slot):
            starts_at = cast("datetime", values["starts_at"])
            went.append(LessonWent(school_id, old.id, old.id, want.on_date, starts_at))
    if went:
        ids = [one.lesson_id for one in went]
        db.session.execute(
            delete(Substitution).where(Substitution.school_id == school_id, Substitution.lesson_id.in_(ids))
        )
        tell_followers(went)


def _drop(school_id: int, ids: list[uuid.UUID]) -> tuple[int, int]:
    """Take lessons away; those that something hangs on stay as cancelled."""
    removed = cancelled = 0
    for start in range(0, len(ids), A_BATCH):
        batch = ids[start : start + A_BATCH]
        used = lessons_in_use(school_id, batch)
        unused = [one for one in batch if one not in used]
        db.session.execute(
            delete(Substitution).where(Substitution.school_id == school_id, Substitution.lesson_id.in_(batch))
        )
        if used:
            db.session.execute(
                update(lesson)
                .where(lesson.c.school_id == school_id, lesson.c.id.in_(used))
                .values(state=LessonState.CANCELLED.value)
            )
        if unused:
            db.session.execute(delete(lesson).where(lesson.c.school_id == school_id, lesson.c.id.in_(unused)))
        removed, cancelled = removed + len(unused), cancelled + len(used)
    return removed, cancelled
