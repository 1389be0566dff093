"""Where a pupil stands at a topic, in a word that a child may see."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from school.mastery.estimate import review
from school.mastery.estimate.choice import is_failing
from school.mastery.estimate.learner import mastery, mastery_now_and_then
from school.mastery.estimate.state import NEVER, PupilState, Skill, SkillLevel

MASTERED, LOST = 0.80, 0.55
FEWEST, FEWEST_FIRM = 2, 3


class Standing(StrEnum):
    """Five words; thresholds measured, see docs/decisions."""

    NOT_STARTED = "not_started"
    LEARNING = "learning"
    MASTERED = "mastered"
    FIRM = "firm"
    """Mastered, with a right answer on a later day: what a parent may be told."""
    FADING = "fading"
    """Was mastered at the last answer, and has been left too long."""


@dataclass(frozen=True, slots=True)
class TopicEstimate:
    """A pupil at a topic at a moment."""

    standing: Standing
    chance: float
    """P(right) of a medium task now. A percentage for adults only."""
    n: int
    wins: int
    last_at: float
    """Seconds, or ``NEVER``."""
    due_at: float
    """When a review is due, seconds; ``NEVER`` before the first answer."""
    error: float
    """Half the width of the 95 % interval of the level, logits; wide when answers are few."""
    is_failing: bool = False
    """It went wrong twice, or on two days in a row: what it rests on comes first."""


NOT_STARTED = TopicEstimate(Standing.NOT_STARTED, 0.0, 0, 0, NEVER, NEVER, 9.9)


def estimate_topic(
    weights: Sequence[float], pupil: PupilState, skill: Skill, level: SkillLevel, now: float
) -> TopicEstimate:
    """Where ``pupil`` stands at ``skill``. Needs at least two answers before it says mastered."""
    state = pupil.skills.get(skill)
    if state is None or not state.n:
        chance = mastery(weights, pupil, skill, level, now)
        return TopicEstimate(Standing.NOT_STARTED, chance, 0, 0, NEVER, NEVER, 9.9)
    chance, then = mastery_now_and_then(weights, pupil, skill, level, now)
    error = 1.96 / (1.0 + 0.2 * state.n) ** 0.5
    standing = Standing.LEARNING
    if state.n >= FEWEST and (chance >= MASTERED or then >= MASTERED):
        standing = Standing.MASTERED
        if state.n >= FEWEST_FIRM and state.kept:
            standing = Standing.FIRM
        if chance < LOST:
            standing = Standing.FADING
    return TopicEstimate(
        standing, chance, state.n, state.wins, state.at, review.due_at(state), error, is_failing(state)
    )
