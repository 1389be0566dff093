"""What pages of the library are about: a unit with the version that is still being written, a collection."""

import uuid
from dataclasses import dataclass

from content_library import ReviewRound, Unit, UnitVersion


@dataclass(frozen=True, slots=True)
class Draft:
    """A unit and its open version."""

    unit: Unit
    version: UnitVersion
    round: ReviewRound | None = None
    """The round that waits for an answer."""

    @property
    def is_under_review(self) -> bool:
        """Handed in, and neither published nor sent back yet."""
        return self.version.sent_at is not None


@dataclass(frozen=True, slots=True)
class SeenCollection:
    """A collection as its reader meets it."""

    id: uuid.UUID
    title: str
    made_by: uuid.UUID
    made_name: str
    shared_with: int | None
    shared_subject: int | None
    units: int
    is_open: bool
    """Whether the reader may look into it."""
