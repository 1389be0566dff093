"""A track with its steps, as teachers and the pupil meet it."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class SeenStep:
    """One step."""

    id: uuid.UUID
    position: int
    kind: str
    topic_id: int | None
    unit_id: uuid.UUID | None
    title: str
    why: str
    for_topic: str
    due_on: date | None
    is_pinned: bool
    is_locked: bool
    done_at: datetime | None

    @property
    def is_done(self) -> bool:
        """Whether it is behind the pupil."""
        return self.done_at is not None


@dataclass(frozen=True, slots=True)
class SeenTrack:
    """One track with its steps in their order."""

    school_id: int
    id: uuid.UUID
    pupil_id: uuid.UUID
    course_id: uuid.UUID
    subject_id: int
    subject: str
    tint: int
    topics: tuple[int, ...]
    goal: str
    source: str
    mode: str
    by_on: date
    state: str
    steps: tuple[SeenStep, ...]

    @property
    def done(self) -> int:
        """How many steps are behind the pupil."""
        return sum(one.is_done for one in self.steps)

    @property
    def next(self) -> SeenStep | None:
        """The first step that is open to the pupil."""
        return next((one for one in self.steps if not one.is_done and not one.is_locked), None)

    @property
    def looked_at(self) -> tuple[uuid.UUID | None, uuid.UUID | None]:
        """Whose it is."""
        return self.pupil_id, None
