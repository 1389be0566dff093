"""Courses, lessons, groups and pupils as one actor meets them: with the relations between the two, loaded together.

The loaders of ``school.classes.queries`` make these by one statement each, so the rules of ``school.classes.policy`` (and
of every feature above) read facts and send nothing. Words are in the reader's language; ``tint`` is the design system's, 1–12.
"""

import uuid
from dataclasses import dataclass
from datetime import date, datetime

LookedAt = tuple[uuid.UUID | None, uuid.UUID | None]


@dataclass(frozen=True, slots=True)
class SeenCourse:
    """A course with its subject and group."""

    school_id: int
    id: uuid.UUID
    name: str
    """Beside the subject's own; usually empty."""
    hours_a_week: int
    subject_id: int
    subject: str
    tint: int
    group_id: uuid.UUID
    group: str
    group_kind: str
    year_level: int
    class_id: uuid.UUID | None
    """The class the group is, or is a part of; null for groups across classes."""
    year_id: uuid.UUID
    regime_id: uuid.UUID
    teaches: bool
    leads: bool
    """The actor leads the class of this course."""
    learns: bool
    follows: bool
    """The actor is a legal representative of a pupil of this course and may see progress."""

    @property
    def title(self) -> str:
        """«Алгебра», or «Алгебра (практикум)»."""
        return f"{self.subject} ({self.name})" if self.name else self.subject

    @property
    def looked_at(self) -> LookedAt:
        """A page of a course shows its whole group."""
        return None, self.group_id


@dataclass(frozen=True, slots=True)
class SeenLesson:
    """A lesson with its course, its term's lock and who takes it."""

    school_id: int
    id: uuid.UUID
    course: SeenCourse
    term_id: uuid.UUID
    term_locked_at: datetime | None
    on_date: date
    slot: int
    starts_at: datetime
    ends_at: datetime
    room: str
    teacher_id: uuid.UUID
    """By the timetable."""
    substitute_id: uuid.UUID | None
    """Who takes it instead."""
    state: str
    moved_to_id: uuid.UUID | None
    topic: str
    topic_id: int | None
    presence_taken_at: datetime | None

    @property
    def course_id(self) -> uuid.UUID:
        """As on the model."""
        return self.course.id

    @property
    def group_id(self) -> uuid.UUID:
        """As on the model."""
        return self.course.group_id

    @property
    def subject_id(self) -> int:
        """As on the model."""
        return self.course.subject_id

    @property
    def looked_at(self) -> LookedAt:
        """A page of a lesson shows its whole group."""
        return None, self.course.group_id


@dataclass(frozen=True, slots=True)
class SeenGroup:
    """A class or a group."""

    school_id: int
    id: uuid.UUID
    name: str
    kind: str
    year_level: int
    letter: str
    class_id: uuid.UUID | None
    """The class this group is a part of; null for classes and groups across classes."""
    year_id: uuid.UUID
    regime_id: uuid.UUID
    building_id: uuid.UUID
    shift: int
    teaches: bool
    """The actor teaches this group or a part of it."""
    leads: bool
    learns: bool

    @property
    def group_id(self) -> uuid.UUID:
        """Itself, for questions asked of whatever has a group."""
        return self.id

    @property
    def looked_at(self) -> LookedAt:
        """The whole group."""
        return None, self.id


@dataclass(frozen=True, slots=True)
class SeenPupil:
    """A pupil of the school and the class they are in today."""

    school_id: int
    id: uuid.UUID
    account_id: uuid.UUID
    family_name: str
    given_name: str
    patronymic: str
    closed_on: date | None
    class_id: uuid.UUID | None
    class_name: str
    year_level: int
    """0 for a pupil who is in no class today."""
    is_self: bool
    guards: bool
    """The actor is a legal representative today, with or without a right to progress."""
    follows: bool
    """…with the right to see progress."""
    teaches: bool
    leads: bool

    @property
    def short_name(self) -> str:
        """«Петрова Алёна», as in a journal."""
        return f"{self.family_name} {self.given_name}".strip()

    @property
    def looked_at(self) -> LookedAt:
        """This pupil."""
        return self.id, None
