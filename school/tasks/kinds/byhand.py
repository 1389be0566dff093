"""Tasks that a teacher judges by a rubric: a long text, photographs of a notebook, a recorded answer, a drawing.

``{"version": 1, "prompt": …, "criteria": [{"name": "Тезис", "levels": [{"says": "нет", "points": 0}, {"says": "есть", "points":
2}]}, …], "points": 4, "key": {"model": "what a good answer holds"}}``; a long text may have ``words``: ``[fewest, most]``. The
criteria are shown before the answer; ``points`` is what their highest levels come to.

An answer has two fields: words, and what was made (names of files, or the strokes of a drawing). Each kind may be answered in
words alone: who can't draw or speak has a twin of equal worth. What the teacher chose joins the answer as ``levels``; without
it the verdict waits. A form never holds levels: a pupil can't judge themselves.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from .contract import Answer, Examples, Fault, Form, Presented, ShownPart, Spec, Unreadable, Variant, Verdict, say
from .spec import MAX_POINTS, answers_in, common_faults, is_whole, must_be_sound, shown_fields

MOST_CRITERIA = 10
MOST_LEVELS = 6
MAX_TEXT = 20_000
MAX_MADE = 60_000
MOST_FILES = 12
MAX_WORDS = 5000
_ID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_FILES = re.compile(f"{_ID}(?: {_ID}){{0,{MOST_FILES - 1}}}")
_STROKE = r"[kbrg](?: \d{1,4} \d{1,4}){1,2000}"
_STROKES = re.compile(rf"{_STROKE}(?:;{_STROKE}){{0,499}}")
CANVAS = 1000, 750
"""Across and down, in the units of strokes."""
WAITS = say("The teacher has not judged this answer yet.")


@dataclass(frozen=True)
class ByHand:
    """A kind judged by a teacher."""

    name: str
    made: str
    """What is made beside words: ``files``, ``strokes`` or nothing."""

    def prepare(self, spec: Spec, seed: int) -> Variant:
        """The question with its criteria."""
        shown = shown_fields(spec) | {"criteria": [dict(one) for one in spec["criteria"]]}
        return shown | ({"words": list(spec["words"])} if "words" in spec else {})

    def parse(self, form: Form) -> Answer:
        """Words and what was made; one of them is enough."""
        values = [*answers_in(form), "", ""][:2]
        text, made = values[0].replace("\r\n", "\n").strip(), values[1].strip() if self.made else ""
        if not text and not made:
            raise Unreadable(say("There is no answer here yet."))
        if len(text) > MAX_TEXT or len(made) > MAX_MADE:
            raise Unreadable(say("The answer is too long. Write only what is asked."))
        shape = {"files": _FILES, "strokes": _STROKES}.get(self.made)
        if made and (shape is None or not shape.fullmatch(made)):
            raise Unreadable(say("The file or the drawing did not arrive whole. Add it once more."))
        return {"given": [text, made]}

    def grade(self, spec: Spec, seed: int, answer: Answer) -> Verdict:
        """What the levels chosen by the teacher are worth; waits while there are none."""
        must_be_sound(self, spec)
        max_points = spec.get("points", 1)
        if "levels" not in answer:
            return Verdict(Decimal(0), max_points, correct=False, feedback=(WAITS,), waits=True)
        points = sum(level["points"] for _, level in self._chosen(spec, answer))
        return Verdict(Decimal(points), max_points, points == max_points)

    def present(self, spec: Spec, seed: int, answer: Answer, verdict: Verdict) -> Presented:
        """The words given; by criteria what was reached, once it is judged."""
        parts: tuple[ShownPart, ...] = ()
        if "levels" in answer:
            parts = tuple(
                ShownPart(
                    criterion["name"],
                    f"{level['says']} ({level['points']})",
                    f"{_best(criterion)['says']} ({_best(criterion)['points']})",
                    level["points"] == _best(criterion)["points"],
                )
                for criterion, level in self._chosen(spec, answer)
            )
        return Presented(answer["given"][0] or "—", spec["key"]["model"], spec.get("why", ""), parts=parts)

    def examples(self, spec: Spec, seed: int = 0) -> Examples:
        """Words that a teacher would judge as best and as worst (see ``levels_for``), and nothing."""
        made = {"files": "", "strokes": "k 100 100 400 300;b 400 300 700 100"}.get(self.made, "")
        return Examples({"answer": [spec["key"]["model"], made]}, {"answer": ["…", ""]}, {"answer": ["", ""]})

    def check(self, spec: Spec) -> list[Fault]:
        """Criteria with rising levels, points that are their sum, and a model for those who judge."""
        own = frozenset({"criteria", "words"} if self.name == "essay" else {"criteria"})
        faults = list(common_faults(spec, own))
        criteria = spec.get("criteria")
        if (
            not isinstance(criteria, list)
            or not 1 <= len(criteria) <= MOST_CRITERIA
            or not all(map(_is_sound, criteria))
        ):
            faults.append(
                Fault("criteria", say("Write the criteria, each with at least two levels, from fewer points to more."))
            )
        elif len({criterion["name"].strip() for criterion in criteria}) < len(criteria):
            faults.append(Fault("criteria", say("Two lines are the same.")))
        elif sum(_best(criterion)["points"] for criterion in criteria) != spec.get("points", 1):
            faults.append(Fault("points", say("The points must be what the highest levels come to.")))
        key = spec.get("key")
        if (
            not isinstance(key, dict)
            or set(key) != {"model"}
            or not isinstance(key["model"], str)
            or not key["model"].strip()
        ):
            faults.append(Fault("key", say("Write what a good answer holds.")))
        words = spec.get("words", [0, 1])
        if (
            not isinstance(words, list)
            or len(words) != 2
            or not all(map(is_whole, words))
            or not 0 <= words[0] < words[1] <= MAX_WORDS
        ):
            faults.append(Fault("words", say("Give the fewest and the most words as whole numbers.")))
        return faults

    @staticmethod
    def levels_for(spec: Spec, *, best: bool) -> list[int]:
        """The highest or the lowest level of every criterion, by its place."""
        return [len(criterion["levels"]) - 1 if best else 0 for criterion in spec["criteria"]]

    @staticmethod
    def _chosen(spec: Spec, answer: Answer) -> list[tuple[dict[str, Any], dict[str, Any]]]:
        levels, criteria = answer["levels"], spec["criteria"]
        if len(levels) != len(criteria) or not all(
            is_whole(level) and 0 <= level < len(criterion["levels"])
            for level, criterion in zip(levels, criteria, strict=True)
        ):
            raise Unreadable(say("Choose a level for each criterion."))
        return [(criterion, criterion["levels"][level]) for level, criterion in zip(levels, criteria, strict=True)]


def strokes_in(made: str) -> list[tuple[str, str]]:
    """Of a drawing: the letter of the colour and the points of each stroke, as SVG writes them."""
    if not _STROKES.fullmatch(made):
        return []
    strokes = []
    for stroke in made.split(";"):
        numbers = stroke[2:]
        # One touch is a dot: a line of no length with round ends.
        strokes.append((stroke[0], f"{numbers} {numbers}" if numbers.count(" ") == 1 else numbers))
    return strokes


def files_in(answer: Answer) -> list[str]:
    """Names of the files of an answer, in their order."""
    given = answer.get("given", ())
    made = str(given[1]) if len(given) > 1 else ""
    return made.split() if _FILES.fullmatch(made) else []


def _best(criterion: dict[str, Any]) -> dict[str, Any]:
    best: dict[str, Any] = criterion["levels"][-1]
    return best


def _is_sound(criterion: Any) -> bool:
    if not isinstance(criterion, dict) or set(criterion) != {"name", "levels"} or not _is_said(criterion["name"]):
        return False
    levels = criterion["levels"]
    if not isinstance(levels, list) or not 2 <= len(levels) <= MOST_LEVELS:
        return False
    if not all(
        isinstance(level, dict)
        and set(level) == {"says", "points"}
        and _is_said(level["says"])
        and is_whole(level["points"])
        and 0 <= level["points"] <= MAX_POINTS
        for level in levels
    ):
        return False
    points = [level["points"] for level in levels]
    return points[0] == 0 and points == sorted(set(points))


def _is_said(text: Any) -> bool:
    return isinstance(text, str) and bool(text.strip()) and len(text) <= 300


ESSAY = ByHand("essay", "")
NOTEBOOK = ByHand("notebook", "files")
SPOKEN = ByHand("spoken", "files")
DRAWING = ByHand("drawing", "strokes")
