"""Reading one's own notices, and how people wish to be told."""

from school.notices.queries.notices import COLUMNS, KEPT, MOST, notices_of, own_notice, schools_of
from school.notices.queries.ways import Told, Way, get_device, told_by, windows_of

__all__ = [
    "COLUMNS",
    "KEPT",
    "MOST",
    "Told",
    "Way",
    "get_device",
    "notices_of",
    "own_notice",
    "schools_of",
    "told_by",
    "windows_of",
]
