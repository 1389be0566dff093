"""Random gradebooks against the arithmetic of marks: ``make check-marks`` tries 100,000, the suite a few thousand.

For each: the shares of the marks sum to the mean, as fractions and as shown; the proposal agrees with a recount from the act's
sentences by fractions; the stated way to a better mark is the shortest of all ways by brute force, and one mark fewer does not do.
"""

import random
import sys
import time
from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations_with_replacement
from math import floor

from school.gradebook.scale import Rules, Score, apportion, contributions, propose, rounded, ways_to, weighted_mean

MOST = 3
"""Marks of a way that brute force tries."""
Pair = tuple[int, int]


def random_gradebook(chance: random.Random) -> tuple[list[Score], Rules]:
    """Marks of a term with weights 1 to 5, and an act whose thresholds are somewhere sensible."""
    ability = chance.choice((2, 3, 4, 5))
    marks = [
        Score(min(5, max(2, ability + chance.choice((-1, 0, 0, 0, 1)))), chance.randint(1, 5), chance.random() < 0.2)
        for _ in range(chance.randint(0, 14))
    ]
    zone = chance.choice((0, 10, 15))
    shift = chance.choice((-10, 0, 0, 5))
    sure = {5: 460 + shift, 4: 360 + shift, 3: 260 + shift}
    possible = {mark: least - zone for mark, least in sure.items()}
    floors = chance.choice(({}, {5: 4}, {5: 4, 4: 3}))
    return marks, Rules(sure_from=sure, possible_from=possible, control_floor=floors)


def faults(marks: list[Score], rules: Rules) -> Iterator[str]:
    """What is wrong with the arithmetic of one gradebook; nothing when all is well."""
    pairs = [(one.value, one.weight) for one in marks]
    mean = _mean(pairs)
    if weighted_mean(marks) != mean:
        yield "mean"
    parts = contributions(marks)
    if sum(parts, Fraction(0)) != (mean or 0):
        yield "shares"
    shown = _shown(mean) if mean is not None else 0
    if mean is not None and rounded(mean) != shown:
        yield "rounding"
    if sum(apportion(parts, shown)) != shown:
        yield "shown shares"
    proposal = propose(marks, rules)
    if mean is not None and proposal.choices != _choices(marks, shown, rules):
        yield "proposal"
    for target in (5, 4, 3):
        yield from _way_faults(marks, pairs, target, rules)


def _mean(pairs: list[Pair]) -> Fraction | None:
    weights = sum(weight for _value, weight in pairs)
    return Fraction(sum(value * weight for value, weight in pairs), weights) if weights else None


def _shown(mean: Fraction) -> int:
    return floor(mean * 100 + Fraction(1, 2))


def _choices(marks: list[Score], shown: int, rules: Rules) -> tuple[int, ...]:
    """From the act's sentences, said anew: each mark that its threshold lets through, less what a control work forbids."""
    sure = max([2] + [mark for mark in (3, 4, 5) if shown >= rules.sure_from[mark]])
    maybe = max([2] + [mark for mark in (3, 4, 5) if shown >= rules.possible_from[mark]])
    allowed = [maybe, maybe - 1] if maybe > sure else [sure]
    worst = min((one.value for one in marks if one.is_control), default=5)
    kept = [mark for mark in allowed if worst >= rules.control_floor.get(mark, 2)]
    return tuple(kept) if kept else (max(2, min(allowed) - 1),)


def _way_faults(marks: list[Score], pairs: list[Pair], target: int, rules: Rules) -> Iterator[str]:
    weights = (1, 2, 3)
    goal = rules.sure_from[target]
    found = ways_to(target, marks, weights, rules, most=MOST)
    value_sum = sum(value * weight for value, weight in pairs)
    weight_sum = sum(weight for _value, weight in pairs)
    if pairs and _shown(Fraction(value_sum, weight_sum)) >= goal:
        if found:
            yield "way though there"
        return
    kinds = [(value * weight, weight) for value in (5, 4, 3, 2) for weight in weights]

    def reaches(more_value: int, more_weight: int) -> bool:
        return 2 * 100 * (value_sum + more_value) + weight_sum + more_weight >= 2 * goal * (weight_sum + more_weight)

    shortest = next(
        (
            count
            for count in range(1, MOST + 1)
            if any(
                reaches(sum(one[0] for one in more), sum(one[1] for one in more))
                for more in combinations_with_replacement(kinds, count)
            )
        ),
        0,
    )
    if (found[0].count if found else 0) != shortest:
        yield f"way to {target}"
    for way in found:
        if not reaches(way.count * way.value * way.weight, way.count * way.weight):
            yield "way that does not reach"
        if way.count > 1 and reaches((way.count - 1) * way.value * way.weight, (way.count - 1) * way.weight):
            yield "way with a mark too many"


def check(number: int, seed: int = 1) -> list[str]:
    """The faults of so many random gradebooks."""
    chance = random.Random(seed)
    found = []
    for n in range(number):
        marks, rules = random_gradebook(chance)
        found += [f"{n}: {fault}: {marks}" for fault in faults(marks, rules)]
    return found


def main() -> None:
    """Try as many as are named, 100,000 by default."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    started = time.perf_counter()
    found = check(number)
    print(f"{number} random gradebooks, {len(found)} faults, {time.perf_counter() - started:.0f} s")
    print("\n".join(found[:20]))
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
