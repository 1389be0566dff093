"""Other systems of marks and how the act's table makes a mark of five of them. Pure. Domain 1.5, rule 13.

``frontend/js/grid/scale.js`` does the same; ``test_systems.py`` holds both to the same answers.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final


class System(StrEnum):
    """What the marks of a column are put in before they become a mark of five."""

    TEN = "ten"
    TWELVE = "twelve"
    HUNDRED = "hundred"
    CRITERIA = "criteria"


MOST: Final = {System.TEN: 10, System.TWELVE: 12, System.HUNDRED: 100}
MOST_CRITERIA: Final = 8
MOST_POINTS: Final = 9
"""Of one criterion: a single digit, so that it is one key."""


@dataclass(frozen=True, slots=True)
class Criterion:
    """What a work is judged by: «A. Знание и понимание», 0 to ``most``."""

    name: str
    most: int

    @classmethod
    def all_of(cls, data: Sequence[Mapping[str, Any]] | None) -> tuple["Criterion", ...]:
        """As kept in ``Column.criteria``."""
        return tuple(cls(str(one["name"]), int(one["most"])) for one in data or ())


def to_five(points: int, table: Mapping[int, int]) -> int:
    """The best mark whose least points are reached; 2 below all of them."""
    return next((value for value in (5, 4, 3) if points >= table[value]), 2)


def value_of(system: str, origin: str, table: Mapping[int, int], criteria: Sequence[Criterion] = ()) -> int | None:
    """What the table makes of «87» or, by criteria, «6 5 7» (as per cent of all points, half up); None for nonsense."""
    words = origin.split()
    if not words or not all(word.isascii() and word.isdigit() and len(word) <= 3 for word in words):
        return None
    points = [int(word) for word in words]
    if system == System.CRITERIA:
        if len(points) != len(criteria) or any(n > one.most for n, one in zip(points, criteria, strict=True)):
            return None
        whole = sum(one.most for one in criteria)
        return to_five((200 * sum(points) + whole) // (2 * whole), table)
    most = MOST.get(System(system), 0)
    return to_five(points[0], table) if len(points) == 1 and points[0] <= most else None
