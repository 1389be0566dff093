"""The pages of classes, lessons and timetables."""

from school.classes.routes import (
    absences,
    day,
    excuse_api,
    excuses,
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
from school.classes.routes.excuse_api import api

__all__ = [
    "absences",
    "api",
    "blueprint",
    "day",
    "excuse_api",
    "excuses",
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
