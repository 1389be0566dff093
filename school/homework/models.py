"""Homework, what each pupil owes of it, and what they handed in."""

import uuid
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, SmallInteger, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from school.core.database import Base, SchoolOwned, belongs_to, of_school


class HandInWay(StrEnum):
    """How a homework is handed in."""

    TICK = "tick"
    """Done in the exercise book; the pupil ticks it."""
    TEXT = "text"
    PHOTO = "photo"
    TASK = "task"
    """A unit of the library with items, done on the screen and judged by the server."""


class Homework(SchoolOwned, Base):
    """One act of setting homework in a course, for the whole group or for some of its pupils."""

    __tablename__ = "homework"
    __table_args__ = (
        belongs_to("course", "course_id"),
        belongs_to("lesson", "lesson_id"),
        belongs_to("lesson", "due_lesson_id"),
        belongs_to("member", "set_by"),
        belongs_to("test_conditions", "conditions_id"),
        Index("ix_homework_course", "school_id", "course_id", "due_on"),
        Index("ix_homework_due_lesson", "school_id", "due_lesson_id"),
    )

    course_id: Mapped[uuid.UUID]
    lesson_id: Mapped[uuid.UUID | None]
    """The lesson in which it was set."""
    due_lesson_id: Mapped[uuid.UUID | None]
    """The lesson it is for; moves with it. Null when only a day is set."""
    due_on: Mapped[date]
    text: Mapped[str]
    unit_version_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("unit_version.id"))
    """The version of the unit as it was when set; a later edit of the unit changes nothing here."""
    way: Mapped[str]
    minutes: Mapped[int] = mapped_column(SmallInteger)
    """Expected work, for the evening's sum."""
    for_all: Mapped[bool] = mapped_column(default=True)
    """The whole group, newcomers too; otherwise only those who have an ``Assignment``."""
    set_at: Mapped[datetime]
    set_by: Mapped[uuid.UUID]
    payload_hash: Mapped[str]
    """Of what the client sent: the same id sent twice is one homework, with other content a conflict."""
    withdrawn_at: Mapped[datetime | None]
    conditions_id: Mapped[uuid.UUID | None]
    """Of a test: time, window, attempts, what is drawn and when answers are shown."""
    sheet: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    """Questions gathered from several units: the set for whoever has none of their own. See ``tasks.sheets``."""
    rubric: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON(none_as_null=True))
    """What the teacher looks at: ``[{"name": "…", "points": 3}]``."""


class HomeworkFile(SchoolOwned, Base):
    """A file that the teacher has put beside a homework: a worksheet, a picture, a table."""

    __tablename__ = "homework_file"
    __table_args__ = (
        belongs_to("homework", "homework_id"),
        UniqueConstraint("school_id", "homework_id", "position"),
    )

    homework_id: Mapped[uuid.UUID]
    position: Mapped[int] = mapped_column(SmallInteger)
    sha256: Mapped[str] = mapped_column(ForeignKey("stored_file.sha256"))
    name: Mapped[str] = mapped_column(String(200))
    """As it is shown and saved under."""


class AssignmentState(StrEnum):
    """Where one pupil is with one homework. There is no "missing"."""

    GIVEN = "given"
    SEEN = "seen"
    HANDED_IN = "handed_in"
    CHECKED = "checked"
    RETURNED = "returned"
    EXCUSED = "excused"


class Assignment(SchoolOwned, Base):
    """What one pupil has done about a homework.

    Homework for the whole group has no rows until a pupil or the teacher does something about it: who joins the group
    later has it too, and a homework that nobody opened costs one row, not thirty.
    """

    __tablename__ = "assignment"
    __table_args__ = (
        belongs_to("homework", "homework_id"),
        belongs_to("member", "pupil_id"),
        belongs_to("attempt", "attempt_id"),
        UniqueConstraint("school_id", "homework_id", "pupil_id"),
        Index("ix_assignment_pupil", "school_id", "pupil_id", "due_on"),
        Index("ix_assignment_waiting", "school_id", "state", "homework_id"),
        Index("ix_assignment_attempt", "school_id", "attempt_id"),
        Index("ix_assignment_state", "school_id", "homework_id", "state"),
    )

    homework_id: Mapped[uuid.UUID]
    pupil_id: Mapped[uuid.UUID]
    due_on: Mapped[date]
    """The homework's day, or the later one given to this pupil."""
    state: Mapped[str] = mapped_column(default=AssignmentState.GIVEN)
    seen_at: Mapped[datetime | None]
    handed_in_at: Mapped[datetime | None]
    checked_at: Mapped[datetime | None]
    checked_by: Mapped[uuid.UUID | None]
    """Account."""
    comment: Mapped[str] = mapped_column(default="")
    """The teacher's last word to the pupil about this work."""
    version: Mapped[int] = mapped_column(default=0)
    """Grows with every handing-in and review: two teachers at once never overwrite each other in silence."""
    attempt_id: Mapped[uuid.UUID | None]
    """The attempt under way or last handed in, of a homework done on the screen."""
    sheet: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    """This pupil's own set of questions: a sheet with ``seed`` and, by question, ``why`` it was chosen."""
    rubric_points: Mapped[list[int] | None] = mapped_column(JSON(none_as_null=True))
    """By criterion of the homework's rubric, as it was when looked through."""


