"""The class's own track: what its plan leads to in the coming weeks, what that rests on, and how many hold it.

Nothing of it is kept: it is read from the plan each time, so that it moves with the plan.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from school.classes.queries import Learner
from school.classes.seen import SeenCourse
from school.core import clock
from school.mastery.queries import needs_of, standing_of, topics_named
from school.tracks.proposing import HELD
from school.tracks.queries.planning import topics_ahead

AHEAD = timedelta(28)
MOST = 8


@dataclass(frozen=True, slots=True)
class Basis:
    """Something that a topic rests on, with who holds it of those of whom it is known."""

    title: str
    holds: int
    known: int


@dataclass(frozen=True, slots=True)
class ClassStep:
    """A topic of the plan."""

    topic_id: int
    title: str
    on: date
    lessons: int
    holds: int
    known: int
    basis: tuple[Basis, ...]
    """Only what somebody is known not to hold."""

    @property
    def is_shaky(self) -> bool:
        """Whether something it rests on is held by less than half of those of whom it is known."""
        return any(2 * one.holds < one.known for one in self.basis)


def class_track(course: SeenCourse, pupils: Sequence[Learner]) -> list[ClassStep]:
    """The steps of the class, by day. Four statements."""
    ahead = topics_ahead(course, AHEAD)[:MOST]
    if not ahead or not pupils:
        return []
    needs = needs_of([topic for topic, *_rest in ahead], depth=1)
    every = {*needs, *(one for below in needs.values() for one in below)}
    titles = topics_named(every)
    known = standing_of(course.school_id, [one.id for one in pupils], list(every), clock.now())
    counts: dict[int, list[int]] = {one: [0, 0] for one in every}
    for (_pupil, topic), seen in known.items():
        if seen.estimate.n or seen.teacher_says is not None:
            counts[topic][0] += seen.standing in HELD
            counts[topic][1] += 1
    steps = []
    for topic, on, lessons, title in ahead:
        basis = [Basis(titles[one].title, counts[one][0], counts[one][1]) for one in needs[topic]]
        shaky = tuple(one for one in basis if one.holds < one.known)
        steps.append(ClassStep(topic, title, on, lessons, counts[topic][0], counts[topic][1], shaky))
    return steps
