"""What can be taken back and done again: two stacks, told by the steps themselves. Pure."""

import uuid
from collections.abc import Iterable
from typing import Protocol, TypeVar

UNDO, REDO = "undo", "redo"


class Done(Protocol):
    """A step: ``kind`` is set, undo or redo; the last two name the step they are about."""

    @property
    def id(self) -> uuid.UUID:
        """Its own id."""

    @property
    def kind(self) -> str:
        """How it came about."""

    @property
    def of_step(self) -> uuid.UUID | None:
        """The step it takes back or does again."""


T = TypeVar("T", bound=Done)


def stacks(steps: Iterable[T]) -> tuple[list[T], list[T]]:
    """Steps to take back and steps to do again, the next one last. A new step forgets what was taken back."""
    undo: list[T] = []
    redo: list[T] = []
    for step in steps:
        if step.kind == UNDO:
            _move(step.of_step, undo, redo)
        elif step.kind == REDO:
            _move(step.of_step, redo, undo)
        else:
            undo.append(step)
            redo.clear()
    return undo, redo


def _move(step_id: uuid.UUID | None, source: list[T], target: list[T]) -> None:
    for step in source:
        if step.id == step_id:
            source.remove(step)
            target.append(step)
            return
