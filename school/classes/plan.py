"""From the weekly timetable to the lessons of a term: which should be there, and how those that are differ. Pure.

The rules: a lesson stands on every day a timetable slot holds, inside a term of its group's regime, outside holidays, at
the time the bells of the group's building and shift give its number that day. A day's own bells (short day) win over the
usual ones; a number they leave out is not held that day.
"""

import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import cast

Key = tuple[uuid.UUID, date, int]
"""Course, day, number in the day: what makes a lesson itself."""
House = tuple[uuid.UUID, int]
"""Building and shift: whose bells."""


@dataclass(frozen=True, slots=True)
class Bells:
    """The bells of a building and shift from a day to a day."""

    house: House
    from_on: date
    to_on: date | None
    times: Mapping[int, tuple[time, time]]


@dataclass(frozen=True, slots=True)
class Slot:
    """A weekly place of a course."""

    id: uuid.UUID
    course_id: uuid.UUID
    group_id: uuid.UUID
    subject_id: int
    regime_id: uuid.UUID
    house: House
    weekday: int
    slot: int
    room: str
    teacher_id: uuid.UUID
    from_on: date
    to_on: date | None


@dataclass(frozen=True, slots=True)
class TermDays:
    """A term of a regime."""

    id: uuid.UUID
    regime_id: uuid.UUID
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class FreeDays:
    """Days without lessons, for one regime or for all."""

    regime_id: uuid.UUID | None
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class Wanted:
    """A lesson that should stand."""

    slot: Slot
    term_id: uuid.UUID
    on_date: date
    starts: time
    ends: time

    @property
    def key(self) -> Key:
        """What makes it this lesson."""
        return self.slot.course_id, self.on_date, self.slot.slot


@dataclass(frozen=True, slots=True)
class Standing:
    """A lesson that is there. ``is_open``: it has not begun, is planned, and came from the timetable: it may follow it."""

    id: uuid.UUID
    course_id: uuid.UUID
    on_date: date
    slot: int
    is_open: bool
    from_timetable: bool
    details: tuple[object, ...]
    """What the timetable says of it: place, time, room, teacher; compared with what it says now."""
    house: House | None = None
    is_by_hand: bool = False
    """It has not begun and no timetable carries it: put there for one day, or cancelled. It keeps its number and its day."""

    @property
    def key(self) -> Key:
        """What makes it this lesson."""
        return self.course_id, self.on_date, self.slot

    @property
    def times(self) -> tuple[datetime, datetime]:
        """When it stands now."""
        return cast("tuple[datetime, datetime]", self.details[2:4])


@dataclass(slots=True)
class Changes:
    """What to do for the lessons to follow the timetable."""

    make: list[Wanted] = field(default_factory=list)
    change: list[tuple[Standing, Wanted]] = field(default_factory=list)
    """The lesson stays itself (its homework and topic with it) and takes this place, time, room and teacher."""
    drop: list[Standing] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class NoBell:
    """A number of the timetable that the usual bells of its building and shift do not have."""

    house: House
    slot: int


def bells_on(schedules: Iterable[Bells], day: date) -> Bells | None:
    """The schedule of one house that rings on ``day``: the shortest span wins, then the latest beginning."""
    living = [one for one in schedules if one.from_on <= day and (one.to_on is None or one.to_on >= day)]
    return min(living, key=lambda one: (_span(one), -one.from_on.toordinal()), default=None)


def _span(one: Bells) -> int:
    return (one.to_on - one.from_on).days if one.to_on is not None else date.max.toordinal()


def days_between(first: date, last: date) -> Iterator[date]:
    """Every day, both ends included."""
    for n in range((last - first).days + 1):
        yield first + timedelta(days=n)


