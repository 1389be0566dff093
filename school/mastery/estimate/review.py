"""When a topic is to be met again: a power curve of forgetting with one stability a topic."""

from school.mastery.estimate.features import DAY
from school.mastery.estimate.state import SkillState

DUE = 0.90
"""A review is due when the share that is kept falls to this."""
LONGEST = 3650.0
NEXT_DAY = DAY / 2.0
"""Seconds after which an answer shows what was kept, not what was just heard."""


def retention(state: SkillState, now: float) -> float:
    """The share that is still kept, 1 just after an answer."""
    if not state.n:
        return 0.0
    return 1.0 / (1.0 + max(0.0, now - state.at) / DAY / (9.0 * state.stability))


def due_at(state: SkillState) -> float:
    """The moment (seconds) when a review is due."""
    return state.at + 9.0 * state.stability * DAY * (1.0 / DUE - 1.0)


def next_stability(state: SkillState, correct: int, now: float) -> float:
    """Days of stability after an answer; ``state`` is as it was before it."""
    if not state.n:
        return 3.0 if correct else 1.0
    old = state.stability
    if now - state.at < NEXT_DAY:
        return min(LONGEST, old * 1.08) if correct else max(0.5, old * 0.8)
    if not correct:
        return max(1.0, old / 2.0)
    growth = 12.0 * (1.0 - retention(state, now))
    if old > 30.0:
        growth *= 0.5
    return min(LONGEST, old * (1.0 + growth) + 0.5)
