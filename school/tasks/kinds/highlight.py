"""Tasks where words are marked in a text.

``{"version": 1, "prompt": …, "text": "Мама {мыла раму} утром.", "key": [places of the right ones, from 0]}``; optional
``credit``. Every word may be marked; where the text has braces, only what stands in them.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from .choice import RULES
from .contract import Answer, Examples, Fault, Form, Presented, ShownOption, Spec, Unreadable, Variant, Verdict, say
from .parts import credit_faults
from .spec import answers_in, common_faults, is_whole, must_be_sound, points_for, shown_fields

FIELDS = frozenset({"text", "credit"})
MAX_TEXT = 3000
MOST = 300
_IN_BRACES = re.compile(r"\{([^{}\n]+)\}")
_WORD = re.compile(r"(\w+(?:[-’']\w+)*)")


def spans_of(text: str) -> list[tuple[int, int]]:
    """Where what may be marked stands in the text, with its braces."""
    return [found.span() for found in _pattern(text).finditer(text)]


def _pattern(text: str) -> re.Pattern[str]:
    return _IN_BRACES if _IN_BRACES.search(text) else _WORD


def pieces_of(text: str) -> list[dict[str, Any]]:
    """The text cut into what may be marked (with its place) and what stands between."""
    made: list[dict[str, Any]] = []
    at = 0
    for place, found in enumerate(_pattern(text).finditer(text)):
        made += [{"text": text[at : found.start()]}, {"text": found[1], "place": place}]
        at = found.end()
    return [piece for piece in [*made, {"text": text[at:]}] if piece["text"]]


def words_of(text: str) -> list[str]:
    """What may be marked, in order."""
    return [piece["text"] for piece in pieces_of(text) if "place" in piece]


@dataclass(frozen=True)
class Highlight:
    """A task of marking words."""

    name: str = "highlight"

    def prepare(self, spec: Spec, seed: int) -> Variant:
        """The text in pieces, and the rule of points."""
        return shown_fields(spec) | {
            "pieces": pieces_of(spec["text"]),
            "rule": RULES[spec.get("credit", "partial")].msgid,
        }

    def parse(self, form: Form) -> Answer:
        """Places of the marked words."""
        values = {value.strip() for value in answers_in(form)} - {""}
        if not values:
            raise Unreadable(say("Nothing is marked yet."))
        if len(values) > MOST or not all(re.fullmatch("[0-9]{1,3}", value) for value in values):
            raise Unreadable(say("This option is not in the task. Choose again."))
        return {"given": [str(place) for place in sorted(map(int, values))]}

    def grade(self, spec: Spec, seed: int, answer: Answer) -> Verdict:
        """Full points for exactly the right words; by parts, each found adds and each extra takes away."""
        must_be_sound(self, spec)
        marked, right, max_points = self._marked(spec, answer), set(spec["key"]), spec.get("points", 1)
        if marked == right:
            return Verdict(Decimal(max_points), max_points, correct=True)
        found, extra = len(marked & right), len(marked - right)
        share = max(0, found - extra) if spec.get("credit", "partial") == "partial" else 0
        feedback = [say("Right ones found: %(found)s of %(all)s.", found=str(found), all=str(len(right)))]
        if extra:
            feedback.append(say("Chosen without need: %(extra)s.", extra=str(extra)))
        return Verdict(points_for(Fraction(share, len(right)), max_points), max_points, False, tuple(feedback))

    def present(self, spec: Spec, seed: int, answer: Answer, verdict: Verdict) -> Presented:
        """The words marked and the right ones, in the order of the text."""
        marked, words = self._marked(spec, answer), words_of(spec["text"])
        return Presented(
            given=", ".join(words[place] for place in sorted(marked)),
            right=", ".join(words[place] for place in sorted(spec["key"])),
            why=spec.get("why", ""),
            options=tuple(ShownOption(word, place in marked, place in spec["key"]) for place, word in enumerate(words)),
        )

    def examples(self, spec: Spec, seed: int = 0) -> Examples:
        """The right words, a wrong one, and none."""
        wrong = next(place for place in range(len(words_of(spec["text"]))) if place not in spec["key"])
        return Examples({"answer": [str(place) for place in spec["key"]]}, {"answer": [str(wrong)]}, {"answer": []})

    def check(self, spec: Spec) -> list[Fault]:
        """A text with words, of which some are right and some are not."""
        faults = [*common_faults(spec, FIELDS), *credit_faults(spec)]
        text = spec.get("text")
        if not isinstance(text, str) or not 2 <= len(words_of(text)) <= MOST or len(text) > MAX_TEXT:
            return [*faults, Fault("text", say("Write a text of 2 to 300 words."))]
        key, count = spec.get("key"), len(words_of(text))
        if not isinstance(key, list) or not key or not all(is_whole(one) and 0 <= one < count for one in key):
            return [*faults, Fault("key", say("Name the right words by their places, from 0."))]
        if len(set(key)) < len(key) or len(key) == count:
            faults.append(Fault("key", say("At least one word must be wrong, and none named twice.")))
        return faults

    def _marked(self, spec: Spec, answer: Answer) -> set[int]:
        marked = {int(place) for place in answer["given"]}
        if not marked <= set(range(len(words_of(spec["text"])))):
            raise Unreadable(say("This option is not in the task. Choose again."))
        return marked


HIGHLIGHT = Highlight()
