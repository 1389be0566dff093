"""The weights of the regression, and the log of rows they are refitted from."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field
from operator import mul

from school.mastery.estimate.features import NAMES, SIZE, logistic
from school.mastery.estimate.regression import fit

SLIP = 0.005
"""Nobody is surer than this: the strongest slip, the weakest are lucky. Chances keep their order, none are cut to one value."""

_ELO = {"theta": 1.0, "delta": 1.0, "easy_skill": 1.0, "easy_item": 1.0}
PLAIN_ELO = tuple(_ELO.get(name, 0.0) for name in NAMES)
"""Day 0 of a product without a history: the levels alone."""

_DAY_0 = {
    "theta": 0.8, "delta": 0.7, "easy_skill": 0.7, "easy_item": 0.8, "mean_item": 0.1, "mean_skill": 0.1,
    "theta_young": -0.2, "delta_young": -0.5, "easy_item_young": -0.6,
    "recent": 0.3, "recent_skill": 0.4, "steady_skill": 0.3, "last_skill": 0.1, "wins": 0.05, "fails": -0.05,
}  # fmt: skip
DAY_0 = tuple(_DAY_0.get(name, 0.0) for name in NAMES)
"""Where fitting begins, and what it is drawn to while answers are few: chosen between the fits published
for real logs and our fits to simulated ones."""


_STRENGTH = 100.0
_SPREADS = {
    "bias": 0.01, "recent": 0.04, "recent_skill": 0.04, "steady": 0.03, "steady_skill": 0.04, "curve": 0.04,
    "theta_young": 0.1, "delta_young": 0.05, "easy_item_young": 0.1, "new_item": 0.1, "first_on_skill": 0.1, "gap_young": 0.3,
}  # fmt: skip
PRECISION = tuple(_STRENGTH * _SPREADS.get(name, 1.0) for name in NAMES)
"""How firmly a weight is held to day 0, by a rough guess of its feature's spread: some five hundred
answers' worth each. The strength was chosen on simulated logs."""


def chance(weights: Sequence[float], x: Sequence[float], guess: float = 0.0) -> float:
    """P(right) of a vector of features."""
    p = guess + (1.0 - guess) * logistic(sum(map(mul, weights, x)))
    return SLIP + (1.0 - 2.0 * SLIP) * p


@dataclass(slots=True)
class Log:
    """Rows of features with their answers; when full, every other row of the older three quarters is let go."""

    most: int = 60_000
    rows: list[Sequence[float]] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)

    def add(self, x: Sequence[float], correct: int) -> None:
        """Keep one row as it was when the answer was given."""
        self.rows.append(array("f", x))
        self.answers.append(correct)
        if len(self.rows) >= self.most:
            old = self.most * 3 // 4
            self.rows = self.rows[:old:2] + self.rows[old:]
            self.answers = self.answers[:old:2] + self.answers[old:]

    def fitted(self, start: Sequence[float]) -> tuple[float, ...]:
        """New weights from what is kept."""
        if len(start) != SIZE:
            raise ValueError(f"{len(start)} weights for {SIZE} features")
        return tuple(fit(self.rows, self.answers, start, DAY_0, PRECISION))
