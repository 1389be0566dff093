"""The pages of tracks: a class, one pupil of it, one's own way, ten minutes."""

from school.tracks.routes import checking, deciding, grouping, levelling, making, news, nightly, reading, walking
from school.tracks.routes.blueprint import blueprint

__all__ = [
    "blueprint",
    "checking",
    "deciding",
    "grouping",
    "levelling",
    "making",
    "news",
    "nightly",
    "reading",
    "walking",
]
