"""What kinds answered in several parts have in common: reading the fields, credit by parts, what is shown after."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from .contract import Answer, Fault, Form, Phrase, ShownPart, Spec, Unreadable, Verdict, say
from .spec import MAX_ANSWER, answers_in, points_for

MOST_PARTS = 40
CREDITS = ("partial", "all")
RULES: dict[str, Phrase] = {
    "partial": say("Each right part brings its share of the points."),
    "all": say("Points are given only when everything is right."),
}
NOTHING = "—"
"""Shown where a part was left without an answer."""


def read_parts(form: Form) -> Answer:
    """All fields ``answer`` in their order, as they were filled in; raises `Unreadable` when all are empty."""
    values = [value.strip() for value in answers_in(form)]
    if not any(values):
        raise Unreadable(say("Nothing is filled in yet."))
    if len(values) > MOST_PARTS or any(len(value) > MAX_ANSWER for value in values):
        raise Unreadable(say("The answer is too long. Write only what is asked."))
    return {"given": values}


def part_at(answer: Answer, place: int) -> str:
    """What the field at a place holds; nothing where there is no such field."""
    given = answer["given"]
    return str(given[place]) if place < len(given) else ""


def judge_parts(
    spec: Spec, shares: Sequence[Fraction], weights: Sequence[Fraction], feedback: tuple[Phrase, ...] = ()
) -> Verdict:
    """Points for parts of which each is right to some share and has some weight, by the task's rule of credit."""
    max_points, right = spec.get("points", 1), sum(share >= 1 for share in shares)
    if right == len(shares):
        return Verdict(Decimal(max_points), max_points, True, feedback)
    found = say("Right ones found: %(found)s of %(all)s.", found=str(right), all=str(len(shares)))
    whole = sum(weights, Fraction(0)) or Fraction(1)
    earned = sum((share * weight for share, weight in zip(shares, weights, strict=True)), Fraction(0)) / whole
    points = points_for(earned if spec.get("credit", "partial") == "partial" else Fraction(0), max_points)
    return Verdict(points, max_points, False, (found, *feedback) if len(shares) > 1 else feedback)


def rule_of(spec: Spec) -> str:
    """The rule of points as a msgid for the screen."""
    return RULES[spec.get("credit", "partial")].msgid


def credit_faults(spec: Spec) -> list[Fault]:
    """Mistakes in the field ``credit``."""
    if spec.get("credit", "partial") in CREDITS:
        return []
    return [Fault("credit", say("Points are given by parts or for all at once."))]


def as_line(parts: Sequence[ShownPart], *, right: bool = False) -> str:
    """All parts in one line, as they were given or as they are right."""
    return "; ".join(" — ".join(filter(None, (one.label, one.right if right else one.given))) for one in parts)


def different_texts(value: Any, fewest: int, most: int) -> Phrase | None:
    """What is wrong with a list that should hold different texts; None when nothing is."""
    if not isinstance(value, list) or not all(isinstance(text, str) and text.strip() for text in value):
        return say("This must be a list of texts.")
    if not fewest <= len(value) <= most:
        return say("There must be from %(fewest)s to %(most)s lines.", fewest=str(fewest), most=str(most))
    if len({" ".join(text.split()) for text in value}) < len(value):
        return say("Two lines are the same.")
    return None
