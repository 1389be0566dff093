"""When an extra lesson can be: an hour free for the teacher, a room and the pupils. Pure.

Extra lessons stand outside the timetable and begin at least 20 minutes after a pupil's last lesson (СП 2.4.3648-20), or end as
long before the first one of a second shift. A day without lessons is nobody's to come for, neither the teacher's nor a pupil's.
"""

import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from school.core import clock

LENGTH: Final = timedelta(minutes=40)
REST: Final = timedelta(minutes=20)
WAY: Final = timedelta(minutes=10)
"""For the teacher, from one lesson to the next."""
EARLIEST: Final = time(9)
LATEST: Final = time(18)
"""Our own bounds: a child is at home for supper."""
_FIVE: Final = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Span:
    """From a moment to a moment."""

    starts_at: datetime
    ends_at: datetime

    def meets(self, other: "Span") -> bool:
        """Whether the two overlap."""
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at


@dataclass(frozen=True, slots=True)
class Day:
    """Who and what is busy on a day."""

    on: date
    teacher: Sequence[Span]
    """Lessons and extra lessons; none: the teacher is not at school."""
    lessons: Mapping[uuid.UUID, Sequence[Span]]
    """By pupil: lessons of the timetable; none: not at school, or announced absent."""
    others: Mapping[uuid.UUID, Sequence[Span]]
    """By pupil: other extra lessons."""
    rooms: Mapping[str, Sequence[Span]]
    """In the order of preference, each with what it is taken for."""


@dataclass(frozen=True, slots=True)
class Hour:
    """A time that could be taken."""

    starts_at: datetime
    ends_at: datetime
    room: str
    cannot: tuple[uuid.UUID, ...]
    """Pupils who are not free then."""
    wait: int
    """Minutes that the one who waits longest waits after the last lesson or before the first."""

    @property
    def key(self) -> str:
        """As a form sends it."""
        return self.starts_at.isoformat()


def best_hours(days: Iterable[Day], pupils: Collection[uuid.UUID], least: int) -> list[Hour]:
    """The best hour of each day on which at least ``least`` of the pupils are free, in the order of days."""
    found = []
    for day in days:
        hours = [hour for hour in hours_of(day, pupils) if len(pupils) - len(hour.cannot) >= least]
        if hours:
            found.append(min(hours, key=lambda one: (len(one.cannot), one.wait, one.starts_at)))
    return found


def hours_of(day: Day, pupils: Collection[uuid.UUID]) -> list[Hour]:
    """All hours of a day at which the teacher and a room are free."""
    if not day.teacher:
        return []
    first, last = clock.moscow(day.on, EARLIEST), clock.moscow(day.on, LATEST)
    found = []
    for starts_at in sorted(_starts(day, pupils)):
        span = Span(starts_at, starts_at + LENGTH)
        if span.starts_at < first or span.ends_at > last or any(span.meets(one) for one in day.teacher):
            continue
        room = next((name for name, taken in day.rooms.items() if not any(span.meets(one) for one in taken)), None)
        if room is None:
            continue
        waits = {one: _wait(day, one, span) for one in pupils}
        cannot = tuple(one for one in pupils if waits[one] is None)
        longest = max((wait for wait in waits.values() if wait is not None), default=0)
        found.append(Hour(span.starts_at, span.ends_at, room, cannot, longest))
    return found


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why an arranged hour can't be as it was arranged; false when it can."""

    teacher: bool = False
    room: bool = False
    pupils: tuple[uuid.UUID, ...] = ()
    """Who have a lesson then."""
    no_lessons: bool = False
    """Nobody of them has lessons on that day any more."""

    def __bool__(self) -> bool:
        return self.teacher or self.room or bool(self.pupils) or self.no_lessons


def trouble_at(day: Day | None, span: Span, room: str, pupils: Collection[uuid.UUID]) -> Trouble:
    """What of the day's busy spans an hour meets; no day when nobody has lessons on it."""
    if day is None:
        return Trouble(no_lessons=True)
    return Trouble(
        any(span.meets(one) for one in day.teacher),
        any(span.meets(one) for one in day.rooms.get(room, ())),
        tuple(one for one in pupils if any(span.meets(lesson) for lesson in day.lessons.get(one, ()))),
    )


def _starts(day: Day, pupils: Collection[uuid.UUID]) -> set[datetime]:
    """Moments at which somebody becomes free: an hour that begins at no such moment could begin earlier."""
    found = {_rounded(span.ends_at + WAY) for span in day.teacher}
    for one in pupils:
        lessons = day.lessons.get(one, ())
        if lessons:
            found.add(_rounded(max(span.ends_at for span in lessons) + REST))
            begin = min(span.starts_at for span in lessons) - REST - LENGTH
            found.add(_rounded(begin, up=False))
    return found


def _wait(day: Day, pupil: uuid.UUID, span: Span) -> int | None:
    """Minutes between the pupil's lessons and this hour; None when the pupil is not free."""
    lessons = day.lessons.get(pupil, ())
    if not lessons or any(span.meets(one) for one in day.others.get(pupil, ())):
        return None
    after = span.starts_at - max(one.ends_at for one in lessons)
    before = min(one.starts_at for one in lessons) - span.ends_at
    gap = max(after, before)
    return None if gap < REST else int(gap.total_seconds()) // 60


def _rounded(moment: datetime, *, up: bool = True) -> datetime:
    """To five minutes: nobody comes at 14:37."""
    over = timedelta(minutes=moment.minute % 5, seconds=moment.second, microseconds=moment.microsecond)
    if not over:
        return moment
    return moment - over + _FIVE if up else moment - over
