"""What a pilot found: each arm against the first, inside classes, with the pre-test taken into account. Pure.

The model is an analysis of covariance: outcome on arm, pre-test and class, by least squares. Classes are taken out by subtracting
each class's means, which is the same as a constant for each. Every pupil stands in the arm they were drawn into, whatever they did
(intention to treat). A missing pre-test counts as fifty of a hundred, with a column of its own: which number it is changes nothing.
Nothing is said of fewer than twenty in an arm.

Sums are enough (``Moments``), and sums of several schools add up: ``pooling`` reads them together without any pupil's row.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Final

LEAST: Final = 20
"""Pupils with an outcome in each of two arms, before a difference is told."""
UNKNOWN: Final = 50.0
"""Stands for a pre-test that was not sat, in per cent."""
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
    some = [one for one in rows if one.arm in {arms[0], *told}]
    differences = differences_of(moments_of(some, [arms[0], *told]), told) if told else ()
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


@dataclass(frozen=True, slots=True)
class Moments:
    """Sums of one outcome: all that the analysis needs. Columns are the arms but the first, the pre-test, and its absence."""

    arms: tuple[str, ...]
    n: tuple[int, ...]
    """Pupils with an outcome, by arm."""
    sums: tuple[float, ...]
    """Of outcomes, by arm."""
    squares: tuple[float, ...]
    groups: int
    """Strata in which somebody has an outcome."""
    xx: tuple[tuple[float, ...], ...]
    """Products of the columns, less the means of strata."""
    xy: tuple[float, ...]
    yy: float

    def __add__(self, other: "Moments") -> "Moments":
        """Of both together: strata of one are never strata of the other."""
        return Moments(
            self.arms,
            tuple(a + b for a, b in zip(self.n, other.n, strict=True)),
            _plus(self.sums, other.sums),
            _plus(self.squares, other.squares),
            self.groups + other.groups,
            tuple(_plus(a, b) for a, b in zip(self.xx, other.xx, strict=True)),
            _plus(self.xy, other.xy),
            self.yy + other.yy,
        )


def moments_of(rows: Sequence[Row], arms: Sequence[str]) -> Moments:
    """The sums of rows; those without an outcome say nothing."""
    there = [one for one in rows if one.after is not None and one.arm in arms]
    columns: list[Callable[[Row], float]] = [lambda one, arm=arm: float(one.arm == arm) for arm in arms[1:]]  # type: ignore[misc]
    columns.append(lambda one: one.before - UNKNOWN if one.before is not None else 0.0)
    columns.append(lambda one: float(one.before is None))
    y = _inside([one.after or 0.0 for one in there], there)
    x = [_inside([column(one) for one in there], there) for column in columns]
    values = [[one.after or 0.0 for one in there if one.arm == arm] for arm in arms]
    return Moments(
        tuple(arms),
        tuple(map(len, values)),
        tuple(map(sum, values)),
        tuple(sum(v * v for v in some) for some in values),
        len({one.group for one in there}),
        tuple(tuple(_times(a, b) for a in x) for b in x),
        tuple(_times(one, y) for one in x),
        _times(y, y),
    )


def differences_of(moments: Moments, told: Sequence[str]) -> list[Difference]:
    """Each of ``told`` against the first arm, by least squares; empty where there is too little to reckon with."""
    others = len(moments.arms) - 1
    # A column that does not vary inside strata (nobody missed the pre-test; an arm without results) says nothing and goes.
    kept = [n for n in range(len(moments.xy)) if moments.xx[n][n] > 1e-9]
    xx = [[moments.xx[a][b] for b in kept] for a in kept]
    free = sum(moments.n) - moments.groups - len(kept)
    inverse = _inverse(xx)
    if free < 3 or inverse is None:
        return []
    beta = [sum(inverse[a][b] * moments.xy[kept[b]] for b in range(len(kept))) for a in range(len(kept))]
    rest = moments.yy - sum(b * moments.xy[k] for b, k in zip(beta, kept, strict=True))
    variance, spread = max(0.0, rest) / free, _spread(moments)
    found = []
    for at, k in enumerate(kept):
        if k >= others or moments.arms[1 + k] not in told:
            continue
        half = quantile(free) * sqrt(variance * inverse[at][at])
        d = beta[at] / spread if spread else 0.0
        n, first = moments.n[1 + k], moments.n[0]
        found.append(Difference(moments.arms[1 + k], n, first, beta[at], beta[at] - half, beta[at] + half, d))
    return found


def _times(a: Sequence[float], b: Sequence[float]) -> float:
    return sum(p * q for p, q in zip(a, b, strict=True))


def _plus(a: Sequence[float], b: Sequence[float]) -> tuple[float, ...]:
    return tuple(p + q for p, q in zip(a, b, strict=True))


def _inside(values: Sequence[float], rows: Sequence[Row]) -> list[float]:
    """Less the mean of one's class."""
    sums: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for value, row in zip(values, rows, strict=True):
        sums[row.group][0] += value
        sums[row.group][1] += 1
    return [value - sums[row.group][0] / sums[row.group][1] for value, row in zip(values, rows, strict=True)]


def _spread(moments: Moments) -> float:
    """The standard deviation of the outcome inside arms, all arms together."""
    there = [(n, one, two) for n, one, two in zip(moments.n, moments.sums, moments.squares, strict=True) if n]
    squares = sum(two - one * one / n for n, one, two in there)
    free = sum(n - 1 for n, _one, _two in there)
    return sqrt(max(0.0, squares) / free) if free > 0 else 0.0


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
