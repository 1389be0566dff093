"""What mark the share of points of a checked task suggests. Pure; the teacher decides."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any


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


def table_of(max_points: int, thresholds: Thresholds = USUAL) -> list[tuple[int, int]]:
    """The table as it is shown: mark and the whole points from which on it is proposed, the best first; 2 is below."""
    marks = ((5, thresholds.five), (4, thresholds.four), (3, thresholds.three))
    return [(mark, ceil(max_points * least / 100)) for mark, least in marks]


class BadPoints(ValueError):
    """Points that the rubric does not know: some are missing, or too many."""


def most_points(rubric: Sequence[Mapping[str, Any]]) -> int:
    """What the criteria are worth together."""
    return sum(int(one["points"]) for one in rubric)


def points_in(rubric: Sequence[Mapping[str, Any]], typed: Mapping[str, str]) -> list[int] | None:
    """Points by criterion from the fields ``points-0``, ``points-1``, …; None where none is filled. Raises ``BadPoints``."""
    words = [typed.get(f"points-{n}", "").strip() for n in range(len(rubric))]
    if not any(words):
        return None
    if not all(one.isdecimal() and len(one) < 4 for one in words):
        raise BadPoints
    points = [int(one) for one in words]
    if any(n > int(one["points"]) for n, one in zip(points, rubric, strict=True)):
        raise BadPoints
    return points
