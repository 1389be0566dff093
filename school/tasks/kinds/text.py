"""Tasks answered by a word or a short phrase.

``{"version": 1, "prompt": …, "key": {"accept": [forms, the first is the one shown]}}``; optional ``typo`` (one
slip is forgiven and pointed out), ``keep_case`` and ``keep_yo`` for tasks of spelling, where no typo is forgiven.
"""

from dataclasses import dataclass
from decimal import Decimal

from .contract import Answer, Examples, Fault, Form, Presented, Spec, Variant, Verdict, say
from .russian import is_one_typo_away, normalise
from .spec import common_faults, must_be_sound, shown_fields, the_answer_in

FIELDS = frozenset({"typo", "keep_case", "keep_yo"})


def _normal(spec: Spec, text: str) -> str:
    return normalise(text, keep_case=spec.get("keep_case", False), keep_yo=spec.get("keep_yo", False))


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
        if any(given == normal for _, normal in accepted):
            return Verdict(Decimal(max_points), max_points, correct=True)
        if spec.get("typo", False):
            for form, normal in accepted:
                if is_one_typo_away(given, normal):
                    slip = say("Counted as right; mind the spelling: %(word)s.", word=form)
                    return Verdict(Decimal(max_points), max_points, True, (slip,))
        return Verdict(Decimal(0), max_points, correct=False)

    def present(self, spec: Spec, seed: int, answer: Answer, verdict: Verdict) -> Presented:
        """The words given and the first accepted form."""
        return Presented(answer["text"], spec["key"]["accept"][0], spec.get("why", ""))

    def examples(self, spec: Spec, seed: int = 0) -> Examples:
        """The first accepted form, the same with two letters more, and an empty field."""
        right = spec["key"]["accept"][0]
        return Examples(right={"answer": right}, wrong={"answer": f"{right}щъ"}, unreadable={"answer": "  "})

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
        accept = key.get("accept") if isinstance(key, dict) and set(key) == {"accept"} else None
        if not isinstance(accept, list) or not accept or not all(isinstance(form, str) for form in accept):
            return [*faults, Fault("key", say("List the accepted answers."))]
        normal = [_normal(spec, form) for form in accept]
        if "" in normal:
            faults.append(Fault("key", say("An accepted answer is empty.")))
        if len(set(normal)) < len(normal):
            faults.append(Fault("key", say("Two accepted answers are the same.")))
        return faults


TEXT = Text()
