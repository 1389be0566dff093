"""Tasks of drawing the graph of a function with given properties, judged by the properties and not by the picture.

``{"version": 1, "prompt": …, "x": [-5, 5], "y": [-4, 4], "points": 3, "key": {"properties": [{"is": "zero", "at": ["-2", "3"]},
{"is": "rises", "from": "-2", "to": "1"}, …]}}``. The pupil sets knots by their coordinates; neighbours are joined by
straight pieces. Properties: ``through`` (``at``: [x, y]), ``zero`` (``at``: all the roots), ``domain``, ``rises``, ``falls``, ``constant``
(``from``, ``to``), ``slope`` (``of``, one straight line), ``highest`` and ``lowest`` (``at``: [x, y]), ``even``, ``odd``. Each brings its share.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any

from .axes import axes_faults, read_coordinates
from .contract import Answer, Examples, Fault, Form, Presented, ShownPart, Spec, Unreadable, Variant, Verdict, say
from .numerals import NotANumber, read_number, write_number
from .parts import credit_faults, judge_parts, rule_of
from .spec import common_faults, is_whole, must_be_sound, shown_fields

MOST_KNOTS = 8
MOST_PROPERTIES = 10
Knot = tuple[Fraction, Fraction]
_SHAPES: dict[str, frozenset[str]] = {
    **dict.fromkeys(("through", "highest", "lowest", "zero"), frozenset({"is", "at"})),
    **dict.fromkeys(("rises", "falls", "constant", "domain"), frozenset({"is", "from", "to"})),
    **dict.fromkeys(("even", "odd"), frozenset({"is"})),
    "slope": frozenset({"is", "of"}),
}


@dataclass(frozen=True)
class Graph:
    """A task of drawing a graph."""

    name: str = "graph"

    def prepare(self, spec: Spec, seed: int) -> Variant:
        """The plane and its knots to set."""
        return shown_fields(spec) | {
            "x": list(spec["x"]),
            "y": list(spec["y"]),
            "knots": spec.get("knots", MOST_KNOTS),
            "draw": "graph",
            "rule": rule_of(spec),
        }

    def parse(self, form: Form) -> Answer:
        """Both coordinates of each knot, readable as numbers or empty."""
        return read_coordinates(form)

    def grade(self, spec: Spec, seed: int, answer: Answer) -> Verdict:
        """Each property that the graph has brings its share."""
        must_be_sound(self, spec)
        knots = _knots(answer["given"])
        shares = [Fraction(_has(knots, one)) for one in spec["key"]["properties"]]
        return judge_parts(spec, shares, [Fraction(1)] * len(shares))

    def present(self, spec: Spec, seed: int, answer: Answer, verdict: Verdict) -> Presented:
        """Every property and whether the graph has it; the knots of one that has them all."""
        knots = _knots(answer["given"])
        parts = tuple(
            ShownPart(_said(one), "+" if _has(knots, one) else "−", "+", _has(knots, one))
            for one in spec["key"]["properties"]
        )
        right = "; ".join(_said(one) for one in spec["key"]["properties"])
        return Presented(_written(knots), right, spec.get("why", ""), parts=parts)

    def examples(self, spec: Spec, seed: int = 0) -> Examples:
        """The author's own graph, one point where none of the properties holds, and nothing."""
        right = [str(number) for knot in spec["key"]["graph"] for number in knot]
        return Examples({"answer": right}, {"answer": _values(self._wrong(spec))}, {"answer": ["", ""]})

    def check(self, spec: Spec) -> list[Fault]:
        """A plane of bearable size, known properties, and a graph of the author's that has them all."""
        faults = [
            *common_faults(spec, frozenset({"x", "y", "knots", "credit"})),
            *credit_faults(spec),
            *axes_faults(spec),
        ]
        knots = spec.get("knots", MOST_KNOTS)
        if not is_whole(knots) or not 2 <= knots <= MOST_KNOTS:
            faults.append(Fault("knots", say("A graph has from 2 to 8 knots.")))
        key = spec.get("key")
        if not isinstance(key, dict) or set(key) != {"properties", "graph"} or not _are_properties(key["properties"]):
            return [
                *faults,
                Fault("key", say("Write the properties of the graph, and knots of a graph that has them.")),
            ]
        try:
            given = _knots([str(number) for knot in key["graph"] for number in knot])
        except (NotANumber, TypeError, ValueError, Unreadable):
            given = []
        if faults:
            return faults
        inside = all(spec["x"][0] <= x <= spec["x"][1] and spec["y"][0] <= y <= spec["y"][1] for x, y in given)
        if not 2 <= len(given) <= knots or not inside or not all(_has(given, one) for one in key["properties"]):
            return [Fault("key", say("The graph that is given as right does not have all the properties."))]
        if self._wrong(spec) is None:
            return [Fault("key", say("Every graph has some of these properties; add one that can be missed."))]
        return []

    @staticmethod
    def _wrong(spec: Spec) -> list[Knot] | None:
        """A graph that has none of the properties: looked for among short pieces and steep ones."""
        (left, right), (low, high) = spec["x"], spec["y"]
        for x in range(left, right):
            for y in range(low, high + 1):
                for end in {low, high, y, min(y + 1, high), max(y - 1, low)}:
                    knots = [(Fraction(x), Fraction(y)), (Fraction(x + 1), Fraction(end))]
                    if not any(_has(knots, one) for one in spec["key"]["properties"]):
                        return knots
        return None


