"""What to do now: which topic, then which item of it. One rule for homework, the track and "ten minutes"."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp

from school.mastery.estimate.features import DAY, features
from school.mastery.estimate.learner import mastery
from school.mastery.estimate.review import NEXT_DAY
from school.mastery.estimate.state import Item, ItemLevel, PupilState, Skill, SkillLevel, SkillState
from school.mastery.estimate.weights import chance


@dataclass(frozen=True, slots=True)
class Policy:
    """The numbers of the rule, tuned on simulated worlds that are not those it is reported on."""

    near: float = 3.0
    """How many times more a topic on the brink of mastery is worth than one that is far from it or long won."""
    middle: float = 0.6
    """Chance on a medium item at which a topic is on the brink."""
    width: float = 0.16
    """How quickly that wears off on both sides."""
    target: float = 0.8
    """Wanted chance of success at an item."""
    again: float = 0.1
    """How far from the target an unseen item may be before a seen one is taken."""
    weak: float = 0.55
    """Below this a prerequisite takes the place of the topic that was failed twice."""


DEFAULT = Policy()
_NEW = SkillState()
_TODAY = -1e6


def days_left(state: SkillState, opened: float, now: float) -> float:
    """Days since the topic was last practised, or taught."""
    return max(0.0, now - (state.at if state.n else opened)) / DAY


def choose_skill(
    policy: Policy, weights: Sequence[float], pupil: PupilState, open_since: Mapping[Skill, float], levels: Mapping[Skill, SkillLevel], now: float
) -> Skill:  # fmt: skip
    """The topic that one task does most for now, or what it rests on when it was just failed twice."""
    best = worth_most(policy, weights, pupil, open_since, levels, now)
    return rather_first(policy, weights, pupil, best, open_since, levels, now)


def worth_most(
    policy: Policy, weights: Sequence[float], pupil: PupilState, open_since: Mapping[Skill, float], levels: Mapping[Skill, SkillLevel], now: float
) -> Skill:  # fmt: skip
    """The topic that one task does most for now: long left, and most of all on the brink of mastery.

    ``open_since`` are the topics that may be given, with the moment they were taught. A topic is given once a day
    while there are others. The longer a topic was left, the more is forgotten and the better a review holds, so days
    alone are a strong rule; the brink adds what days do not know.
    """
    waiting = sorted(
        ((days_left(pupil.skills.get(skill, _NEW), opened, now), place, skill) for place, (skill, opened) in enumerate(open_since.items())),
        key=lambda one: (-one[0], one[1]),
    )  # fmt: skip
    best: Skill = waiting[0][2]
    best_worth = -1.0
    for left, _place, skill in waiting:
        if left * (1.0 + policy.near) <= best_worth:
            break  # nothing that was left for less time can be worth more
        if left < NEXT_DAY / DAY and skill in pupil.skills:
            break
        m = mastery(weights, pupil, skill, levels[skill], now)
        brink = (m - policy.middle) / policy.width
        worth = left * (1.0 + policy.near * exp(-brink * brink))
        if worth > best_worth:
            best, best_worth = skill, worth
    return best


def rather_first(
    policy: Policy, weights: Sequence[float], pupil: PupilState, skill: Skill, open_since: Mapping[Skill, float], levels: Mapping[Skill, SkillLevel], now: float
) -> Skill:  # fmt: skip
    """The weakest prerequisite of a topic that was just failed twice, if one is weak and not practised today."""
    state = pupil.skills.get(skill)
    if state is None or state.last != -1 or state.recent > TWICE_FAILED:
        return skill
    weakest, least = skill, policy.weak
    for other in levels[skill].prerequisites:
        if other not in open_since:
            continue
        known = pupil.skills.get(other)
        if known is not None and now - known.at < NEXT_DAY:
            continue
        m = mastery(weights, pupil, other, levels[other], now)
        if m < least:
            weakest, least = other, m
    return weakest


TWICE_FAILED = -0.25
"""``recent`` falls below this after two wrong answers at the start, or when most of the last few were wrong."""
FAILED_DAYS = 2
"""``recent`` of what was known long falls slowly: there days in a row tell."""


def is_failing(state: SkillState) -> bool:
    """Whether a topic went wrong twice, so that asking it once more would only be another failure.

    What a school goes by. ``rather_first``, whose figures were measured, counts no days.
    """
    return state.last == -1 and (state.recent <= TWICE_FAILED or state.failed_days >= FAILED_DAYS)


def choose_item(
    policy: Policy, weights: Sequence[float], pupil: PupilState, items: Sequence[tuple[Item, ItemLevel]], now: float
) -> Item:
    """The item whose chance of success is nearest the target; one that was not seen rather than one that was."""
    best, least = items[0][0], 9e9
    for item, level in items:
        p = chance(weights, features(pupil, item, level, now), level.guess)
        memory = pupil.items.get(item)
        cost = abs(p - policy.target) + (policy.again * (memory.wins + memory.fails) if memory else 0.0)
        if cost < least:
            best, least = item, cost
    return best
