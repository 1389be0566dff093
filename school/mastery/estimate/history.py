"""Answers that come late, and answers that come twice: the order of a pupil's answers is (moment, number), always."""

import copy
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from school.mastery.estimate import elo
from school.mastery.estimate.state import Item, PupilState, Skill


@dataclass(frozen=True, slots=True, order=True)
class Fact:
    """One answer with all that it was judged by, so that judging it again gives the same bits."""

    at: float
    """Moment, seconds."""
    number: str
    """Breaks ties of the moment: the answer's id."""
    item: Item = field(compare=False)
    skills: tuple[Skill, ...] = field(compare=False)
    correct: int = field(compare=False)
    hard: float = field(compare=False)
    """Hardness of the item and its topics when the answer was first judged."""
    guess: float = field(compare=False, default=0.0)


def apply(pupil: PupilState, fact: Fact) -> float:
    """Move the pupil by one answer; how surprising it was."""
    chance = elo.expected(elo.strength(pupil, fact.skills), fact.hard, fact.guess)
    error = elo.surprise(fact.correct, chance, fact.guess)
    elo.learn(pupil, fact.item, fact.skills, fact.correct, fact.at, error)
    return error


def replay(checkpoint: PupilState, facts: Iterable[Fact]) -> PupilState:
    """The state after ``facts`` in their canonical order; ``checkpoint`` itself is left as it was."""
    pupil = clone(checkpoint)
    for fact in sorted(facts):
        apply(pupil, fact)
    return pupil


def clone(pupil: PupilState) -> PupilState:
    """A copy that shares nothing."""
    return replace(
        pupil,
        skills={skill: copy.copy(state) for skill, state in pupil.skills.items()},
        items={item: copy.copy(memory) for item, memory in pupil.items.items()},
    )


@dataclass(slots=True)
class History:
    """The last answers of one pupil after a checkpoint: at least ``KEEP`` of them when there are so many."""

    older: PupilState = field(default_factory=PupilState)
    newer: PupilState = field(default_factory=PupilState)
    facts: list[Fact] = field(default_factory=list)
    since_newer: int = 0

    def knows(self, at: float, item: Item) -> bool:
        """Whether this very answer is here already: delivered twice, it is one answer."""
        return any(fact.at == at and fact.item == item for fact in reversed(self.facts))

    def is_late(self, at: float) -> bool:
        """Whether an answer of this moment belongs before one that was judged already."""
        return bool(self.facts) and at < self.facts[-1].at

    def add(self, fact: Fact, state: PupilState) -> None:
        """Keep an answer that was just judged in its turn; ``state`` is the pupil after it."""
        self.facts.append(fact)
        self.since_newer += 1
        if self.since_newer >= KEEP:
            del self.facts[: len(self.facts) - self.since_newer]
            self.older, self.newer, self.since_newer = self.newer, clone(state), 0
            self.facts = self.facts[-KEEP:]

    def insert(self, fact: Fact) -> tuple[PupilState, PupilState]:
        """Put a late answer in its place: the pupil just before it, and the pupil after all answers.

        One that is older than the checkpoint is taken as the first after it.
        """
        at = max(fact.at, self.older.at)
        if at != fact.at:
            fact = replace(fact, at=at)
        place = bisect_right(self.facts, fact)
        before = replay(self.older, self.facts[:place])
        self.facts.insert(place, fact)
        after = replay(before, self.facts[place:])
        newer_ends = len(self.facts) - self.since_newer
        if place >= newer_ends:
            self.since_newer += 1
        else:
            self.newer = replay(self.older, self.facts[:newer_ends])
        return before, after


KEEP = 32
"""Answers between two checkpoints."""
