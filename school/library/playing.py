"""What an interactive package says of the work in it: checked for its shape, and read for a result.

A package is a stranger's program: whatever it says is shown as its own words and taken for nothing else. The state is
``{"at": scene, "scenes": {scene: {"cmi.…": "…"}}}`` with the elements of the SCORM data model as the package set them; an
H5P package has one scene without a name and is written down in the words of SCORM 2004. A package of several scenes with an
order of its own (SCORM 2004) adds ``"order"``, which only its player reads, and ``"whole"``: what comes of all of it by its
own rules, in the same words as a scene.
"""

import json
import math
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

LARGEST = 400_000
"""Letters of a state: SCORM 2004 allows a scene 64,000 to remember."""
_MOST_VALUES = 3000
_BEGINS = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<!--.*?-->\s*)*(?:<!doctype[^>]*>\s*)?(?:<!--.*?-->\s*)*(?:<html[^>]*>\s*)?(?:<head(?:\s[^>]*)?>)?",
    re.IGNORECASE | re.DOTALL,
)
"""Of a page of HTML, up to where its own scripts may stand."""
_ENDED = {"completed", "passed", "failed"}
_NEEDED = {"at", "scenes"}
_KNOWN = _NEEDED | {"order", "whole"}

Values = Mapping[str, str]


class BadState(ValueError):
    """The text is no state of this package."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What it comes to, by the package's own words."""

    percent: int | None
    """Of a hundred; the mean of the scenes that report one."""
    is_complete: bool
    """Whether every scene says that it was gone through."""


def read(text: str, scenes: Collection[str]) -> dict[str, Any]:
    """The state in a text. Raises ``BadState``."""
    if len(text) > LARGEST:
        raise BadState("too long")
    try:
        state = json.loads(text)
    except (ValueError, RecursionError):
        raise BadState("not JSON") from None
    if not isinstance(state, dict) or not _NEEDED <= set(state) <= _KNOWN or not isinstance(state["scenes"], dict):
        raise BadState("not a state")
    if not isinstance(state.get("order", ""), str):
        raise BadState("not an order")
    if not {state["at"], *state["scenes"]} <= set(scenes):
        raise BadState("a scene of another package")
    for values in (*state["scenes"].values(), state.get("whole", {})):
        if not isinstance(values, dict) or len(values) > _MOST_VALUES:
            raise BadState("not the values of a scene")
        if not all(isinstance(value, str) and name.startswith("cmi.") for name, value in values.items()):
            raise BadState("not values")
    return state


def listened_to(html: bytes, script: str) -> bytes:
    """A page of a package with our script before its own: what it would send to a record store stays in the browser."""
    begins = _BEGINS.match(html)
    at = begins.end() if begins else 0
    return html[:at] + f'<script src="{script}"></script>'.encode() + html[at:]


def outcome(state: Mapping[str, Any], scenes: Collection[str]) -> Outcome:
    """The result of a checked state."""
    said: Mapping[str, Values] = state["scenes"]
    reported = [percent for values in said.values() if (percent := _percent(values)) is not None]
    # Its own rules may count one scene and not another, and end before the last.
    whole: Values = state.get("whole", {})
    of_whole = _percent(whole)
    if of_whole is not None:
        reported = [of_whole]
    is_complete = bool(scenes) and all(_is_complete(said.get(scene, {})) for scene in scenes)
    return Outcome(
        percent=round(sum(reported) / len(reported)) if reported else None,
        is_complete=is_complete or _is_complete(whole),
    )


def _percent(values: Values) -> float | None:
    """SCORM 1.2 RTE 3.4.2: raw is from 0 to 100 unless the package says otherwise. 2004 RTE 4.2.20: scaled is from -1 to 1."""
    scaled = _number(values.get("cmi.score.scaled"))
    if scaled is not None:
        return 100 * min(max(scaled, 0), 1)
    for place in ("cmi.score", "cmi.core.score"):
        raw = _number(values.get(f"{place}.raw"))
        if raw is None:
            continue
        least, most = _number(values.get(f"{place}.min")) or 0, _number(values.get(f"{place}.max"))
        most = 100 if most is None else most
        if most > least:
            return 100 * min(max((raw - least) / (most - least), 0), 1)
    return None


def _is_complete(values: Values) -> bool:
    return (
        values.get("cmi.core.lesson_status") in _ENDED
        or values.get("cmi.completion_status") == "completed"
        or values.get("cmi.success_status") in _ENDED
    )


def _number(text: str | None) -> float | None:
    try:
        number = float(text) if text else None
    except ValueError:
        return None
    return number if number is not None and math.isfinite(number) else None
