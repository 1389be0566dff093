"""Results of a diagnostic as they are pasted: a line a pupil, «7 «Б»; Андреев Глеб; 64». Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

_GAPS = re.compile(r"[\s«»\"'„“”]+")
_FIELDS = 3
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Fault:
    """A line that can't be taken: its number from 1, and why (``fields``, ``percent``, ``pupil``, ``twice``)."""

    line: int
    why: str
    text: str


def plain(text: str) -> str:
    """A class or a name for comparing: «7 «Б»» is 7б."""
    return _GAPS.sub("", text).lower().replace("ё", "е")


def read_lines(text: str, pupils: Mapping[tuple[str, str], T]) -> tuple[list[tuple[T, int]], list[Fault]]:
    """Pupils, found by class and name as ``plain`` writes them, with their per cents; and lines with faults."""
    found: list[tuple[T, int]] = []
    faults: list[Fault] = []
    seen: set[tuple[str, str]] = set()
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        parts = [one.strip() for one in re.split(r"[;\t]", line)]
        key = (plain(parts[0]), plain(parts[1])) if len(parts) == _FIELDS else ("", "")
        percent = parts[2].rstrip("% ").strip() if len(parts) == _FIELDS else ""
        why = (
            "fields" if len(parts) != _FIELDS
            else "percent" if not percent.isdigit() or int(percent) > 100
            else "pupil" if key not in pupils
            else "twice" if key in seen
            else ""
        )  # fmt: skip
        if why:
            faults.append(Fault(number, why, line.strip()))
            continue
        seen.add(key)
        found.append((pupils[key], int(percent)))
    return found, faults
