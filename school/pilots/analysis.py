"""What a pilot found: each arm against the first, inside classes, with the pre-test taken into account. Pure.

The model is an analysis of covariance: outcome on arm, pre-test and class, by least squares. Classes are taken out by subtracting
each class's means, which is the same as a constant for each. Every pupil stands in the arm they were drawn into, whatever they did
(intention to treat). A missing pre-test counts as the mean, with a column of its own. Nothing is said of fewer than twenty in an arm.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Final

LEAST: Final = 20
"""Pupils with an outcome in each of two arms, before a difference is told."""
_NORMAL: Final = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Row:
    """One pupil as drawn."""

    group: str
    """The class."""
    arm: str
    before: float | None
    after: float | None
    """None: the test was not sat."""


@dataclass(frozen=True, slots=True)
class ArmMean:
    """One arm as it stands, nothing taken into account."""

    arm: str
    drawn: int
    n: int
    """With an outcome."""
    mean: float | None
    """None of fewer than five."""


@dataclass(frozen=True, slots=True)
class Difference:
    """An arm minus the first one, adjusted."""

    arm: str
    n: int
    n_first: int
    value: float
    low: float
    high: float
    """95 %."""
    d: float
    """In standard deviations of the outcome inside arms."""

    @property
    def may_be_chance(self) -> bool:
        """Whether no difference is inside the interval."""
        return self.low <= 0.0 <= self.high


@dataclass(frozen=True, slots=True)
class Reading:
    """All that one outcome says."""

    arms: tuple[ArmMean, ...]
    differences: tuple[Difference, ...]
    few: tuple[str, ...]
    """Arms of which nothing is told."""


def read(rows: Sequence[Row], arms: Sequence[str], least: int = LEAST) -> Reading:
    """Means of all arms, and each arm against the first."""
    means = []
    for arm in arms:
        mine = [one for one in rows if one.arm == arm]
        there = [one.after for one in mine if one.after is not None]
        means.append(ArmMean(arm, len(mine), len(there), sum(there) / len(there) if len(there) >= 5 else None))
    counts = {one.arm: one.n for one in means}
    told = [arm for arm in arms[1:] if min(counts[arm], counts[arms[0]]) >= least]
    differences = _ancova([one for one in rows if one.after is not None], arms[0], told, counts) if told else ()
    done = {one.arm for one in differences}
    return Reading(tuple(means), tuple(differences), tuple(arm for arm in arms[1:] if arm not in done))


def lowest_third(rows: Sequence[Row]) -> list[Row]:
    """The pupils with the lowest pre-tests of their class: fixed before the draw, so it may be looked at on its own."""
    by_group: dict[str, list[Row]] = defaultdict(list)
    for one in rows:
        if one.before is not None:
            by_group[one.group].append(one)
    found = []
    for mine in by_group.values():
        edge = sorted(one.before or 0.0 for one in mine)[max(0, -(-len(mine) // 3) - 1)]
        found += [one for one in mine if (one.before or 0.0) <= edge]
    return found


def _ancova(rows: Sequence[Row], first: str, arms: Sequence[str], counts: dict[str, int]) -> list[Difference]:
    rows = [one for one in rows if one.arm in {first, *arms}]
    known = [one.before for one in rows if one.before is not None]
    middle = sum(known) / len(known) if known else 0.0
    columns: list[Callable[[Row], float]] = [lambda one, arm=arm: float(one.arm == arm) for arm in arms]  # type: ignore[misc]
    columns.append(lambda one: (one.before if one.before is not None else middle) - middle)
    columns.append(lambda one: float(one.before is None))
    names = sorted({one.group for one in rows})
    y = _inside([one.after or 0.0 for one in rows], rows)
    x = [_inside([column(one) for one in rows], rows) for column in columns]
    # A column that does not vary inside classes (nobody missed the pre-test) says nothing and goes.
    x = x[: len(arms)] + [one for one in x[len(arms) :] if sum(v * v for v in one) > 1e-9]
    free = len(rows) - len(names) - len(x)
    inverse = _inverse([[sum(a * b for a, b in zip(p, q, strict=True)) for q in x] for p in x])
    if free < 3 or inverse is None:
        return []
    xy = [sum(a * b for a, b in zip(one, y, strict=True)) for one in x]
    beta = [sum(a * b for a, b in zip(row, xy, strict=True)) for row in inverse]
    left = [y[n] - sum(b * one[n] for b, one in zip(beta, x, strict=True)) for n in range(len(rows))]
    variance = sum(one * one for one in left) / free
    spread = _spread(rows)
    found = []
    for n, arm in enumerate(arms):
        half = quantile(free) * sqrt(variance * inverse[n][n])
        d = beta[n] / spread if spread else 0.0
        found.append(Difference(arm, counts[arm], counts[first], beta[n], beta[n] - half, beta[n] + half, d))
    return found


def _inside(values: Sequence[float], rows: Sequence[Row]) -> list[float]:
    """Less the mean of one's class."""
    sums: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for value, row in zip(values, rows, strict=True):
        sums[row.group][0] += value
        sums[row.group][1] += 1
    return [value - sums[row.group][0] / sums[row.group][1] for value, row in zip(values, rows, strict=True)]


def _spread(rows: Sequence[Row]) -> float:
    """The standard deviation of the outcome inside arms, all arms together."""
    squares, free = 0.0, 0
    for arm in {one.arm for one in rows}:
        values = [one.after or 0.0 for one in rows if one.arm == arm]
        middle = sum(values) / len(values)
        squares += sum((one - middle) ** 2 for one in values)
        free += len(values) - 1
    return sqrt(squares / free) if free > 0 else 0.0


def _inverse(matrix: Sequence[Sequence[float]]) -> list[list[float]] | None:
    """By Gauss and Jordan; None where a column follows from the others."""
    n = len(matrix)
    work = [[*map(float, row), *(float(k == m) for k in range(n))] for m, row in enumerate(matrix)]
    for k in range(n):
        at = max(range(k, n), key=lambda m: abs(work[m][k]))
        if abs(work[at][k]) < 1e-9:
            return None
        work[k], work[at] = work[at], work[k]
        work[k] = [one / work[k][k] for one in work[k]]
        for m in range(n):
            if m != k and work[m][k]:
                work[m] = [a - work[m][k] * b for a, b in zip(work[m], work[k], strict=True)]
    return [row[n:] for row in work]


def quantile(free: int) -> float:
    """Student's two-sided 95 % for so many degrees of freedom, from 3 on; the expansion of Cornish and Fisher (A&S 26.7.5)."""
    z = _NORMAL
    terms: tuple[float, ...] = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160,
    )
    return z + sum(term / float(free) ** (n + 1) for n, term in enumerate(terms))
