"""Several questions about one shared material: a text, a source, a picture, a table of data.

``{"version": 1, "prompt": "Прочитайте и ответьте.", "material": "…", "parts": [{"kind": "single", "prompt": …, "options": …}, …], "key": [key of
the first, …]}``. A part is a task of another kind without its key; its ``points`` are its share. In a form the answer of every part
follows a field that says ``part:N``, so that it works without a script too.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from .choice import MULTIPLE, SINGLE
from .contract import (
    SECRET_FIELDS,
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
from .formula import FORMULA
from .gaps import CLOZE, TABLE
from .highlight import HIGHLIGHT
from .number import NUMBER
from .ordering import ORDERING
from .pairs import GROUPING, MATCHING
from .parts import NOTHING, as_line
from .spec import answers_in, common_faults, must_be_sound, shown_fields
from .text import TEXT

MOST = 8
MAX_MATERIAL = 8000
MOST_VALUES = 200
MAX_VALUE = 300
_MARK = re.compile(r"part:([1-8])")
INNER: dict[str, TaskKind] = {
    kind.name: kind
    for kind in (SINGLE, MULTIPLE, NUMBER, TEXT, FORMULA, MATCHING, GROUPING, ORDERING, CLOZE, TABLE, HIGHLIGHT)
}


@dataclass(frozen=True)
class Multipart:
    """A task in several parts."""

    name: str = "multipart"

    def prepare(self, spec: Spec, seed: int) -> Variant:
        """The material, and each part as its kind shows it."""
        parts = []
        for place in range(len(spec["parts"])):
            kind, own = self._own(spec, place)
            shown = kind.prepare(
                {name: value for name, value in own.items() if name not in SECRET_FIELDS}, _seed(seed, place)
            )
            parts.append({"kind": kind.name, "variant": shown})
        return shown_fields(spec) | {"material": spec["material"], "parts": parts}

    def parse(self, form: Form) -> Answer:
        """What the fields of each part held: read when the kinds are known."""
        values = [value.strip() for value in answers_in(form)]
        if len(values) > MOST_VALUES or any(len(value) > MAX_VALUE for value in values):
            raise Unreadable(say("The answer is too long. Write only what is asked."))
        if all(not value or _MARK.fullmatch(value) for value in values):
            raise Unreadable(say("Nothing is filled in yet."))
        return {"given": values}

    def grade(self, spec: Spec, seed: int, answer: Answer) -> Verdict:
        """The points of all parts together; a part without an answer is worth nothing."""
        must_be_sound(self, spec)
        verdicts = [self._judge(spec, seed, place, values) for place, values in enumerate(self._by_part(spec, answer))]
        points = sum((verdict.points for verdict in verdicts if verdict), Decimal(0))
        right = sum(1 for verdict in verdicts if verdict and verdict.correct)
        said: tuple[Phrase, ...] = ()
        if right < len(verdicts):
            said = (say("Right ones found: %(found)s of %(all)s.", found=str(right), all=str(len(verdicts))),)
        return Verdict(points, spec.get("points", 1), right == len(verdicts), said)

    def present(self, spec: Spec, seed: int, answer: Answer, verdict: Verdict) -> Presented:
        """Every part with what was given and what is right."""
        parts = []
        for place, values in enumerate(self._by_part(spec, answer)):
            kind, own = self._own(spec, place)
            form: Form = {"answer": values} if any(values) else kind.examples(own, _seed(seed, place)).right
            read = kind.parse(form)
            judged = kind.grade(own, _seed(seed, place), read)
            shown = kind.present(own, _seed(seed, place), read, judged)
            given = shown.given if any(values) else NOTHING
            parts.append(ShownPart(f"{place + 1}) {own['prompt']}", given, shown.right, any(values) and judged.correct))
        return Presented(as_line(parts), as_line(parts, right=True), spec.get("why", ""), parts=tuple(parts))

    def examples(self, spec: Spec, seed: int = 0) -> Examples:
        """Every part right, every part wrong, and all of them empty."""
        made: dict[str, list[str]] = {"right": [], "wrong": [], "empty": []}
        for place in range(len(spec["parts"])):
            kind, own = self._own(spec, place)
            examples = kind.examples(own, _seed(seed, place))
            for name, form in (("right", examples.right), ("wrong", examples.wrong), ("empty", {"answer": ""})):
                made[name] += [f"part:{place + 1}", *answers_in(form)]
        return Examples({"answer": made["right"]}, {"answer": made["wrong"]}, {"answer": made["empty"]})

    def check(self, spec: Spec) -> list[Fault]:
        """A material, parts of known kinds, a key for each, and points that are their sum."""
        faults = list(common_faults(spec, frozenset({"material", "parts", "shares"})))
        material = spec.get("material")
        if not isinstance(material, str) or not material.strip() or len(material) > MAX_MATERIAL:
            faults.append(
                Fault("material", say("Write the material that all parts share, no longer than 8,000 characters."))
            )
        parts, key = spec.get("parts"), spec.get("key")
        if not isinstance(parts, list) or not 2 <= len(parts) <= MOST or not all(map(_is_part, parts)):
            return [*faults, Fault("parts", say("There must be from 2 to 8 parts, each a question of a known kind."))]
        if not isinstance(key, list) or len(key) != len(parts):
            return [*faults, Fault("key", say("Give the answer for each part."))]
        if "shares" in spec:
            faults.append(Fault("shares", say("There is no such field in this kind of task.")))
        for place in range(len(parts)):
            kind, own = self._own(spec, place)
            found = kind.check(own)
            faults += [Fault("key" if one.where in {"key", "shares"} else "parts", one.what) for one in found]
        if not faults and sum(part.get("points", 1) for part in parts) != spec.get("points", 1):
            faults.append(Fault("points", say("The points must be what the parts come to.")))
        return faults

    def part(self, spec: Spec, seed: int, place: int) -> tuple[TaskKind, dict[str, Any], int]:
        """One part as a task of its own: its kind, its specification and its seed."""
        return *self._own(spec, place), _seed(seed, place)

    def answer_of(self, spec: Spec, place: int, answer: Answer) -> Answer | None:
        """What was given to one part; None where it was left. Raises `Unreadable`."""
        values = self._by_part(spec, answer)[place]
        return self._own(spec, place)[0].parse({"answer": values}) if any(values) else None

    @staticmethod
    def _own(spec: Spec, place: int) -> tuple[TaskKind, dict[str, Any]]:
        part = spec["parts"][place]
        own = {name: value for name, value in part.items() if name != "kind"} | {"version": 1}
        if "key" in spec:
            own["key"] = spec["key"][place]
        return INNER[part["kind"]], own

    @staticmethod
    def _by_part(spec: Spec, answer: Answer) -> list[list[str]]:
        """The values of each part; raises `Unreadable` for what belongs to none."""
        found: list[list[str]] = [[] for _ in spec["parts"]]
        at = -1
        for value in answer["given"]:
            mark = _MARK.fullmatch(value)
            if mark:
                at = int(mark[1]) - 1
            elif value and not 0 <= at < len(found):
                raise Unreadable(say("This option is not in the task. Choose again."))
            elif 0 <= at < len(found):
                found[at].append(value)
        return found

    def _judge(self, spec: Spec, seed: int, place: int, values: list[str]) -> Verdict | None:
        if not any(values):
            return None
        kind, own = self._own(spec, place)
        return kind.grade(own, _seed(seed, place), kind.parse({"answer": values}))


def _seed(seed: int, place: int) -> int:
    return seed * 16 + place


def _is_part(part: Any) -> bool:
    return (
        isinstance(part, dict)
        and part.get("kind") in INNER
        and isinstance(part.get("prompt"), str)
        and not {"key", "version", "picture", "remarks", "why", "shares", "hints"} & set(part)
    )


MULTIPART = Multipart()
