"""Tasks where lines are put in order.

``{"version": 1, "prompt": …, "lines": [texts], "key": [places of the lines in the right order, from 0]}``; optional
``credit``: ``"run"`` (default: the longest run of lines that stand in the right order to each other counts),
``"places"`` (each line at its own place) or ``"all"``.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from .contract import (
    Answer,
    Examples,
    Fault,
    Form,
    Phrase,
    Presented,
    ShownPart,
    Spec,
    Unreadable,
    Variant,
    Verdict,
    say,
)
from .parts import NOTHING, as_line, different_texts, part_at, read_parts
from .shuffle import opaque, shuffled
from .spec import common_faults, is_whole, must_be_sound, points_for, shown_fields

FIELDS = frozenset({"lines", "credit"})
MOST = 12
RULES: dict[str, Phrase] = {
    "run": say("The more lines follow one another as they should, the more points."),
    "places": say("Each line at its own place brings its share of the points."),
    "all": say("Points are given only when everything is right."),
}


def line_id(seed: int, position: int) -> str:
    """The opaque name of a line."""
    return opaque(seed, position, "line")


def longest_run(ranks: Sequence[int]) -> int:
    """Length of the longest rising subsequence."""
    ends: list[int] = []
    for rank in ranks:
        at = bisect_left(ends, rank)
        ends[at : at + 1] = [rank]
    return len(ends)


@dataclass(frozen=True)
class Ordering:
    """A task of order."""

    name: str = "ordering"

    def prepare(self, spec: Spec, seed: int) -> Variant:
        """The lines in the order of the seed, and the rule of points."""
        order = shuffled(len(spec["lines"]), seed, "lines")
        return shown_fields(spec) | {
            "lines": [{"id": line_id(seed, place), "text": spec["lines"][place]} for place in order],
            "rule": RULES[spec.get("credit", "run")].msgid,
        }

    def parse(self, form: Form) -> Answer:
        """What stands at each place, from the first."""
        return read_parts(form)

    def grade(self, spec: Spec, seed: int, answer: Answer) -> Verdict:
        """Full points for the right order; else by the rule."""
        must_be_sound(self, spec)
        given, key, max_points = self._given(spec, seed, answer), spec["key"], spec.get("points", 1)
        if given == key:
            return Verdict(Decimal(max_points), max_points, correct=True)
        rank = {line: place for place, line in enumerate(key)}
        in_place = sum(one == right for one, right in zip(given, key, strict=True))
        run = longest_run([rank[line] for line in given if line is not None])
        share = {
            "run": Fraction(max(run - 1, 0), len(key) - 1),
            "places": Fraction(in_place, len(key)),
            "all": Fraction(0),
        }[spec.get("credit", "run")]
        said = say("Lines at their places: %(found)s of %(all)s.", found=str(in_place), all=str(len(key)))
        return Verdict(points_for(share, max_points), max_points, False, (said,))

    def present(self, spec: Spec, seed: int, answer: Answer, verdict: Verdict) -> Presented:
        """What stood at each place, and what belongs there."""
        parts = tuple(
            ShownPart(f"{place}.", NOTHING if one is None else spec["lines"][one], spec["lines"][right], one == right)
            for place, (one, right) in enumerate(zip(self._given(spec, seed, answer), spec["key"], strict=True), 1)
        )
        return Presented(as_line(parts), as_line(parts, right=True), spec.get("why", ""), parts=parts)

    def examples(self, spec: Spec, seed: int = 0) -> Examples:
        """The right order, one that is worth nothing, and an empty form."""
        key = spec["key"]
        wrong = [*key[1:], key[0]] if spec.get("credit") == "places" else key[::-1]
        return Examples(
            right={"answer": [line_id(seed, one) for one in key]},
            wrong={"answer": [line_id(seed, one) for one in wrong]},
            unreadable={"answer": ["", ""]},
        )

    def check(self, spec: Spec) -> list[Fault]:
        """Different lines, and each of them once in the key."""
        faults = list(common_faults(spec, FIELDS))
        if spec.get("credit", "run") not in RULES:
            faults.append(Fault("credit", say("Points are given by parts or for all at once.")))
        what = different_texts(spec.get("lines"), 2, MOST)
        if what:
            return [*faults, Fault("lines", what)]
        key = spec.get("key")
        if not isinstance(key, list) or not all(map(is_whole, key)) or sorted(key) != list(range(len(spec["lines"]))):
            faults.append(Fault("key", say("Name each line once, in the right order, by its place from 0.")))
        return faults

    def _given(self, spec: Spec, seed: int, answer: Answer) -> list[int | None]:
        """The line at each place; a line given twice counts where it stands first."""
        known = {line_id(seed, place): place for place in range(len(spec["lines"]))}
        given: list[int | None] = []
        for place in range(len(spec["lines"])):
            value = part_at(answer, place)
            if value and value not in known:
                raise Unreadable(say("This option is not in the task. Choose again."))
            line = known.get(value)
            given.append(None if line in given else line)
        return given


ORDERING = Ordering()
