"""Tasks with numbers and words of their own for each pupil: a template filled by the seed, then a task of another kind.

``{"version": 1, "prompt": "{n} прошла {s} км за {t} ч. Найдите скорость.", "params": {"n": {"one_of": ["Аня", "Оля"]},
"t": {"from": 2, "to": 6}, "v": {"from": "3", "to": "5", "step": "0.5"}, "s": {"is": "v*t"}}, "where": ["v > t", "whole v*t"],
"task": {"kind": "number", "unit": "км/ч"}, "key": {"value": "{v}"}}``. Parameters are single Latin letters; one
may be counted from others. In all texts what stands in braces is counted. Variants that break a condition of ``where``
are drawn again. ``"drawing"`` is a picture made from the numbers (``kinds.drawings``).
"""

import json
import operator
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Any

from .choice import MULTIPLE, SINGLE
from .contract import (
    Answer,
    BrokenSpec,
    Examples,
    Fault,
    Form,
    Presented,
    Spec,
    TaskKind,
    Unreadable,
    Variant,
    Verdict,
    say,
)
from .drawings import can_be_drawn, is_drawing, shows
from .expressions import Node, NotAFormula, read_formula
from .formula import FORMULA
from .number import NUMBER
from .numerals import NotANumber, read_number, write_number
from .parts import read_parts
from .shuffle import opaque
from .spec import common_faults
from .text import TEXT
from .values import exact

FIELDS = frozenset({"params", "where", "task", "shares", "drawing"})
INNER: dict[str, TaskKind] = {kind.name: kind for kind in (NUMBER, SINGLE, MULTIPLE, TEXT, FORMULA)}
MOST_PARAMS = 10
MOST_CONDITIONS = 10
MOST_VALUES = 10_000
TRIES = 100
MOST_LOOKED_AT = 10_000
LOOKED_AT = 60
"""Variants that every check looks at; the survey before publishing takes thousands."""
_BRACES = re.compile(r"\{([^{}]+)\}")
_CONDITION = re.compile(r"([^<>=!≤≥≠]+)(<=|>=|!=|≤|≥|≠|<|>|=)([^<>=!≤≥≠]+)")
_COMPARE: dict[str, Callable[[Fraction, Fraction], bool]] = {
    "<": operator.lt, ">": operator.gt, "=": operator.eq, "<=": operator.le, "≤": operator.le,
    ">=": operator.ge, "≥": operator.ge, "!=": operator.ne, "≠": operator.ne,
}  # fmt: skip
_WHOLE = "whole "
Values = dict[str, Fraction | str]


class Unsolvable(ValueError):
    """No variant for this seed: a condition never holds, or something can't be counted."""


@lru_cache(maxsize=2048)
def _node(text: str) -> Node:
    return read_formula(text)


def _count(text: str, values: Mapping[str, Fraction | str]) -> Fraction:
    """The value of an expression of parameters; raises `Unsolvable`."""
    numbers = {name: value for name, value in values.items() if isinstance(value, Fraction)}
    try:
        return exact(_node(text), numbers)
    except (NotAFormula, KeyError, ValueError, ZeroDivisionError):
        raise Unsolvable(text) from None


def _holds(condition: str, values: Values) -> bool:
    if condition.startswith(_WHOLE):
        return _count(condition.removeprefix(_WHOLE), values).denominator == 1
    found = _CONDITION.fullmatch(condition)
    if found is None:
        raise Unsolvable(condition)
    return _COMPARE[found[2]](_count(found[1], values), _count(found[3], values))


def _values(params: Mapping[str, Any], seed: int, attempt: int) -> Values:
    """One draw: first what is drawn, then what is counted, in whatever order it is written."""
    values = {name: _draw(param, name, seed, attempt) for name, param in params.items() if "is" not in param}
    waiting = {name: str(param["is"]) for name, param in params.items() if "is" in param}
    while waiting:
        ready = [name for name, text in waiting.items() if not _letters(text) & waiting.keys()]
        if not ready:
            raise Unsolvable("is")
        values |= {name: _count(waiting.pop(name), values) for name in ready}
    return values


