"""Whether chances come true: what a teacher may ask before believing them, and what the night watches."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

BINS = 15
ALARM_ECE, ALARM_SLOPE = 0.03, (0.85, 1.15)
"""Beyond these somebody should look: spec of the model, weekly by subject."""


@dataclass(frozen=True, slots=True)
class Honesty:
    """Chances against answers."""

    n: int
    auc: float
    """How often a right answer had the higher chance of a right and a wrong one; NaN when all answers are alike."""
    ece: float
    """Mean distance between chance and share of right answers, over bins of chance."""
    slope: float
    """1 when honest, below when too sure, above when too careful."""
    curve: tuple[tuple[float, float, int], ...]
    """Mean chance, share of right answers and how many, by bin: the reliability curve."""

    @property
    def is_alarming(self) -> bool:
        """Whether a person should look."""
        return self.ece > ALARM_ECE or not ALARM_SLOPE[0] <= self.slope <= ALARM_SLOPE[1]


def judge(answers: Sequence[int], chances: Sequence[float]) -> Honesty:
    """Compare ``chances`` with what came. Raises ``ValueError`` for no answers."""
    if not answers:
        raise ValueError("no answers")
    bins = [[0.0, 0, 0] for _ in range(BINS)]
    for y, p in zip(answers, chances, strict=True):
        one = bins[min(BINS - 1, int(p * BINS))]
        one[0] += p
        one[1] += y
        one[2] += 1
    n = len(answers)
    return Honesty(
        n,
        _auc(answers, chances),
        sum(abs(p - y) for p, y, _n in bins) / n,
        _slope(answers, chances),
        tuple((p / k, y / k, int(k)) for p, y, k in bins if k),
    )


def _auc(answers: Sequence[int], chances: Sequence[float]) -> float:
    ranked = sorted(zip(chances, answers, strict=True))
    ones, n = sum(answers), len(answers)
    if not 0 < ones < n:
        return math.nan
    ranks, place = 0.0, 0
    while place < n:
        end = place
        while end < n and ranked[end][0] == ranked[place][0]:
            end += 1
        ranks += (place + 1 + end) / 2 * sum(y for _p, y in ranked[place:end])  # equal chances share their ranks
        place = end
    return (ranks - ones * (ones + 1) / 2) / (ones * (n - ones))


def _held(step: float) -> float:
    """Newton's steps grow without bound where few answers stand nearly apart."""
    return max(-1.0, min(1.0, step))


def _slope(answers: Sequence[int], chances: Sequence[float]) -> float:
    logits = [math.log(p / (1 - p)) for p in (min(1 - 1e-6, max(1e-6, p)) for p in chances)]
    a, b = 0.0, 1.0
    for _step in range(24):
        e0 = e1 = w0 = w1 = w2 = 1e-12
        for y, x in zip(answers, logits, strict=True):
            q = 1 / (1 + math.exp(-max(-30.0, min(30.0, a + b * x))))
            w, e = q * (1 - q), y - q
            e0, e1 = e0 + e, e1 + e * x
            w0, w1, w2 = w0 + w, w1 + w * x, w2 + w * x * x
        determinant = w0 * w2 - w1 * w1
        if determinant < 1e-9:
            break  # all chances alike, or all answers
        a += _held((w2 * e0 - w1 * e1) / determinant)
        b += _held((w0 * e1 - w1 * e0) / determinant)
    return b
