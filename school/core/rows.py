"""Lines of a list that ``ui.word_rows`` draws in one go."""

from typing import NamedTuple


class Row(NamedTuple):
    """A line: its words, and what stands under, at the end, behind and before them."""

    title: str
    meta: str = ""
    end: str = ""
    """Words, or a made piece of the page."""
    url: str = ""
    lead: str = ""
    """A short thing before: a time, a number."""
