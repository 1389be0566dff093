"""When a question has leaked: pupils suddenly answer it much better and much faster than all before them. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import sqrt
from statistics import median

RECENT = timedelta(days=14)
FEWEST = 30
"""Answers on either side before anything is said."""
JUMP, SIGMAS = 0.2, 3.0
"""The share of the points must rise by so much, and by so many standard errors."""
FASTER = 0.6
"""And the median time must fall to this share of what it was: a class that has learned is better, but not twice as quick."""


@dataclass(frozen=True, slots=True)
class Try:
    """One judged answer."""

    at: datetime
    share: float
    """Of the points, 0 to 1."""
    seconds: float
    """From the question before it, or the start."""


@dataclass(frozen=True, slots=True)
class Leak:
    """What was seen before and since."""

    n_before: int
    n_since: int
    share_before: float
    share_since: float
    seconds_before: float
    seconds_since: float


def leak_in(tries: Sequence[Try], now: datetime) -> Leak | None:
    """The leak that these answers to one question show; None while they look as always."""
    since = [one for one in tries if one.at > now - RECENT]
    before = [one for one in tries if one.at <= now - RECENT]
    if len(since) < FEWEST or len(before) < FEWEST:
        return None
    p, q = (sum(one.share for one in some) / len(some) for some in (before, since))
    both = (p * len(before) + q * len(since)) / len(tries)
    error = sqrt(max(1e-9, both * (1 - both)) * (1 / len(before) + 1 / len(since)))
    slow, fast = (median(one.seconds for one in some) for some in (before, since))
    if q - p < JUMP or q - p < SIGMAS * error or fast > FASTER * slow:
        return None
    return Leak(len(before), len(since), p, q, slow, fast)
