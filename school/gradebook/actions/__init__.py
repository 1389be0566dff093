"""What is done in a journal."""

from school.gradebook.actions.acts import DEFAULT_WORKS, act_for, default_act
from school.gradebook.actions.columns import add_column, delete_column, move_column, rename_column
from school.gradebook.actions.following import follow_moved_lessons
from school.gradebook.actions.marks import MOST_AT_ONCE, put_mark, remove_mark, save_marks
from school.gradebook.actions.presence import LetterAnswer, LetterEntry, set_letters
from school.gradebook.actions.terms import Decision, DecisionAnswer, set_term_mark, set_term_marks
from school.gradebook.actions.undoing import redo, undo
from school.gradebook.actions.works import confirm_proposed, mark_work

__all__ = [
    "DEFAULT_WORKS",
    "MOST_AT_ONCE",
    "Decision",
    "DecisionAnswer",
    "LetterAnswer",
    "LetterEntry",
    "act_for",
    "add_column",
    "confirm_proposed",
    "default_act",
    "delete_column",
    "follow_moved_lessons",
    "mark_work",
    "move_column",
    "put_mark",
    "redo",
    "remove_mark",
    "rename_column",
    "save_marks",
    "set_letters",
    "set_term_mark",
    "set_term_marks",
    "undo",
]
