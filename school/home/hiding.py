"""Which cells of a tree of sums must not be shown, so that nobody behind a small one can be worked out. Pure.

City, districts, schools and year levels form a tree: a node is the sum of what is below it. A cell under five is hidden; but one
hidden cell among shown ones is their difference from the sum, so others are hidden with it until whoever knows all shown sums still
has at least five values to choose from for each hidden cell. What such a person can know is reckoned exactly: bounds go up the tree
and down again. A nought is as small as a four: were noughts shown, "hidden" would mean one to four, which are too few.
"""

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass

LEAST = 5
"""Under so many nothing is shown, and so many values must stay possible for what is hidden."""
Bound = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Tree:
    """Nodes by their places; a parent stands before its children, the root first."""

    parents: Sequence[int]
    """The place of each node's parent; −1 for the root."""

    def children(self) -> list[list[int]]:
        """The places below each node."""
        below: list[list[int]] = [[] for _ in self.parents]
        for place, parent in enumerate(self.parents):
            if parent >= 0:
                below[parent].append(place)
        return below


def hide(tree: Tree, values: Sequence[int], also: Collection[int] = ()) -> set[int]:
    """The places to hide. ``also`` are hidden whatever they are."""
    below = tree.children()
    hidden = {place for place, value in enumerate(values) if value < LEAST} | set(also)
    while True:
        found = bounds(below, values, hidden)
        narrow = [place for place in hidden if found[place][1] - found[place][0] < LEAST - 1]
        ways = [way for place in narrow if (way := _companion(tree, below, values, hidden, place)) is not None]
        if not ways:
            return hidden
        # The mildest way first: a sum above is given up only when nothing below or beside is left to hide.
        mildest = min(way for way, _place in ways)
        hidden |= {place for way, place in ways if way == mildest}


def hide_pair(tree: Tree, part: Sequence[int], rest: Sequence[int], also: Collection[int] = ()) -> set[int]:
    """The places to hide of a share, part and whole together.

    Part and rest are two trees without a bond between them as long as each node shows both or neither: then what is known of
    one says nothing of the other, and the whole, their sum, is known less than either.
    """
    hidden = set(also)
    while True:
        more = hide(tree, rest, hide(tree, part, hidden))
        if more == hidden:
            return hidden
        hidden = more


def bounds(below: list[list[int]], values: Sequence[int], hidden: Collection[int]) -> list[Bound]:
    """The least and the most that each node can be for somebody who knows every node that is not hidden. Exact on trees."""
    found: list[Bound] = [(0.0, math.inf)] * len(values)
    for place in range(len(values) - 1, -1, -1):
        if place not in hidden:
            found[place] = (values[place], values[place])
            continue
        low, high = 0.0, math.inf
        if below[place]:
            low, high = sum(found[one][0] for one in below[place]), sum(found[one][1] for one in below[place])
        found[place] = (low, high)
    for place, children in enumerate(below):
        if not children:
            continue
        low, high = found[place]
        lows = sum(found[one][0] for one in children)
        unbounded = [one for one in children if math.isinf(found[one][1])]
        highs = sum(found[one][1] for one in children if not math.isinf(found[one][1]))
        for one in children:
            own_low, own_high = found[one]
            others_low = lows - own_low
            others_open = len(unbounded) - math.isinf(own_high)
            others_high = math.inf if others_open else highs - (0 if math.isinf(own_high) else own_high)
            found[one] = max(own_low, low - others_high), min(own_high, high - others_low)
    return found


def _companion(
    tree: Tree, below: list[list[int]], values: Sequence[int], hidden: Collection[int], place: int
) -> tuple[int, int] | None:
    """The node to hide with one that can be worked out: 0 for one below it, 1 beside it, 2 above it; of several the smallest."""
    parent = tree.parents[place]
    for way, group in enumerate((below[place], below[parent] if parent >= 0 else [])):
        shown = [one for one in group if one not in hidden]
        if shown:
            return way, min(shown, key=lambda one: (values[one], one))
    return (2, parent) if parent >= 0 and parent not in hidden else None
