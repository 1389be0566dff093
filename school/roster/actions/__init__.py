"""Previewing, applying and undoing imports."""

from school.roster.actions.importing import apply_roster, preview_roster
from school.roster.actions.undoing import CannotUndo, undo
from school.roster.actions.uploading import discard, keep_upload, kept_bytes

__all__ = [
    "CannotUndo",
    "apply_roster",
    "discard",
    "keep_upload",
    "kept_bytes",
    "preview_roster",
    "preview_timetable",
    "undo",
]
