"""Previewing, applying and undoing imports."""

from school.roster.actions.importing import apply_roster, preview_roster
from school.roster.actions.undoing import CannotUndo, undo
from school.roster.actions.uploading import apply_upload, discard, keep_upload, preview_upload, take_back
from school.roster.actions.weekly import apply_timetable, preview_timetable, undo_timetable

__all__ = [
    "CannotUndo",
    "apply_roster",
    "apply_timetable",
    "apply_upload",
    "discard",
    "keep_upload",
    "preview_roster",
    "preview_timetable",
    "preview_upload",
    "take_back",
    "undo",
    "undo_timetable",
]
