"""Where the features above lead on from the pupil's way, without being known here and without a statement of their own."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import ColumnElement


@dataclass(frozen=True, slots=True)
class Door:
    """A page of a pupil's own, in the head of the way."""

    endpoint: str
    icon: str
    name: Callable[[], str]
    """In the reader's language."""
    is_open: ColumnElement[bool]
    """Whether this pupil has it, of ``:school``, ``:pupil`` and ``:today``: asked together with what the way asks anyway."""


DOORS: list[Door] = []


def lead_to(door: Door) -> None:
    """Register a door, once."""
    if all(one.endpoint != door.endpoint for one in DOORS):
        DOORS.append(door)
