"""How two versions differ, as a person reads it: parts by their names, texts with the words that came and went."""

import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from content_library.comparing import Difference
from content_library.drafts import PlacedFile
from school.core.languages import gettext as _
from school.core.languages import ngettext

_TOKEN = re.compile(r"\s+|[^\W_]+|.", re.DOTALL)
_HEADING = re.compile(r"\A#{1,2}[^\n]*\n*")
_LONGEST = 20_000
"""Letters of a text that are compared word by word; longer ones are shown one after the other."""
_CONTEXT = 60
"""Tokens that stay around what was changed."""

Piece = tuple[str, str]
"""``same``, ``out``, ``in`` or ``gap``, and the words."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A part with what became of it."""

    part: str
    name: str
    pieces: Sequence[Piece]


def shown(found: Iterable[Difference]) -> list[Shown]:
    """The differences in words."""
    return [Shown(one.part, part_name(one), pieces_of(one)) for one in found]


def pieces_of(one: Difference) -> list[Piece]:
    """The words of a part that stayed, went and came; the heading of a section is its name and is not said twice."""
    before, after = said(one.before), said(one.after)
    if one.kind == "section" and one.name:
        before, after = _HEADING.sub("", before, count=1), _HEADING.sub("", after, count=1)
    return words_between(before, after)


def part_name(one: Difference) -> str:
    """What a part is called."""
    names = {
        "title": _("Title"),
        "summary": _("Summary"),
        "minutes": _("Minutes"),
        "items": _("Questions"),
    }
    if one.kind in names:
        return str(names[one.kind])
    if one.kind == "section":
        return str(_("Section “%(title)s”", title=one.name)) if one.name else str(_("Beginning of the text"))
    if one.kind == "file":
        return str(_("File %(name)s", name=one.name))
    details = {"stages": _("Stages of the lesson"), "slides": _("Slides")}
    return str(details.get(one.name, one.name))


def said(value: Any) -> str:
    """A value as text to be compared: nothing of a key is shown."""
    if value is None:
        return ""
    if isinstance(value, PlacedFile):
        return f"{value.name}: {value.alt}" if value.alt else value.name
    if isinstance(value, list):
        return "\n\n".join(_line(number, one) for number, one in enumerate(value, 1))
    return str(value)


def _line(number: int, one: Any) -> str:
    if isinstance(one, tuple):  # a question: kind, spec, points
        _kind, spec, points = one
        options = "; ".join(str(option) for option in spec.get("options", ()) if not isinstance(option, dict))
        worth = ngettext("%(num)s point", "%(num)s points", points)
        return f"{number}. {spec.get('prompt', '')} ({worth})" + (f"\n{options}" if options else "")
    if isinstance(one, dict):
        words = [str(one.get(name, "")) for name in ("title", "minutes", "teacher", "panel", "pupils", "body")]
        return f"{number}. " + " · ".join(filter(None, words))
    return f"{number}. {one}"


def words_between(before: str, after: str) -> list[Piece]:
    """The words that stayed, went and came; long stretches that stayed are left out."""
    if len(before) + len(after) > _LONGEST:
        return [("out", before[:_LONGEST]), ("in", after[:_LONGEST])]
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    made: list[Piece] = []
    for what, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            made += _same(old[a:b], is_first=not made, is_last=b == len(old))
            continue
        if b > a:
            made.append(("out", "".join(old[a:b])))
        if d > c:
            made.append(("in", "".join(new[c:d])))
    return made


def _same(tokens: list[str], *, is_first: bool, is_last: bool) -> list[Piece]:
    if len(tokens) <= 2 * _CONTEXT:
        return [("same", "".join(tokens))]
    head = [] if is_first else [("same", "".join(tokens[:_CONTEXT]))]
    tail = [] if is_last else [("same", "".join(tokens[-_CONTEXT:]))]
    return [*head, ("gap", "…"), *tail]
