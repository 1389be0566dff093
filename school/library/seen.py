"""A unit with the version that is still being written: what the pages of authors and methodologists are about."""

from dataclasses import dataclass

from content_library import Unit, UnitVersion


@dataclass(frozen=True, slots=True)
class Draft:
    """A unit and its open version."""

    unit: Unit
    version: UnitVersion

    @property
    def is_under_review(self) -> bool:
        """Handed in, and neither published nor sent back yet."""
        return self.version.sent_at is not None
