"""A pilot as one actor meets it, with its courses; a pilot as a pupil and a family meet it, without arms."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from school.classes.seen import SeenCourse
from school.pilots.models import Arm, Pilot, Sitting
from school.pilots.times import Stage, Times


@dataclass(frozen=True, slots=True)
class SeenPilot:
    """The protocol and the courses that take part."""

    school_id: int
    id: uuid.UUID
    row: Pilot
    subject: str
    tint: int
    courses: tuple[SeenCourse, ...]

    @property
    def teaches(self) -> bool:
        """Whether the actor teaches or leads one of its classes."""
        return any(one.teaches or one.leads for one in self.courses)

    @property
    def times(self) -> Times:
        """All its days."""
        return times_of(self.row)

    @property
    def arms(self) -> tuple[Arm, ...]:
        """The first is what the others are compared with."""
        return tuple(Arm(one) for one in self.row.arms)

    @property
    def is_registered(self) -> bool:
        """Frozen."""
        return self.row.registered_at is not None

    @property
    def is_stopped(self) -> bool:
        """Ended before its time."""
        return self.row.stopped_at is not None

    def stage(self, today: date) -> Stage | None:
        """None for a draft and for one that was stopped."""
        return self.times.stage(today) if self.is_registered and not self.is_stopped else None

    def is_told(self, kind: Sitting, today: date) -> bool:
        """Whether the results of a test may be read: when it is closed, and the pre-test's never by arm before the post-test's."""
        return self.row.drawn_at is not None and today > self.times.window(kind)[1]


def times_of(row: Pilot) -> Times:
    """All days of a pilot."""
    return Times(row.consent_until, row.starts_on, row.weeks)


@dataclass(frozen=True, slots=True)
class OwnTest:
    """A common test as its pupil meets it."""

    id: uuid.UUID
    kind: Sitting
    opens_on: date
    closes_on: date
    minutes: int
    attempt_id: uuid.UUID | None
    finished_at: datetime | None

    def is_open(self, today: date) -> bool:
        """Whether it can be begun or gone on with."""
        return self.opens_on <= today <= self.closes_on and self.finished_at is None


@dataclass(frozen=True, slots=True)
class OwnPilot:
    """A pilot of one pupil. No arm: nobody who is drawn, and no family, knows it while it runs."""

    school_id: int
    id: uuid.UUID
    pupil_id: uuid.UUID
    title: str
    question: str
    subject: str
    tint: int
    times: Times
    consent: str
    """``yes``, ``no`` or nothing, as the family said."""
    left_at: datetime | None
    is_drawn: bool
    is_in: bool
    """Takes part: agreed and not left; after the draw, drawn."""
    stopped_at: datetime | None
    tests: tuple[OwnTest, ...]
