"""All first pages, put on their one blueprint."""

from school.home.routes import (
    admin,
    analyst,
    behind,
    blueprint,
    deputy,
    family,
    head,
    methodologist,
    oversight,
    pupil,
    teacher,
)

HOMES = (admin, analyst, behind, deputy, family, head, methodologist, oversight, pupil, teacher)
"""Imported for the views that they add."""

__all__ = ["HOMES", "blueprint"]
