"""Whether marks have changed between two periods, said only where the marks are enough to say it. Pure.

Three marks are the least for any word about a change, and a difference smaller than what chance alone makes of so few marks is
"about the same". Means are whole hundredths, as in ``school.gradebook.scale``.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from school.gradebook.scale import hundredths

LEAST_MARKS: Final = 3
"""Under so many marks in either period nothing is claimed."""
LEAST_STEP: Final = 20
"""A smaller difference of means, in hundredths, is none: it would be lost in «4,1»."""
CALM_SPREAD: Final = 0.5
"""Marks that happen to be all the same still vary; so much at least is taken for their spread."""
MONTH: Final = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Point:
    """A numeric mark on its day."""

    on_date: date
    value: int
    weight: int = 1


class Way(StrEnum):
    """What may honestly be said of a change."""

    UP = "up"
    DOWN = "down"
    SAME = "same"
    FEW_NOW = "few_now"
    """Too few marks in the later period."""
    FEW_BEFORE = "few_before"
    """Enough now, too few before to compare with."""


@dataclass(frozen=True, slots=True)
class Change:
    """Two periods side by side: means in hundredths (None without marks) and how many marks each rests on."""

    way: Way
    before: int | None
    after: int | None
    marks_before: int
    marks_after: int

    @property
    def step(self) -> int:
        """From the earlier mean to the later, in hundredths; 0 where one is missing."""
        return 0 if self.before is None or self.after is None else self.after - self.before

    @property
    def is_claim(self) -> bool:
        """Whether it says that something has changed."""
        return self.way in {Way.UP, Way.DOWN}

    @property
    def is_enough(self) -> bool:
        """Whether both periods have marks enough to be compared."""
        return self.is_claim or self.way is Way.SAME


def mean_of(points: Iterable[Point]) -> int | None:
    """The weighted mean in hundredths, by the rule of the journal; None without marks."""
    values = weights = 0
    for point in points:
        values += point.value * point.weight
        weights += point.weight
    return hundredths(values, weights)


def compare(before: Sequence[Point], after: Sequence[Point]) -> Change:
    """What the marks of the later period say beside those of the earlier."""
    means = mean_of(before), mean_of(after)
    return Change(_way(before, after, *means), *means, len(before), len(after))


def over_month(points: Iterable[Point], today: date) -> Change:
    """The thirty days up to today beside the thirty before them."""
    earlier, later = [], []
    for point in points:
        if today - MONTH < point.on_date <= today:
            later.append(point)
        elif today - 2 * MONTH < point.on_date <= today - MONTH:
            earlier.append(point)
    return compare(earlier, later)


def running(points: Sequence[Point]) -> list[int]:
    """The mean after each mark, in hundredths: how the number at the edge of the journal moved."""
    values = weights = 0
    found = []
    for point in points:
        values += point.value * point.weight
        weights += point.weight
        found.append((200 * values + weights) // (2 * weights))
    return found


def _way(before: Sequence[Point], after: Sequence[Point], was: int | None, now: int | None) -> Way:
    if len(after) < LEAST_MARKS or now is None:
        return Way.FEW_NOW
    if len(before) < LEAST_MARKS or was is None:
        return Way.FEW_BEFORE
    step = now - was
    if abs(step) < max(LEAST_STEP, 100 * _chance(before, after)):
        return Way.SAME
    return Way.UP if step > 0 else Way.DOWN


def _chance(before: Sequence[Point], after: Sequence[Point]) -> float:
    """The standard error of the difference of the two means."""
    return math.hypot(_error(before), _error(after))


def _error(points: Sequence[Point]) -> float:
    weights = sum(point.weight for point in points)
    mean = sum(point.value * point.weight for point in points) / weights
    spread = math.sqrt(sum(point.weight * (point.value - mean) ** 2 for point in points) / weights)
    marks = weights**2 / sum(point.weight**2 for point in points)
    return max(spread, CALM_SPREAD) / math.sqrt(marks)
