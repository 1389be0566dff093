"""What changed after an extra lesson, and whether the answers are enough to say so. Pure.

A pupil is one observation, not an answer: answers of one pupil go together. The step is the mean of the pupils' own differences, with
Student's interval for so many pupils; the spread is never taken for less than what chance alone makes of so few answers. It says that something has changed, never that the lesson alone did it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt
from typing import Final

LEAST_ANSWERS: Final = 3
"""On either side, for a pupil to be counted."""
LEAST_PUPILS: Final = 4
_T95: Final = {3: 3.182, 4: 2.776, 5: 2.571, 6: 2.447, 7: 2.365}
"""Two-sided quantiles by degrees of freedom; at most eight pupils are invited."""


@dataclass(frozen=True, slots=True)
class Answers:
    """Right answers of all."""

    right: int = 0
    answers: int = 0

    def __add__(self, other: "Answers") -> "Answers":
        return Answers(self.right + other.right, self.answers + other.answers)

    @property
    def share(self) -> float:
        """0 to 1; 0 without answers."""
        return self.right / self.answers if self.answers else 0.0

    @property
    def noise(self) -> float:
        """Variance of the share by chance alone, with one right and one wrong answer added so that it is never none."""
        share = (self.right + 1) / (self.answers + 2)
        return share * (1 - share) / max(1, self.answers)


class Way(StrEnum):
    """What may be said."""

    UP = "up"
    DOWN = "down"
    UNSURE = "unsure"
    """Enough answers, and the difference may still be chance."""
    FEW = "few"


@dataclass(frozen=True, slots=True)
class Gain:
    """The pupils who answered enough before and after, taken together. Shares and steps in whole per cent."""

    way: Way
    pupils: int
    before: Answers
    after: Answers
    step: int = 0
    low: int = 0
    high: int = 0


def gain_of(pairs: Iterable[tuple[Answers, Answers]]) -> Gain:
    """Before and after of each pupil who came."""
    counted = [(b, a) for b, a in pairs if b.answers >= LEAST_ANSWERS and a.answers >= LEAST_ANSWERS]
    before, after = _sum(one for one, _ in counted), _sum(one for _, one in counted)
    n = len(counted)
    if n < LEAST_PUPILS:
        return Gain(Way.FEW, n, before, after)
    steps = [a.share - b.share for b, a in counted]
    mean = sum(steps) / n
    spread = sum((one - mean) ** 2 for one in steps) / (n - 1)
    least = sum(b.noise + a.noise for b, a in counted) / n
    half = _T95.get(n - 1, _T95[7]) * sqrt(max(spread, least) / n)
    low, high = mean - half, mean + half
    way = Way.UP if low > 0 else Way.DOWN if high < 0 else Way.UNSURE
    return Gain(way, n, before, after, round(100 * mean), round(100 * max(low, -1)), round(100 * min(high, 1)))


def _sum(them: Iterable[Answers]) -> Answers:
    return sum(them, Answers())
