"""A sentence with its values apart, so that the page can say it in the reader's language."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Said:
    """An English sentence with ``%(name)s`` places, and what stands in them: words as they are, or another sentence."""

    text: str
    values: "tuple[tuple[str, str | Said], ...]" = ()

    def __str__(self) -> str:
        """The sentence in English."""
        return self.text % {name: str(value) for name, value in self.values} if self.values else self.text


def say(text: str, **values: Any) -> Said:
    """A sentence to be shown later; the function's name is a keyword of the message extractor."""
    kept = ((name, value if isinstance(value, Said) else shorten(str(value))) for name, value in values.items())
    return Said(text, tuple(kept))


def shorten(value: str, limit: int = 80) -> str:
    """A value fit to be quoted in a sentence: one line, at most ``limit`` characters."""
    flat = " ".join(value.split())
    return flat if len(flat) <= limit else flat[: limit - 1] + "…"
