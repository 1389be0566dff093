"""Tasks answered by a formula that is judged by its value, not by its letters.

``{"version": 1, "prompt": …, "variables": ["x"], "key": {"value": "(x-1)(x+1)"}}``; optional ``form``: ``"expanded"`` (no
brackets are multiplied out) or ``"factored"`` (a product), and in the key ``also``: further right answers that are not equal to the first
(``x = 1`` or ``x = 2``). LaTeX and plain writing are read alike.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from .contract import Answer, Examples, Fault, Form, Presented, Spec, Unreadable, Variant, Verdict, say
from .expressions import Node, NotAFormula, read_formula
from .spec import common_faults, must_be_sound, shown_fields, the_answer_in
from .values import are_equal

FIELDS = frozenset({"variables", "form"})
FORMS = ("any", "expanded", "factored")
MOST_LETTERS = 6
_NAME = re.compile(r"^\s*[^\W\d_]{1,2}\s*(?:\([^\W\d_]\))?\s*=\s*")
"""«y =» and «f(x) =» before the formula."""


def _read(text: str) -> Node:
    return read_formula(_NAME.sub("", text))


def nodes_of(node: Node) -> Iterator[Node]:
    """The node and all below it."""
    yield node
    for part in node.parts:
        yield from nodes_of(part)


def is_expanded(node: Node) -> bool:
    """No sum stands in a product or under a power."""
    return not any(
        one.what in {"*", "^"} and any(part.what in {"+", "-"} for part in one.parts) for one in nodes_of(node)
    )


def is_factored(node: Node) -> bool:
    """The whole is a product or a power, perhaps with a sign, and some factor is a sum or a letter."""
    while node.what == "neg":
        node = node.parts[0]
    return node.what in {"*", "^"}


@dataclass(frozen=True)
class Formula:
    """A task answered by a formula."""

    name: str = "formula"

    def prepare(self, spec: Spec, seed: int) -> Variant:
        """The question, the letters that may stand in the answer, and the form that is asked for."""
        return shown_fields(spec) | {"variables": list(spec["variables"]), "form": spec.get("form", "any")}

    def parse(self, form: Form) -> Answer:
        """The formula as it was written, when it can be read."""
        text = the_answer_in(form, when_empty=say("Write a formula."))
        try:
            _read(text)
        except NotAFormula as problem:
            raise Unreadable(
                say("The formula can't be read from “%(piece)s” on. Check brackets and signs.", piece=problem.at)
            ) from None
        return {"text": text}

    def grade(self, spec: Spec, seed: int, answer: Answer) -> Verdict:
        """Right when its value is that of the key at all points that are tried, and its form is the asked one."""
        must_be_sound(self, spec)
        max_points, given = spec.get("points", 1), self._given(answer)
        unknown = sorted(given.letters - set(spec["variables"]))
        if unknown:
            raise Unreadable(say("There is no letter “%(letter)s” in this task.", letter=unknown[0]))
        rights = [_read(text) for text in self._rights(spec)]
        if not any(are_equal(given, right) for right in rights):
            opposite = any(are_equal(Node("neg", (given,)), right) for right in rights)
            feedback = (say("The sign is different."),) if opposite else ()
            return Verdict(Decimal(0), max_points, False, feedback)
        form = spec.get("form", "any")
        if (form == "expanded" and not is_expanded(given)) or (form == "factored" and not is_factored(given)):
            said = say("The value is right, but the form is not the one that is asked for.")
            return Verdict(Decimal(0), max_points, False, (said,))
        return Verdict(Decimal(max_points), max_points, correct=True)

    def present(self, spec: Spec, seed: int, answer: Answer, verdict: Verdict) -> Presented:
        """The formula given and the right one, as they were written."""
        return Presented(answer["text"], spec["key"]["value"], spec.get("why", ""))

    def examples(self, spec: Spec, seed: int = 0) -> Examples:
        """The key, the key and one more, and an open bracket."""
        right = str(spec["key"]["value"])
        return Examples({"answer": right}, {"answer": f"({_NAME.sub('', right)})+17/13"}, {"answer": "2*(x"})

    def check(self, spec: Spec) -> list[Fault]:
        """Letters are single; the key is a formula of these letters, in the form that is asked for."""
        faults = list(common_faults(spec, FIELDS))
        letters = spec.get("variables")
        if (
            not isinstance(letters, list)
            or len(letters) > MOST_LETTERS
            or not all(isinstance(one, str) and re.fullmatch("[A-Za-zα-ω]", one) and one != "π" for one in letters)
        ):
            return [*faults, Fault("variables", say("Name the letters of the answer, each a single Latin one."))]
        if spec.get("form", "any") not in FORMS:
            faults.append(Fault("form", say("Choose the form of the answer.")))
        key = spec.get("key")
        if not isinstance(key, dict) or not {"value"} <= set(key) <= {"value", "also"} or not self._are_texts(key):
            return [*faults, Fault("key", say("The key must be a formula."))]
        for text in self._rights(spec):
            try:
                node = _read(text)
            except NotAFormula as problem:
                faults.append(
                    Fault(
                        "key",
                        say(
                            "The formula can't be read from “%(piece)s” on. Check brackets and signs.", piece=problem.at
                        ),
                    )
                )
                continue
            if not are_equal(node, node) or node.letters - set(letters):
                faults.append(Fault("key", say("The key has other letters, or no value anywhere.")))
            form = spec.get("form", "any")
            if (form == "expanded" and not is_expanded(node)) or (form == "factored" and not is_factored(node)):
                faults.append(Fault("key", say("The key itself is not in the form that is asked for.")))
        return faults

    @staticmethod
    def _are_texts(key: dict[str, Any]) -> bool:
        also = key.get("also", [])
        return isinstance(also, list) and all(isinstance(text, str) for text in (key["value"], *also))

    @staticmethod
    def _rights(spec: Spec) -> list[str]:
        return [spec["key"]["value"], *spec["key"].get("also", ())]

    @staticmethod
    def _given(answer: Answer) -> Node:
        try:
            return _read(answer["text"])
        except NotAFormula:
            raise Unreadable(say("Write a formula.")) from None


FORMULA = Formula()
