"""OneRoster CSV 1.0, 1.1 and 1.2, as 1EdTech publishes it and as programs really write it."""

from school.roster.formats.oneroster.reading import is_oneroster, read_oneroster

__all__ = ["is_oneroster", "read_oneroster"]
