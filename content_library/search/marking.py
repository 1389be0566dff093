"""Showing why something was found: the words of a wish inside a text."""

import re
from collections.abc import Collection

from content_library.search.analysis import stem

_WORD = re.compile(r"[^\W_]+\u0301?[^\W_]*")
_SHOWN = 220
"""Letters of a passage that is shown under a title."""

Marked = tuple[tuple[str, bool], ...]
"""Pieces of a text in order, each with whether it answers the wish."""


def mark(text: str, stems: Collection[str]) -> Marked:
    """The text with the words that have one of these stems."""
    pieces: list[tuple[str, bool]] = []
    at = 0
    for word in _WORD.finditer(text):
        if stem(word[0].lower()) in stems:
            if word.start() > at:
                pieces.append((text[at : word.start()], False))
            pieces.append((word[0], True))
            at = word.end()
    if at < len(text):
        pieces.append((text[at:], False))
    return tuple(pieces)


def found_in(text: str, stems: Collection[str]) -> set[str]:
    """The stems that a text has of these."""
    return {one for one in (stem(word.lower()) for word in _WORD.findall(text)) if one in stems}


def excerpt(text: str, stems: Collection[str]) -> Marked:
    """The part of a passage with the most different words of the wish, marked."""
    if len(text) <= _SHOWN:
        return mark(text, stems)
    hits = [(word.start(), one) for word in _WORD.finditer(text) if (one := stem(word[0].lower())) in stems]
    if not hits:
        return mark(text[:_SHOWN].rsplit(" ", 1)[0] + "…", stems)
    room = _SHOWN * 3 // 4
    begin = max(
        (start for start, _one in hits),
        key=lambda start: (len({one for at, one in hits if start <= at < start + room}), -start),
    )
    start = max(0, begin - _SHOWN // 4)
    if start:
        start = text.find(" ", start, begin) + 1 or begin
    end = min(len(text), start + _SHOWN)
    if end < len(text):
        space = text.rfind(" ", begin, end)
        end = space if space > begin else end
    return mark(("…" if start else "") + text[start:end] + ("…" if end < len(text) else ""), stems)
