"""Formulas for a page: all browsers of today show MathML, and screen readers say it."""

from fractions import Fraction
from html import escape

from .expressions import FUNCTIONS, Node

_RANK = {"+": 1, "-": 1, "neg": 1, "*": 2, "/": 4, "^": 3}


def mathml(node: Node) -> str:
    """The formula as an element ``math``."""
    return f"<math><mrow>{_shown(node)}</mrow></math>"


def row(node: Node) -> str:
    """Its inside, for a formula of several sides."""
    return f"<mrow>{_shown(node)}</mrow>"


def _shown(node: Node) -> str:
    if node.what == "number":
        return f"<mn>{number_as_written(node.value)}</mn>"
    if not node.parts:
        return f"<mi>{escape(node.what)}</mi>"
    if node.what == "/":
        return f"<mfrac><mrow>{_shown(node.parts[0])}</mrow><mrow>{_shown(node.parts[1])}</mrow></mfrac>"
    if node.what == "sqrt":
        return f"<msqrt><mrow>{_shown(node.parts[0])}</mrow></msqrt>"
    if node.what == "abs":
        return f"<mo>|</mo>{_shown(node.parts[0])}<mo>|</mo>"
    if node.what == "^":
        base = node.parts[0]
        inner = _shown(base) if not base.parts and base.value >= 0 else _bracketed(base)
        return f"<msup><mrow>{inner}</mrow><mrow>{_shown(node.parts[1])}</mrow></msup>"
    if node.what in FUNCTIONS:
        return f"<mi>{node.what}</mi>{_bracketed(node.parts[0])}"
    if node.what == "neg":
        return f"<mo>−</mo>{_within(node.parts[0], 2)}"
    left, right = node.parts
    rank = _RANK[node.what]
    sign = {"+": "+", "-": "−", "*": "·"}[node.what]
    if node.what == "*" and not (
        right.what == "number" or (right.what in {"*", "^"} and _first(right).what == "number")
    ):
        sign = "\u2062"
    return f"{_within(left, rank)}<mo>{sign}</mo>{_within(right, rank + (node.what != '+'), also_minus=True)}"


def _first(node: Node) -> Node:
    while node.parts and node.what in {"*", "^"}:
        node = node.parts[0]
    return node


def _within(node: Node, rank: int, *, also_minus: bool = False) -> str:
    low = _RANK.get(node.what, 9) < rank or (also_minus and node.what == "neg")
    return _bracketed(node) if low else _shown(node)


def _bracketed(node: Node) -> str:
    return f"<mrow><mo>(</mo>{_shown(node)}<mo>)</mo></mrow>"


def number_as_written(value: Fraction) -> str:
    """With a decimal comma and a real minus."""
    digits = f"{value.numerator / value.denominator:.12g}" if value.denominator != 1 else str(value.numerator)
    return digits.replace(".", ",").replace("-", "−")
