"""Expressions of QTI 2 and 3 (ASI information model, 2.11): what template processing reckons with.

A value is a number, a text, a truth, a list of those, or None for the standard's NULL. Whatever is not known here, or leaves
the bounds, is ``Unknown``: the file is a stranger's, and a question is better refused than made wrong.
"""

import math
import operator
import random
import statistics
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from lxml import etree

from content_library.interchange.safety.xml import local

Value = Any
"""``bool | int | float | str | list | None``."""
_LARGEST = 1e15
_MOST_STEPS = 20_000
_MOST_VALUES = 1000


class Unknown(Exception):
    """Nothing that can be reckoned here."""


class Reckoning:
    """Reckons expressions with the values of variables; chance is the same for the same seed."""

    def __init__(self, seed: str) -> None:
        self.values: dict[str, Value] = {}
        self.right: dict[str, Value] = {}
        """Right answers that were declared, by the response."""
        self.chance = random.Random(seed)
        self._steps = 0

    def of(self, element: etree._Element) -> Value:
        """The value of an expression. Raises ``Unknown``."""
        self._steps += 1
        if self._steps > _MOST_STEPS:
            raise Unknown
        name = local(element)
        reckon = _BY_ELEMENT.get(name)
        try:
            if reckon is not None:
                return _bounded(reckon(self, element))
            return _bounded(self._of_parts(name, element))
        except (TypeError, ValueError, ArithmeticError, IndexError, statistics.StatisticsError) as error:
            raise Unknown from error

    def number(self, element: etree._Element, name: str, default: float | None = None) -> float:
        """An attribute that is a number or the name of a variable."""
        text = (element.get(name) or "").strip().strip("{}")
        if not text and default is not None:
            return default
        found = self.values[text] if text in self.values else _plain_number(text)
        if isinstance(found, bool) or not isinstance(found, int | float):
            raise Unknown
        return found

    def _of_parts(self, name: str, element: etree._Element) -> Value:
        known = _BY_PARTS.get(name)
        if known is None:
            raise Unknown
        parts = [self.of(one) for one in element if local(one)]
        if name not in _OF_NOTHING and any(one is None for one in parts):
            return None  # NULL makes NULL
        return known(*parts)

    def _base_value(self, element: etree._Element) -> Value:
        return read(element.get("baseType", ""), element.text or "")

    def _variable(self, element: etree._Element) -> Value:
        return self.values.get(element.get("identifier", ""))

    def _correct(self, element: etree._Element) -> Value:
        return self.right.get(element.get("identifier", ""))

    def _random_integer(self, element: etree._Element) -> Value:
        first, last = int(self.number(element, "min", 0)), int(self.number(element, "max"))
        step = int(self.number(element, "step", 1))
        if step < 1 or abs(last) > _LARGEST or abs(first) > _LARGEST:
            raise Unknown
        return self.chance.randrange(first, last + 1, step)

    def _random_float(self, element: etree._Element) -> Value:
        return round(self.chance.uniform(self.number(element, "min", 0), self.number(element, "max")), 4)

    def _random(self, element: etree._Element) -> Value:
        [heap] = [self.of(one) for one in element if local(one)]
        return self.chance.choice(heap) if heap else None

    def _repeat(self, element: etree._Element) -> Value:
        made: list[Value] = []
        for _turn in range(int(self.number(element, "numberRepeats"))):
            made += _flat([self.of(one) for one in element if local(one)])
            if len(made) > _MOST_VALUES:
                raise Unknown
        return made or None

    def _index(self, element: etree._Element) -> Value:
        [listed] = [self.of(one) for one in element if local(one)]
        place = int(self.number(element, "n"))
        return listed[place - 1] if listed and 1 <= place <= len(listed) else None

    def _equal(self, element: etree._Element) -> Value:
        one, other = (self.of(part) for part in element if local(part))
        if one is None or other is None:
            return None
        margins = [_plain_number(part) for part in element.get("tolerance", "0").split()]
        mode = element.get("toleranceMode", "exact")
        if mode == "exact" or not margins:
            return bool(one == other)
        below, above = margins[0], margins[-1]
        if mode == "relative":
            below, above = abs(one) * below / 100, abs(one) * above / 100
        return bool(one - below <= other <= one + above)

    def _equal_rounded(self, element: etree._Element) -> Value:
        one, other = (self.of(part) for part in element if local(part))
        return _rounded(self, element, one) == _rounded(self, element, other)

    def _round_to(self, element: etree._Element) -> Value:
        [value] = [self.of(one) for one in element if local(one)]
        return _rounded(self, element, value)

    def _math(self, element: etree._Element) -> Value:
        parts = [self.of(one) for one in element if local(one)]
        known = _MATH.get(element.get("name", ""))
        if known is None:
            raise Unknown
        return None if any(one is None for one in parts) else known(*parts)

    def _constant(self, element: etree._Element) -> Value:
        return {"pi": math.pi, "e": math.e}[element.get("name", "")]

    def _statistic(self, element: etree._Element) -> Value:
        [numbers] = [self.of(one) for one in element if local(one)]
        known = _STATISTICS.get(element.get("name", ""))
        if known is None:
            raise Unknown
        return known(_flat([numbers])) if numbers else None


def read(base: str, text: str) -> Value:
    """A value as its type writes it. Raises ``Unknown``."""
    plain = text.strip()
    if base == "integer":
        return int(_plain_number(plain))
    if base == "float":
        return float(_plain_number(plain))
    return plain == "true" if base == "boolean" else plain


