"""What comes first instead of failing once more: for each topic that goes wrong, the weakest of what it rests on. Pure."""

from collections.abc import Collection, Mapping, Sequence
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


def _below(topic: int, known: Mapping[int, KnownTopic], needs: Mapping[int, Sequence[int]], may_ask: Collection[int]) -> int | None:  # fmt: skip
    """Down from basis to basis while they go wrong themselves."""
    first: int | None = None
    at, path = topic, {topic}
    while True:
        weak = [
            (where, one)
            for one in needs.get(at, ())
            if one in may_ask and one not in path and (where := _weakness(known.get(one))) is not None
        ]
        if not weak:
            return first
        at = first = min(weak)[1]
        path.add(at)
        if at not in known or not is_failing(known[at]):
            return first


def _weakness(one: KnownTopic | None) -> float | None:
    """The smaller, the sooner; None for what holds."""
    if one is None or (one.seen.teacher_says is None and not one.seen.estimate.n):
        return DEFAULT.weak
    if one.seen.teacher_says is not None:
        return None if one.seen.teacher_says else 0.0
    return one.seen.estimate.chance if one.seen.estimate.chance < DEFAULT.weak else None
