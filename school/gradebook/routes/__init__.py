"""The addresses of the gradebook; with them comes what a pupil takes of it to another school."""

from school.gradebook import carrying
from school.gradebook.routes import (
    acts,
    closing,
    columns,
    corrections,
    diary,
    dots,
    goals,
    grid,
    lesson,
    news,
    period_corrections,
    terms,
    works,
    years,
)
from school.gradebook.routes.blueprint import blueprint

__all__ = [
    "acts",
    "blueprint",
    "carrying",
    "closing",
    "columns",
    "corrections",
    "diary",
    "dots",
    "goals",
    "grid",
    "lesson",
    "news",
    "period_corrections",
    "terms",
    "works",
    "years",
]
