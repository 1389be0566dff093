"""Where the features above teach notices to speak: one function a kind, called when a reader opens the list."""

from collections.abc import Callable
from dataclasses import dataclass

from school.notices.seen import SeenNotice


@dataclass(frozen=True, slots=True)
class Said:
    """A notice in the reader's language. ``url`` leads to what can be done about it; may be empty."""

    title: str
    words: str = ""
    url: str = ""
    act: str = ""
    """What the link is called."""


Sayer = Callable[[SeenNotice], Said]
sayers: dict[str, Sayer] = {}


def says(kind: str) -> Callable[[Sayer], Sayer]:
    """Register the words of a kind; the same function again changes nothing."""

    def register(sayer: Sayer) -> Sayer:
        sayers[kind] = sayer
        return sayer

    return register


def said(notice: SeenNotice) -> Said | None:
    """The notice in words; None for a kind that this program no longer knows."""
    sayer = sayers.get(notice.kind)
    return sayer(notice) if sayer else None
