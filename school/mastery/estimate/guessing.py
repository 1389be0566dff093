"""How likely a right answer is without knowing anything, by the kind of question."""

from collections.abc import Mapping
from typing import Any


def guess_of(kind: str, spec: Mapping[str, Any]) -> float:
    """One in the number of choices; for several right options, one in the number of their sets; 0 for open answers."""
    options = len(spec.get("options") or ())
    if options < 2:
        return 0.0
    if kind == "single":
        return 1.0 / options
    if kind == "multiple":
        return 1.0 / float(2**options - 1)
    return 0.0
