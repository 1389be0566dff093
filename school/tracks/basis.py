"""What comes first instead of failing once more: for each topic that goes wrong, the weakest of what it rests on. Pure."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from school.mastery.estimate.choice import DEFAULT
from school.mastery.queries import KnownTopic, NamedTopic


@dataclass(frozen=True, slots=True)
class Basis:
    """A topic that is asked in the place of another one until it holds."""

    topic: NamedTopic
    waiting: NamedTopic
    """What does not go without it, and is not asked meanwhile."""


def is_failing(one: KnownTopic) -> bool:
    """Whether a topic goes wrong, and no teacher says that it holds."""
    return one.seen.estimate.is_failing and not one.seen.teacher_says


def bases(
    known: Mapping[int, KnownTopic],
    needs: Mapping[int, Sequence[int]],
    named: Mapping[int, NamedTopic],
    may_ask: Collection[int],
) -> dict[int, Basis]:
    """By topic that goes wrong, those that go worst first; left out where all that it rests on holds or can't be asked.

    ``may_ask``: topics with questions, of subjects that the pupil learns or has met. What nothing is known of is asked
    too, after what is known to be weak: whether it holds is just what has to be found out.
    """
    failing = sorted((one for one in known.values() if is_failing(one)), key=lambda one: (one.seen.estimate.chance, one.topic.id))  # fmt: skip
    found = {}
    for one in failing:
        first = _below(one.topic.id, known, needs, may_ask)
        if first is not None:
            found[one.topic.id] = Basis(named[first], one.topic)
    return found


def _below(
    topic: int, known: Mapping[int, KnownTopic], needs: Mapping[int, Sequence[int]], may_ask: Collection[int]
) -> int | None:
    """Down from basis to basis while they go wrong themselves."""
    first: int | None = None
    at, path = topic, {topic}
    while True:
        weak = list(_weak(at, known, needs, may_ask, frozenset(path)))
        if not weak:
            return first
        at = first = min(weak)[1]
        path.add(at)
        if at not in known or not is_failing(known[at]):
            return first


def _weak(
    topic: int,
    known: Mapping[int, KnownTopic],
    needs: Mapping[int, Sequence[int]],
    may_ask: Collection[int],
    path: frozenset[int],
) -> Iterator[tuple[float, int]]:
    """What a topic rests on and does not hold; what can't be asked is seen through to what it rests on itself."""
    for one in needs.get(topic, ()):
        weakness = _weakness(known.get(one)) if one not in path else None
        if weakness is not None and one in may_ask:
            yield weakness, one
        elif weakness is not None:
            yield from _weak(one, known, needs, may_ask, path | {one})


def _weakness(one: KnownTopic | None) -> float | None:
    """The smaller, the sooner; None for what holds."""
    if one is None or (one.seen.teacher_says is None and not one.seen.estimate.n):
        return DEFAULT.weak
    if one.seen.teacher_says is not None:
        return None if one.seen.teacher_says else 0.0
    chance = one.seen.estimate.chance
    if is_failing(one):
        return min(chance, DEFAULT.weak)  # a strong pupil's chance is high even there
    return chance if chance < DEFAULT.weak else None
