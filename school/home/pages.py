"""All first pages, put on their one blueprint."""

from school.home.routes import blueprint, family, pupil, teacher

HOMES = (family, pupil, teacher)
"""Imported for the views that they add."""

__all__ = ["HOMES", "blueprint"]
