"""A pupil with the subjects of the year, a subject of a pupil, a mark with its receipt: as one reader meets them."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from content_library.models import Topic
from school.classes.queries import Learner
from school.classes.seen import SeenCourse, SeenPupil

LookedAt = tuple[uuid.UUID | None, uuid.UUID | None]


@dataclass(frozen=True, slots=True)
class SeenSubject:
    """A subject that the pupil learns this year."""

    school_id: int
    pupil_id: uuid.UUID
    id: int
    name: str
    tint: int
    regime_id: uuid.UUID
    course_ids: tuple[uuid.UUID, ...]
    """All courses of it this year: who changes groups has two."""
    is_taught: bool
    """The actor teaches it to this pupil today."""

    @property
    def looked_at(self) -> LookedAt:
        """The pupil."""
        return self.pupil_id, None


@dataclass(frozen=True, slots=True)
class SeenLearning:
    """A pupil with the subjects of the year, in relation to the actor."""

    pupil: SeenPupil
    subjects: tuple[SeenSubject, ...]

    @property
    def school_id(self) -> int:
        """The pupil's school."""
        return self.pupil.school_id

    @property
    def id(self) -> uuid.UUID:
        """The pupil's id."""
        return self.pupil.id

    @property
    def looked_at(self) -> LookedAt:
        """The pupil."""
        return self.pupil.id, None

    @property
    def as_staff(self) -> bool:
        """Staff see marks as they stand; the pupil and the family what has been released, whatever else they are here."""
        return not (self.pupil.is_self or self.pupil.guards)


@dataclass(frozen=True, slots=True)
class SeenMark:
    """One mark of a pupil, as the reader may see it."""

    school_id: int
    id: uuid.UUID
    pupil_id: uuid.UUID
    subject: SeenSubject
    on_date: date
    work: str
    title: str
    text: str
    """«4», «н/а»; empty when it has been taken away."""
    is_quiet: bool
    """Its last change is not released yet."""
    released_at: datetime

    @property
    def looked_at(self) -> LookedAt:
        """The pupil."""
        return self.pupil_id, None


@dataclass(frozen=True, slots=True)
class SeenTopic:
    """A topic in a course."""

    course: SeenCourse
    topic: Topic

    @property
    def looked_at(self) -> LookedAt:
        """The whole group."""
        return None, self.course.group_id


@dataclass(frozen=True, slots=True)
class SeenCell:
    """A pupil of a course at a topic."""

    course: SeenCourse
    topic: Topic
    pupil: Learner

    @property
    def school_id(self) -> int:
        """The course's school."""
        return self.course.school_id

    @property
    def looked_at(self) -> LookedAt:
        """The pupil."""
        return self.pupil.id, None
