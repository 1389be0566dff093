"""Hours over lessons: in their order, none dropped, control works alone. Pure.

When lessons are fewer than hours: reserve hours are given up first (they are kept for that); then two hours of one topic
share a lesson, the longest topics first; then the neighbours of two topics, where the second does not rest on the first.
What still does not fit is refused, with the number of lessons that are missing: somebody must decide what to leave out.
"""

import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Hour:
    """An hour to be given."""

    id: uuid.UUID
    topic: int
    """Number of its topic."""
    is_control: bool = False
    is_reserve: bool = False
    needs: frozenset[int] = frozenset()
    """Topics that must be given before."""


class NotEnoughLessons(Exception):
    """``short``: how many lessons are missing even so."""

    def __init__(self, short: int) -> None:
        super().__init__(short)
        self.short = short


class WrongOrder(Exception):
    """A topic stands before one that it rests on."""

    def __init__(self, topic: int, needs: int) -> None:
        super().__init__(topic, needs)
        self.topic, self.needs = topic, needs


def check_order(hours: Sequence[Hour]) -> None:
    """Raise ``WrongOrder`` at the first hour given before the last hour of a topic that it needs."""
    last = {hour.topic: n for n, hour in enumerate(hours)}
    for n, hour in enumerate(hours):
        for needed in sorted(hour.needs):
            if last.get(needed, n) >= n:
                raise WrongOrder(hour.topic, needed)


def spread(hours: Sequence[Hour], lessons: int) -> list[int | None]:
    """For each hour the index of its lesson among ``lessons`` in order; None for a reserve hour given up."""
    short = len(hours) - lessons
    dropped: set[int] = set()
    for n in reversed(range(len(hours))):
        if short <= 0:
            break
        if hours[n].is_reserve:
            dropped.add(n)
            short -= 1
    left = [n for n in range(len(hours)) if n not in dropped]
    joined = _join(hours, left, max(short, 0))
    places: list[int | None] = [None] * len(hours)
    lesson = -1
    for n in left:
        if n not in joined:
            lesson += 1
        places[n] = lesson
    return places


def _join(hours: Sequence[Hour], left: Sequence[int], short: int) -> set[int]:
    """Hours that share the lesson of the hour before."""
    joined: set[int] = set()
    alone = Counter(hours[n].topic for n in left)  # lessons of each topic
    while short > 0:
        pairs = [(a, b) for a, b in pairwise(left) if _may_join(hours, joined, left, a, b)]
        same = [(a, b) for a, b in pairs if hours[a].topic == hours[b].topic]
        chosen = max(same, key=lambda pair: (alone[hours[pair[1]].topic], pair[1]), default=None)
        chosen = chosen or max(pairs, key=lambda pair: pair[1], default=None)
        if chosen is None:
            raise NotEnoughLessons(short)
        joined.add(chosen[1])
        alone[hours[chosen[1]].topic] -= 1
        short -= 1
    return joined


def _may_join(hours: Sequence[Hour], joined: set[int], left: Sequence[int], a: int, b: int) -> bool:
    """At most two hours a lesson; no control work; not a topic with the one it rests on."""
    after = next((n for n in left if n > b), None)
    taken = a in joined or b in joined or (after is not None and after in joined)
    first, second = hours[a], hours[b]
    return not (taken or first.is_control or second.is_control or first.topic in second.needs)
