"""What is done in a journal."""

from school.gradebook.actions.acts import DEFAULT_WORKS, act_for, default_act
from school.gradebook.actions.marks import MOST_AT_ONCE, put_mark, remove_mark, save_marks
from school.gradebook.actions.undoing import redo, undo

__all__ = [
    "DEFAULT_WORKS",
    "MOST_AT_ONCE",
    "act_for",
    "default_act",
    "put_mark",
    "redo",
    "remove_mark",
    "save_marks",
    "undo",
]
