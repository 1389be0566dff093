r"""Formulas inside the words of a question: ``$\frac{1}{2}x^2 \ge 3$`` or ``\(…\)`` in a prompt or an option.

What can be read is shown as a formula, or in one line where a page holds plain text only (drop-downs). What can't be read stays as it
was written, so that two prices in dollars are no formula. Nothing is executed; see `expressions`.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from html import escape, unescape

from .expressions import FUNCTIONS, Node, NotAFormula, read_formula
from .mathml import number_as_written, row

_INSIDE = re.compile(r"\$(?P<one>[^$\n]{1,200})\$|\\\((?P<other>.{1,200}?)\\\)")
_RELATIONS = {
    r"\leqslant": "≤", r"\geqslant": "≥", r"\leq": "≤", r"\geq": "≥", r"\neq": "≠", r"\approx": "≈", r"\le": "≤", r"\ge": "≥",
    r"\pm": "±", r"\ne": "≠", r"\to": "→", r"\lt": "<", r"\gt": ">",
}  # fmt: skip
_RELATION = re.compile(
    "(" + "|".join(rf"{re.escape(one)}(?![a-z])" for one in sorted(_RELATIONS, key=len, reverse=True)) + "|[=<>≤≥≠≈→±])"
)
_NO_FORMULA = re.compile(r"[А-Яа-яЁё]|^\s|\s$")
_RAISED = str.maketrans("0123456789−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
_RANK = {"+": 1, "-": 1, "neg": 1, "*": 2, "/": 2}


def has_formula(text: str) -> bool:
    """Whether there may be one: cheap, for the many texts that have none."""
    return "$" in text or "\\(" in text


@lru_cache(2048)
def as_markup(text: str) -> str:
    """The words as HTML, formulas in MathML, which screen readers say."""
    return _through(text, _as_math, escape)


@lru_cache(2048)
def as_line(text: str) -> str:
    """The words as plain text, formulas in one line: ``(x² + 1)/2``."""
    return _through(text, lambda sides: _spaced([one if isinstance(one, str) else _line(one) for one in sides]), str)


@lru_cache(2048)
def in_html(markup: str) -> str:
    """The same in words that are HTML already, as of a unit that is read and not answered."""
    return _through(markup, _as_math, str, lambda inside: "" if "<" in inside else unescape(inside))


def _as_math(sides: list[Node | str]) -> str:
    return f"<math><mrow>{''.join(map(_side, sides))}</mrow></math>"


def _through(
    text: str, formula: Callable[[list[Node | str]], str], plain: Callable[[str], str], read: Callable[[str], str] = str
) -> str:
    made, at = [], 0
    for found in _INSIDE.finditer(text):
        sides = _read(read(found["one"] or found["other"]))
        if sides is None:
            continue
        made += [plain(text[at : found.start()]), formula(sides)]
        at = found.end()
    return "".join([*made, plain(text[at:])])


def _read(written: str) -> list[Node | str] | None:
    """Sides of an equation or an inequality with the signs between them; None when it is no formula."""
    if _NO_FORMULA.search(written):
        return None
    sides: list[Node | str] = []
    try:
        pieces = _RELATION.split(written)
        for place, piece in enumerate(pieces):
            if place % 2:
                sides.append(_RELATIONS.get(piece, piece))
            elif piece.strip() or pieces[place + 1 : place + 2] not in ([r"\pm"], ["±"]):  # x = ±2 has nothing between
                sides.append(read_formula(piece))
    except NotAFormula:
        return None
    return sides


def _side(one: Node | str) -> str:
    return f"<mo>{escape(one)}</mo>" if isinstance(one, str) else row(one)


def _spaced(sides: list[str]) -> str:
    """Signs stand apart, but for one that belongs to the number after it: ``x = ±2``."""
    said = " ".join(sides)
    return re.sub(r"(^|[=<>≤≥≠≈→] )± ", r"\1±", said)


def _line(node: Node, above: int = 0) -> str:
    if node.what == "number":
        return number_as_written(node.value)
    if not node.parts:
        return node.what
    if node.what == "abs":
        return f"|{_line(node.parts[0])}|"
    if node.what == "sqrt":
        inner = node.parts[0]
        return f"√{_line(inner)}" if not inner.parts else f"√({_line(inner)})"
    if node.what in FUNCTIONS:
        return f"{node.what}({_line(node.parts[0])})"
    if node.what == "^":
        base, power = _line(node.parts[0], 9), _line(node.parts[1])
        return base + (power.translate(_RAISED) if re.fullmatch("−?[0-9]+", power) else f"^({power})")
    rank = _RANK[node.what]
    if node.what == "neg":
        said = f"−{_line(node.parts[0], 2)}"
    else:
        left, right = _line(node.parts[0], rank), _line(node.parts[1], rank + (node.what != "+"))
        sign = {"+": " + ", "-": " − ", "*": "·" if right[:1].isdigit() else "", "/": "/"}[node.what]
        said = left + sign + right
    return f"({said})" if rank < above else said
