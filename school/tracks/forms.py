"""The few values of the forms of tracks; anything else falls back to the default."""

import uuid
from datetime import date

from flask import request

from school.tracks.models import Mode, StepKind


def day_of(name: str, default: date) -> date:
    """A day as a browser sends it."""
    try:
        return date.fromisoformat(request.form.get(name, ""))
    except ValueError:
        return default


def mode_of(name: str) -> Mode:
    """A mode; half when nothing is said."""
    try:
        return Mode(request.form.get(name, Mode.HALF))
    except ValueError:
        return Mode.HALF


def kind_of(name: str) -> StepKind:
    """A kind of step; practice when nothing is said."""
    try:
        return StepKind(request.form.get(name, StepKind.TASK))
    except ValueError:
        return StepKind.TASK


def number_of(text: str | None) -> int:
    """A whole number, 0 for anything else."""
    return int(text) if text and text.isdecimal() and len(text) < 10 else 0


def uuid_of(text: str | None) -> uuid.UUID | None:
    """An id, None for anything else."""
    try:
        return uuid.UUID(text or "")
    except ValueError:
        return None
