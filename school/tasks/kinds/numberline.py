"""Tasks where points are set on a number line.

``{"version": 1, "prompt": …, "from": "0", "to": "2", "step": "1/4", "marks": ["A", "B"], "key": ["3/4", "1 1/2"]}``;
optional ``labels`` (every how many steps a number stands under the line; 0 for the ends only) and ``credit``. A mark stands on a step;
the answer names the steps, from 0.
"""

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Any

from .contract import Answer, Examples, Fault, Form, Presented, ShownPart, Spec, Unreadable, Variant, Verdict, say
from .numerals import NotANumber, read_number, write_number
from .parts import NOTHING, as_line, credit_faults, different_texts, judge_parts, part_at, read_parts, rule_of
from .spec import common_faults, is_whole, must_be_sound, shown_fields

FIELDS = frozenset({"from", "to", "step", "marks", "labels", "credit"})
MOST_STEPS = 100
MOST_MARKS = 4
_MOST_LABELS = 11


def _number(value: Any) -> Fraction | None:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    try:
        return read_number(str(value))
    except NotANumber:
        return None


def _line(spec: Spec) -> tuple[Fraction, Fraction, int]:
    """The beginning, the step and the number of steps of a sound line."""
    begin, end, step = (read_number(str(spec[name])) for name in ("from", "to", "step"))
    return begin, step, int((end - begin) / step)


@lru_cache(1024)
def _round_ones(begin: Fraction, step: Fraction, count: int) -> frozenset[int]:
    """Steps under which a number stands: the ends, and as many round numbers as there is room for."""
    for every in sorted({n * m for n in (1, 2, 5) for m in (1, 2, 4, 5, 10, 20)}):
        apart = step * every
        places = {at for at in range(count + 1) if ((begin + step * at) / apart).denominator == 1}
        if len(places) <= _MOST_LABELS and _is_round(apart):
            return frozenset({0, count}) | {at for at in places if min(at, count - at) * 2 >= every}
    return frozenset({0, count})


def _is_round(apart: Fraction) -> bool:
    """1, 2, 5 and what is ten times more or less; halves, thirds and other simple parts of one."""
    while apart >= 10 and apart.denominator == 1 and apart.numerator % 10 == 0:
        apart /= 10
    digits = apart * 1000
    while digits.denominator == 1 and digits >= 10 and digits.numerator % 10 == 0:
        digits /= 10
    return apart in {1, 2, 5} or apart.numerator == 1 or digits in {1, 2, 5}


@dataclass(frozen=True)
class NumberLine:
    """A task on a number line."""

    name: str = "number_line"

    def prepare(self, spec: Spec, seed: int) -> Variant:
        """The line with the numbers under it, and the names of the marks."""
        begin, step, count = _line(spec)
        every = spec.get("labels")
        labelled = (
            _round_ones(begin, step, count) if every is None else {0, count, *range(0, count + 1, every or count)}
        )
        return shown_fields(spec) | {
            "steps": count,
            "ticks": [
                {"at": at, "label": write_number(begin + step * at) if at in labelled else ""}
                for at in range(count + 1)
            ],
            "marks": list(spec["marks"]),
            "rule": rule_of(spec) if len(spec["marks"]) > 1 else "",
        }

    def parse(self, form: Form) -> Answer:
        """The step of each mark, in their order."""
        answer = read_parts(form)
        if not all(re.fullmatch("[0-9]{0,3}", value) for value in answer["given"]):
            raise Unreadable(say("This option is not in the task. Choose again."))
        return answer

    def grade(self, spec: Spec, seed: int, answer: Answer) -> Verdict:
        """Each mark at its number brings its share."""
        must_be_sound(self, spec)
        given = self._given(spec, answer)
        shares = [Fraction(one == read_number(str(right))) for one, right in zip(given, spec["key"], strict=True)]
        return judge_parts(spec, shares, [Fraction(1)] * len(shares))

    def present(self, spec: Spec, seed: int, answer: Answer, verdict: Verdict) -> Presented:
        """Every mark with the number it was set at and its own."""
        given = self._given(spec, answer)
        parts = tuple(
            ShownPart(
                mark,
                NOTHING if one is None else write_number(one),
                write_number(read_number(str(right))),
                one == read_number(str(right)),
            )
            for mark, one, right in zip(spec["marks"], given, spec["key"], strict=True)
        )
        return Presented(as_line(parts), as_line(parts, right=True), spec.get("why", ""), parts=parts)

    def examples(self, spec: Spec, seed: int = 0) -> Examples:
        """Every mark at its step, every one beside it, and nothing."""
        begin, step, count = _line(spec)
        right = [int((read_number(str(key)) - begin) / step) for key in spec["key"]]
        wrong = [at + 1 if at < count else at - 1 for at in right]
        return Examples({"answer": [str(at) for at in right]}, {"answer": [str(at) for at in wrong]}, {"answer": [""]})

    def check(self, spec: Spec) -> list[Fault]:
        """A whole number of steps, not too many, and a step for each mark."""
        faults = [*common_faults(spec, FIELDS), *credit_faults(spec)]
        begin, end, step = (_number(spec.get(name)) for name in ("from", "to", "step"))
        if begin is None or end is None or step is None or begin >= end or step <= 0:
            return [*faults, Fault("from", say("Write where the line begins, where it ends and its step."))]
        count = (end - begin) / step
        if count.denominator != 1 or not 2 <= count <= MOST_STEPS:
            return [*faults, Fault("step", say("The line must hold a whole number of steps, from 2 to 100."))]
        labels = spec.get("labels", 0)
        if not is_whole(labels) or not 0 <= labels <= MOST_STEPS:
            faults.append(Fault("labels", say("Say every how many steps a number is written.")))
        what = different_texts(spec.get("marks"), 1, MOST_MARKS)
        if what:
            return [*faults, Fault("marks", what)]
        key = spec.get("key")
        values = [_number(one) for one in key] if isinstance(key, list) else []
        if len(values) != len(spec["marks"]) or not all(
            one is not None and begin <= one <= end and ((one - begin) / step).denominator == 1 for one in values
        ):
            faults.append(Fault("key", say("Give for each mark a number that stands on a step of the line.")))
        return faults

    def _given(self, spec: Spec, answer: Answer) -> list[Fraction | None]:
        begin, step, count = _line(spec)
        given: list[Fraction | None] = []
        for place in range(len(spec["marks"])):
            value = part_at(answer, place)
            if value and int(value) > count:
                raise Unreadable(say("This option is not in the task. Choose again."))
            given.append(begin + step * int(value) if value else None)
        return given


NUMBER_LINE = NumberLine()
