"""The city's tree of figures: its nodes from counted days, and what of each is hidden. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from school.home.hiding import LEAST, Tree, hide, hide_pair

SINGLES = ("pupils", "lessons", "homework", "teachers", "people", "sealed")
PAIRS = {"places": "absences", "marks": "fives", "assigned": "handed_in"}
"""Each whole with the part that its share is made of; shown or hidden together."""
CELLS = (*SINGLES, *PAIRS)
OF_SCHOOLS = frozenset({"teachers", "people", "sealed"})
"""Not told by year levels: a teacher teaches many."""
COUNTS = (*CELLS, *PAIRS.values(), "schools", "rows")


Before = Mapping[tuple[str, int, int], Mapping[str, int]]
NOTHING: Before = {}


@dataclass(slots=True)
class Node:
    """A place of the tree."""

    district: str = ""
    school_id: int = 0
    year_level: int = 0
    parent: int = -1
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(COUNTS, 0))
    hidden: int = 0

    @property
    def key(self) -> tuple[str, int, int]:
        """What it is found by."""
        return self.district, self.school_id, self.year_level


def grow(
    schools: Iterable[tuple[int, str]],
    of_levels: Mapping[tuple[int, int], Mapping[str, int]],
    of_schools: Mapping[int, Mapping[str, int]],
) -> list[Node]:
    """The tree from its leaves: counts by school and year level, and those of whole schools; each parent before its children."""
    levels: dict[int, list[int]] = {}
    for school_id, level in sorted(of_levels):
        levels.setdefault(school_id, []).append(level)
    nodes = [Node()]
    districts: dict[str, list[int]] = {}
    for school_id, district in sorted(schools):
        if school_id in levels:
            districts.setdefault(district or "–", []).append(school_id)
    for district in sorted(districts):
        at = len(nodes)
        nodes.append(Node(district, parent=0))
        for school_id in districts[district]:
            here = len(nodes)
            own = Node(district, school_id, parent=at)
            own.counts |= {name: of_schools.get(school_id, {}).get(name, 0) for name in OF_SCHOOLS}
            own.counts["schools"] = 1
            nodes.append(own)
            for level in levels[school_id]:
                leaf = Node(district, school_id, level, here)
                leaf.counts |= of_levels[school_id, level]
                nodes.append(leaf)
    for node in reversed(nodes):
        if node.parent >= 0:
            above = nodes[node.parent].counts
            for name, count in node.counts.items():
                above[name] += count
    return nodes


def conceal(nodes: Sequence[Node], before: Before = NOTHING) -> None:
    """Mark what is hidden of each node. What was under five the day ``before`` stays hidden a day longer."""
    hidden: dict[str, set[int]] = {}
    for name in SINGLES:
        places = [n for n, node in enumerate(nodes) if not (node.year_level and name in OF_SCHOOLS)]
        sticky = {k for k, n in enumerate(places) if _was_small(nodes[n], before, name)}
        found = hide(_tree(nodes, places), [nodes[n].counts[name] for n in places], sticky)
        hidden[name] = {places[k] for k in found} | (set(range(len(nodes))) - set(places))
    tree = _tree(nodes, range(len(nodes)))
    for whole, part in PAIRS.items():
        parts = [node.counts[part] for node in nodes]
        rest = [node.counts[whole] - node.counts[part] for node in nodes]
        sticky = {n for n, node in enumerate(nodes) if _was_small(node, before, whole, part)}
        hidden[whole] = hide_pair(tree, parts, rest, sticky)
    for name, some in hidden.items():
        bit = 1 << CELLS.index(name)
        for n in some:
            nodes[n].hidden |= bit


def is_hidden(hidden: int, name: str) -> bool:
    """Whether the bits hide a cell."""
    return name in CELLS and bool(hidden >> CELLS.index(name) & 1)


def _was_small(node: Node, before: Before, whole: str, part: str = "") -> bool:
    known = before.get(node.key)
    if known is None:
        return False
    return known[whole] < LEAST or (bool(part) and not LEAST <= known[part] <= known[whole] - LEAST)


def _tree(nodes: Sequence[Node], places: Sequence[int]) -> Tree:
    new = {n: k for k, n in enumerate(places)}
    return Tree([new[nodes[n].parent] if nodes[n].parent >= 0 else -1 for n in places])
