"""A unit with the version that is still being written: what the pages of authors and methodologists are about."""

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