class Submission(SchoolOwned, Base):
    """One handing-in. A returned work is handed in again as a new row; the old one stays."""

    __tablename__ = "submission"
    __table_args__ = (
        belongs_to("assignment", "assignment_id"),
        belongs_to("attempt", "attempt_id"),
        Index("ix_submission_assignment", "school_id", "assignment_id"),
    )

    assignment_id: Mapped[uuid.UUID]
    text: Mapped[str] = mapped_column(default="")
    attempt_id: Mapped[uuid.UUID | None]
    handed_in_at: Mapped[datetime]
    handed_in_by: Mapped[uuid.UUID]
    """Account."""
    payload_hash: Mapped[str]


class SubmissionPhoto(SchoolOwned, Base):
    """One page of a photographed exercise book, in order."""

    __tablename__ = "submission_photo"
    __table_args__ = (
        belongs_to("submission", "submission_id"),
        UniqueConstraint("school_id", "submission_id", "position"),
    )

    submission_id: Mapped[uuid.UUID]
    position: Mapped[int] = mapped_column(SmallInteger)
    sha256: Mapped[str] = mapped_column(ForeignKey("stored_file.sha256"))
    width: Mapped[int]
    height: Mapped[int]
    look: Mapped[str] = mapped_column(String(64), default="", server_default="")
    """Its fingerprint by sight (``content_library.pictures.look``); nearly equal for the same shot sent twice."""


class PhotoNote(SchoolOwned, Base):
    """A teacher's word at a place of a photographed page. Only added and taken away: two teachers never overwrite each other."""

    __tablename__ = "photo_note"
    __table_args__ = (belongs_to("submission_photo", "photo_id"), Index("ix_photo_note_photo", "school_id", "photo_id"))

    photo_id: Mapped[uuid.UUID]
    x: Mapped[int] = mapped_column(SmallInteger)
    """Of a thousand, from the left; the page as it was kept, not as somebody has turned it."""
    y: Mapped[int] = mapped_column(SmallInteger)
    """Of a thousand, from the top."""
    text: Mapped[str] = mapped_column(String(300))
    made_at: Mapped[datetime]
    made_by: Mapped[uuid.UUID]
    """Account."""


class TaskScale(SchoolOwned, Base):
    """From which share of points on the machine proposes which mark: the school's own table, from a day on."""

    __tablename__ = "task_scale"
    __table_args__ = (of_school(), UniqueConstraint("school_id", "from_on"))

    from_on: Mapped[date]
    five: Mapped[int] = mapped_column(SmallInteger)
    """Per cent of the points, inclusive, as the next two."""
    four: Mapped[int] = mapped_column(SmallInteger)
    three: Mapped[int] = mapped_column(SmallInteger)
    owner: Mapped[uuid.UUID]
    """Member who answers for it."""


class OwnTask(SchoolOwned, Base):
    """Something a pupil has put into their list themselves: to buy a notebook, to learn a poem. Nobody else marks it."""

    __tablename__ = "own_task"
    __table_args__ = (belongs_to("member", "pupil_id"), Index("ix_own_task_pupil", "school_id", "pupil_id", "due_on"))

    pupil_id: Mapped[uuid.UUID]
    due_on: Mapped[date]
    text: Mapped[str] = mapped_column(String(300))
    minutes: Mapped[int] = mapped_column(SmallInteger, default=0)
    made_at: Mapped[datetime]
    done_at: Mapped[datetime | None]


class HomeworkNorm(SchoolOwned, Base):
    """What the school's document makes stricter than the country's norms of homework, from a day on. Without a row those hold."""

    __tablename__ = "homework_norm"
    __table_args__ = (of_school(), belongs_to("member", "owner"), UniqueConstraint("school_id", "from_on"))

    from_on: Mapped[date]
    source: Mapped[str]
    """The school's document: «Положение о домашних заданиях, приказ № 40»."""
    minutes: Mapped[dict[str, int]] = mapped_column(JSON)
    """Year level -> minutes of an evening, all subjects; only the levels that the school changes."""
    weekends_to: Mapped[int | None] = mapped_column(SmallInteger)
    """Up to this year level weekends stay free; null: as in the country. No minutes and null: the school has ended its rule."""
    owner: Mapped[uuid.UUID]
    """Member who answers for it."""
