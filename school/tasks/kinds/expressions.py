"""Formulas as pupils write them, on a line or in LaTeX, read into a tree of numbers, letters, five operations and a
dozen functions. Nothing is executed; length and depth are bounded.
"""

import re
from dataclasses import dataclass
from fractions import Fraction

MAX_LENGTH = 300
MAX_DEPTH = 30

FUNCTIONS = ("sqrt", "sin", "cos", "tg", "ctg", "arcsin", "arccos", "arctg", "ln", "lg", "abs")
CONSTANTS = ("π",)
_SYNONYMS = {"tan": "tg", "cot": "ctg", "arctan": "arctg", "log": "lg"}
_NAMES = sorted({*FUNCTIONS, *_SYNONYMS}, key=len, reverse=True)
_LIKE_LATIN = str.maketrans("хуасеорХУАСЕОРкКмМТНВ", "xyaceopXYACEOPkKmMTHB")
_SIGNS = str.maketrans(
    {"−": "-", "–": "-", "—": "-", "·": "*", "×": "*", "⋅": "*", ":": "/", "÷": "/", "∕": "/", "⁄": "/"}
)
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
_LATEX = (
    (re.compile(r"\\(?:left|right|displaystyle|,|;|!|quad|mathrm)"), ""),
    (re.compile(r"\\[dt]?frac\s*(\d)\s*(\d)"), r"((\1)/(\2))"),
    (re.compile(r"\\(?:cdot|times)"), "*"),
    (re.compile(r"\\(?:div|colon)"), "/"),
    (re.compile(r"\\pi"), "π"),
    (re.compile(r"\\(?:lvert|rvert|vert)"), "|"),
    (re.compile(r"\\operatorname\{(\w+)\}"), r"\1"),
)
_TOKEN = re.compile(
    r"(?P<number>\d+(?:[.,]\d+)?|[.,]\d+)|(?P<command>\\[a-z]+)|(?P<letter>[^\W\d_])|(?P<sign>[-+*/^(){}|\[\]√])"
)


class NotAFormula(ValueError):
    """This can't be read; ``at`` is the piece where reading stopped."""

    def __init__(self, at: str) -> None:
        super().__init__(at)
        self.at = at


@dataclass(frozen=True, slots=True)
class Node:
    """A number, a letter, or an operation on other nodes (``+ - * / ^ neg`` or the name of a function)."""

    what: str
    parts: tuple["Node", ...] = ()
    value: Fraction = Fraction(0)

    @property
    def letters(self) -> frozenset[str]:
        """All letters in it."""
        return frozenset({self.what}) if self.is_letter else frozenset().union(*(one.letters for one in self.parts))

    @property
    def is_letter(self) -> bool:
        """Whether this is a letter that stands for a number."""
        return not self.parts and self.what not in {"number", *CONSTANTS}


def read_formula(text: str) -> Node:
    """Raises `NotAFormula`."""
    if not text.strip() or len(text) > MAX_LENGTH:
        raise NotAFormula(text[:20])
    return _Reader(_tokens(text)).whole()


def _tokens(text: str) -> list[tuple[str, str]]:
    text = text.translate(_SIGNS)
    text = re.sub(r"[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+", lambda found: f"^({found[0].translate(_RAISED)})", text)
    text = text.translate(_LIKE_LATIN)
    for pattern, plain in _LATEX:
        text = pattern.sub(plain, text)
    tokens: list[tuple[str, str]] = []
    at = 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        name = next((name for name in _NAMES if text.startswith(name, at)), "")
        found = _TOKEN.match(text, at)
        if name:
            tokens.append(("function", _SYNONYMS.get(name, name)))
            at += len(name)
        elif found is None or found.lastgroup is None:
            raise NotAFormula(text[at : at + 1])
        elif found.lastgroup == "command":
            tokens.append(_command(found[0]))
            at = found.end()
        else:
            tokens.append((found.lastgroup, found[0]))
            at = found.end()
    return tokens


def _command(written: str) -> tuple[str, str]:
    name = written.removeprefix("\\")
    if name in {"frac", "dfrac", "tfrac"}:
        return "frac", name
    name = _SYNONYMS.get(name, name)
    if name not in FUNCTIONS:
        raise NotAFormula(written)
    return "function", name


