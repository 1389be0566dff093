"""Tasks whose answer is a number, perhaps with a unit.

``{"version": 1, "prompt": …, "key": {"value": "3/4"}}``; optional ``unit`` (written beside the field),
``ask_unit`` (the pupil must write the unit), and a tolerance, absolute ``abs`` or relative ``rel`` (a share of
the right value), both inclusive. The key may also hold ``also``: further answers, each with its ``value``, ``abs`` and
``share`` of the points, for a wider tolerance that brings half or a second root that brings all. An answer in another unit of the same quantity is turned into the asked one.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from .contract import Answer, Examples, Fault, Form, Presented, Spec, Unreadable, Variant, Verdict, say
from .numerals import NotANumber, read_number, write_number
from .spec import common_faults, must_be_sound, points_for, share_in, shown_fields, the_answer_in
from .units import known_unit, turn

FIELDS = frozenset({"unit", "ask_unit", "abs", "rel"})
# The number ends with a digit, a bracket or a raised digit; a unit starts with a letter or a sign no number has.
_UNIT = re.compile(r"(?P<number>.*[\d)½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞⁰¹²³⁴⁵⁶⁷⁸⁹,.])\s*(?P<unit>[^\W\d_][^=]*|[°º%₽′][^=]*)", re.DOTALL)
_NAME = re.compile(r"^[^\W\d_]{1,2}[₀-₉0-9]?\s*=\s*")


def _fraction(value: Any) -> Fraction | None:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    try:
        return read_number(str(value))
    except NotANumber:
        return None


def _are_sound(also: Any) -> bool:
    """Whether further answers are numbers with a tolerance and a share."""
    return isinstance(also, list) and all(
        isinstance(one, dict)
        and {"value", "share"} <= set(one) <= {"value", "abs", "share"}
        and _fraction(one["value"]) is not None
        and (_fraction(one.get("abs", 0)) or Fraction(0)) >= 0
        and _fraction(one.get("abs", 0)) is not None
        and share_in(one["share"]) is not None
        for one in also
    )


def _read(text: str) -> tuple[Fraction, str]:
    """The number and the unit after it, as written; raises `Unreadable`."""
    number = _NAME.sub("", text)
    try:
        return read_number(number), ""
    except NotANumber:
        found = _UNIT.fullmatch(number)
    try:
        if found:
            return read_number(found["number"]), found["unit"].strip()
    except NotANumber:
        pass
    raise Unreadable(say("This does not look like a number. Write it like 12, 3/4 or 0,5."))


@dataclass(frozen=True)
class Number:
    """A task answered by a number."""

    name: str = "number"

    def prepare(self, spec: Spec, seed: int) -> Variant:
        """The question, the unit beside the field, and whether the pupil writes the unit."""
        asked = bool(spec.get("ask_unit", False))
        return shown_fields(spec) | {"unit": "" if asked else spec.get("unit", ""), "ask_unit": asked}

    def parse(self, form: Form) -> Answer:
        """The number and the unit; «x = 5» is read as 5."""
        text = the_answer_in(form, when_empty=say("Write a number."))
        value, unit = _read(text)
        return {"text": text, "value": f"{value.numerator}/{value.denominator}", "unit": unit}

    def grade(self, spec: Spec, seed: int, answer: Answer) -> Verdict:
        """Right when within the tolerance of the key, after turning units."""
        must_be_sound(self, spec)
        max_points = spec.get("points", 1)
        value = self._in_asked_unit(spec, answer)
        if value is None:
            return Verdict(Decimal(0), max_points, False, (say("This unit measures another quantity."),))
        right = read_number(str(spec["key"]["value"]))
        if abs(value - right) <= self._tolerance(spec, right):
            return Verdict(Decimal(max_points), max_points, correct=True)
        for other in spec["key"].get("also", ()):
            if abs(value - read_number(str(other["value"]))) <= read_number(str(other.get("abs", 0))):
                share = share_in(other["share"]) or Fraction(0)
                return Verdict(points_for(share, max_points), max_points, correct=share >= 1)
        feedback = (say("The sign is different."),) if value == -right else ()
        return Verdict(Decimal(0), max_points, False, feedback)

    def present(self, spec: Spec, seed: int, answer: Answer, verdict: Verdict) -> Presented:
        """The number given and the right one with its unit."""
        written = str(spec["key"]["value"]).replace(".", ",").replace("-", "−")
        unit = spec.get("unit", "")
        glue = "" if unit in {"°", "′"} else " "
        return Presented(answer["text"], f"{written}{glue}{unit}".strip(), spec.get("why", ""))

    def examples(self, spec: Spec, seed: int = 0) -> Examples:
        """The key itself, a number outside the tolerance, and a word."""
        right = read_number(str(spec["key"]["value"]))
        unit = spec.get("unit", "")
        wrong = right + 2 * self._tolerance(spec, right) + 1
        return Examples(
            right={"answer": f"{write_number(right)} {unit}".strip()},
            wrong={"answer": f"{write_number(wrong)} {unit}".strip()},
            unreadable={"answer": "не знаю"},
        )

    def check(self, spec: Spec) -> list[Fault]:
        """The key must be a number, the tolerance one non-negative number, the unit a known one."""
        faults = list(common_faults(spec, FIELDS))
        key = spec.get("key")
        if (
            not isinstance(key, dict)
            or not {"value"} <= set(key) <= {"value", "also"}
            or _fraction(key["value"]) is None
        ):
            faults.append(Fault("key", say("The key must be a number.")))
        elif not _are_sound(key.get("also", [])):
            faults.append(
                Fault("key", say("Write each further answer with its tolerance and its share of the points."))
            )
        if "abs" in spec and "rel" in spec:
            faults.append(Fault("abs", say("Give one tolerance, absolute or relative.")))
        for name in ("abs", "rel"):
            tolerance = _fraction(spec.get(name, 0))
            if tolerance is None or tolerance < 0:
                faults.append(Fault(name, say("A tolerance must be a number, zero or more.")))
        unit = spec.get("unit")
        if unit is not None and (not isinstance(unit, str) or known_unit(unit) != unit):
            faults.append(Fault("unit", say("This unit is unknown or written in an unusual way.")))
        if not isinstance(spec.get("ask_unit", False), bool) or (spec.get("ask_unit") and unit is None):
            faults.append(Fault("ask_unit", say("To ask for a unit, name the unit.")))
        return faults

    @staticmethod
    def _tolerance(spec: Spec, right: Fraction) -> Fraction:
        if "rel" in spec:
            return abs(right) * read_number(str(spec["rel"]))
        return read_number(str(spec.get("abs", 0)))

    @staticmethod
    def _in_asked_unit(spec: Spec, answer: Answer) -> Fraction | None:
        """The value in the unit of the task, None when it measures another thing; raises `Unreadable`."""
        value, wanted, written = Fraction(answer["value"]), spec.get("unit"), answer["unit"]
        if not written:
            if spec.get("ask_unit", False):
                raise Unreadable(say("Write the unit after the number."))
            return value
        if wanted is None:
            raise Unreadable(say("Write only the number, without words."))
        given = known_unit(written)
        if given is None:
            raise Unreadable(say("The unit “%(unit)s” is not known here.", unit=written))
        return turn(value, given, wanted)


NUMBER = Number()
