"""The numbers a prediction is made of, taken at the moment of the answer and never recomputed."""

from collections.abc import Sequence
from math import exp, log

from school.mastery.estimate.state import NEVER, ItemLevel, ItemMemory, PupilState, SkillState

DAY = 86_400.0
MINUTE = 60.0

NAMES = (
    "bias", "theta", "delta", "easy_skill", "easy_item",
    "wins_skill", "fails_skill", "wins_item", "fails_item", "wins", "fails",
    "recent", "recent_skill", "last_skill", "first_on_skill",
    "gap_young", "gap", "new_item", "theta_young", "easy_item_young", "delta_young", "gap_skill",
    "steady", "last", "steady_skill", "last_item", "gap_item",
    "lag_skill", "mean_item", "mean_skill", "curve",
    "minutes_skill", "minutes", "minutes_item", "prerequisites", "many", "weakest",
)  # fmt: skip
SIZE = len(NAMES)

_NOTHING = SkillState()
_UNSEEN = ItemMemory()


def logistic(z: float) -> float:
    """The chance that ``z`` logits stand for, never 0 or 1 exactly."""
    if z < -30.0:
        z = -30.0
    elif z > 30.0:
        z = 30.0
    return 1.0 / (1.0 + exp(-z))


_LOGS = tuple(log(1 + n) for n in range(1024))


def log1(n: int) -> float:
    """ln(1 + n) of a count."""
    return _LOGS[n] if n < 1024 else log(1 + n)


def features(pupil: PupilState, item_id: object, item: ItemLevel, now: float, timed: bool = True) -> list[float]:
    """The vector of ``NAMES`` for the next answer of ``pupil`` to ``item`` at ``now`` (seconds).

    Without real times (``timed`` false) gaps are left out; the lag in answers is kept.
    """
    n_pupil = pupil.n
    delta = beta = wins = fails = recent = steady = last = first = young = dyoung = gap = lag = mean = minutes = pre = (
        0.0
    )
    weakest = 9.9
    skills = pupil.skills
    for skill, level in zip(item.skills, item.levels, strict=True):
        state = skills.get(skill, _NOTHING)
        own = state.delta
        delta += own
        beta += level.beta
        n = level.n + 4.0
        mean += log((level.wins + 2.2) / (n - level.wins - 2.2))
        weakest = min(weakest, own - level.beta)
        n = state.n
        if n:
            wins += log1(state.wins)
            fails += log1(n - state.wins)
            recent += state.recent
            steady += state.steady
            last += state.last
            dyoung += own / (1.0 + 0.2 * n)
            lag += log1(n_pupil - state.step)
            if timed:
                since = now - state.at
                if since > 0.0:
                    days = log(1.0 + since / DAY)
                    gap += days
                    young += days / (1.0 + 0.2 * n)
                    minutes += log(1.0 + since / MINUTE)
        else:
            first += 1.0
        if level.prerequisites:
            pre += _mean_of(skills, level.prerequisites)
    many = len(item.skills)
    if many > 1:
        share = 1.0 / many
        delta *= share
        beta *= share
        wins *= share
        fails *= share
        recent *= share
        steady *= share
        last *= share
        first *= share
        young *= share
        dyoung *= share
        gap *= share
        lag *= share
        mean *= share
        minutes *= share
        pre *= share
    memory = pupil.items.get(item_id, _UNSEEN)
    gap_item = minutes_item = gap_pupil = minutes_pupil = 0.0
    if timed and pupil.at != NEVER:
        since = max(0.0, now - pupil.at)
        gap_pupil = log(1.0 + since / DAY)
        minutes_pupil = log(1.0 + since / MINUTE)
        if memory.last:
            since = max(0.0, now - memory.at)
            gap_item = log(1.0 + since / DAY)
            minutes_item = log(1.0 + since / MINUTE)
    d = item.d
    n_item = item.n
    theta = pupil.theta
    # Items borrow the mean of their topics until they have answers of their own.
    prior = 3.0
    chance = logistic(mean)
    right = item.wins + prior * chance
    wrong = n_item - item.wins + prior * (1.0 - chance)
    return [
        1.0,
        theta,
        delta,
        -beta,
        -d,
        wins,
        fails,
        log1(memory.wins),
        log1(memory.fails),
        log1(pupil.wins),
        log1(n_pupil - pupil.wins),
        pupil.recent,
        recent,
        last,
        first,
        -young,
        -gap_pupil,
        1.0 if n_item < 5 else 0.0,
        theta / (1.0 + 0.1 * n_pupil),
        -d / (1.0 + 0.1 * n_item),
        dyoung,
        -gap,
        pupil.steady,
        float(pupil.last),
        steady,
        float(memory.last),
        -gap_item,
        lag,
        log(right / wrong) - mean,
        mean,
        logistic(theta + delta - beta - d) - 0.5,
        -minutes,
        -minutes_pupil,
        -minutes_item,
        pre,
        float(many - 1) if many else 0.0,
        weakest - delta + beta if many > 1 else 0.0,
    ]


def _mean_of(skills: dict[object, SkillState], wanted: Sequence[object]) -> float:
    return sum(skills[one].delta for one in wanted if one in skills) / len(wanted)
