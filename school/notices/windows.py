"""When calm news may leave for somebody's telephone or letter box: gathered, outside lessons and quiet hours. Pure.

Urgent news never comes here. Hours are Moscow's.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from school.core import clock
from school.notices.seen import Span

PUPIL_FIRST = timedelta(minutes=60)
"""What a pupil may tell at home before a telephone does."""
GATHER = timedelta(minutes=30)
"""After the last piece of news: a column of marks, the marks of three lessons are one message."""
LONGEST = timedelta(hours=2)
"""However much goes on happening, the first of it waits no longer (quiet hours and lessons apart)."""
GAP = timedelta(hours=2)
"""Between two calm messages to one person."""
PROMPT = timedelta(minutes=2)
"""Words of a person to a person are not kept waiting for other news."""
EVENING = time(20, 30)
BEFORE_QUIET = timedelta(minutes=30)
EVENING_LASTS = timedelta(hours=3, minutes=30)
"""From 17:00 on news of a day waits for its one message of the evening."""

PUPILS_QUIET = (time(21), time(7))
STAFFS_QUIET = (time(19), time(8))
SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Windows:
    """One person's hours."""

    quiet_from: time = PUPILS_QUIET[0]
    quiet_to: time = PUPILS_QUIET[1]
    quiet_weekends: bool = False
    once_a_day: bool = False
    """Calm news come in the evening only."""

    def is_quiet(self, moment: datetime) -> bool:
        """Whether calm news must wait now."""
        local = moment.astimezone(clock.MOSCOW)
        if self.quiet_weekends and local.weekday() >= SATURDAY:
            return True
        at = local.time()
        if self.quiet_from <= self.quiet_to:
            return self.quiet_from <= at < self.quiet_to
        return at >= self.quiet_from or at < self.quiet_to

    def after_quiet(self, moment: datetime) -> datetime:
        """The moment itself, or the end of the quiet hours it falls into."""
        while self.is_quiet(moment):
            moment = self._next_edge(moment)
        return moment

    def evening_of(self, day: date) -> datetime:
        """When the one message of an evening leaves: before the quiet hours."""
        evening = clock.moscow(day, EVENING)
        on_a_working_day = Windows(self.quiet_from, self.quiet_to)
        return clock.moscow(day, self.quiet_from) - BEFORE_QUIET if on_a_working_day.is_quiet(evening) else evening

    def _next_edge(self, moment: datetime) -> datetime:
        """The next moment at which quiet may end: ``quiet_to`` of this day or the next, or midnight after a weekend."""
        local = moment.astimezone(clock.MOSCOW)
        days = (local.date(), local.date() + timedelta(days=1))
        edges = [clock.moscow(day, at) for day in days for at in (time(), self.quiet_to)]
        return min(edge for edge in edges if edge > moment)


STAFF = Windows(*STAFFS_QUIET, quiet_weekends=True)
FAMILY = Windows()


def leave_at(
    first: datetime,
    last: datetime,
    windows: Windows,
    *,
    is_prompt: bool = False,
    busy: Sequence[Span] = (),
    last_sent: datetime | None = None,
) -> datetime:
    """When news that became ready between ``first`` and ``last`` leave. ``busy``: the lessons of who is told."""
    if is_prompt:
        return _free(min(last + PROMPT, first + GATHER), windows, busy)
    at = min(last + GATHER, first + LONGEST)
    if last_sent is not None:
        at = max(at, last_sent + GAP)
    evening = windows.evening_of(clock.local(at).date())
    if windows.once_a_day:
        at = evening if at <= evening else windows.evening_of(clock.local(at).date() + timedelta(days=1))
    elif evening - EVENING_LASTS <= at < evening:
        at = evening
    return _free(at, windows, busy)


def _free(at: datetime, windows: Windows, busy: Sequence[Span]) -> datetime:
    """The first moment from ``at`` on that is neither quiet nor in a lesson."""
    while True:
        free = windows.after_quiet(at)
        for begins, ends in sorted(busy):
            if begins <= free < ends:
                free = ends
        if free == at:
            return at
        at = free
