"""What mark the share of points of a checked task suggests. Pure; the teacher decides."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Per cent of the points from which on (inclusive) a mark is proposed; less than ``three`` proposes 2."""

    five: int = 85
    four: int = 65
    three: int = 45


USUAL = Thresholds()
"""For a school that has set no table of its own."""


def proposal(points: float, max_points: float, thresholds: Thresholds = USUAL) -> int | None:
    """The mark a result suggests, 2 to 5; None when the task had no points to get."""
    if max_points <= 0:
        return None
    share = round(points * 100, 2) / max_points
    for mark, least in ((5, thresholds.five), (4, thresholds.four), (3, thresholds.three)):
        if share >= least:
            return mark
    return 2
