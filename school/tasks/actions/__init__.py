"""Doing a task and judging it; every verb of this feature by its name."""

from school.tasks.actions import closing
from school.tasks.actions.regrading import NothingChanges, let_late_answers_count, rule_on_key
from school.tasks.actions.running import (
    Finished,
    Given,
    NotATask,
    Pupil,
    closing_of,
    finish_attempt,
    save_answer,
    start_attempt,
)
from school.tasks.kinds.contract import Unreadable

__all__ = [
    "Finished",
    "Given",
    "NotATask",
    "NothingChanges",
    "Pupil",
    "Unreadable",
    "closing",
    "closing_of",
    "finish_attempt",
    "let_late_answers_count",
    "rule_on_key",
    "save_answer",
    "start_attempt",
]
