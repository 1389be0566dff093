"""What stands behind the figures of reports: journals, pupils and lessons, one row each."""

import uuid
from dataclasses import dataclass
from datetime import date

from school.reports.seen import Period, Pupil, Result


@dataclass(frozen=True, slots=True)
class CourseBook:
    """A journal in a period: what stands for each of its pupils."""

    school_id: int
    school: str
    course_id: uuid.UUID
    subject_id: int
    title: str
    period: Period
    results: tuple[tuple[Pupil, Result], ...]


@dataclass(frozen=True, slots=True)
class SchoolPupil:
    """A pupil of the school with what stands in all subjects of a period."""

    class_id: uuid.UUID
    group: str
    year_level: int
    pupil_id: uuid.UUID
    name: str
    signs: tuple[tuple[str, int | str], ...]
    """Subject and mark or code."""


@dataclass(frozen=True, slots=True)
class MissedLesson:
    """A lesson that a pupil missed, or came to late."""

    lesson_id: uuid.UUID
    on_date: date
    slot: int
    subject: str
    fact: str
    reason: str
