"""A set of tasks that fits each pupil: the same topic and number for all, a likely success for each, neighbours apart."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from school.mastery.estimate.features import features
from school.mastery.estimate.state import Item, ItemLevel, PupilState
from school.mastery.estimate.weights import chance

TARGET = 0.80
"""Wanted mean chance of success; .75 to .85 is what a good homework has."""
SEEN, NEIGHBOUR, ALONE = 0.15, 1.0, 0.25
"""What it costs to give a seen item, an item of a neighbour, and an item far from the target by itself (a share of the distance)."""


@dataclass(frozen=True, slots=True)
class Picked:
    """An item with the chance that this pupil solves it."""

    item: Item
    chance: float


def pick(
    weights: Sequence[float],
    pupil: PupilState,
    items: Mapping[Item, ItemLevel],
    count: int,
    now: float,
    taken: Collection[Item] = (),
    before: Sequence[Picked] = (),
) -> list[Picked]:
    """``count`` different items whose chances have a mean near the target; fewer when there are not so many.

    ``taken`` are the neighbours' items: given again only when nothing else is left. ``before`` are already in the set
    and count in its mean.
    """
    had = {one.item for one in before}
    chances = {
        item: chance(weights, features(pupil, item, level, now), level.guess)
        for item, level in items.items()
        if item not in had
    }
    costs = {
        item: ALONE * abs(p - TARGET) + (SEEN if item in pupil.items else 0.0) + (NEIGHBOUR if item in taken else 0.0)
        for item, p in chances.items()
    }
    total, n = sum(one.chance for one in before), len(before)
    picked: list[Picked] = []
    while chances and len(picked) < count:
        best, least = None, 9e9
        for item, p in chances.items():
            cost = abs((total + p) / (n + 1) - TARGET) + costs[item]
            if cost < least:
                best, least = item, cost
        p = chances.pop(best)
        picked.append(Picked(best, p))
        total, n = total + p, n + 1
    return picked
