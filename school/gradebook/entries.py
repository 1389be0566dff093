"""What a browser asks for and what it is answered, mark by mark."""

import uuid
from dataclasses import dataclass
from enum import StrEnum

from school.gradebook.journal import Cell
from school.gradebook.models import StepKind
from school.gradebook.release import Sign


@dataclass(frozen=True, slots=True)
class Entry:
    """One change asked for. ``client_id`` is made by the browser: the same id with the same content is one step."""

    client_id: uuid.UUID
    lesson_id: uuid.UUID
    column_id: uuid.UUID
    pupil_id: uuid.UUID
    sign: Sign
    seen: int
    """The version of the mark on the screen; 0 for an empty cell."""
    kind: StepKind = StepKind.SET
    of_step: uuid.UUID | None = None
    place: int = 0
    """As of a ``Mark``: 0 for the cell's own, 1 for the second of a double mark, higher for retakes."""
    asked_by: uuid.UUID | None = None
    """Account of whoever asked for a change that a second person makes now."""
    sent: Sign | None = None
    """What the browser sent, where the act made something of it: points of another system, the day of a dot."""


class Status(StrEnum):
    """How an entry ended."""

    SAVED = "saved"
    CONFLICT = "conflict"
    REASON = "reason"
    """It needs a few words of explanation."""
    REFUSED = "refused"
    ASKED = "asked"
    """It waits for a second person."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of an entry, and how the cell stands now."""

    entry: Entry
    status: Status
    stands: Sign
    version: int
    why: str = ""
    cell: Cell | None = None
