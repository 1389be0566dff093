"""An extra lesson and an invitation as one reader meets them."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from school.classes.seen import SeenCourse, SeenPupil

LookedAt = tuple[uuid.UUID | None, uuid.UUID | None]


@dataclass(frozen=True, slots=True)
class SeenExtra:
    """An extra lesson with its course, in relation to the actor."""

    id: uuid.UUID
    course: SeenCourse
    teacher_id: uuid.UUID
    teacher: str
    """«Ольга Сергеевна»."""
    topic_id: int
    topic: str
    room: str
    starts_at: datetime
    ends_at: datetime
    unit_id: uuid.UUID | None
    unit: str
    """Title of the scenario."""
    words: str
    from_evidence: bool
    held_at: datetime | None
    cancelled_at: datetime | None
    cancelled_why: str
    others: tuple[SeenCourse, ...] = ()
    """Parallel courses of which pupils are invited too."""

    @property
    def courses(self) -> tuple[SeenCourse, ...]:
        """The course it was offered in, and the parallel ones."""
        return (self.course, *self.others)

    @property
    def groups(self) -> str:
        """«7А, 7Б»."""
        return ", ".join(one.group for one in self.courses)

    @property
    def school_id(self) -> int:
        """Its school."""
        return self.course.school_id

    @property
    def looked_at(self) -> LookedAt:
        """Pupils of this group."""
        return None, self.course.group_id


@dataclass(frozen=True, slots=True)
class SeenInvitation:
    """A pupil's invitation."""

    pupil: SeenPupil
    place_id: uuid.UUID
    extra_id: uuid.UUID
    teacher_id: uuid.UUID
    teacher: str
    subject: str
    tint: int
    topic: str
    room: str
    starts_at: datetime
    ends_at: datetime
    words: str
    cancelled_at: datetime | None
    cancelled_why: str
    reply: str
    by_family: bool
    says: str
    came: bool | None

    @property
    def school_id(self) -> int:
        """Its school."""
        return self.pupil.school_id

    @property
    def looked_at(self) -> LookedAt:
        """The pupil."""
        return self.pupil.id, None
