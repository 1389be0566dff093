"""Tasks answered by a word or a short phrase.

``{"version": 1, "prompt": …, "key": {"accept": [forms, the first is the one shown]}}``; optional ``typo`` (one
slip is forgiven and pointed out), ``keep_case`` and ``keep_yo`` for tasks of spelling, where no typo is forgiven.
The key may also hold ``partly`` (``[[form, share], …]``: answers that bring a share of the points) and ``patterns``
(in all forms ``*`` stands for anything).
"""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from .contract import Answer, Examples, Fault, Form, Presented, Spec, Variant, Verdict, say
from .russian import is_one_typo_away, normalise
from .spec import common_faults, must_be_sound, points_for, share_in, shown_fields, the_answer_in

FIELDS = frozenset({"typo", "keep_case", "keep_yo"})
_KEY = {"accept", "partly", "patterns"}


def _normal(spec: Spec, text: str) -> str:
    return normalise(text, keep_case=spec.get("keep_case", False), keep_yo=spec.get("keep_yo", False))


def _fits(given: str, form: str, patterns: bool) -> bool:
    """Whether an answer is a form; in a pattern every ``*`` stands for any letters, in order and without going back."""
    if not patterns or "*" not in form:
        return given == form
    first, *middle, last = form.split("*")
    if not given.startswith(first) or not given[len(first) :].endswith(last):
        return False
    rest = given[len(first) : len(given) - len(last)]
    for piece in filter(None, middle):
        _passed, found, rest = rest.partition(piece)
        if not found:
            return False
    return True


def _extra_faults(key: dict[str, Any]) -> list[Fault]:
    """Mistakes in what a key may hold beside the accepted forms."""
    partly = key.get("partly", [])
    faults = []
    if not isinstance(partly, list) or any(
        not isinstance(one, list)
        or len(one) != 2
        or not isinstance(one[0], str)
        or not one[0].strip()
        or share_in(one[1]) is None
        for one in partly
    ):
        faults.append(Fault("key", say("Write each half-right answer with its share of the points.")))
    if not isinstance(key.get("patterns", False), bool):
        faults.append(Fault("key", say("This is either on or off.")))
    return faults


@dataclass(frozen=True)
class Text:
    """A task answered by a few words."""

    name: str = "text"

    def prepare(self, spec: Spec, seed: int) -> Variant:
        """The question alone: the length of the field must not tell the length of the answer."""
        return shown_fields(spec)

    def parse(self, form: Form) -> Answer:
        """The words as they were written."""
        return {"text": the_answer_in(form, when_empty=say("Write an answer."))}

    def grade(self, spec: Spec, seed: int, answer: Answer) -> Verdict:
        """Right when it equals an accepted form, or differs from one by a slip that the author forgives."""
        must_be_sound(self, spec)
        max_points, given = spec.get("points", 1), _normal(spec, answer["text"])
        accepted = [(form, _normal(spec, form)) for form in spec["key"]["accept"]]
        patterns = spec["key"].get("patterns", False)
        if any(_fits(given, normal, patterns) for _, normal in accepted):
            return Verdict(Decimal(max_points), max_points, correct=True)
        for form, share in spec["key"].get("partly", ()):
            if _fits(given, _normal(spec, form), patterns):
                return Verdict(points_for(share_in(share) or Fraction(0), max_points), max_points, correct=False)
        if spec.get("typo", False):
            for form, normal in accepted:
                if is_one_typo_away(given, normal):
                    slip = say("Counted as right; mind the spelling: %(word)s.", word=form)
                    return Verdict(Decimal(max_points), max_points, True, (slip,))
        return Verdict(Decimal(0), max_points, correct=False)

    def present(self, spec: Spec, seed: int, answer: Answer, verdict: Verdict) -> Presented:
        """The words given and the first accepted form."""
        shown = spec["key"]["accept"][0]
        if spec["key"].get("patterns", False):
            shown = shown.replace("*", "…")
        return Presented(answer["text"], shown, spec.get("why", ""))

    def examples(self, spec: Spec, seed: int = 0) -> Examples:
        """The first accepted form, the same with two letters more, and an empty field."""
        right, wrong = spec["key"]["accept"][0], f"{spec['key']['accept'][0]}щъ"
        if spec["key"].get("patterns", False):
            right, wrong = right.replace("*", "") or "да", "щъщъ"
        return Examples(right={"answer": right}, wrong={"answer": wrong}, unreadable={"answer": "  "})

    def check(self, spec: Spec) -> list[Fault]:
        """At least one accepted form, none empty, no two equal after normalisation."""
        faults = list(common_faults(spec, FIELDS))
        flags = {name: spec.get(name, False) for name in sorted(FIELDS)}
        for name, value in flags.items():
            if not isinstance(value, bool):
                faults.append(Fault(name, say("This is either on or off.")))
        if flags["typo"] is True and True in (flags["keep_case"], flags["keep_yo"]):
            faults.append(Fault("typo", say("A task of spelling can't forgive a typo.")))
        key = spec.get("key")
        accept = key.get("accept") if isinstance(key, dict) and {"accept"} <= set(key) <= _KEY else None
        if not isinstance(accept, list) or not accept or not all(isinstance(form, str) for form in accept):
            return [*faults, Fault("key", say("List the accepted answers."))]
        faults += _extra_faults(dict(spec["key"]))
        normal = [_normal(spec, form) for form in accept]
        if "" in normal:
            faults.append(Fault("key", say("An accepted answer is empty.")))
        if len(set(normal)) < len(normal):
            faults.append(Fault("key", say("Two accepted answers are the same.")))
        return faults


TEXT = Text()
