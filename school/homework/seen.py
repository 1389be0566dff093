"""Homework and one pupil's work as one reader meets them, loaded by one statement."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from school.classes.seen import SeenCourse
from school.homework.models import AssignmentState
from school.people.names import short_name

LookedAt = tuple[uuid.UUID | None, uuid.UUID | None]
DONE = frozenset({AssignmentState.HANDED_IN, AssignmentState.CHECKED, AssignmentState.EXCUSED})
"""States in which nothing is asked of the pupil."""


LONGEST_TITLE = 90


def title_of(text: str, unit_title: str) -> str:
    """The name of a homework in lists: the teacher's first line, cut at a word, or the name of the unit."""
    line = text.strip().split("\n", 1)[0].strip()
    if len(line) > LONGEST_TITLE:
        line = line[:LONGEST_TITLE].rsplit(" ", 1)[0] + "…"
    return line or unit_title


@dataclass(frozen=True, slots=True)
class SeenState:
    """What one pupil has done about a homework; a fresh one where there is no row yet."""

    id: uuid.UUID | None
    due_on: date
    state: str
    seen_at: datetime | None
    handed_in_at: datetime | None
    checked_at: datetime | None
    comment: str
    version: int
    """0 until the first handing-in or review."""
    attempt_id: uuid.UUID | None
    rubric_points: list[int] | None = None


@dataclass(frozen=True, slots=True)
class SeenHomework:
    """A homework with its course, and what ``pupil_id`` (the actor, or the pupil it was loaded for) has done about it."""

    school_id: int
    id: uuid.UUID
    course: SeenCourse
    lesson_id: uuid.UUID | None
    due_lesson_id: uuid.UUID | None
    due_on: date
    text: str
    unit_version_id: uuid.UUID | None
    unit_title: str
    unit_id: uuid.UUID | None
    unit_number: int | None
    """Of the version, for the address of its page."""
    way: str
    minutes: int
    for_all: bool
    set_at: datetime
    set_by: uuid.UUID
    withdrawn_at: datetime | None
    conditions_id: uuid.UUID | None
    """Of a test."""
    rubric: list[dict[str, Any]] | None
    """``[{"name": "…", "points": 3}]``."""
    has_sets: bool
    """Its questions are gathered from several units; pupils may have sets of their own."""
    pupil_id: uuid.UUID | None
    mine: SeenState

    @property
    def title(self) -> str:
        """The teacher's first line, or the name of the unit."""
        return title_of(self.text, self.unit_title)

    @property
    def is_for_pupil(self) -> bool:
        """Whether the pupil has it to do: it is for the whole group, or for them by name."""
        return self.withdrawn_at is None and (self.mine.id is not None or (self.for_all and self.course.learns))

    @property
    def looked_at(self) -> LookedAt:
        """A page of a homework shows the whole group."""
        return None, self.course.group_id


@dataclass(frozen=True, slots=True)
class SeenWork:
    """One pupil's work on a homework, as the teacher looks through it."""

    school_id: int
    homework_id: uuid.UUID
    pupil_id: uuid.UUID
    family_name: str
    given_name: str
    state: SeenState

    @property
    def name(self) -> str:
        """«Петрова Алёна», as in a journal."""
        return short_name(self.family_name, self.given_name)

    @property
    def looked_at(self) -> LookedAt:
        """This pupil."""
        return self.pupil_id, None


class PupilHomework(NamedTuple):
    """One line of a pupil's list."""

    id: uuid.UUID
    course_id: uuid.UUID
    subject: str
    tint: int
    text: str
    unit_title: str
    way: str
    minutes: int
    lesson_id: uuid.UUID | None
    due_lesson_id: uuid.UUID | None
    set_at: datetime
    due_on: date
    state: str
    handed_in_at: datetime | None
    comment: str

    @property
    def is_done(self) -> bool:
        """Nothing is asked of the pupil (any more, or for now)."""
        return self.state in DONE

    @property
    def title(self) -> str:
        """The teacher's first line, or the name of the unit."""
        return title_of(self.text, self.unit_title)
