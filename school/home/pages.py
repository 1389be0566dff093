"""All first pages, put on their one blueprint."""

from school.home.routes import admin, analyst, blueprint, deputy, family, head, methodologist, oversight, pupil, teacher

HOMES = (admin, analyst, deputy, family, head, methodologist, oversight, pupil, teacher)
"""Imported for the views that they add."""

__all__ = ["HOMES", "blueprint"]
