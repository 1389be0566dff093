"""Which steps lead to a goal: what it rests on first, as far as it is not held; then the goal; then a test. Pure.

A proposal is a person's to approve. It gives no reading for what a pupil can do, and no more steps than can be looked through.
"""

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from school.mastery.estimate.standing import LOST, Standing
from school.mastery.queries import NamedTopic, Seen
from school.tracks.models import StepKind

MOST_STEPS = 9
VERY_WEAK, EVIDENCE, MANY_WEAK = 0.4, 3, 3
"""Three topics below .4 on three answers or more: an hour with the teacher does more than another question."""
GOAL, NEED, UNSURE, FADING, MISSED, TEACHER = "goal", "need", "unsure", "fading", "missed", "teacher"
HELD = frozenset({Standing.MASTERED, Standing.FIRM})


@dataclass(frozen=True, slots=True)
class Reading:
    """The unit of the library that explains a topic."""

    unit_id: uuid.UUID
    title: str


@dataclass(frozen=True, slots=True)
class Step:
    """A step as it is proposed, or as it stands and is pinned to its place."""

    kind: StepKind
    topic_id: int | None
    title: str
    why: str
    for_topic: str = ""
    unit_id: uuid.UUID | None = None

    @property
    def key(self) -> tuple[str, int | None, uuid.UUID | None]:
        """Two steps with one key ask for the same."""
        return self.kind.value, None if self.unit_id else self.topic_id, self.unit_id


@dataclass(frozen=True, slots=True)
class Ground:
    """What a proposal is made from, the same for all pupils of a course."""

    goal: tuple[int, ...]
    needs: Mapping[int, tuple[int, ...]]
    named: Mapping[int, NamedTopic]
    readings: Mapping[int, Reading] = field(default_factory=dict)
    asked: Collection[int] = ()
    """Topics that the library has questions on."""


def propose(ground: Ground, known: Mapping[int, Seen], missed: Collection[int] = ()) -> list[Step]:
    """The steps of one pupil, in their order; none for who holds the goal and all it rests on. ``missed`` are topics of lessons that the pupil was away from."""
    made: dict[tuple[str, int | None, uuid.UUID | None], Step] = {}
    for topic in ground.goal:
        for step in _to(ground, known, topic, missed):
            made.setdefault(step.key, step)
    steps = _fitting(list(made.values()))
    weak = [one for one in steps if one.kind is StepKind.TASK and _is_very_weak(known, one.topic_id)]
    if len(weak) >= MANY_WEAK:
        steps.insert(0, Step(StepKind.EXTRA, weak[0].topic_id, weak[0].title, weak[0].why, weak[0].for_topic))
    last = next((one for one in reversed(ground.goal) if one in ground.asked), None)
    if steps and last is not None:
        steps.append(Step(StepKind.TEST, last, ground.named[last].title, GOAL))
    return steps


def _to(
    ground: Ground, known: Mapping[int, Seen], topic: int, missed: Collection[int], above: frozenset[int] = frozenset()
) -> list[Step]:
    """The steps to one topic of the goal: what it rests on and is not held, then itself."""
    steps: list[Step] = []
    mine = known.get(topic)
    if mine is not None and mine.standing in HELD and topic not in missed:
        return steps
    for need in sorted(ground.needs.get(topic, ()), key=lambda one: _place(ground, one)):
        if need not in above:
            steps += _below(ground, known, need, topic, above | {topic})
    why = MISSED if topic in missed else FADING if mine is not None and mine.standing is Standing.FADING else GOAL
    return steps + _of(ground, known, topic, why)


def _below(
    ground: Ground,
    known: Mapping[int, Seen],
    topic: int,
    above: int,
    path: frozenset[int],
    *,
    is_near: bool = True,
) -> list[Step]:
    """The steps to something that the goal rests on: nothing where it holds; where nothing is known of it, a look at what is
    nearest the goal and has questions."""
    mine = known.get(topic)
    is_unknown = mine is None or mine.standing is Standing.NOT_STARTED
    if mine is not None and mine.standing in HELD:
        return []
    is_seen_through = is_unknown and topic not in ground.asked
    steps: list[Step] = []
    for need in sorted(ground.needs.get(topic, ()), key=lambda one: _place(ground, one)):
        if need not in path:
            near, over = is_near and is_seen_through, above if is_seen_through else topic
            steps += _below(ground, known, need, over, path | {topic}, is_near=near)
    words = ground.named[above].title
    if is_unknown:
        look = is_near and topic in ground.asked
        return steps + ([Step(StepKind.TASK, topic, ground.named[topic].title, UNSURE, words)] if look else [])
    why = FADING if mine is not None and mine.standing is Standing.FADING else NEED
    return steps + [replace(one, for_topic=words) for one in _of(ground, known, topic, why)]


def _of(ground: Ground, known: Mapping[int, Seen], topic: int, why: str) -> list[Step]:
    """Reading where there is much to learn, and practice where there are questions."""
    mine = known.get(topic)
    title, reading = ground.named[topic].title, ground.readings.get(topic)
    steps = []
    is_new = mine is None or mine.estimate.n == 0
    if reading is not None and why != FADING and (is_new or (mine is not None and mine.estimate.chance < LOST)):
        steps.append(Step(StepKind.UNIT, topic, reading.title, why, unit_id=reading.unit_id))
    if topic in ground.asked:
        steps.append(Step(StepKind.TASK, topic, title, why))
    return steps


def _fitting(steps: list[Step]) -> list[Step]:
    """No more than can be looked through: looks at what is merely unknown go first, then what comes last."""
    while len(steps) > MOST_STEPS and any(one.why == UNSURE for one in steps):
        steps.remove(next(one for one in reversed(steps) if one.why == UNSURE))
    return steps[:MOST_STEPS]


def _is_very_weak(known: Mapping[int, Seen], topic: int | None) -> bool:
    mine = known.get(topic) if topic is not None else None
    return mine is not None and mine.estimate.n >= EVIDENCE and mine.estimate.chance < VERY_WEAK


def _place(ground: Ground, topic: int) -> tuple[int, int, int]:
    named = ground.named[topic]
    return named.year_level, named.position, topic


def around_pins(proposed: Sequence[Step], pinned: Mapping[int, Step]) -> list[Step]:
    """The proposal with pinned steps at their places (from 1), and nothing twice."""
    kept = {one.key for one in pinned.values()}
    rest = [one for one in proposed if one.key not in kept]
    made: list[Step] = []
    while rest or len(made) < max(pinned, default=0):
        here = pinned.get(len(made) + 1)
        if here is not None:
            made.append(here)
        elif rest:
            made.append(rest.pop(0))
        else:
            made += [one for place, one in sorted(pinned.items()) if place > len(made)]
            break
    return made


def days_between(count: int, today: date, by_on: date) -> list[date]:
    """A day for each of ``count`` steps, evenly up to the last."""
    span = max(1, (by_on - today).days)
    return [today + timedelta(max(1, round(span * (n + 1) / max(1, count)))) for n in range(count)]