def _letters(text: str) -> frozenset[str]:
    try:
        return _node(text).letters
    except NotAFormula:
        raise Unsolvable(text) from None


def _draw(param: Mapping[str, Any], name: str, seed: int, attempt: int) -> Fraction | str:
    chance = int(opaque(seed, attempt, f"param {name}"), 16)
    if "one_of" in param:
        written = param["one_of"][chance % len(param["one_of"])]
        try:
            return read_number(str(written))
        except NotANumber:
            return str(written)
    begin, end, step = (read_number(str(param.get(field, 1))) for field in ("from", "to", "step"))
    return begin + step * (chance % (int((end - begin) / step) + 1))


def values_for(spec: Spec, seed: int) -> Values:
    """The parameters of a seed; raises `Unsolvable` when no draw keeps the conditions."""
    for attempt in range(TRIES):
        try:
            values = _values(spec["params"], seed, attempt)
            if all(_holds(condition, values) for condition in spec.get("where", ())):
                return values
        except Unsolvable:
            if attempt == TRIES - 1:
                raise
    raise Unsolvable("where")


def fill(written: Any, values: Values) -> Any:
    """The same with everything in braces counted; numbers as schools write them."""
    if isinstance(written, str):
        return _BRACES.sub(lambda found: _shown(found[1].strip(), values), written)
    if isinstance(written, list):
        return [fill(one, values) for one in written]
    if isinstance(written, dict):
        return {name: fill(one, values) for name, one in written.items()}
    return written


def _shown(text: str, values: Values) -> str:
    value = values.get(text)
    return value if isinstance(value, str) else write_number(_count(text, values))


def _task(spec: Spec, values: Values) -> tuple[TaskKind, dict[str, Any]]:
    """The kind that asks a template, and its specification with these values. Raises `Unsolvable`."""
    kept = {
        name: value for name, value in spec.items() if name not in {"params", "where", "task", "remarks", "drawing"}
    }
    own = {name: value for name, value in spec["task"].items() if name != "kind"}
    return INNER[spec["task"]["kind"]], fill(own | kept, values)


@dataclass(frozen=True)
class Survey:
    """What many variants of a template look like."""

    looked_at: int
    different: int
    """Different sets of numbers and words among them."""
    faults: tuple[Fault, ...]
    """Of the first variants that have any."""
    samples: tuple[tuple[str, str], ...]
    """Some questions with their right answers."""
    failing: str = ""
    """The numbers and words of the variant that has the faults: «a = 3, n = Оля»."""

    @property
    def is_sound(self) -> bool:
        """Whether every variant can be asked, answered and told right from wrong."""
        return not self.faults


