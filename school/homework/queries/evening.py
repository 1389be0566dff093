"""The evening before the sending: every pupil's minutes over all subjects against the norm, and what would fit."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from school.classes.queries.calendar import Free, free_days
from school.classes.seen import SeenCourse
from school.core import clock
from school.homework.models import HandInWay
from school.homework.norms import HOLIDAYS_FROM, OwnRule, evening_norm, free_weekends_to, screen_norm
from school.homework.queries.lists import homework_at_hand
from school.homework.queries.norms import own_rules

SUNDAY = 6


@dataclass(frozen=True, slots=True)
class Planned:
    """What a teacher is about to set."""

    minutes: int
    is_on_screen: bool
    due_on: date
    is_for_lesson: bool
    """Due in a lesson: then that day is a school day, whatever the calendar says."""
    questions: int = 0


@dataclass(frozen=True, slots=True)
class Load:
    """One pupil's evening with the new homework in it."""

    pupil_id: uuid.UUID
    minutes: int
    on_screen: int


@dataclass(frozen=True, slots=True)
class Evening:
    """What is wrong with an evening, and what would be right. Nothing wrong is None instead of this."""

    day: date
    norm: int | None
    screen: int | None
    over: tuple[Load, ...]
    """Pupils over the norm of minutes or of the screen, the busiest first."""
    fitting_day: date | None
    """The nearest of the course's days on which nobody would be over and no weekend or holidays would be taken."""
    fitting_minutes: int
    """So long it might be on this day; 0: the evening is full without it."""
    questions_to_drop: int
    """Of a task on the screen, to come down to that."""
    rest: str
    """``closed``: no school that day; ``weekend`` or ``holidays``: they should stay free; empty."""
    weekends_to: int
    """Up to this year level weekends stay free that day."""

    @property
    def is_full(self) -> bool:
        """Whether somebody is over the norm of all minutes, not only of those at the screen."""
        return self.norm is not None and any(one.minutes > self.norm for one in self.over)


def evening_of(
    of: SeenCourse, pupils: Collection[uuid.UUID], planned: Planned, days: Sequence[date], but: uuid.UUID | None = None
) -> Evening | None:
    """The evening of ``planned`` for these pupils; ``days`` are those of the course's next lessons. Three statements.

    ``but`` is a homework that is being changed: its own minutes do not count twice.
    """
    today = clock.today()
    last = max([planned.due_on, *days])
    if planned.due_on < today or not pupils:
        return None
    works = homework_at_hand(of.school_id, pupils, today, last)
    own = own_rules(of.school_id)
    norm, screen = evening_norm(of.year_level, planned.due_on, own), screen_norm(of.year_level, planned.due_on)

    def loads(day: date, minutes: int) -> list[Load]:
        on_screen = minutes if planned.is_on_screen else 0
        made = []
        for pupil_id, lines in works.items():
            there = [one for one in lines if one.due_on == day and one.id != but and not one.is_done]
            glass = sum(one.minutes for one in there if one.way == HandInWay.TASK)
            made.append(Load(pupil_id, minutes + sum(one.minutes for one in there), on_screen + glass))
        return made

    def over(day: date) -> list[Load]:
        most = evening_norm(of.year_level, day, own)  # a norm may change between this day and the next ones
        return [
            one
            for one in loads(day, planned.minutes)
            if (most is not None and one.minutes > most)
            or (planned.is_on_screen and screen is not None and one.on_screen > screen)
        ]

    busy = sorted(over(planned.due_on), key=lambda one: (-one.minutes, str(one.pupil_id)))
    around = free_days(of.school_id, min([planned.due_on, *days]) - timedelta(days=60), last)
    rest = _rest(of, planned.due_on, around, own, is_for_lesson=planned.is_for_lesson)
    if not busy and not rest:
        return None
    set_already = loads(planned.due_on, 0)
    room = (norm if norm is not None else planned.minutes) - max((one.minutes for one in set_already), default=0)
    if planned.is_on_screen and screen is not None:
        room = min(room, screen - max((one.on_screen for one in set_already), default=0))
    room = max(0, room)
    each = planned.minutes / planned.questions if planned.questions else 0
    return Evening(
        planned.due_on,
        norm,
        screen,
        tuple(busy),
        next(
            (
                day
                for day in sorted(days)
                if day != planned.due_on and day > today and not over(day) and not _rest(of, day, around, own)
            ),
            None,
        ),
        min(room, planned.minutes),
        min(planned.questions, -int(-(planned.minutes - room) // each)) if each and room < planned.minutes else 0,
        rest,
        free_weekends_to(planned.due_on, own),
    )


def _rest(
    of: SeenCourse, day: date, around: Sequence[Free], own: Sequence[OwnRule], *, is_for_lesson: bool = True
) -> str:
    """Why this day should not be taken, whatever the minutes; ``around``: holidays of the two months before it."""

    def is_free(one: date) -> bool:
        return one.weekday() == SUNDAY or any(free.starts_on <= one <= free.ends_on for free in around)

    if is_free(day) and not is_for_lesson:
        return "closed"
    row = 0
    while is_free(day - timedelta(days=row + 1)) and row < 60:
        row += 1
    if not row or day - timedelta(days=row) <= clock.today():
        return ""  # the free days are over, or have begun: what is set now is not done in them
    if row >= HOLIDAYS_FROM:
        return "holidays"
    return "weekend" if of.year_level <= free_weekends_to(day, own) else ""
