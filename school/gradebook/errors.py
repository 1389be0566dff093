"""What can stand in the way of a mark."""

from school.core.errors import Conflict
from school.gradebook.release import Sign


class MarkConflict(Conflict):
    """Somebody changed the mark first, or the step's id is taken; ``stands`` and ``wanted`` show both values."""

    def __init__(self, why: str, stands: Sign, wanted: Sign, version: int) -> None:
        super().__init__(why)
        self.stands = stands
        self.wanted = wanted
        self.version = version


class NotNow(Exception):
    """A mark can't be put here; ``why`` is the sentence for the person."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class ReasonNeeded(NotNow):
    """The change must be explained in a few words."""


class NothingLeft(NotNow):
    """There is no step to take back or to do again."""