@dataclass(frozen=True)
class Varied:
    """A template of tasks."""

    name: str = "varied"

    def prepare(self, spec: Spec, seed: int) -> Variant:
        """The task of this seed as its kind shows it; ``as`` names the kind."""
        kind, own = self._own(
            {name: value for name, value in spec.items() if name not in {"key", "shares", "remarks"}}, seed
        )
        made = kind.prepare(own, seed) | {"as": kind.name}
        if "drawing" in spec:
            made["drawing"] = fill(spec["drawing"], values_for(spec, seed))
        return made

    def parse(self, form: Form) -> Answer:
        """What the fields held: it is read when the kind is known."""
        return read_parts(form)

    def grade(self, spec: Spec, seed: int, answer: Answer) -> Verdict:
        """As the kind judges the task of this seed."""
        faults = self.check(spec)
        if faults:
            raise BrokenSpec(faults)
        kind, own = self._own(spec, seed)
        return kind.grade(own, seed, self._read(kind, answer))

    def present(self, spec: Spec, seed: int, answer: Answer, verdict: Verdict) -> Presented:
        """As the kind shows it."""
        kind, own = self._own(spec, seed)
        return kind.present(own, seed, self._read(kind, answer), verdict)

    def examples(self, spec: Spec, seed: int = 0) -> Examples:
        """Those of the kind."""
        kind, own = self._own(spec, seed)
        return kind.examples(own, seed)

    def check(self, spec: Spec) -> list[Fault]:
        """Sound parameters and conditions, and a sound task for each of some dozens of seeds."""
        try:
            written = json.dumps(spec, sort_keys=True)
        except (TypeError, ValueError):
            return [Fault("task", say("There is no such field in this kind of task."))]
        return list(_faults(written))

    def survey(self, spec: Spec, count: int = MOST_LOOKED_AT) -> Survey:
        """Look at many variants: each must be sound and judge its own examples."""
        return _survey(json.dumps(spec, sort_keys=True), count)

    def surveys(self, spec: Spec, count: int = MOST_LOOKED_AT, every: int = 500) -> Iterator[Survey]:
        """The same step by step: what is known after every so many variants, the last being the whole."""
        return _surveys(spec, count, every)

    def without_secrets(self, spec: Spec, seed: int) -> dict[str, Any]:
        """The task of a seed without key, shares and remarks: for its hints."""
        kept = {name: value for name, value in spec.items() if name not in {"key", "shares", "remarks", "why"}}
        return self._own(kept, seed)[1]

    @staticmethod
    def _own(spec: Spec, seed: int) -> tuple[TaskKind, dict[str, Any]]:
        """The task of a seed. Raises `BrokenSpec` when there is none."""
        try:
            return _task(spec, values_for(spec, seed))
        except Unsolvable:
            raise BrokenSpec([UNSOLVABLE]) from None

    @staticmethod
    def _read(kind: TaskKind, answer: Answer) -> Answer:
        return kind.parse({"answer": answer["given"]})


LEAK = Fault("drawing", say("The picture shows the right answer. Write ? for what is to be found."))
UNSOLVABLE = Fault("params", say("For some pupils no numbers keep all conditions. Widen the limits."))


def _param_fault(name: str, param: Any) -> bool:
    if not re.fullmatch("[A-Za-z]", name) or not isinstance(param, dict):
        return True
    if set(param) == {"is"}:
        return not isinstance(param["is"], str)
    if set(param) == {"one_of"}:
        texts = param["one_of"]
        return not isinstance(texts, list) or not texts or not all(isinstance(one, str | int) for one in texts)
    if not {"from", "to"} <= set(param) <= {"from", "to", "step"}:
        return True
    try:
        begin, end, step = (read_number(str(param.get(field, 1))) for field in ("from", "to", "step"))
    except NotANumber:
        return True
    return step <= 0 or begin > end or (end - begin) / step > MOST_VALUES


def _shape_faults(spec: dict[str, Any]) -> list[Fault]:
    faults = list(common_faults(spec, FIELDS))
    params, where, task = spec.get("params"), spec.get("where", []), spec.get("task")
    if (
        not isinstance(params, dict)
        or not 1 <= len(params) <= MOST_PARAMS
        or any(_param_fault(name, param) for name, param in params.items())
    ):
        faults.append(Fault("params", say("Each parameter is a letter with limits, a list or a formula.")))
    if (
        not isinstance(where, list)
        or len(where) > MOST_CONDITIONS
        or not all(isinstance(one, str) and (one.startswith(_WHOLE) or _CONDITION.fullmatch(one)) for one in where)
    ):
        faults.append(Fault("where", say("A condition compares two formulas, or says that one is whole.")))
    if not isinstance(task, dict) or task.get("kind") not in INNER:
        faults.append(Fault("task", say("Choose how the pupil answers.")))
    if "drawing" in spec and not is_drawing(spec["drawing"]):
        faults.append(Fault("drawing", say("There is no such picture. Look at the list below the field.")))
    if isinstance(task, dict) and set(task) & {"key", "prompt", "version", "points", "why", "shares"}:
        faults.append(Fault("task", say("There is no such field in this kind of task.")))
    return faults


