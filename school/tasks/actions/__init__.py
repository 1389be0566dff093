"""Doing a task and judging it; every verb of this feature by its name."""

from school.tasks.actions.running import (
    Finished,
    NotATask,
    Pupil,
    Unreadable,
    finish_attempt,
    save_answer,
    start_attempt,
)

__all__ = ["Finished", "NotATask", "Pupil", "Unreadable", "finish_attempt", "save_answer", "start_attempt"]
