"""How a question did: difficulty, discrimination and what was answered, each with its n and interval. Pure.

The numbers are those of classical test theory as widely used quiz reports define them: facility is the mean share of
the points; the discrimination index is the correlation, in per cent, of the points for the question with the points for all
the others; the efficiency is that covariance as a share of the greatest that these same points could give. Variances are of a
sample (n - 1). Where a question was drawn for some pupils only, its numbers are of those who were asked.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import atanh, sqrt, tanh

Z = 1.959964
"""Of a 95 % interval."""
FEWEST = 2
FEWEST_FOR_INTERVAL = 4
"""Fisher's interval of a correlation divides by n - 3."""


@dataclass(frozen=True, slots=True)
class Interval:
    """Between which values the truth lies in 95 of 100 cases."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Facts:
    """One question over those who were asked it. What can't be said of so few, or of equal points, is None."""

    n: int
    facility: float
    """0 to 1."""
    facility_within: Interval
    spread: float | None
    """Standard deviation of the share of the points."""
    discrimination: float | None
    """-1 to 1."""
    discrimination_within: Interval | None
    efficiency: float | None


def facts_of(points: Sequence[float], others: Sequence[float], most: float) -> Facts | None:
    """``points`` for the question and ``others`` for the rest of the attempt, pupil by pupil; ``most`` points there are.

    None without pupils, or for a question without points.
    """
    n = len(points)
    if n == 0 or most <= 0:
        return None
    facility = sum(points) / n / most
    within = wilson(min(1.0, max(0.0, facility)), n)
    if n < FEWEST:
        return Facts(n, facility, within, None, None, None, None)
    own, rest, both = covariance(points, points), covariance(others, others), covariance(points, others)
    discrimination = both / sqrt(own * rest) if own * rest > 1e-12 else None
    best = covariance(sorted(points), sorted(others))
    return Facts(
        n,
        facility,
        within,
        sqrt(own) / most,
        discrimination,
        None if discrimination is None else fisher(discrimination, n),
        both / best if best > 1e-12 else None,
    )


def effective_weights(points: Sequence[Sequence[float]]) -> list[float]:
    """How much of the differences between results each question makes, shares of 1; ``points`` by question, pupil by pupil.

    A question that works against the others makes a negative covariance; its share counts as nothing.
    """
    totals = [sum(one) for one in zip(*points, strict=True)]
    roots = [sqrt(max(0.0, covariance(one, totals))) for one in points]
    whole = sum(roots)
    return [root / whole if whole else 0.0 for root in roots]


def covariance(xs: Sequence[float], ys: Sequence[float]) -> float:
    """Of a sample."""
    n = len(xs)
    mean_x, mean_y = sum(xs) / n, sum(ys) / n
    return sum((x - mean_x) * (y - mean_y) for x, y in zip(xs, ys, strict=True)) / (n - 1)


def wilson(share: float, n: int) -> Interval:
    """The interval of a share. For points given by parts it is wider than need be, never narrower."""
    middle, most = share + Z * Z / (2 * n), 1 + Z * Z / n
    half = Z * sqrt(share * (1 - share) / n + Z * Z / (4 * n * n))
    return Interval(max(0.0, (middle - half) / most), min(1.0, (middle + half) / most))


def fisher(correlation: float, n: int) -> Interval | None:
    """The interval of a correlation; None for so few."""
    if n < FEWEST_FOR_INTERVAL:
        return None
    if abs(correlation) >= 1 - 1e-9:
        return Interval(correlation, correlation)
    middle, half = atanh(correlation), Z / sqrt(n - 3)
    return Interval(tanh(middle - half), tanh(middle + half))


@dataclass(frozen=True, slots=True)
class Chosen:
    """One answer to a question: how many gave it, and how those did in the rest."""

    given: str
    count: int
    share: float
    correct: bool
    rest: float | None
    """Their mean share of the other points: a wrong answer whose givers do well is worth a look at the key."""


def chosen(answers: Sequence[tuple[str, bool, float]]) -> list[Chosen]:
    """The answers given, the commonest first; each with whether it is right and the giver's share of the other points."""
    found: dict[tuple[str, bool], list[float]] = {}
    for given, correct, rest in answers:
        found.setdefault((given, correct), []).append(rest)
    n = len(answers)
    lines = [
        Chosen(given, len(rest), len(rest) / n, right, sum(rest) / len(rest)) for (given, right), rest in found.items()
    ]
    return sorted(lines, key=lambda one: (-one.count, one.given))
