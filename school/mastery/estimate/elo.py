"""One answer moves the numbers: multivariate Elo with steps that shrink as answers gather."""

from collections.abc import Iterable

from school.mastery.estimate import review
from school.mastery.estimate.features import logistic
from school.mastery.estimate.state import ItemLevel, ItemMemory, PupilState, Skill, SkillState, Watch


def hardness(item: ItemLevel) -> float:
    """How hard an item is altogether, in logits: its topics in the mean, and its own part."""
    levels = item.levels
    if not levels:
        return item.d
    if len(levels) == 1:
        return item.d + levels[0].beta
    return item.d + sum(level.beta for level in levels) / len(levels)


def strength(pupil: PupilState, skills: Iterable[Skill]) -> float:
    """How strong the pupil is at these topics, in logits: the general level and the topics in the mean."""
    own, many = 0.0, 0
    for skill in skills:
        many += 1
        state = pupil.skills.get(skill)
        if state is not None:
            own += state.delta
    return pupil.theta + (own / many if many else 0.0)


def expected(strong: float, hard: float, guess: float) -> float:
    """The chance of a right answer by levels alone: what Elo itself is surprised against."""
    return guess + (1.0 - guess) * logistic(strong - hard)


def surprise(correct: int, chance: float, guess: float) -> float:
    """How far the answer is from what was expected; a lucky guess proves little."""
    error = correct - chance
    if guess > 0.0:
        error *= (chance - guess) / (chance * (1.0 - guess))
    return error


def learn(pupil: PupilState, item: object, skills: tuple[Skill, ...], correct: int, now: float, error: float) -> None:
    """Move the pupil's own numbers by one answer that came with ``error``."""
    n = pupil.n
    pupil.theta += max(0.03, 0.7 / (1.0 + 0.08 * n)) * error
    half = correct - 0.5
    sign = 1 if correct else -1
    share = len(skills) ** 0.5 if len(skills) > 1 else 1.0
    states = pupil.skills
    for skill in skills:
        state = states.get(skill)
        if state is None:
            state = states[skill] = SkillState()
        seen = state.n
        state.delta += max(0.08, 0.35 / (1.0 + 0.1 * seen)) * error / share
        state.stability = review.next_stability(state, correct, now)
        is_next_day = now - state.at >= review.NEXT_DAY
        if seen and correct and is_next_day:
            state.kept += 1
        if correct:
            state.failed_days = 0
        elif is_next_day or state.last != -1:
            state.failed_days += 1
        state.n = seen + 1
        state.wins += correct
        state.recent += 0.3 * (half - state.recent)
        state.steady += 0.1 * (half - state.steady)
        state.last = sign
        state.at = now
        state.step = n + 1
    memory = pupil.items.get(item)
    if memory is None:
        memory = pupil.items[item] = ItemMemory()
    memory.wins += correct
    memory.fails += 1 - correct
    memory.last = sign
    memory.at = now
    pupil.n = n + 1
    pupil.wins += correct
    pupil.recent += 0.15 * (half - pupil.recent)
    pupil.steady += 0.03 * (half - pupil.steady)
    pupil.last = sign
    pupil.at = now


def weigh(item: ItemLevel, correct: int, error: float, strong: float) -> None:
    """Move the item's and its topics' numbers by one answer of a pupil of strength ``strong``."""
    n = item.n
    item.d -= max(0.02, 0.8 / (1.0 + 0.12 * n)) * error
    item.n = n + 1
    item.wins += correct
    watch = item.watch
    if watch is None:
        watch = item.watch = Watch()
    watch.strength += strong
    watch.squares += strong * strong
    watch.error += error
    watch.product += strong * error
    many = len(item.levels)
    for level in item.levels:
        level.beta -= max(0.005, 0.8 / (1.0 + 0.12 * level.n)) * error / many
        level.n += 1
        level.wins += correct
