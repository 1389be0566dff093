"""A calculator that knows numbers, brackets, + − * / **, gcd and lcm, and nothing else: the second opinion on keys."""

import ast
import math
import operator
from collections.abc import Callable
from fractions import Fraction

_SIGNS: dict[type[ast.operator], Callable[[Fraction, Fraction], Fraction]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: lambda base, power: Fraction(base ** int(power)),
}
_NAMES: dict[str, Callable[..., int]] = {"gcd": math.gcd, "lcm": math.lcm}


def calculate(text: str) -> Fraction:
    """The exact value; decimals are taken as they are written."""
    return _value(ast.parse(text, mode="eval").body, text)


def _value(node: ast.expr, text: str) -> Fraction:
    match node:
        case ast.Constant(value=int() | float()):
            return Fraction(ast.get_source_segment(text, node) or "")
        case ast.UnaryOp(op=ast.USub(), operand=inner):
            return -_value(inner, text)
        case ast.BinOp(left=left, op=sign, right=right):
            return _SIGNS[type(sign)](_value(left, text), _value(right, text))
        case ast.Call(func=ast.Name(id=name), args=args):
            return Fraction(_NAMES[name](*(int(_value(arg, text)) for arg in args)))
    raise ValueError(f"not arithmetic: {ast.dump(node)}")
