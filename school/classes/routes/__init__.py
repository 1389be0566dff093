"""The pages of classes, lessons and timetables."""

from school.classes.routes import (
    absences,
    day,
    feeds,
    groups,
    lesson,
    news,
    norms,
    notes,
    structure,
    timetable,
    transfers,
    week,
)
from school.classes.routes.blueprint import blueprint

__all__ = [
    "absences",
    "blueprint",
    "day",
    "feeds",
    "groups",
    "lesson",
    "news",
    "norms",
    "notes",
    "structure",
    "timetable",
    "transfers",
    "week",
]
