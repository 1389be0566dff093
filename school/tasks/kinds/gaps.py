"""Tasks with gaps: in a text (cloze) and in a table.

``{"version": 1, "prompt": …, "text": "Река [[1]] впадает в [[2]].", "gaps": [{"kind": "text"}, {"kind": "single",
"options": […]}], "key": [key of the first gap, …]}``. A table has ``columns`` (heads) and ``rows`` (lists of cells) in
place of ``text``. A gap is ``single`` (a drop-down), ``text`` or ``number`` with the fields and the key of that kind, or
``bank``: a word from the common list ``bank``, its key the place of the word as a list of one. A gap may have a ``weight``; optional
``credit``. ``shares`` may give the shares of the options of single gaps, null for the others. Gaps are numbered from 1
in the order in which they stand.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from .choice import SINGLE
from .contract import (
    Answer,
    Examples,
    Fault,
    Form,
    Phrase,
    Presented,
    ShownPart,
    Spec,
    TaskKind,
    Unreadable,
    Variant,
    Verdict,
    say,
)
from .number import NUMBER
from .parts import NOTHING, as_line, credit_faults, judge_parts, part_at, read_parts, rule_of
from .spec import MAX_POINTS, common_faults, is_whole, must_be_sound, shown_fields
from .text import TEXT

GAP = re.compile(r"\[\[(\d{1,2})\]\]")
MOST = 30
MAX_TEXT = 4000
MOST_COLUMNS, MOST_ROWS = 8, 20
_BY_KIND: dict[str, TaskKind] = {"single": SINGLE, "bank": SINGLE, "text": TEXT, "number": NUMBER}
_OWN_FIELDS = ("kind", "weight")


def _texts(spec: Spec, *, table: bool) -> Iterator[str]:
    """Everything that may hold a gap, in the order in which it is read."""
    if not table:
        yield spec["text"]
        return
    for row in spec["rows"]:
        yield from row


def _pieces(text: str, gaps: list[Any]) -> list[dict[str, Any]]:
    """A text cut at its gaps."""
    made: list[dict[str, Any]] = []
    at = 0
    for found in GAP.finditer(text):
        made += [{"text": text[at : found.start()]}, {"gap": gaps[int(found[1]) - 1]}]
        at = found.end()
    return [piece for piece in [*made, {"text": text[at:]}] if piece.get("text") != ""]


@dataclass(frozen=True)
class Gaps:
    """A task with gaps; ``table`` says where they stand."""

    name: str
    table: bool

    def prepare(self, spec: Spec, seed: int) -> Variant:
        """The text or the table in pieces, each gap with what may be chosen in it."""
        gaps = [self._shown_gap(spec, seed, place) for place in range(len(spec["gaps"]))]
        shown = shown_fields(spec) | {"rule": rule_of(spec)}
        if any(gap["kind"] == "bank" for gap in spec["gaps"]):
            place = next(place for place, gap in enumerate(spec["gaps"]) if gap["kind"] == "bank")
            shown["bank"] = gaps[place]["options"]
        if self.table:
            shown["columns"] = list(spec["columns"])
            shown["rows"] = [[_pieces(cell, gaps) for cell in row] for row in spec["rows"]]
        else:
            shown["pieces"] = _pieces(spec["text"], gaps)
        return shown

    def parse(self, form: Form) -> Answer:
        """What stands in each gap, in their order."""
        return read_parts(form)

    def grade(self, spec: Spec, seed: int, answer: Answer) -> Verdict:
        """Each gap as its kind judges it; an empty one is worth nothing."""
        must_be_sound(self, spec)
        if len(answer["given"]) > len(spec["gaps"]):
            raise Unreadable(say("This option is not in the task. Choose again."))
        shares: list[Fraction] = []
        said: list[Phrase] = []
        for place in range(len(spec["gaps"])):
            verdict = self._judge(spec, seed, place, part_at(answer, place))
            shares.append(Fraction(verdict.points) / verdict.max_points if verdict else Fraction(0))
            said += verdict.feedback if verdict else ()
        weights = [Fraction(gap.get("weight", 1)) for gap in spec["gaps"]]
        return judge_parts(spec, shares, weights, tuple(said))

    def present(self, spec: Spec, seed: int, answer: Answer, verdict: Verdict) -> Presented:
        """Every gap with what was given and what is right."""
        parts = []
        for place in range(len(spec["gaps"])):
            kind, own = self._own(spec, place)
            value = part_at(answer, place)
            read = kind.parse({"answer": value or kind.examples(own, self._seed(spec, seed, place)).right["answer"]})
            judged = kind.grade(own, self._seed(spec, seed, place), read)
            shown = kind.present(own, self._seed(spec, seed, place), read, judged)
            given = shown.given if value else NOTHING
            parts.append(ShownPart(f"({place + 1})", given, shown.right, bool(value) and judged.correct))
        return Presented(as_line(parts), as_line(parts, right=True), spec.get("why", ""), parts=tuple(parts))

    def examples(self, spec: Spec, seed: int = 0) -> Examples:
        """Every gap right, every gap wrong, and all of them empty."""
        made: dict[str, list[str]] = {"right": [], "wrong": []}
        for place in range(len(spec["gaps"])):
            kind, own = self._own(spec, place)
            examples = kind.examples(own, self._seed(spec, seed, place))
            for name, form in (("right", examples.right), ("wrong", examples.wrong)):
                value = form["answer"]
                made[name].append(value if isinstance(value, str) else value[0])
        return Examples({"answer": made["right"]}, {"answer": made["wrong"]}, {"answer": [""]})

    def check(self, spec: Spec) -> list[Fault]:
        """Gaps numbered as they stand, each sound by its own kind, and a key for each."""
        own = {"columns", "rows"} if self.table else {"text"}
        faults = [*common_faults(spec, frozenset({"gaps", "bank", "credit", "shares"} | own)), *credit_faults(spec)]
        shape = self._table_fault(spec) if self.table else self._text_fault(spec)
        if shape:
            return [*faults, shape]
        gaps = spec.get("gaps")
        if not isinstance(gaps, list) or not 1 <= len(gaps) <= MOST or not all(map(self._is_gap, gaps)):
            return [*faults, Fault("gaps", say("There must be from 1 to 30 gaps, each of a known kind."))]
        numbers = [int(found) for text in _texts(spec, table=self.table) for found in GAP.findall(text)]
        if numbers != list(range(1, len(gaps) + 1)):
            faults.append(Fault("gaps", say("Gaps must be numbered from 1 in the order in which they stand.")))
        if any(gap["kind"] == "bank" for gap in gaps) and not isinstance(spec.get("bank"), list):
            return [*faults, Fault("bank", say("Write the words to choose from."))]
        key, shares = spec.get("key"), spec.get("shares", [None] * len(gaps))
        if not isinstance(key, list) or len(key) != len(gaps):
            return [*faults, Fault("key", say("Give the answer for each gap."))]
        if not isinstance(shares, list) or len(shares) != len(gaps):
            return [*faults, Fault("shares", say("Give each option its share of the points."))]
        for place in range(len(gaps)):
            kind, one = self._own(spec, place)
            faults += [
                Fault(fault.where if fault.where in {"key", "shares"} else "gaps", fault.what)
                for fault in kind.check(one)
            ]
        return faults

    @staticmethod
    def _is_gap(gap: Any) -> bool:
        if not isinstance(gap, dict) or gap.get("kind") not in _BY_KIND:
            return False
        weight = gap.get("weight", 1)
        return is_whole(weight) and 1 <= weight <= MAX_POINTS and not {"key", "points", "prompt", "version"} & set(gap)

    @staticmethod
    def _text_fault(spec: Spec) -> Fault | None:
        text = spec.get("text")
        if not isinstance(text, str) or not text.strip() or len(text) > MAX_TEXT:
            return Fault("text", say("Write the text with gaps, no longer than 4,000 characters."))
        return None

    @staticmethod
    def _table_fault(spec: Spec) -> Fault | None:
        columns, rows = spec.get("columns"), spec.get("rows")
        if (
            not isinstance(columns, list)
            or not 1 <= len(columns) <= MOST_COLUMNS
            or not all(isinstance(head, str) for head in columns)
        ):
            return Fault("columns", say("A table has from 1 to 8 columns, each with its heading."))
        if (
            not isinstance(rows, list)
            or not 1 <= len(rows) <= MOST_ROWS
            or not all(
                isinstance(row, list) and len(row) == len(columns) and all(isinstance(cell, str) for cell in row)
                for row in rows
            )
        ):
            return Fault("rows", say("A table has from 1 to 20 rows, each with a cell for every column."))
        return None

    def _own(self, spec: Spec, place: int) -> tuple[TaskKind, dict[str, Any]]:
        """A gap as a task of its own kind, worth the most points so that shares are not rounded away."""
        gap = spec["gaps"][place]
        own = {name: value for name, value in gap.items() if name not in _OWN_FIELDS}
        own |= {"version": 1, "prompt": f"({place + 1})", "points": MAX_POINTS}
        if gap["kind"] == "bank":
            own["options"] = spec["bank"]
        if "key" in spec:
            own["key"] = spec["key"][place]
        if spec.get("shares") and spec["shares"][place]:
            own["shares"] = spec["shares"][place]
        return _BY_KIND[gap["kind"]], own

    @staticmethod
    def _seed(spec: Spec, seed: int, place: int) -> int:
        """Words of the bank have one name in all gaps; drop-downs are shuffled apart."""
        return seed if spec["gaps"][place]["kind"] == "bank" else seed * 64 + place + 1

    def _shown_gap(self, spec: Spec, seed: int, place: int) -> dict[str, Any]:
        kind, own = self._own(spec, place)
        shown = kind.prepare(own, self._seed(spec, seed, place))
        return {"place": place, "kind": spec["gaps"][place]["kind"]} | {
            name: shown[name] for name in ("options", "unit", "ask_unit") if name in shown
        }

    def _judge(self, spec: Spec, seed: int, place: int, value: str) -> Verdict | None:
        if not value:
            return None
        kind, own = self._own(spec, place)
        return kind.grade(own, self._seed(spec, seed, place), kind.parse({"answer": value}))


CLOZE = Gaps("cloze", table=False)
TABLE = Gaps("table", table=True)
