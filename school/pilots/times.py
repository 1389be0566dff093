"""The days of a pilot: consent, pre-test, practice, post-test, delayed test. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from school.pilots.models import Sitting

WINDOW: Final = timedelta(7)
"""A test is open so long: who was ill on the day sits it on another one."""
DELAY: Final = timedelta(28)
"""Between the last day of practice and the delayed test."""
FEWEST_DAYS: Final = 3
"""The pre-test is open at least so long."""


class Stage(StrEnum):
    """Where a registered pilot is."""

    CONSENT = "consent"
    PRE = "pre"
    PRACTICE = "practice"
    POST = "post"
    WAITING = "waiting"
    DELAYED = "delayed"
    OVER = "over"


SITS: Final = {Stage.PRE: Sitting.PRE, Stage.POST: Sitting.POST, Stage.DELAYED: Sitting.DELAYED}
"""The test that is open in a stage."""


@dataclass(frozen=True, slots=True)
class Times:
    """All days follow from three; spans include both ends."""

    consent_until: date
    starts_on: date
    weeks: int

    @property
    def ends_on(self) -> date:
        """The last day of practice."""
        return self.starts_on + timedelta(7 * self.weeks - 1)

    def window(self, kind: Sitting) -> tuple[date, date]:
        """First and last day of a test."""
        one = timedelta(1)
        if kind is Sitting.PRE:
            return self.consent_until + one, self.starts_on - one
        begins = self.ends_on + one + (DELAY if kind is Sitting.DELAYED else timedelta())
        return begins, begins + WINDOW - one

    @property
    def over_on(self) -> date:
        """The day after the last."""
        return self.window(Sitting.DELAYED)[1] + timedelta(1)

    def stage(self, today: date) -> Stage:
        """Where it is on a day."""
        ends = (
            (self.consent_until, Stage.CONSENT),
            (self.starts_on - timedelta(1), Stage.PRE),
            (self.ends_on, Stage.PRACTICE),
            (self.window(Sitting.POST)[1], Stage.POST),
            (self.window(Sitting.DELAYED)[0] - timedelta(1), Stage.WAITING),
            (self.window(Sitting.DELAYED)[1], Stage.DELAYED),
        )
        return next((stage for end, stage in ends if today <= end), Stage.OVER)

    def week(self, today: date) -> int:
        """The week of practice, from 1; 0 before it."""
        return max(0, (today - self.starts_on).days // 7 + 1)

    def rounds_due(self, today: date, sets: int) -> int:
        """How many sets a course should have had by this day: each week's spread over its school days, the first on the first."""
        days = (min(today, self.ends_on) - self.starts_on).days
        if days < 0:
            return 0
        whole, rest = divmod(days, 7)
        return whole * sets + min(sets, 1 + rest * sets // 5 if rest < 5 else sets)


def needed(effect: float, explained: float = 0.5) -> int:
    """Pupils in each arm to find a difference of ``effect`` standard deviations in four pilots of five, at 5 %.

    ``explained`` is the share of the variance that the pre-test explains. 2 · 7,85 · (1 - R²) / d²: Bloom 1995.
    """
    return -int(-2 * 7.85 * (1 - explained) // effect**2)
