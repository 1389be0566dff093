"""Findings as JSON and back: how the process that reads a file tells them to the one that asked.

JSON and a closed list of our own classes rather than pickle: the reading process has touched a stranger's file, so what
comes from it is only data.
"""

import json
from dataclasses import fields, is_dataclass
from fractions import Fraction
from typing import Any

from content_library.interchange import found, question, reasons
from content_library.interchange.found import Found
from content_library.interchange.reasons import Place, Refused, Why

SECONDS = 60
"""Of processor time that the reading process may spend on one file."""

_CLASSES: dict[str, type[Any]] = {
    one.__name__: one
    for one in (
        *(found.Found, found.Test, found.Text, found.Slides, found.Package, found.PackagedFile),
        *(found.Scene,),
        *(reasons.Place, reasons.Refusal),
        *(question.Question, question.Picture, question.Choice, question.Option, question.Words, question.Accepted),
        *(
            question.Number,
            question.Span,
            question.Matching,
            question.Pair,
            question.Ordering,
            question.Cloze,
            question.Gap,
        ),
        *(question.Hotspot, question.Area, question.Open, question.Telling),
    )
}
_KIND, _FRACTION, _SET, _WHY = "$", "$fraction", "$set", "$why"


def dump_refusal(problem: Refused) -> str:
    """Why there are no findings."""
    place = problem.place
    said = {"part": place.part, "line": place.line, "number": place.number, "name": place.name}
    return json.dumps({"why": problem.why.value, "place": said, "values": problem.values}, ensure_ascii=False)


def refusal_in(text: str) -> Refused | None:
    """The refusal that an answer holds; None when it holds findings."""
    said = json.loads(text)
    if "why" not in said:
        return None
    return Refused(Why(said["why"]), Place(**said["place"]), **said["values"])


def dump(value: Found) -> str:
    """Findings as one line of JSON."""
    return json.dumps(_plain(value), ensure_ascii=False)


def load(text: str) -> Found:
    """Findings from their JSON. Raises ``ValueError`` for anything else."""
    try:
        made = _made(json.loads(text))
    except (KeyError, TypeError, RecursionError) as error:
        raise ValueError(str(error)) from error
    if not isinstance(made, Found):
        raise ValueError("not the findings of a file")
    return made


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        inner = {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
        return {_KIND: type(value).__name__, **inner}
    if isinstance(value, Fraction):
        return {_FRACTION: f"{value.numerator}/{value.denominator}"}
    if isinstance(value, reasons.Why):
        return {_WHY: value.value}
    if isinstance(value, frozenset):
        return {_SET: sorted(value)}
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    return value


def _made(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_made(one) for one in value)
    if not isinstance(value, dict):
        return value
    if _FRACTION in value:
        return Fraction(value[_FRACTION])
    if _WHY in value:
        return reasons.Why(value[_WHY])
    if _SET in value:
        return frozenset(value[_SET])
    if _KIND in value:
        inner = {key: _made(one) for key, one in value.items() if key != _KIND}
        return _CLASSES[value[_KIND]](**inner)
    return {key: _made(one) for key, one in value.items()}