class _Reader:
    """Recursive descent over tokens."""

    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self.tokens, self.at, self.depth, self.bars = tokens, 0, 0, 0

    def whole(self) -> Node:
        """Everything, with nothing left."""
        node = self._sum()
        if self.at < len(self.tokens):
            raise NotAFormula(self.tokens[self.at][1])
        return node

    def _peek(self) -> tuple[str, str]:
        return self.tokens[self.at] if self.at < len(self.tokens) else ("end", "")

    def _take(self, sign: str) -> bool:
        if self._peek() == ("sign", sign):
            self.at += 1
            return True
        return False

    def _sum(self) -> Node:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise NotAFormula("(")
        node = self._product()
        while self._peek() in {("sign", "+"), ("sign", "-")}:
            sign = self._peek()[1]
            self.at += 1
            node = Node(sign, (node, self._product()))
        self.depth -= 1
        return node

    def _product(self) -> Node:
        if self._take("-"):
            return Node("neg", (self._product(),)) if self._deeper() else Node("number")
        if self._take("+"):
            return self._product() if self._deeper() else Node("number")
        node = self._power()
        while True:
            if self._take("*"):
                node = Node("*", (node, self._signed()))
            elif self._take("/"):
                node = Node("/", (node, self._signed()))
            elif self._begins():
                node = Node("*", (node, self._power()))
            else:
                return node

    def _deeper(self) -> bool:
        """Signs in a row are bounded as brackets are."""
        self.bars += 1
        if self.bars > 4 * MAX_DEPTH:
            raise NotAFormula("-")
        return True

    def _signed(self) -> Node:
        if self._take("-"):
            return Node("neg", (self._signed(),)) if self._deeper() else Node("number")
        return self._power()

    def _begins(self) -> bool:
        """Whether a factor without a sign follows."""
        kind, text = self._peek()
        return kind in {"number", "letter", "function", "frac"} or (kind == "sign" and text in "({√")

    def _power(self) -> Node:
        node = self._atom()
        if not self._take("^"):
            return node
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise NotAFormula("^")
        exponent = self._signed()
        self.depth -= 1
        return Node("^", (node, exponent))

    def _atom(self) -> Node:
        kind, text = self._peek()
        self.at += 1
        if kind == "number":
            return Node("number", value=Fraction(text.replace(",", ".")))
        if kind == "letter":
            return Node(text)
        if kind == "frac":
            return Node("/", (self._group("{", "}"), self._group("{", "}")))
        if kind == "function":
            return self._function(text)
        if (kind, text) == ("sign", "√"):
            return Node("sqrt", (self._atom_deep(),))
        for begin, end in (("(", ")"), ("{", "}"), ("|", "|")):
            if (kind, text) == ("sign", begin):
                self.at -= 1
                inner = self._group(begin, end)
                return Node("abs", (inner,)) if begin == "|" else inner
        raise NotAFormula(text or "…")

    def _atom_deep(self) -> Node:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise NotAFormula("√")
        node = self._atom()
        self.depth -= 1
        return node

    def _function(self, name: str) -> Node:
        if name == "sqrt" and self._take("["):
            root = self._sum()
            if not self._take("]"):
                raise NotAFormula("[")
            return Node("^", (self._group("{", "}"), Node("/", (Node("number", value=Fraction(1)), root))))
        raised = None
        if self._take("^"):
            raised = self._atom_deep()
        if self._peek() == ("sign", "(") or self._peek() == ("sign", "{"):
            argument = self._atom_deep()
        else:
            argument = self._argument()
        node = Node(name, (argument,))
        return node if raised is None else Node("^", (node, raised))

    def _argument(self) -> Node:
        """What stands after a function without brackets: sin 2x is sin(2x)."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise NotAFormula("…")
        node = self._power()
        while self._peek()[0] in {"number", "letter"}:
            node = Node("*", (node, self._power()))
        self.depth -= 1
        return node

    def _group(self, begin: str, end: str) -> Node:
        if not self._take(begin):
            raise NotAFormula(self._peek()[1] or begin)
        node = self._sum()
        if not self._take(end):
            raise NotAFormula(self._peek()[1] or end)
        return node
