"""Tasks on a coordinate plane: points are set, and judged by their places or by a property.

``{"version": 1, "prompt": …, "x": [-5, 5], "y": [-5, 5], "marks": ["A", "B"], "key": {"at": [["1", "2"], ["-3", "0"]]}}`` or
``"key": {"on": "y = 2x + 1"}``: any different points of this curve are right. Optional ``draw``: ``"line"``, ``"segment"`` or ``"polygon"``
through the points, and ``credit``. The answer holds x and y of each point, in their order, as they were written.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice

from .axes import axes_faults, read_coordinates
from .contract import Answer, Examples, Fault, Form, Presented, ShownPart, Spec, Variant, Verdict, say
from .expressions import NotAFormula, read_formula
from .numerals import NotANumber, read_number, write_number
from .parts import NOTHING, as_line, credit_faults, different_texts, judge_parts, part_at, rule_of
from .spec import common_faults, must_be_sound, shown_fields
from .values import exact

FIELDS = frozenset({"x", "y", "marks", "draw", "credit"})
DRAWN = ("points", "line", "segment", "polygon")
MOST_POINTS = 6
Point = tuple[Fraction, Fraction]


def lies_on(equation: str, point: Point) -> bool:
    """Whether a point satisfies «left = right»; not where a side has no value."""
    left, _, right = equation.partition("=")
    numbers = {"x": point[0], "y": point[1]}
    try:
        return exact(read_formula(left), numbers) == exact(read_formula(right), numbers)
    except (NotAFormula, KeyError, ValueError, ZeroDivisionError):
        return False


def _written(point: Point) -> str:
    return f"({write_number(point[0])}; {write_number(point[1])})"


@dataclass(frozen=True)
class Plane:
    """A task on a coordinate plane."""

    name: str = "plane"

    def prepare(self, spec: Spec, seed: int) -> Variant:
        """The plane with its limits, and the names of the points."""
        return shown_fields(spec) | {
            "x": list(spec["x"]),
            "y": list(spec["y"]),
            "marks": list(spec["marks"]),
            "draw": spec.get("draw", "points"),
            "rule": rule_of(spec) if len(spec["marks"]) > 1 else "",
        }

    def parse(self, form: Form) -> Answer:
        """Both coordinates of each point, readable as numbers or empty."""
        return read_coordinates(form)

    def grade(self, spec: Spec, seed: int, answer: Answer) -> Verdict:
        """Each point at its place, or each different point of the curve, brings its share."""
        must_be_sound(self, spec)
        shares = [Fraction(is_right) for is_right in self._rights(spec, answer)]
        return judge_parts(spec, shares, [Fraction(1)] * len(shares))

    def present(self, spec: Spec, seed: int, answer: Answer, verdict: Verdict) -> Presented:
        """Every point with the place it got and its own, or the property it should have."""
        given, rights = self._given(spec, answer), self._rights(spec, answer)
        wanted = [str(spec["key"]["on"])] * len(given) if "on" in spec["key"] else list(map(_written, self._at(spec)))
        parts = tuple(
            ShownPart(name, _written(one) if one else NOTHING, right, is_right)
            for name, one, right, is_right in zip(spec["marks"], given, wanted, rights, strict=True)
        )
        return Presented(as_line(parts), as_line(parts, right=True), spec.get("why", ""), parts=parts)

    def examples(self, spec: Spec, seed: int = 0) -> Examples:
        """Right points, points beside them, and none."""
        count = len(spec["marks"])
        if "on" in spec["key"]:
            right = list(islice((one for one in self._grid(spec) if lies_on(spec["key"]["on"], one)), count))
            wrong = list(islice((one for one in self._grid(spec) if not lies_on(spec["key"]["on"], one)), count))
        else:
            right = self._at(spec)
            wrong = [(x + 1, y) if x < spec["x"][1] else (x - 1, y) for x, y in right]
        return Examples({"answer": self._values(right)}, {"answer": self._values(wrong)}, {"answer": ["", ""]})

    def check(self, spec: Spec) -> list[Fault]:
        """A plane of bearable size, different names, and a key that can be met on the grid."""
        faults = [*common_faults(spec, FIELDS), *credit_faults(spec), *axes_faults(spec)]
        if spec.get("draw", "points") not in DRAWN:
            faults.append(Fault("draw", say("Choose what is drawn through the points.")))
        what = different_texts(spec.get("marks"), 1, MOST_POINTS)
        if what:
            faults.append(Fault("marks", what))
        if faults:
            return [*faults, *self._key_shape(spec)]
        return self._key_shape(spec) or self._key_faults(spec)

    @staticmethod
    def _key_shape(spec: Spec) -> list[Fault]:
        key = spec.get("key")
        if isinstance(key, dict) and (
            (set(key) == {"on"} and isinstance(key["on"], str)) or (set(key) == {"at"} and isinstance(key["at"], list))
        ):
            return []
        return [Fault("key", say("Give the place of each point, or the equation that they satisfy."))]

    def _key_faults(self, spec: Spec) -> list[Fault]:
        key, count = spec["key"], len(spec["marks"])
        if "on" in key:
            on = sum(1 for _ in islice((one for one in self._grid(spec) if lies_on(key["on"], one)), count))
            off = any(not lies_on(key["on"], one) for one in self._grid(spec))
            if key["on"].count("=") == 1 and on == count and off:
                return []
            return [Fault("key", say("Too few points of the grid satisfy the equation, or it can't be read."))]
        try:
            places = self._at(spec)
        except (NotANumber, TypeError, ValueError):
            places = []
        (left, right), (low, high) = spec["x"], spec["y"]
        if len(places) == count and all(left <= x <= right and low <= y <= high for x, y in places):
            return []
        return [Fault("key", say("Give the place of each point, or the equation that they satisfy."))]

    @staticmethod
    def _at(spec: Spec) -> list[Point]:
        return [(read_number(str(x)), read_number(str(y))) for x, y in spec["key"]["at"]]

    @staticmethod
    def _values(points: list[Point]) -> list[str]:
        return [write_number(one) for point in points for one in point]

    @staticmethod
    def _grid(spec: Spec) -> Iterator[Point]:
        (left, right), (low, high) = spec["x"], spec["y"]
        return ((Fraction(x), Fraction(y)) for x in range(left, right + 1) for y in range(low, high + 1))

    @staticmethod
    def _given(spec: Spec, answer: Answer) -> list[Point | None]:
        given: list[Point | None] = []
        for place in range(len(spec["marks"])):
            x, y = part_at(answer, 2 * place), part_at(answer, 2 * place + 1)
            given.append((read_number(x), read_number(y)) if x and y else None)
        return given

    def _rights(self, spec: Spec, answer: Answer) -> list[bool]:
        given = self._given(spec, answer)
        if "at" in spec["key"]:
            return [one == right for one, right in zip(given, self._at(spec), strict=True)]
        return [
            one is not None and one not in given[:place] and lies_on(spec["key"]["on"], one)
            for place, one in enumerate(given)
        ]


PLANE = Plane()
