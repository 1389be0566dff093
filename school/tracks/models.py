"""Tracks of pupils with their steps, practice that the model chose, diagnostics, and one lesson on three levels."""

import uuid
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Double, ForeignKey, Index, SmallInteger, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from school.core.database import Base, SchoolOwned, belongs_to


class Source(StrEnum):
    """What a track was proposed from."""

    GOAL = "goal"
    PLAN = "plan"
    """What the course's plan has for the coming week."""
    DIAGNOSTIC = "diagnostic"
    ABSENCE = "absence"
    """It made itself, because the pupil missed many lessons."""


class Mode(StrEnum):
    """Whose topics practice is made of."""

    HALF = "half"
    """Those of the lessons and those of the track in turn: measured to lose nothing, see docs/decisions."""
    TRACK = "track"
    LESSONS = "lessons"


class TrackState(StrEnum):
    """A proposal is nobody's duty; one track of a pupil in a course is approved at a time."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    ENDED = "ended"


class StepKind(StrEnum):
    """What a step asks for."""

    UNIT = "unit"
    """Read or watch a unit of the library."""
    TASK = "task"
    """A question a day of the topic in one's ten minutes, until it holds: the step is done by results."""
    TEST = "test"
    """Two questions on each topic of the track, in one go."""
    EXTRA = "extra"
    """An extra lesson with the teacher, who says when it was."""


class Track(SchoolOwned, Base):
    """One pupil's way to a goal by a date."""

    __tablename__ = "track"
    __table_args__ = (
        belongs_to("member", "pupil_id"),
        belongs_to("course", "course_id"),
        Index("ix_track_pupil", "school_id", "pupil_id", "state"),
        Index("ix_track_course", "school_id", "course_id", "state"),
    )

    pupil_id: Mapped[uuid.UUID]
    course_id: Mapped[uuid.UUID]
    topics: Mapped[list[int]] = mapped_column(JSON)
    """The goal: nodes of the framework, in the order in which they are taught."""
    goal: Mapped[str] = mapped_column(String(300))
    """The goal in words."""
    source: Mapped[str] = mapped_column(String(12))
    mode: Mapped[str] = mapped_column(String(8), default=Mode.HALF.value)
    by_on: Mapped[date]
    state: Mapped[str] = mapped_column(String(10), default=TrackState.PROPOSED.value)
    made_at: Mapped[datetime]
    made_by: Mapped[uuid.UUID | None]
    """Account; None when it made itself."""
    approved_at: Mapped[datetime | None]
    approved_by: Mapped[uuid.UUID | None]
    ended_at: Mapped[datetime | None]
    """By a person, or by a newer track that took its place."""


class TrackStep(SchoolOwned, Base):
    """One step of a track."""

    __tablename__ = "track_step"
    __table_args__ = (
        belongs_to("track", "track_id"),
        Index("ix_track_step_track", "school_id", "track_id", "position"),
    )

    track_id: Mapped[uuid.UUID]
    position: Mapped[int] = mapped_column(SmallInteger)
    """From 1."""
    kind: Mapped[str] = mapped_column(String(8))
    topic_id: Mapped[int | None] = mapped_column(ForeignKey("topic.id"))
    unit_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("unit.id"))
    title: Mapped[str] = mapped_column(String(300))
    why: Mapped[str] = mapped_column(String(12))
    """``goal``, ``need``, ``unsure``, ``fading``, ``missed``, ``teacher``: see ``proposing``."""
    for_topic: Mapped[str] = mapped_column(String(300), default="")
    """What rests on it, in words."""
    due_on: Mapped[date | None]
    is_pinned: Mapped[bool] = mapped_column(default=False)
    """It stays where it is when the rest is proposed anew."""
    is_locked: Mapped[bool] = mapped_column(default=False)
    """The pupil does not get it before the teacher opens it."""
    done_at: Mapped[datetime | None]


class PracticeKind(StrEnum):
    """Why the model chose these questions."""

    TEN = "ten"
    TEST = "test"
    DIAGNOSTIC = "diagnostic"


class Diagnostic(SchoolOwned, Base):
    """Questions on a goal and what it rests on, in short parts, until the error of the estimate is small."""

    __tablename__ = "diagnostic"
    __table_args__ = (
        belongs_to("member", "pupil_id"),
        belongs_to("course", "course_id"),
        Index("ix_diagnostic_pupil", "school_id", "pupil_id"),
    )

    pupil_id: Mapped[uuid.UUID]
    course_id: Mapped[uuid.UUID]
    topics: Mapped[list[int]] = mapped_column(JSON)
    goal: Mapped[str] = mapped_column(String(300))
    made_at: Mapped[datetime]
    made_by: Mapped[uuid.UUID]
    """Account."""
    error: Mapped[float | None] = mapped_column(Double)
    """Standard error of the level, logits, after the last part."""
    ended_at: Mapped[datetime | None]


class Practice(SchoolOwned, Base):
    """Questions that the model chose for a pupil, done as an attempt of its own: its ``given_for`` is this id."""

    __tablename__ = "practice"
    __table_args__ = (
        belongs_to("member", "pupil_id"),
        belongs_to("attempt", "attempt_id"),
        belongs_to("track_step", "step_id"),
        belongs_to("diagnostic", "diagnostic_id"),
        Index("ix_practice_pupil", "school_id", "pupil_id", "made_at"),
    )

    pupil_id: Mapped[uuid.UUID]
    subject_id: Mapped[int] = mapped_column(ForeignKey("subject.id"))
    kind: Mapped[str] = mapped_column(String(12))
    attempt_id: Mapped[uuid.UUID]
    step_id: Mapped[uuid.UUID | None]
    diagnostic_id: Mapped[uuid.UUID | None]
    topics: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    """In the order of the questions: ``{"item": "…", "topic": 3, "why": "review", "before": "fading"}``; ``"for"`` is the topic that waits for it."""
    made_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class LessonWork(SchoolOwned, Base):
    """One lesson, three levels of the same material: sets of questions on one topic, from easier to harder."""

    __tablename__ = "lesson_work"
    __table_args__ = (belongs_to("lesson", "lesson_id"), UniqueConstraint("school_id", "lesson_id"))

    lesson_id: Mapped[uuid.UUID]
    topic_id: Mapped[int] = mapped_column(ForeignKey("topic.id"))
    title: Mapped[str] = mapped_column(String(300))
    unit_version_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("unit_version.id"))
    """The version that most of the questions are of."""
    sets: Mapped[list[list[str]]] = mapped_column(JSON)
    """Three lists of questions."""
    made_at: Mapped[datetime]
    made_by: Mapped[uuid.UUID]
    """Account."""


class LessonLevel(SchoolOwned, Base):
    """Which of the three sets a pupil works with. Whoever changes it, no other pupil sees that there are levels."""

    __tablename__ = "lesson_level"
    __table_args__ = (
        belongs_to("lesson_work", "work_id"),
        belongs_to("member", "pupil_id"),
        UniqueConstraint("school_id", "work_id", "pupil_id"),
    )

    work_id: Mapped[uuid.UUID]
    pupil_id: Mapped[uuid.UUID]
    level: Mapped[int] = mapped_column(SmallInteger)
    """1 to 3."""
    set_at: Mapped[datetime]
    set_by: Mapped[uuid.UUID]
    """Account: the teacher's, or the pupil's own."""
