"""What a period's mark will be, from how means so far turned out in past periods; and whether such forecasts came true. Pure.

No law of marks is assumed: among past pupils of the subject whose mean stood near, this share got this mark. The forecast is
believed only where it would have come true: pupils are foretold from other pupils, never from themselves.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from school.mastery.estimate.honesty import Honesty, judge

MARKS: Final = (2, 3, 4, 5)
STEP: Final = 25
"""Means are near when they fall into the same quarter of a mark."""
PRIOR: Final = 4.0
"""Cases' worth of "like everybody", so that three pupils are no certainty."""
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
        return self.shares.get(_bin(mean), self.everybody)


def learn(cases: Sequence[Case]) -> Forecaster:
    """From past cases, judged by foretelling each part of the pupils from the others."""
    shares, everybody = _shares(cases)
    came: list[int] = []
    foretold: list[float] = []
    for part in range(PARTS):
        others = [one for one in cases if one.pupil % PARTS != part]
        if not others:
            continue
        known, usual = _shares(others)
        for one in cases:
            if one.pupil % PARTS == part:
                chances = known.get(_bin(one.mean), usual)
                foretold += [chances[mark] for mark in MARKS]
                came += [int(one.final == mark) for mark in MARKS]
    return Forecaster(shares, everybody, len(cases), judge(came, foretold) if came else None)


def _bin(mean: int) -> int:
    return (mean + STEP // 2) // STEP


def _shares(cases: Sequence[Case]) -> tuple[Shares, dict[int, float]]:
    counted: dict[int, dict[int, int]] = {}
    every = dict.fromkeys(MARKS, 0)
    for one in cases:
        counted.setdefault(_bin(one.mean), dict.fromkeys(MARKS, 0))[one.final] += 1
        every[one.final] += 1
    n = len(cases)
    usual = {mark: (every[mark] + 1) / (n + len(MARKS)) for mark in MARKS}
    shares = {
        place: {mark: (found[mark] + PRIOR * _near(mark, place)) / (sum(found.values()) + PRIOR) for mark in MARKS}
        for place, found in counted.items()
    }
    return shares, usual


def _near(mark: int, place: int) -> float:
    """Before any case: the two marks around the mean, by how near they are."""
    distance = abs(min(500, max(200, place * STEP)) - 100 * mark) / 100
    return max(0.0, 1.0 - distance)
