"""What an answer is called in a ruling: the same whichever way its line was spelt when the ruling was made.

A line used to name chosen options and things to be grouped in the order that one pupil happened to see; it follows the author's
order now. Rulings are never rewritten, so both spellings are brought to one where they are compared.
"""

import re
from typing import Any

from .contract import Spec

_UNORDERED = frozenset({"multiple", "grouping"})
"""Kinds whose answers are sets: the order in their line means nothing."""


def name_of(kind: str, spec: Spec, line: str) -> str:
    """``line`` with the parts of what has no order sorted; other kinds are as they are spelt."""
    if kind == "varied":
        return name_of(str(spec["task"]["kind"]), spec["task"], line)
    if kind == "multipart":
        return _by_part(spec["parts"], line)
    return "; ".join(sorted(line.split("; "))) if kind in _UNORDERED else line


def _by_part(parts: list[dict[str, Any]], line: str) -> str:
    """Each part of a task by its own kind: its words begin after its number and its question."""
    begins = [f"{place + 1}) {own['prompt']}" for place, own in enumerate(parts)]
    pieces = re.split("(" + "|".join(re.escape(one) for one in begins) + ")", line)
    if pieces[1::2] != begins:
        return line
    named = [
        begin + name_of(str(own["kind"]), own, _bare(words))
        for own, begin, words in zip(parts, begins, pieces[2::2], strict=True)
    ]
    return pieces[0] + "; ".join(named)


def _bare(words: str) -> str:
    """Without what joins a part to its question and to the next one."""
    return re.sub(r"^\s*[:—–→-]\s*|;\s*$", "", words)
