"""Lessons of one day that may not stand at the same time: one teacher, one room, pupils in common. Pure.

The rules are those of ``school.classes.clashes``, which asks them of one lesson as it is put somewhere; here many lessons go somewhere
else at once, and every meeting that was not there before is named.
"""

import uuid
from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

NOBODY: frozenset[uuid.UUID] = frozenset()


class Meets(StrEnum):
    """Who or what would be in two places."""

    TEACHER = "teacher"
    ROOM = "room"
    PUPILS = "pupils"


class Note(StrEnum):
    """What is special about a lesson."""

    NONE = ""
    COVER = "cover"
    ONCE = "once"
    """Put there for one day."""
    EXTRA = "extra"


@dataclass(frozen=True, slots=True)
class Stand:
    """A lesson to come, or an extra lesson, at its place and time."""

    key: Hashable
    """The lesson's id; course, day and number of one that is not made yet."""
    course_id: uuid.UUID
    group_id: uuid.UUID
    subject_id: int
    teacher_id: uuid.UUID
    """Who really takes it."""
    room: str
    building_id: uuid.UUID
    on_date: date
    slot: int
    """0 for an extra lesson, which has no number."""
    starts_at: datetime
    ends_at: datetime
    note: Note = Note.NONE
    invited: frozenset[uuid.UUID] = NOBODY
    """Pupils of an extra lesson."""

    def overlaps(self, other: "Stand") -> bool:
        """By the clock."""
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at


@dataclass(frozen=True, slots=True)
class Place:
    """A pupil in a group, from a day to a day."""

    group_id: uuid.UUID
    pupil_id: uuid.UUID
    from_on: date
    to_on: date | None


class Together:
    """Which groups have pupils in common, and who they are."""

    def __init__(self, class_of: Mapping[uuid.UUID, uuid.UUID | None], places: Iterable[Place]) -> None:
        self._class_of = class_of
        self._places: dict[uuid.UUID, dict[uuid.UUID, list[Place]]] = defaultdict(lambda: defaultdict(list))
        for one in places:
            self._places[one.group_id][one.pupil_id].append(one)
        self._both: dict[tuple[uuid.UUID, uuid.UUID], list[uuid.UUID]] = {}

    def is_whole(self, a: Stand, b: Stand) -> bool:
        """One group, or a class and its part: whoever is in them, they do not learn side by side."""
        if Note.EXTRA in {a.note, b.note}:
            return False
        one, other = a.group_id, b.group_id
        return one == other or self._class_of.get(one) == other or self._class_of.get(other) == one

    def shared(self, a: Stand, b: Stand) -> frozenset[uuid.UUID]:
        """Pupils who should be in both that day."""
        if b.note == Note.EXTRA:
            a, b = b, a
        if a.note == Note.EXTRA:
            return frozenset(one for one in a.invited if b.note == Note.EXTRA or self.is_in(b.group_id, one, b.on_date))
        pair = (a.group_id, b.group_id)
        if pair not in self._both:
            mine, theirs = self._places.get(pair[0], {}), self._places.get(pair[1], {})
            self._both[pair] = [one for one in mine if one in theirs]
        return frozenset(
            one
            for one in self._both[pair]
            if self.is_in(a.group_id, one, a.on_date) and self.is_in(b.group_id, one, a.on_date)
        )

    def is_in(self, group_id: uuid.UUID, pupil_id: uuid.UUID, on: date) -> bool:
        """Whether the pupil learns in the group on a day."""
        places = self._places.get(group_id, {}).get(pupil_id, ())
        return any(one.from_on <= on and (one.to_on is None or one.to_on >= on) for one in places)


@dataclass(frozen=True, slots=True)
class Meeting:
    """Two lessons at one time that may not be."""

    kind: Meets
    ours: Stand
    """The one that goes there."""
    theirs: Stand
    pupils: frozenset[uuid.UUID] = NOBODY
    """Who would be in both; empty where whole groups would."""


def new_meetings(
    before: Mapping[Hashable, Stand], after: Mapping[Hashable, Stand], changed: set[Hashable], together: Together
) -> list[Meeting]:
    """What the changed lessons would run into, by day and time. Lessons that met before already are no news."""
    days: dict[date, list[Stand]] = defaultdict(list)
    touched = {after[key].on_date for key in changed}
    for one in after.values():
        if one.on_date in touched:
            days[one.on_date].append(one)
    found = []
    for day in sorted(days):
        for a, b in _overlapping(days[day]):
            if a.key not in changed and b.key not in changed:
                continue
            ours, theirs = (a, b) if a.key in changed else (b, a)
            was, other = before.get(ours.key), before.get(theirs.key)
            met = set(_meet(was, other, together)) if was and other and was.overlaps(other) else set()
            found += [
                Meeting(kind, ours, theirs, pupils)
                for kind, pupils in _meet(ours, theirs, together)
                if kind not in {one for one, _pupils in met}
            ]
    return found


def meetings_of_newcomers(
    group_id: uuid.UUID, newcomers: Collection[uuid.UUID], since: date, stands: Iterable[Stand], together: Together
) -> list[Meeting]:
    """The lessons of a group that newcomers could not come to: they have another lesson, or an extra lesson, at that time."""
    days: dict[date, list[Stand]] = defaultdict(list)
    for one in stands:
        if one.on_date >= since:
            days[one.on_date].append(one)
    found = []
    for day in sorted(days):
        own = [one for one in days[day] if one.group_id == group_id and one.note != Note.EXTRA]
        for ours in own:
            for theirs in days[day]:
                if (theirs.group_id == group_id and theirs.note != Note.EXTRA) or not ours.overlaps(theirs):
                    continue
                pupils = frozenset(one for one in newcomers if _has(theirs, one, together))
                if pupils:
                    found.append(Meeting(Meets.PUPILS, ours, theirs, pupils))
    return found


def _has(one: Stand, pupil_id: uuid.UUID, together: Together) -> bool:
    return pupil_id in one.invited if one.note == Note.EXTRA else together.is_in(one.group_id, pupil_id, one.on_date)


def _overlapping(stands: list[Stand]) -> Iterator[tuple[Stand, Stand]]:
    ordered = sorted(stands, key=lambda one: (one.starts_at, one.slot, str(one.key)))
    for n, a in enumerate(ordered):
        for b in ordered[n + 1 :]:
            if b.starts_at >= a.ends_at:
                break
            yield a, b


def _meet(a: Stand, b: Stand, together: Together) -> Iterator[tuple[Meets, frozenset[uuid.UUID]]]:
    if a.teacher_id == b.teacher_id:
        yield Meets.TEACHER, NOBODY
    if a.room and (a.room, a.building_id) == (b.room, b.building_id):
        yield Meets.ROOM, NOBODY
    if together.is_whole(a, b):
        yield Meets.PUPILS, NOBODY
    elif pupils := together.shared(a, b):
        yield Meets.PUPILS, pupils