@lru_cache(maxsize=256)
def _faults(written: str) -> tuple[Fault, ...]:
    spec = json.loads(written)
    faults = _shape_faults(spec)
    return tuple(faults) if faults else _survey(written, LOOKED_AT).faults


@lru_cache(maxsize=256)
def _survey(written: str, count: int) -> Survey:
    *_, last = _surveys(json.loads(written), count, count)
    return last


def _surveys(spec: Spec, count: int, every: int) -> Iterator[Survey]:
    shape = _shape_faults(dict(spec))
    if shape:
        yield Survey(0, 0, tuple(shape), ())
        return
    seen: set[tuple[tuple[str, Fraction | str], ...]] = set()
    told = 0
    samples: list[tuple[str, str]] = []
    for seed in range(count):
        if seed and seed % every == 0:
            yield Survey(seed, len(seen), (), tuple(samples))
        values: Values = {}
        try:
            values = values_for(spec, seed)
            # The same numbers make the same task: only its options may stand in another order.
            drawn = tuple(sorted(values.items()))
            if drawn in seen:
                continue
            seen.add(drawn)
            kind, own = _task(spec, values)
        except Unsolvable:
            yield Survey(seed, len(seen), (UNSOLVABLE,), tuple(samples), _told(values))
            return
        faults = kind.check(own) or _judging_faults(kind, own, seed) or _drawing_faults(spec, values)
        if faults:
            kept = {"key", "shares", "why", "prompt", "points", "picture", "drawing"}
            moved = tuple(Fault(one.where if one.where in kept else "task", one.what) for one in faults)
            yield Survey(seed, len(seen), moved, tuple(samples), _told(values))
            return
        told += _is_told(spec, own, values)
        if len(samples) < 5:
            right = kind.parse(kind.examples(own, seed).right)
            samples.append((own["prompt"], kind.present(own, seed, right, kind.grade(own, seed, right)).right))
    # Once by chance is no leak: a side may be as long as the answer.
    leaks = (LEAK,) if told == len(seen) > 1 else ()
    yield Survey(count, len(seen), leaks, tuple(samples))


def _drawing_faults(spec: Spec, values: Values) -> list[Fault]:
    """Numbers of which the picture can't be made."""
    if "drawing" not in spec or can_be_drawn(fill(spec["drawing"], values)):
        return []
    return [Fault("drawing", say("In some variants the picture can't be drawn from these numbers."))]


def _is_told(spec: Spec, own: Spec, values: Values) -> bool:
    """Whether the right answer can simply be read off the picture.

    Of options, when the picture shows all that are right and no other: where it shows wrong ones too, one still has to choose.
    """
    if "drawing" not in spec:
        return False
    drawing, key = fill(spec["drawing"], values), own["key"]
    if isinstance(key, list):
        return all(shows(drawing, text) == (place in key) for place, text in enumerate(own["options"]))
    return any(shows(drawing, str(text)) for text in [key.get("value", ""), *key.get("accept", ())])


def _told(values: Values) -> str:
    """Numbers and words of a variant, as its author would write them."""
    return ", ".join(
        f"{name} = {value if isinstance(value, str) else write_number(value)}" for name, value in sorted(values.items())
    )


def _judging_faults(kind: TaskKind, own: Spec, seed: int) -> list[Fault]:
    """A variant whose own right answer is judged wrong, or the other way round."""
    examples = kind.examples(own, seed)
    try:
        right, wrong = (kind.grade(own, seed, kind.parse(form)) for form in (examples.right, examples.wrong))
    except Unreadable as problem:
        return [Fault("key", problem.reason)]
    if right.correct and not wrong.correct:
        return []
    return [Fault("key", say("In some variants a right answer can't be told from a wrong one."))]


VARIED = Varied()