@dataclass(slots=True)
class Calendar:
    """Bells, terms and holidays, asked day by day."""

    bells: list[Bells]
    terms: list[TermDays]
    free: list[FreeDays]
    _rings: dict[tuple[House, date], Bells | None] = field(default_factory=dict)
    _terms: dict[tuple[uuid.UUID, date], TermDays | None] = field(default_factory=dict)

    def rings(self, house: House, day: date) -> Bells | None:
        """The bells of a house on a day."""
        if (house, day) not in self._rings:
            self._rings[house, day] = bells_on((one for one in self.bells if one.house == house), day)
        return self._rings[house, day]

    def term(self, regime_id: uuid.UUID, day: date) -> TermDays | None:
        """The term with lessons on ``day``: none in a break or on a holiday."""
        if (regime_id, day) not in self._terms:
            self._terms[regime_id, day] = self._find_term(regime_id, day)
        return self._terms[regime_id, day]

    def has_number(self, house: House, slot: int) -> bool:
        """Whether any bells of a house know this number."""
        return any(slot in one.times for one in self.bells if one.house == house)

    def _find_term(self, regime_id: uuid.UUID, day: date) -> TermDays | None:
        for free in self.free:
            if free.regime_id in {None, regime_id} and free.starts_on <= day <= free.ends_on:
                return None
        for term in self.terms:
            if term.regime_id == regime_id and term.starts_on <= day <= term.ends_on:
                return term
        return None


def wanted_lessons(slots: Iterable[Slot], calendar: Calendar, first: date, last: date) -> dict[Key, Wanted]:
    """The lessons the timetable asks for from ``first`` to ``last``."""
    by_weekday: dict[int, list[Slot]] = defaultdict(list)
    for slot in slots:
        by_weekday[slot.weekday].append(slot)
    found: dict[Key, Wanted] = {}
    for day in days_between(first, last):
        for slot in by_weekday[day.isoweekday()]:
            if slot.from_on > day or (slot.to_on is not None and slot.to_on < day):
                continue
            term = calendar.term(slot.regime_id, day)
            rings = calendar.rings(slot.house, day)
            times = rings.times.get(slot.slot) if rings else None
            if term is not None and times is not None:
                wanted = Wanted(slot, term.id, day, *times)
                found[wanted.key] = wanted
    return found


def to_ring_anew(standing: Iterable[Standing], calendar: Calendar) -> list[tuple[Standing, time, time]]:
    """Lessons put somewhere by hand whose number may ring at another time now: they go with the bells too.

    Where no bell has their number that day they stay as they are.
    """
    found = []
    for one in standing:
        rings = calendar.rings(one.house, one.on_date) if one.is_by_hand and one.house else None
        times = rings.times.get(one.slot) if rings else None
        if times is not None:
            found.append((one, *times))
    return found


def missing_bells(slots: Iterable[Slot], calendar: Calendar) -> list[NoBell]:
    """Numbers that can never be held, for want of a bell."""
    needed = {(slot.house, slot.slot) for slot in slots}
    return [NoBell(*one) for one in sorted(needed, key=str) if not calendar.has_number(*one)]


def compare(
    standing: Iterable[Standing], wanted: Mapping[Key, Wanted], details: Callable[[Wanted], tuple[object, ...]]
) -> Changes:
    """What to do, given what stands in the same days.

    A lesson whose place is gone moves to a new place of its course in the same week, so that what hangs on it follows.
    One that was cancelled or moved by hand uses up its week's place: it does not come back.
    """
    changes = Changes()
    there = {one.key: one for one in standing}
    free: dict[tuple[uuid.UUID, int, int], list[Wanted]] = defaultdict(list)
    for key, want in wanted.items():
        lesson = there.get(key)
        if lesson is None:
            free[_week(key)].append(want)
        elif lesson.is_open and lesson.details != details(want):
            changes.change.append((lesson, want))
    left = sorted(
        (one for one in there.values() if one.from_timetable and one.key not in wanted),
        key=lambda one: (one.is_open, one.on_date, one.slot),
    )
    for places in free.values():
        places.sort(key=lambda want: (want.on_date, want.slot.slot))
    for lesson in left:
        places = free[_week(lesson.key)]
        if places:
            place = places.pop(0)
            if lesson.is_open:
                changes.change.append((lesson, place))
        elif lesson.is_open:
            changes.drop.append(lesson)
    changes.make = [want for places in free.values() for want in places]
    return changes


def _week(key: Key) -> tuple[uuid.UUID, int, int]:
    year, week, _ = key[1].isocalendar()
    return key[0], year, week
