"""The model and the choice behind one small contract, all in memory: what simulators and harnesses drive."""

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

from school.mastery.estimate import elo
from school.mastery.estimate.choice import DEFAULT, Policy, choose_item, choose_skill
from school.mastery.estimate.history import Fact, History
from school.mastery.estimate.learner import Learner
from school.mastery.estimate.state import ItemLevel, PupilState

LEVEL_STEP = 0.9
"""Logits between two neighbouring difficulties that an author gives, 1 to 3."""
MIDDLE_LEVEL = 2
MOST_SHELVES = 256
Shelf = dict[Hashable, list[tuple[Hashable, ItemLevel]]]


class Plugin:
    """Predict, update, choose. Ids are any hashables, times are seconds."""

    def __init__(self, policy: Policy = DEFAULT) -> None:
        self.policy = policy
        self.learner = Learner()
        self.opens: dict[Hashable, float] = {}
        self.histories: dict[Hashable, History] = {}
        self._shelves: dict[int, tuple[list[Hashable], Shelf]] = {}

    def catalogue(
        self, items: Mapping[Hashable, Mapping[str, Any]], skills: Mapping[Hashable, Mapping[str, Any]]
    ) -> None:
        """What there is: items with their skills, choices and authored difficulty; skills with what they rest on."""
        for skill, about in skills.items():
            self.learner.skill(skill, about.get("prereq") or ())
            self.opens[skill] = about.get("opens") or 0.0
        for item, about in items.items():
            level, choices = about.get("difficulty"), about.get("choices")
            d = LEVEL_STEP * ((MIDDLE_LEVEL if level is None else level) - MIDDLE_LEVEL)
            self.learner.item(item, about.get("skills") or (), d, 1.0 / choices if choices else 0.0)

    def predict(self, pupil: Hashable, item: Hashable, time: float) -> float:
        """P(right) of the next answer. Changes nothing."""
        self.learner.item(item)
        return self.learner.predict(pupil, item, time)

    def update(self, pupil: Hashable, item: Hashable, correct: int, time: float) -> None:
        """Learn from one answer. The same answer twice is one answer; a late one is put in its place."""
        learner = self.learner
        level = learner.item(item)
        history = self.histories.get(pupil)
        if history is None:
            history = self.histories[pupil] = History()
        if history.knows(time, item):
            return
        fact = Fact(
            time, f"{learner.seen:012d}", item, level.skills, 1 if correct else 0, elo.hardness(level), level.guess
        )
        if history.is_late(time):
            before, after = history.insert(fact)
            learner.update_late(pupil, item, fact.correct, time, before, after)
            return
        learner.update(pupil, item, fact.correct, time)
        history.add(fact, learner.pupils[pupil])

    def choose(self, pupil: Hashable, candidates: Sequence[Hashable], time: float) -> Hashable:
        """The candidate that does most for this pupil now."""
        learner = self.learner
        state: PupilState = learner.pupil(pupil)
        shelf = self._shelf(candidates)
        skill = next(iter(shelf))
        if len(shelf) > 1:
            opened = {one: self.opens.get(one, 0.0) for one in shelf}
            skill = choose_skill(self.policy, learner.weights, state, opened, learner.skills, time)
        return choose_item(self.policy, learner.weights, state, shelf[skill], time)

    def mastery(self, pupil: Hashable, skill: Hashable, time: float) -> float:
        """P(right) of a medium item of the skill."""
        return self.learner.mastery(pupil, skill, time)

    def _shelf(self, candidates: Sequence[Hashable]) -> Shelf:
        """Candidates by their first skill. The same list is asked about thousands of times, so its sorting is kept."""
        known = self._shelves.get(id(candidates))
        if known is not None and known[0] == candidates:
            return known[1]
        shelf: Shelf = {}
        for item in candidates:
            level = self.learner.item(item)
            skill = level.skills[0] if level.skills else None
            if skill is None:
                self.learner.skill(None)
            shelf.setdefault(skill, []).append((item, level))
        if len(self._shelves) >= MOST_SHELVES:
            self._shelves.clear()
        self._shelves[id(candidates)] = (list(candidates), shelf)
        return shelf


def create() -> Plugin:
    """A model that has seen nothing."""
    return Plugin()