def written(value: Value) -> str:
    """A value as a reader of the question sees it."""
    if isinstance(value, list):
        return ", ".join(map(written, value))
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:.10g}"
    return "" if value is None else str(value)


def _plain_number(text: str) -> float:
    try:
        return int(text)
    except ValueError:
        pass
    try:
        found = float(text)
    except ValueError:
        raise Unknown from None
    return found if math.isfinite(found) else 0.0


def _bounded(value: Value) -> Value:
    if isinstance(value, list):
        if len(value) > _MOST_VALUES:
            raise Unknown
        return [_bounded(one) for one in value]
    if isinstance(value, complex):
        raise Unknown
    if isinstance(value, int | float) and not abs(value) < _LARGEST:
        raise Unknown
    return value


def _flat(parts: Sequence[Value]) -> list[Value]:
    made: list[Value] = []
    for one in parts:
        made.extend(one if isinstance(one, list) else [] if one is None else [one])
    return made


def _rounded(reckoning: Reckoning, element: etree._Element, value: Value) -> Value:
    if value is None:
        return None
    figures = int(reckoning.number(element, "figures", 0))
    if element.get("roundingMode", "significantFigures") != "decimalPlaces":
        figures -= 1 + (math.floor(math.log10(abs(value))) if value else 0)
    return round(_half_up(float(value) * 10.0**figures) / 10.0**figures, 12)


def _half_up(value: float) -> int:
    return math.floor(value + 0.5)


def _divided(one: float, other: float) -> Value:
    return one / other if other else None


def _whole(one: int, other: int) -> Value:
    return one // other if other else None


def _rest(one: int, other: int) -> Value:
    return one % other if other else None


def _same(one: Value, other: Value) -> bool:
    return bool(one == other)


_BY_ELEMENT: Mapping[str, Callable[[Reckoning, etree._Element], Value]] = {
    "baseValue": Reckoning._base_value,  # noqa: SLF001 - its own table
    "variable": Reckoning._variable,  # noqa: SLF001
    "correct": Reckoning._correct,  # noqa: SLF001
    "randomInteger": Reckoning._random_integer,  # noqa: SLF001
    "randomFloat": Reckoning._random_float,  # noqa: SLF001
    "random": Reckoning._random,  # noqa: SLF001
    "repeat": Reckoning._repeat,  # noqa: SLF001
    "index": Reckoning._index,  # noqa: SLF001
    "equal": Reckoning._equal,  # noqa: SLF001
    "equalRounded": Reckoning._equal_rounded,  # noqa: SLF001
    "roundTo": Reckoning._round_to,  # noqa: SLF001
    "mathOperator": Reckoning._math,  # noqa: SLF001
    "mathConstant": Reckoning._constant,  # noqa: SLF001
    "statsOperator": Reckoning._statistic,  # noqa: SLF001
}
_OF_NOTHING = {"null", "isNull", "multiple", "ordered", "and", "or"}
_BY_PARTS: Mapping[str, Callable[..., Value]] = {
    "null": lambda: None,
    "isNull": lambda one: one is None or one in ([], ""),
    "multiple": lambda *parts: _flat(parts) or None,
    "ordered": lambda *parts: _flat(parts) or None,
    "containerSize": lambda one: len(one) if isinstance(one, list) else 1,
    "member": lambda one, heap: one in heap,
    "contains": lambda heap, some: all(one in _flat([heap]) for one in _flat([some])),
    "delete": lambda one, heap: [other for other in heap if other != one] or None,
    "substring": lambda one, other: one in other,
    "sum": lambda *parts: sum(_flat(parts)),
    "product": lambda *parts: math.prod(_flat(parts)),
    "subtract": operator.sub,
    "divide": _divided,
    "integerDivide": _whole,
    "integerModulus": _rest,
    "power": lambda one, other: float(one) ** float(other),
    "round": _half_up,
    "truncate": math.trunc,
    "integerToFloat": float,
    "min": lambda *parts: min(_flat(parts)),
    "max": lambda *parts: max(_flat(parts)),
    "gcd": lambda *parts: math.gcd(*_flat(parts)),
    "lcm": lambda *parts: math.lcm(*_flat(parts)),
    "match": _same,
    "stringMatch": _same,
    "lt": operator.lt,
    "gt": operator.gt,
    "lte": operator.le,
    "gte": operator.ge,
    "not": operator.not_,
    "and": lambda *parts: all(parts),
    "or": lambda *parts: any(parts),
}
_MATH: Mapping[str, Callable[..., Value]] = {
    "sin": math.sin,
    "cos": math.cos,
    "tan": math.tan,
    "asin": math.asin,
    "acos": math.acos,
    "atan": math.atan,
    "atan2": math.atan2,
    "exp": math.exp,
    "ln": math.log,
    "log": math.log10,
    "abs": abs,
    "floor": math.floor,
    "ceil": math.ceil,
    "signum": lambda one: (one > 0) - (one < 0),
    "toDegrees": math.degrees,
    "toRadians": math.radians,
}
_STATISTICS: Mapping[str, Callable[[list[Value]], Value]] = {
    "mean": statistics.fmean,
    "popSD": statistics.pstdev,
    "popVariance": statistics.pvariance,
    "sampleSD": statistics.stdev,
    "sampleVariance": statistics.variance,
}
