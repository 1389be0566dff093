"""The night's work, without a database: new weights if they foretell the last day no worse, new levels of items."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log
from typing import TypeVar

from school.mastery.estimate import elo
from school.mastery.estimate.state import ItemLevel
from school.mastery.estimate.weights import Log, chance

K = TypeVar("K")

FEWEST = 5_000
"""Answers before weights are fitted at all."""
FEWEST_TO_JUDGE = 200
"""Answers of the last day that new weights are judged by."""


@dataclass(frozen=True, slots=True)
class Row:
    """One answer as it was logged."""

    features: Sequence[float]
    correct: int
    guess: float
    last_day: bool


@dataclass(frozen=True, slots=True)
class Proposal:
    """New weights, and what they were judged by."""

    weights: tuple[float, ...]
    accepted: bool
    loss_before: float | None = None
    loss_after: float | None = None


def propose(rows: Iterable[Row], weights: Sequence[float]) -> Proposal:
    """Weights fitted to all days but the last, accepted if the last day's log loss is not worse; else the old ones."""
    kept, judged = Log(), []
    n = 0
    for row in rows:
        n += 1
        if row.last_day:
            judged.append(row)
        else:
            kept.add(row.features, row.correct)
    old = tuple(weights)
    if n < FEWEST or len(judged) < FEWEST_TO_JUDGE or len(kept.rows) < FEWEST // 2:
        return Proposal(old, accepted=False)
    new = kept.fitted(old)
    before, after = loss(judged, old), loss(judged, new)
    return Proposal(new, True, before, after) if after <= before else Proposal(old, False, before, after)


def loss(rows: Sequence[Row], weights: Sequence[float]) -> float:
    """Mean log loss."""
    total = 0.0
    for row in rows:
        p = chance(weights, row.features, row.guess)
        total -= log(p if row.correct else 1.0 - p)
    return total / len(rows)


def weigh_all(answers: Iterable[tuple[K, int, float]], items: Mapping[K, ItemLevel]) -> int:
    """Move items and topics by answers in canonical order: item, correct, strength of the pupil then. How many."""
    n = 0
    for item, correct, strong in answers:
        level = items[item]
        expected = elo.expected(strong, elo.hardness(level), level.guess)
        elo.weigh(level, correct, elo.surprise(correct, expected, level.guess), strong)
        n += 1
    return n
