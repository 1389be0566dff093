"""School marks beside outside results, and value added, with intervals. Pure; nothing here orders classes.

Marks and per cents have different scales, so both are told in standard deviations of all who sat the diagnostic. Value added is
what is left of a result after what the earlier result let expect, by a straight line over the whole school.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Final

LEAST: Final = 5
"""Of fewer pupils no mean is told."""
Z: Final = 1.96


@dataclass(frozen=True, slots=True)
class Mean:
    """A mean with half the width of its 95 % interval."""

    n: int
    value: float
    half: float

    @property
    def holds_nought(self) -> bool:
        """Whether the difference may be chance."""
        return abs(self.value) <= self.half


def mean_of(values: Sequence[float]) -> Mean | None:
    """None of fewer than five."""
    n = len(values)
    if n < LEAST:
        return None
    value = sum(values) / n
    return Mean(n, value, Z * deviation(values) / sqrt(n))


def deviation(values: Sequence[float]) -> float:
    """The standard deviation of a sample; nought of fewer than two."""
    n = len(values)
    if n < 2:
        return 0.0
    middle = sum(values) / n
    return sqrt(sum((one - middle) ** 2 for one in values) / (n - 1))


def standardised(values: Sequence[float]) -> list[float]:
    """In deviations from the mean of all; noughts where all are alike."""
    spread = deviation(values)
    middle = sum(values) / len(values) if values else 0.0
    return [(one - middle) / spread if spread else 0.0 for one in values]


def left_over(before: Sequence[float], after: Sequence[float]) -> list[float]:
    """What each result is above what the earlier one let expect, in its own units."""
    n = len(before)
    if not n:
        return []
    mean_before, mean_after = sum(before) / n, sum(after) / n
    spread = sum((one - mean_before) ** 2 for one in before)
    slope = (
        sum((x - mean_before) * (y - mean_after) for x, y in zip(before, after, strict=True)) / spread
        if spread
        else 0.0
    )
    return [y - mean_after - slope * (x - mean_before) for x, y in zip(before, after, strict=True)]


def limit(spread: float, n: int) -> float:
    """How far the mean of ``n`` pupils may lie from nought by chance alone: the wall of the funnel."""
    return Z * spread / sqrt(n)
