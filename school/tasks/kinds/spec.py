"""Reading what all kinds of task have in common: the fields of a specification and of a form."""

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

from .contract import BrokenSpec, Fault, Form, Phrase, Spec, TaskKind, Unreadable, say

VERSION = 1
MAX_PROMPT = 2000
MAX_ANSWER = 300
MAX_POINTS = 20
MAX_SHARE = 24
MOST_HINTS = 5
MAX_HINT = 500
COMMON_FIELDS = frozenset({"version", "prompt", "points", "picture", "key", "why", "remarks", "hints"})


def common_faults(spec: Spec, own_fields: frozenset[str]) -> Iterator[Fault]:
    """Faults in the fields that every kind has; ``own_fields`` are those of this kind."""
    if spec.get("version") != VERSION:
        yield Fault("version", say("The version must be 1."))
    prompt = spec.get("prompt")
    if not isinstance(prompt, str) or not prompt.strip():
        yield Fault("prompt", say("Write the question."))
    elif len(prompt) > MAX_PROMPT:
        yield Fault("prompt", say("The question is longer than 2,000 characters."))
    points = spec.get("points", 1)
    if not is_whole(points) or not 1 <= points <= MAX_POINTS:
        yield Fault("points", say("Points must be a whole number from 1 to 20."))
    if not isinstance(spec.get("why", ""), str):
        yield Fault("why", say("The explanation must be text."))
    picture = spec.get("picture")
    if picture is not None and not (
        isinstance(picture, dict)
        and set(picture) == {"name", "alt"}
        and all(isinstance(text, str) and text.strip() for text in picture.values())
    ):
        yield Fault("picture", say("A picture needs its name and a description in words."))
    if not _are_hints(spec.get("hints", [])):
        yield Fault("hints", say("Write each hint with its price: a share of the points, all together at most 1."))
    for name in sorted(set(spec) - COMMON_FIELDS - own_fields):
        yield Fault(name, say("There is no such field in this kind of task."))


def _are_hints(hints: Any) -> bool:
    if not isinstance(hints, list) or len(hints) > MOST_HINTS:
        return False
    if not all(
        isinstance(hint, dict)
        and set(hint) == {"says", "costs"}
        and isinstance(hint["says"], str)
        and 0 < len(hint["says"].strip()) <= MAX_HINT
        and (share_in(hint["costs"]) or Fraction(0)) >= 0
        and share_in(hint["costs"]) is not None
        for hint in hints
    ):
        return False
    return sum((share_in(hint["costs"]) or Fraction(0) for hint in hints), Fraction(0)) <= 1


def share_in(value: Any) -> Fraction | None:
    """A share of the points written as a decimal or a fraction («0.5», «-1/3»); None when it is none from -1 to 1."""
    try:
        share = Fraction(value) if isinstance(value, str) and len(value) <= MAX_SHARE else None
    except (ValueError, ZeroDivisionError):
        return None
    return share if share is not None and abs(share) <= 1 else None


def is_whole(value: Any) -> bool:
    """Whether this is an integer (True and False are not)."""
    return isinstance(value, int) and not isinstance(value, bool)


def points_for(share: Fraction, max_points: int) -> Decimal:
    """A share of the points, to two decimals; never below zero nor above all of them."""
    held = min(max(share, Fraction(0)), Fraction(1))
    points = Decimal(max_points) * held.numerator / held.denominator
    return points.quantize(Decimal("0.01"), ROUND_HALF_UP)


def must_be_sound(kind: TaskKind, spec: Spec) -> None:
    """Raise `BrokenSpec` when the author made mistakes."""
    faults = kind.check(spec)
    if faults:
        raise BrokenSpec(faults)


def shown_fields(spec: Spec) -> dict[str, Any]:
    """The common part of what may be shown before the answer."""
    fields: dict[str, Any] = {"prompt": spec["prompt"], "points": spec.get("points", 1)}
    if "picture" in spec:
        fields["picture"] = dict(spec["picture"])
    if spec.get("hints"):
        # Only what each costs: the words leave the server when the pupil opens them.
        fields["hints"] = [hint["costs"] for hint in spec["hints"]]
    return fields


def answers_in(form: Form) -> list[str]:
    """All values of the field ``answer``."""
    value = form.get("answer", ())
    return [value] if isinstance(value, str) else [str(one) for one in value]


def the_answer_in(form: Form, when_empty: Phrase) -> str:
    """The one value of the field ``answer``, stripped; raises `Unreadable` when it is empty or far too long."""
    text = " ".join(answers_in(form)[:1]).strip()
    if not text:
        raise Unreadable(when_empty)
    if len(text) > MAX_ANSWER:
        raise Unreadable(say("The answer is too long. Write only what is asked."))
    return text
