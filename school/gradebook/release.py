"""The quiet window: what stands in a cell, what a family sees of it meanwhile, and which changes it ever saw. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

DOT: Final = "•"


@dataclass(frozen=True, slots=True)
class Sign:
    """What stands in a cell: a number or a code, or neither, and the teacher's words about it."""

    value: int | None = None
    code: str | None = None
    comment: str = ""
    origin: str | None = None
    """What was put in another system of marks, before the act's table made a value of it."""
    due_on: date | None = None
    """Of a dot: the day by which the work is owed."""

    @property
    def text(self) -> str:
        """«4», «н/а», or nothing."""
        return str(self.value) if self.value is not None else self.code or ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands there."""
        return self.value is None and self.code is None

    @property
    def is_dot(self) -> bool:
        """Whether this is a work that is owed, not yet a mark."""
        return self.code == DOT

    def same_mark(self, other: "Sign") -> bool:
        """Whether the mark is the same, whatever is said about it."""
        return (self.value, self.code, self.origin) == (other.value, other.code, other.origin)


EMPTY = Sign()


def still_seen(current: Sign, released: Sign, released_at: datetime | None, at: datetime) -> Sign:
    """What a family goes on seeing when ``current`` is changed at ``at``: ``current`` only if its own window was over."""
    return current if released_at is not None and released_at <= at else released


def seen_since(
    current: Sign, released: Sign, released_at: datetime, released_since: datetime | None, at: datetime
) -> datetime | None:
    """From when on a family has seen the mark that it sees at ``at``; None while it has seen none.

    A change that leaves the mark as it was seen, a comment or a slip taken back, makes nothing new.
    """
    return released_at if released_at <= at and not current.same_mark(released) else released_since


def family_sees(current: Sign, released: Sign, released_at: datetime, now: datetime) -> Sign:
    """What a family may see now."""
    return current if released_at <= now else released


@dataclass(frozen=True, slots=True)
class Step:
    """One change, as far as the window is concerned."""

    new: Sign
    at: datetime
    released_at: datetime


@dataclass(frozen=True, slots=True)
class Change:
    """A change that a family saw: ``old`` is empty for the first."""

    old: Sign
    new: Sign
    at: datetime


def seen_changes(steps: Iterable[Step], now: datetime) -> list[Change]:
    """What a family saw of a mark, in order: slips taken back within the window never were."""
    found: list[Change] = []
    shown = EMPTY
    in_order = list(steps)
    for n, step in enumerate(in_order):
        until = in_order[n + 1].at if n + 1 < len(in_order) else now
        if step.released_at <= until and step.new != shown:
            found.append(Change(shown, step.new, step.at))
            shown = step.new
    return found
