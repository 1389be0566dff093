"""When a diagnostic stops. Pure."""

import math
from collections.abc import Sequence

PART = 4
"""Questions of one part."""
MOST = 16
MOST_PARTS = MOST // PART
SMALL = 0.6
"""Standard error in logits at which it stops: two neighbouring standings are then told apart more often than not."""


def error_of(chances: Sequence[float]) -> float:
    """Standard error of a level, logits, by the information of answers that were foretold so."""
    return math.sqrt(1.0 / (1.0 + sum(p * (1.0 - p) for p in chances)))


def is_enough(chances: Sequence[float], parts: int) -> bool:
    """Whether to stop: the error is small, or it has asked enough. Questions left without an answer do not prolong it for ever."""
    return error_of(chances) <= SMALL or len(chances) >= MOST or (parts >= MOST_PARTS and len(chances) > 0)
