"""When answers say that a topic wants another look. Pure."""

from typing import Final

WEAK_PERCENT: Final = 60
"""A topic with a lower share of right answers is worth another look."""
LEAST_ANSWERS: Final = 5
"""Under so many answers nothing is said about a topic."""


def is_weak(right: int, answers: int) -> bool:
    """Whether the answers are enough to say that a topic wants another look."""
    return answers >= LEAST_ANSWERS and 100 * right < WEAK_PERCENT * answers
