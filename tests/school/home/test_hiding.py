"""What is hidden can't be worked out: linear programming over all shown sums of two days running leaves five values at least."""

import math
import random
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from scipy.optimize import linprog  # type: ignore[import-untyped]

from school.home.areas import CELLS, COUNTS, PAIRS, SINGLES, Node, conceal, grow, is_hidden
from school.home.hiding import LEAST, Tree, bounds, hide, hide_pair

DAYS, WEEK = 8, 7
"""Seven days up to today and seven up to yesterday."""


def test_a_small_cell_takes_its_smallest_neighbour_along() -> None:
    tree = Tree([-1, 0, 0, 0])
    assert hide(tree, [103, 3, 40, 60]) == {1, 2}
    assert bounds(tree.children(), [103, 3, 40, 60], {1, 2})[1] == (0, 43)


def test_an_only_child_hides_its_parent_and_the_parents_neighbour() -> None:
    tree = Tree([-1, 0, 0, 1, 2, 2])
    assert hide(tree, [54, 4, 50, 4, 20, 30]) == {1, 2, 3, 4}


def test_noughts_are_small_too_and_a_city_of_noughts_shows_nothing() -> None:
    assert hide(Tree([-1, 0, 0]), [0, 0, 0]) == {0, 1, 2}


def test_two_small_neighbours_need_a_third_when_their_sum_is_small() -> None:
    assert hide(Tree([-1, 0, 0, 0]), [53, 2, 1, 50]) == {1, 2, 3}


def test_of_a_share_the_rest_is_guarded_as_well() -> None:
    """Two of sixty were away: the share of those present would tell it."""
    tree = Tree([-1, 0, 0])
    assert hide_pair(tree, [98, 58, 40], [42, 2, 40]) == {1, 2}


def _forest(chance: random.Random) -> tuple[list[int], list[int]]:
    """Parents of a small city and the places of its leaves."""
    parents, leaves = [-1], []
    for _ in range(chance.randint(1, 3)):
        district = len(parents)
        parents.append(0)
        for _ in range(chance.randint(1, 3)):
            school = len(parents)
            parents.append(district)
            for _ in range(chance.randint(1, 3)):
                leaves.append(len(parents))
                parents.append(school)
    return parents, leaves


def _summed(parents: Sequence[int], at_leaves: dict[int, int]) -> list[int]:
    values = [at_leaves.get(place, 0) for place in range(len(parents))]
    for place in range(len(parents) - 1, 0, -1):
        values[parents[place]] += values[place]
    return values


def _spread(rows: list[Any], sums: list[int], aim: Any) -> tuple[float, float]:
    """The least and the most of ``aim`` under the equations; unknowns are not negative."""
    found = []
    for sign in (1, -1):
        answer = linprog(sign * aim, A_eq=np.array(rows) if rows else None, b_eq=sums or None, bounds=(0, None))
        found.append(math.inf if answer.status == 3 else answer.fun * sign)
    return found[0], found[1]


@pytest.mark.parametrize("seed", range(24))
def test_linear_programming_leaves_five_values_at_least(seed: int) -> None:
    """Unknown: part and rest of every leaf on each of eight days. Known: every shown sum of both weeks, parts and wholes."""
    chance = random.Random(seed)
    parents, leaves = _forest(chance)
    tree, size = Tree(parents), len(leaves)
    often = {leaf: chance.choice((0.1, 0.5, 3, 12)) for leaf in leaves}
    days = [[[int(chance.expovariate(1 / often[leaf])) for leaf in leaves] for _ in range(DAYS)] for _kind in range(2)]
    below = {n: [k for k, leaf in enumerate(leaves) if _is_below(parents, leaf, n)] for n in range(len(parents))}

    def row(kinds: Sequence[int], week: int, node: int) -> Any:
        """The sum of a node over a week, as a row of the equations."""
        made = np.zeros((2, DAYS, size))
        for kind in kinds:
            made[kind, week : week + WEEK, below[node]] = 1
        return made.ravel()

    hidden, rows, sums = [], [], []
    for week in range(2):
        weekly = [
            _summed(parents, {leaf: sum(days[kind][day][k] for day in range(week, week + WEEK)) for k, leaf in enumerate(leaves)})
            for kind in range(2)
        ]  # fmt: skip
        hidden.append(hide_pair(tree, weekly[0], weekly[1]))
        for node in set(range(len(parents))) - hidden[week]:
            assert min(weekly[0][node], weekly[1][node]) >= LEAST
            for kind in range(2):
                rows.append(row((kind,), week, node))
                sums.append(weekly[kind][node])
    checked = [(week, node) for week in range(2) for node in sorted(hidden[week])]
    for week, node in chance.sample(checked, min(10, len(checked))):
        for kinds in ((0,), (1,), (0, 1)):
            low, high = _spread(rows, sums, row(kinds, week, node))
            assert math.floor(min(high, 1e9) + 1e-6) - math.ceil(low - 1e-6) >= LEAST - 1, (
                seed,
                week,
                node,
                kinds,
                low,
                high,
            )


