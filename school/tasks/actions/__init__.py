"""Doing a task and judging it; every verb of this feature by its name."""

from school.tasks.actions import closing
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
    "Pupil",
    "Unreadable",
    "closing",
    "closing_of",
    "finish_attempt",
    "save_answer",
    "start_attempt",
]
