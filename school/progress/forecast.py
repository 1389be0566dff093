"""What a period's mark will be, from how means so far turned out in past periods; and whether such forecasts came true. Pure.

No law of marks is assumed: among past pupils of the subject whose mean stood near, this share got this mark. The forecast is
believed only where it would have come true: pupils are foretold from other pupils, never from themselves.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log
from typing import Final

from school.mastery.estimate.honesty import Honesty, judge

MARKS: Final = (2, 3, 4, 5)
LOWEST: Final = 200
STEP: Final = 5
PLACES: Final = 60
"""Means are told apart by twentieths of a mark, from two to five."""
NEARS: Final = (8, 15, 25)
"""Hundredths: a past mean so far away counts for six tenths of one that stood at the same place. Which of the three fits best is tried out."""
PRIOR: Final = 0.5
"""Cases' worth of "like everybody", so that a few pupils are no certainty and nothing is impossible."""
LEAST_CASES: Final = 100
MOST_ECE: Final = 0.05
SLOPES: Final = (0.8, 1.25)
PARTS: Final = 5
"""Pupils are told apart into so many parts; each part is foretold from the others."""


@dataclass(frozen=True, slots=True)
class Case:
    """A pupil in a past period: how the mean stood at this point of it, and the mark that was set."""

    pupil: int
    """Any number of the pupil, the same in all periods."""
    mean: int
    """Hundredths."""
    final: int


Shares = dict[int, dict[int, float]]


@dataclass(frozen=True, slots=True)
class Forecaster:
    """The shares of past cases, and how honest they were."""

    shares: Shares
    everybody: dict[int, float]
    cases: int
    honesty: Honesty | None
    """None without cases."""

    @property
    def least(self) -> int:
        """How many past cases it takes to know how honest forecasts are."""
        return LEAST_CASES

    @property
    def is_good(self) -> bool:
        """Whether anything may be foretold by it."""
        found = self.honesty
        return (
            found is not None
            and self.cases >= LEAST_CASES
            and found.ece <= MOST_ECE
            and SLOPES[0] <= found.slope <= SLOPES[1]
        )

    def chances(self, mean: int) -> dict[int, float]:
        """By mark; they add up to one."""
        return self.shares[_bin(mean)] if self.shares else self.everybody


def learn(cases: Sequence[Case]) -> Forecaster:
    """From past cases, judged by foretelling each part of the pupils from the others; as near as foretells best."""
    if not cases:
        return Forecaster({}, dict.fromkeys(MARKS, 1 / len(MARKS)), 0, None)
    best, honesty = min(((near, _judged(cases, near)) for near in NEARS), key=lambda pair: pair[1][0])
    shares, everybody = _shares(cases, best)
    return Forecaster(shares, everybody, len(cases), honesty[1])


def _judged(cases: Sequence[Case], near: int) -> tuple[float, Honesty | None]:
    """How far what came was from what was foretold (minus the mean logarithm of its chance), and the curve."""
    came: list[int] = []
    foretold: list[float] = []
    surprise = 0.0
    for part in range(PARTS):
        others = [one for one in cases if one.pupil % PARTS != part]
        if not others:
            continue
        known, _usual = _shares(others, near)
        for one in cases:
            if one.pupil % PARTS == part:
                chances = known[_bin(one.mean)]
                surprise -= log(chances[one.final])
                foretold += [chances[mark] for mark in MARKS]
                came += [int(one.final == mark) for mark in MARKS]
    return surprise, judge(came, foretold) if came else None


def _bin(mean: int) -> int:
    return min(PLACES, max(0, (mean - LOWEST + STEP // 2) // STEP))


def _shares(cases: Sequence[Case], width: int) -> tuple[Shares, dict[int, float]]:
    """By place of the mean: cases count the more, the nearer they stand; some of everybody is mixed in."""
    counted: dict[int, dict[int, int]] = {}
    every = dict.fromkeys(MARKS, 0)
    for one in cases:
        counted.setdefault(_bin(one.mean), dict.fromkeys(MARKS, 0))[one.final] += 1
        every[one.final] += 1
    n = len(cases)
    usual = {mark: (every[mark] + 1) / (n + len(MARKS)) for mark in MARKS}
    weights = [exp(-0.5 * (STEP * away / width) ** 2) for away in range(PLACES + 1)]
    shares: Shares = {}
    for place in range(PLACES + 1):
        near = {mark: PRIOR * usual[mark] for mark in MARKS}
        for other, found in counted.items():
            weight = weights[abs(place - other)]
            for mark in MARKS:
                near[mark] += weight * found[mark]
        total = sum(near.values())
        shares[place] = {mark: amount / total for mark, amount in near.items()}
    return shares, usual