def _is_below(parents: Sequence[int], place: int, node: int) -> bool:
    while place >= 0:
        if place == node:
            return True
        place = parents[place]
    return False


@pytest.mark.parametrize("seed", range(20))
def test_bounds_are_what_linear_programming_says(seed: int) -> None:
    chance = random.Random(seed)
    parents, leaves = _forest(chance)
    values = _summed(parents, {leaf: chance.choice((0, 1, 3, 7, 30)) for leaf in leaves})
    hidden = {n for n in range(len(parents)) if chance.random() < 0.6}
    rows = [np.array([_is_below(parents, leaf, n) for leaf in leaves], float) for n in range(len(parents))]
    known = [n for n in range(len(parents)) if n not in hidden]
    found = bounds(Tree(parents).children(), values, hidden)
    for node in chance.sample(sorted(hidden), min(3, len(hidden))):
        low, high = _spread([rows[n] for n in known], [values[n] for n in known], rows[node])
        assert (low, high) == pytest.approx(found[node])


def a_city(chance: random.Random) -> list[Node]:
    """Six schools of three districts, some of them tiny."""
    of_levels = {}
    for school in range(1, 7):
        for level in chance.sample(range(1, 12), chance.randint(1, 4)):
            counts = {name: chance.choice((0, 2, 9, 60, 300)) for name in (*SINGLES, *PAIRS) if name not in {"teachers", "people", "sealed"}}  # fmt: skip
            counts |= {part: int(counts[whole] * chance.random()) for whole, part in PAIRS.items()}
            of_levels[school, level] = {**counts, "rows": 7}
    schools = [(school, ["ЮЗАО", "САО", "ЦАО"][school % 3]) for school in range(1, 7)]
    return grow(schools, of_levels, {n: {"teachers": n * 3, "people": n * 40, "sealed": 500} for n in range(1, 7)})


def test_a_tree_is_the_sum_of_its_leaves_and_shows_nothing_small() -> None:
    chance = random.Random(3)
    for _ in range(30):
        nodes = a_city(chance)
        conceal(nodes)
        leaves = [node for node in nodes if node.year_level]
        for name in COUNTS:
            if name not in {"teachers", "people", "sealed", "schools"}:
                assert nodes[0].counts[name] == sum(leaf.counts[name] for leaf in leaves)
        for node in nodes:
            for name in CELLS:
                if not is_hidden(node.hidden, name):
                    assert node.counts[name] >= LEAST
                    part = PAIRS.get(name)
                    assert part is None or LEAST <= node.counts[part] <= node.counts[name] - LEAST


def test_what_was_small_yesterday_is_hidden_today() -> None:
    """A class that was four yesterday and is five today would tell of yesterday."""
    counts = dict.fromkeys(COUNTS, 50)
    nodes = grow([(1, "ЦАО"), (2, "ЦАО")], {(1, 5): counts, (1, 6): counts, (2, 5): counts}, {})
    before = {node.key: {**node.counts, "pupils": 4 if node.year_level == 6 else 50} for node in nodes}
    conceal(nodes, before)
    hidden = {node.key for node in nodes if is_hidden(node.hidden, "pupils")}
    assert ("ЦАО", 1, 6) in hidden
    assert len(hidden) == 2, "and one more with it, so that it is no difference"
