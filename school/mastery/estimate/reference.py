"""What a logged answer says of the topic and not of its question: the pupil as it was just before."""

from collections.abc import Sequence

from school.mastery.estimate.features import NAMES, logistic
from school.mastery.estimate.weights import chance

_OF_ITEM = tuple(
    NAMES.index(name)
    for name in (
        "easy_item", "easy_item_young", "new_item", "mean_item", "wins_item", "fails_item", "last_item", "gap_item",
        "minutes_item",
    )
)  # fmt: skip
_THETA, _DELTA, _EASY, _CURVE = (NAMES.index(name) for name in ("theta", "delta", "easy_skill", "curve"))


def reference_chance(weights: Sequence[float], logged: Sequence[float]) -> float:
    """P(right) of a medium task of the same topics at the moment of the answer: ``learner.mastery`` from the logged features."""
    x = list(logged)
    for place in _OF_ITEM:
        x[place] = 0.0
    x[_CURVE] = logistic(x[_THETA] + x[_DELTA] + x[_EASY]) - 0.5
    return chance(weights, x)
