"""``*`` in accepted words: Moodle lets it stand for anything, and writes a real asterisk as ``\\*``."""

import re
from collections.abc import Sequence
from dataclasses import replace

from content_library.interchange.question import Accepted

_STAR = re.compile(r"(?<!\\)\*")


def read_forms(accepted: Sequence[Accepted]) -> tuple[tuple[Accepted, ...], bool]:
    """The forms with real asterisks, or as patterns when there is a star that is none."""
    if any(_STAR.search(one.text) for one in accepted):
        return tuple(accepted), True
    return tuple(replace(one, text=one.text.replace("\\*", "*")) for one in accepted), False


def written_form(text: str, *, is_pattern: bool) -> str:
    """A form for Moodle."""
    return text if is_pattern else text.replace("*", "\\*")