def value_at(knots: Sequence[Knot], x: Fraction) -> Fraction | None:
    """The value of the function; None outside its domain."""
    for (x1, y1), (x2, y2) in pairwise(knots):
        if x1 <= x <= x2:
            return y1 + (y2 - y1) * (x - x1) / (x2 - x1)
    return None


def _has(knots: Sequence[Knot], of: dict[str, Any]) -> bool:
    """Whether the graph through these knots has a property."""
    if len(knots) < 2:
        return False
    what = of["is"]
    if what in {"through", "highest", "lowest"}:
        x, y = map(read_number, map(str, of["at"]))
        extreme = {"highest": max, "lowest": min}.get(what)
        return value_at(knots, x) == y and (extreme is None or extreme(one for _, one in knots) == y)
    if what == "zero":
        return _roots(knots) == sorted({read_number(str(one)) for one in of["at"]})
    if what == "slope":
        slopes = {(y2 - y1) / (x2 - x1) for (x1, y1), (x2, y2) in pairwise(knots)}
        return slopes == {read_number(str(of["of"]))}
    if what in {"even", "odd"}:
        sign = 1 if what == "even" else -1
        return all(value_at(knots, -x) == sign * y for x, y in knots)
    begin, end = read_number(str(of["from"])), read_number(str(of["to"]))
    if what == "domain":
        return (knots[0][0], knots[-1][0]) == (begin, end)
    values = [value_at(knots, x) for x in sorted({begin, end, *(x for x, _ in knots if begin < x < end)})]
    known = [one for one in values if one is not None]
    if len(known) < len(values):
        return False
    steps = [b - a for a, b in pairwise(known)]
    return all(step > 0 if what == "rises" else step < 0 if what == "falls" else step == 0 for step in steps)


def _roots(knots: Sequence[Knot]) -> list[Fraction]:
    found: set[Fraction] = set()
    for (x1, y1), (x2, y2) in pairwise(knots):
        if y1 == y2 == 0:
            return []
        if y1 * y2 <= 0:
            found.add(x1 + (x2 - x1) * y1 / (y1 - y2))
    return sorted(found)


def _knots(values: Sequence[str]) -> list[Knot]:
    """Knots from left to right; raises `Unreadable` when a value of x has two of y."""
    pairs = [(values[at], values[at + 1]) for at in range(0, len(values) - 1, 2)]
    knots = sorted({(read_number(x), read_number(y)) for x, y in pairs if x and y})
    if len({x for x, _ in knots}) < len(knots):
        raise Unreadable(say("A function has one value of y for each x: two points stand one above the other."))
    return knots


def _values(knots: list[Knot] | None) -> list[str]:
    return [write_number(one) for knot in knots or () for one in knot]


def _written(knots: Sequence[Knot]) -> str:
    return ", ".join(f"({write_number(x)}; {write_number(y)})" for x, y in knots) or "—"


def _are_properties(value: Any) -> bool:
    if not isinstance(value, list) or not 1 <= len(value) <= MOST_PROPERTIES:
        return False
    return all(
        isinstance(one, dict) and set(one) == set(_SHAPES.get(str(one.get("is")), ())) and _readable(one)
        for one in value
    )


def _readable(of: dict[str, Any]) -> bool:
    numbers = of.get("at", [of[name] for name in ("from", "to", "of") if name in of])
    if not isinstance(numbers, list) or len(numbers) > MOST_KNOTS:
        return False
    if of["is"] in {"through", "highest", "lowest"} and len(numbers) != 2:
        return False
    try:
        read = [read_number(str(one)) for one in numbers]
    except NotANumber:
        return False
    return "from" not in of or read[0] < read[1]


def _said(of: dict[str, Any]) -> str:
    """A property as mathematics writes it: the same in all languages."""
    what = of["is"]
    if what == "through":
        return "f({}) = {}".format(*of["at"])
    if what in {"highest", "lowest"}:
        return "{} f = f({}) = {}".format("max" if what == "highest" else "min", *of["at"])
    if what == "zero":
        return "f(x) = 0 ⇔ x ∈ {" + "; ".join(map(str, of["at"])) + "}"
    if what == "slope":
        return f"k = {of['of']}"
    if what in {"even", "odd"}:
        return "f(−x) = f(x)" if what == "even" else "f(−x) = −f(x)"
    between = f"[{of['from']}; {of['to']}]"
    return {"domain": "D(f) = {}", "rises": "f ↗ {}", "falls": "f ↘ {}", "constant": "f = const, {}"}[what].format(
        between
    )


GRAPH = Graph()
