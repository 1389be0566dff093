"""A sentence with its values apart, so that the page can say it in the reader's language."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Said:
    """An English sentence with ``%(name)s`` places, and what stands in them."""

    text: str
    values: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        """The sentence in English."""
        return self.text % dict(self.values)


def say(text: str, **values: Any) -> Said:
    """A sentence to be shown later; the name is a keyword of the message extractor."""
    return Said(text, tuple((name, shorten(str(value))) for name, value in values.items()))


def shorten(value: str, limit: int = 80) -> str:
    """A value fit to be quoted in a sentence: one line, at most ``limit`` characters."""
    flat = " ".join(value.split())
    return flat if len(flat) <= limit else flat[: limit - 1] + "…"
