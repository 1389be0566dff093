"""The whole model in memory: predicts, learns, refits itself as answers gather. Used by the replay and the simulator."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from school.mastery.estimate import elo
from school.mastery.estimate.features import NAMES, features
from school.mastery.estimate.state import Item, ItemLevel, PupilState, Skill, SkillLevel
from school.mastery.estimate.weights import DAY_0, Log, chance

FIRST_FIT = 1000
GROWTH = 1.6
"""Weights are fitted anew each time the answers have grown by this factor."""


KNOWN = 50
"""Answers of an item that is no longer new."""
MEAN_ITEM = NAMES.index("mean_item")
SINCE_ANSWER = tuple(NAMES.index(name) for name in ("gap_young", "gap", "gap_skill", "minutes_skill", "minutes"))
"""What of a topic moves with time alone; 0 at the moment of an answer."""


@dataclass(slots=True)
class Learner:
    """Pupils, items and weights together. One answer at a time, in order of time."""

    timed: bool = True
    refits: bool = True
    weights: tuple[float, ...] = DAY_0
    pupils: dict[object, PupilState] = field(default_factory=dict)
    items: dict[Item, ItemLevel] = field(default_factory=dict)
    skills: dict[Skill, SkillLevel] = field(default_factory=dict)
    log: Log = field(default_factory=Log)
    seen: int = 0
    next_fit: float = FIRST_FIT
    _last: tuple[object, object, float, list[float]] | None = None

    def item(self, item: Item, skills: Iterable[Skill] = (), d: float = 0.0, guess: float = 0.0) -> ItemLevel:
        """The item's level, made when it is met for the first time."""
        known = self.items.get(item)
        if known is None:
            names = tuple(dict.fromkeys(skills))
            levels = tuple(self.skill(one) for one in names)
            known = self.items[item] = ItemLevel(names, levels, d=d, guess=guess)
        return known

    def skill(self, skill: Skill, prerequisites: Iterable[Skill] = ()) -> SkillLevel:
        """The topic's level, made when it is met for the first time."""
        known = self.skills.get(skill)
        if known is None:
            known = self.skills[skill] = SkillLevel(prerequisites=tuple(prerequisites))
        return known

    def pupil(self, pupil: object) -> PupilState:
        """The pupil's state; an unknown pupil's is not kept, so that asking changes nothing."""
        return self.pupils.get(pupil) or PupilState()

    def predict(self, pupil: object, item: Item, now: float) -> float:
        """P(right) of the next answer. Changes nothing."""
        level = self.items[item]
        x = features(self.pupil(pupil), item, level, now, self.timed)
        self._last = (pupil, item, now, x)
        return chance(self.weights, x, level.guess)

    def update(self, pupil: object, item: Item, correct: int, now: float) -> None:
        """Learn from one answer."""
        level = self.items[item]
        state = self.pupils.get(pupil)
        if state is None:
            state = self.pupils[pupil] = PupilState()
        last = self._last
        if last is not None and last[0] == pupil and last[1] == item and last[2] == now:
            x = last[3]
        else:
            x = features(state, item, level, now, self.timed)
        strong = x[1] + x[2]
        error = elo.surprise(correct, elo.expected(strong, elo.hardness(level), level.guess), level.guess)
        elo.learn(state, item, level.skills, correct, now, error)
        self._note(x, level, correct, strong)

    def update_late(
        self, pupil: object, item: Item, correct: int, now: float, before: PupilState, after: PupilState
    ) -> None:
        """Learn from an answer that came after later ones: ``before`` and ``after`` come from a replay of the pupil."""
        level = self.items[item]
        x = features(before, item, level, now, self.timed)
        strong = x[1] + x[2]
        self.pupils[pupil] = after
        self._note(x, level, correct, strong)

    def _note(self, x: list[float], level: ItemLevel, correct: int, strong: float) -> None:
        error = elo.surprise(correct, elo.expected(strong, elo.hardness(level), level.guess), level.guess)
        elo.weigh(level, correct, error, strong)
        self._last = None
        self.seen += 1
        if self.refits:
            self.log.add(x, correct)
            if self.seen >= self.next_fit:
                self.refit()

    def refit(self) -> None:
        """Fit the weights to the log now."""
        self.weights = self.log.fitted(self.weights)
        self.next_fit = self.seen * GROWTH

    def mastery(self, pupil: object, skill: Skill, now: float) -> float:
        """P(right) of a medium open item of the topic at ``now``."""
        level = self.skills.get(skill) or SkillLevel()
        return mastery(self.weights, self.pupil(pupil), skill, level, now, self.timed)


def mastery(
    weights: Sequence[float], pupil: PupilState, skill: Skill, level: SkillLevel, now: float, timed: bool = True
) -> float:
    """P(right) of an open item exactly as hard as its topic, well known, never seen by the pupil."""
    return chance(weights, _medium(pupil, skill, level, now, timed))


def mastery_now_and_then(
    weights: Sequence[float], pupil: PupilState, skill: Skill, level: SkillLevel, now: float
) -> tuple[float, float]:
    """``mastery`` now, and as it was at the pupil's last answer to the topic: nothing differs but the time since.

    A map asks both of each topic, and finding the numbers is nearly all that it costs.
    """
    x = _medium(pupil, skill, level, now)
    today = chance(weights, x)
    for place in SINCE_ANSWER:
        x[place] = 0.0
    return today, chance(weights, x)


def _medium(pupil: PupilState, skill: Skill, level: SkillLevel, now: float, timed: bool = True) -> list[float]:
    x = features(pupil, None, ItemLevel((skill,), (level,), n=KNOWN), now, timed)
    x[MEAN_ITEM] = 0.0
    return x
