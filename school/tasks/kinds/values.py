"""What formulas are worth: two are equal when they have equal values at many points.

Nothing is simplified. Rational formulas are counted in the field of a large prime, which is exact and takes the same
time whatever the powers are; others in complex numbers, within a hair.
"""

import cmath
from collections.abc import Callable, Mapping
from fractions import Fraction

from .expressions import Node

MAX_POWER = 200
PRIME = 2**61 - 1
_NEAR = 1e-9
_HUGE = 1e15
_FEWEST_POINTS = 4

_FUNCTIONS: dict[str, Callable[[complex], complex]] = {
    "sqrt": cmath.sqrt,
    "sin": cmath.sin,
    "cos": cmath.cos,
    "tg": cmath.tan,
    "ctg": lambda value: 1 / cmath.tan(value),
    "arcsin": cmath.asin,
    "arccos": cmath.acos,
    "arctg": cmath.atan,
    "ln": cmath.log,
    "lg": cmath.log10,
    "abs": abs,
}
_CONSTANTS: dict[str, complex] = {"π": cmath.pi}


class _NotRational(Exception):
    """The formula has no value in the field."""


def _in_field(node: Node, point: Mapping[str, int]) -> int:
    """The value modulo the prime; raises `ZeroDivisionError` and `_NotRational`."""
    if node.what == "number":
        return node.value.numerator * _inverse(node.value.denominator) % PRIME
    if node.is_letter:
        return point[node.what]
    if node.what == "^":
        power = whole_power(node.parts[1])
        if power is None:
            raise _NotRational
        base = _in_field(node.parts[0], point)
        return pow(_inverse(base) if power < 0 else base, abs(power), PRIME)
    if node.what not in _FIELD:
        raise _NotRational
    return _FIELD[node.what](*(_in_field(one, point) for one in node.parts)) % PRIME


def _inverse(value: int) -> int:
    if value % PRIME == 0:
        raise ZeroDivisionError
    return pow(value, -1, PRIME)


_FIELD: dict[str, Callable[..., int]] = {
    "+": lambda one, other: one + other,
    "-": lambda one, other: one - other,
    "*": lambda one, other: one * other,
    "/": lambda one, other: one * _inverse(other),
    "neg": lambda one: -one,
}


def whole_power(node: Node) -> int | None:
    """An exponent without letters that is a whole number of bearable size."""
    try:
        value = exact(node, {})
    except (KeyError, ZeroDivisionError, ValueError):
        return None
    return int(value) if value.denominator == 1 and abs(value) <= MAX_POWER else None


def exact(node: Node, point: Mapping[str, Fraction]) -> Fraction:
    """The value as a fraction. Raises ``KeyError`` for an unknown letter, ``ValueError`` for what is not rational or huge."""
    if node.what == "number":
        return node.value
    if not node.parts:
        return point[node.what]
    if node.what == "abs":
        return abs(exact(node.parts[0], point))
    if node.what == "^":
        base, power = exact(node.parts[0], point), exact(node.parts[1], point)
        bits = max(base.numerator.bit_length(), base.denominator.bit_length())
        if power.denominator != 1 or abs(power) * bits > MAX_POWER * 20:
            raise ValueError("power")
        return base ** int(power)
    if node.what not in _EXACT:
        raise ValueError(node.what)
    return _EXACT[node.what](*(exact(one, point) for one in node.parts))


_EXACT: dict[str, Callable[..., Fraction]] = {
    "+": lambda one, other: one + other,
    "-": lambda one, other: one - other,
    "*": lambda one, other: one * other,
    "/": lambda one, other: one / other,
    "neg": lambda one: -one,
}


def _in_complex(node: Node, point: Mapping[str, complex]) -> complex:
    """The value as a complex number; raises arithmetic errors where there is none."""
    if node.what == "number":
        return complex(node.value)
    if not node.parts:
        return _CONSTANTS.get(node.what) or point[node.what]
    values = [_in_complex(one, point) for one in node.parts]
    if any(abs(value) > _HUGE for value in values):
        raise OverflowError
    if node.what in _FUNCTIONS:
        return _FUNCTIONS[node.what](values[0])
    one, other = values[0], values[-1]
    operations: dict[str, Callable[[], complex]] = {
        "+": lambda: one + other,
        "-": lambda: one - other,
        "*": lambda: one * other,
        "/": lambda: one / other,
        "neg": lambda: -one,
        "^": lambda: one**other,
    }
    return operations[node.what]()


def _points(letters: frozenset[str], count: int) -> list[dict[str, int]]:
    """Points of the field, the same for ever; far apart for each letter."""
    return [
        {letter: pow(5 + ord(letter), 1_000_003 * (n + 2), PRIME) for letter in sorted(letters)} for n in range(count)
    ]


def are_equal(one: Node, other: Node) -> bool:
    """Whether two formulas have the same value wherever both have one."""
    letters = one.letters | other.letters
    try:
        return _are_equal_in_field(one, other, letters)
    except _NotRational:
        return _are_equal_in_complex(one, other, letters)


def _are_equal_in_field(one: Node, other: Node, letters: frozenset[str]) -> bool:
    seen = 0
    for point in _points(letters, 8):
        try:
            left, right = _in_field(one, point), _in_field(other, point)
        except ZeroDivisionError:
            continue
        if left != right:
            return False
        seen += 1
    return seen >= _FEWEST_POINTS


def _are_equal_in_complex(one: Node, other: Node, letters: frozenset[str]) -> bool:
    seen = 0
    for n, point in enumerate(_points(letters, 24)):
        # Between 0.2 and 3.2, every third point negative: the sign tells |x| from x.
        values = {letter: (0.2 + number % 3001 / 1000) * (-1 if n % 3 == 2 else 1) for letter, number in point.items()}
        try:
            left, right = (
                _in_complex(node, {letter: complex(value) for letter, value in values.items()}) for node in (one, other)
            )
            if not cmath.isfinite(left) or not cmath.isfinite(right):
                continue
        except (ArithmeticError, ValueError):
            continue
        if abs(left - right) > _NEAR * max(1.0, abs(left), abs(right)):
            return False
        seen += 1
    return seen >= _FEWEST_POINTS
