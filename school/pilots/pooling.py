"""One protocol in several schools: each school's difference, and all together. Pure, and from sums only: no pupil's row leaves a school.

The pooled difference is the analysis of ``analysis`` over all schools: arms are compared inside the strata of each school, so that a school
with better pupils moves nothing, and each stratum weighs by what it tells. A school with fewer than five results in an arm
gives no sums at all, so its own cannot be found by taking the others away.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import reduce
from operator import add
from typing import Any, Final

from school.pilots.analysis import LEAST, Difference, Moments, differences_of
from school.pilots.strata import SMALL

_NORMAL: Final = 1.96


@dataclass(frozen=True, slots=True)
class Part:
    """What one school gave to one test and outcome."""

    school_id: int
    name: str
    moments: Moments | None
    """None: fewer than five results in an arm."""
    is_stopped: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A school beside the others."""

    name: str
    n: int
    n_first: int
    found: Difference | None
    """None where there is too little to reckon an interval from; it counts in the sum all the same."""
    weight: float
    """Per cent of the sum."""
    is_stopped: bool


@dataclass(frozen=True, slots=True)
class Pool:
    """One arm against the first, over schools, in the order of their names and no other."""

    arm: str
    lines: tuple[Line, ...]
    hidden: int
    """Schools with fewer than five results in an arm."""
    n: int
    n_first: int
    total: Difference | None
    """None under twenty in an arm."""
    unlike: int | None
    """Per cent of the spread between schools that chance does not explain (I²); None of fewer than two."""


def sums_of(moments: Moments) -> dict[str, Any]:
    """As it is kept; empty where an arm is small."""
    return asdict(moments) if min(moments.n) >= SMALL else {}


def moments_in(sums: Mapping[str, Any]) -> Moments | None:
    """As it was kept."""
    if not sums:
        return None
    return Moments(
        arms=tuple(sums["arms"]),
        n=tuple(sums["n"]),
        sums=tuple(sums["sums"]),
        squares=tuple(sums["squares"]),
        groups=sums["groups"],
        xx=tuple(tuple(row) for row in sums["xx"]),
        xy=tuple(sums["xy"]),
        yy=sums["yy"],
    )


def pooled(parts: Sequence[Part], arms: Sequence[str]) -> list[Pool]:
    """Every arm but the first, in the protocol's order."""
    told = [(one, one.moments) for one in parts if one.moments is not None]
    if not told:
        return [Pool(arm, (), len(parts), 0, 0, None, None) for arm in arms[1:]]
    whole = reduce(add, (moments for _one, moments in told))
    return [_pool(arm, n, told, whole, len(parts) - len(told)) for n, arm in enumerate(arms[1:], start=1)]


def _pool(arm: str, at: int, told: Sequence[tuple[Part, Moments]], whole: Moments, hidden: int) -> Pool:
    singles = [_of(moments, arm) for _one, moments in told]
    # The weight of a school in the sum is the information it has on this arm: its column less the means of strata.
    all_of_it = whole.xx[at - 1][at - 1] or 1.0
    lines = [
        Line(one.name, m.n[at], m.n[0], single, 100 * m.xx[at - 1][at - 1] / all_of_it, one.is_stopped)
        for (one, m), single in zip(told, singles, strict=True)
    ]
    is_told = min(whole.n[at], whole.n[0]) >= LEAST
    total = _of(whole, arm) if is_told else None
    lines.sort(key=lambda one: one.name)
    return Pool(arm, tuple(lines), hidden, whole.n[at], whole.n[0], total, _unlike([one for one in singles if one]))


def _of(moments: Moments, arm: str) -> Difference | None:
    return next(iter(differences_of(moments, [arm])), None)


def _unlike(singles: Sequence[Difference]) -> int | None:
    known = [(one.value, _NORMAL / (one.high - one.value)) for one in singles if one.high > one.value]
    if len(known) < 2:
        return None
    weights = [root * root for _value, root in known]
    middle = sum(w * value for w, (value, _root) in zip(weights, known, strict=True)) / sum(weights)
    q = sum(w * (value - middle) ** 2 for w, (value, _root) in zip(weights, known, strict=True))
    return round(100 * max(0.0, (q - (len(known) - 1)) / q)) if q > 0 else 0
