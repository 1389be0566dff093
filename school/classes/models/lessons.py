"""The timetable, the lessons it makes, who takes them instead, and who was there."""

import uuid
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, SmallInteger, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from school.core.database import Base, SchoolOwned, belongs_to


class TimetableSlot(SchoolOwned, Base):
    """A weekly place of a course, from a day to a day."""

    __tablename__ = "timetable_slot"
    __table_args__ = (
        belongs_to("course", "course_id"),
        belongs_to("member", "teacher_id"),
        Index("ix_timetable_slot_course", "school_id", "course_id"),
        Index("ix_timetable_slot_day", "school_id", "weekday", "slot"),
    )

    course_id: Mapped[uuid.UUID]
    weekday: Mapped[int] = mapped_column(SmallInteger)
    """ISO: Monday is 1."""
    slot: Mapped[int] = mapped_column(SmallInteger)
    room: Mapped[str] = mapped_column(default="")
    teacher_id: Mapped[uuid.UUID]
    from_on: Mapped[date]
    to_on: Mapped[date | None]


class LessonState(StrEnum):
    """A cancelled or moved lesson stays, so that the journal shows what happened to it."""

    PLANNED = "planned"
    CANCELLED = "cancelled"
    MOVED = "moved"


class Lesson(SchoolOwned, Base):
    """The centre: this group, this date, this slot. Topic, presence, homework and marks hang on it."""

    __tablename__ = "lesson"
    __table_args__ = (
        belongs_to("course", "course_id"),
        belongs_to("study_group", "group_id"),
        belongs_to("term", "term_id"),
        belongs_to("member", "teacher_id"),
        belongs_to("timetable_slot", "timetable_slot_id"),
        belongs_to("lesson", "moved_to_id"),
        UniqueConstraint("school_id", "course_id", "on_date", "slot"),
        Index("ix_lesson_teacher", "school_id", "teacher_id", "on_date"),
        Index("ix_lesson_group", "school_id", "group_id", "on_date"),
        Index("ix_lesson_day", "school_id", "on_date"),
    )

    course_id: Mapped[uuid.UUID]
    group_id: Mapped[uuid.UUID]
    """The course's group, repeated here for the pupil's day by one index."""
    subject_id: Mapped[int] = mapped_column(ForeignKey("subject.id"))
    term_id: Mapped[uuid.UUID]
    on_date: Mapped[date]
    slot: Mapped[int] = mapped_column(SmallInteger)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    room: Mapped[str] = mapped_column(default="")
    teacher_id: Mapped[uuid.UUID]
    """Who takes it by the timetable; a ``Substitution`` says who does instead."""
    timetable_slot_id: Mapped[uuid.UUID | None]
    state: Mapped[str] = mapped_column(default=LessonState.PLANNED)
    moved_to_id: Mapped[uuid.UUID | None]
    topic: Mapped[str] = mapped_column(default="")
    """What the journal says was taught."""
    topic_id: Mapped[int | None] = mapped_column(ForeignKey("topic.id"))
    """The node of the topic framework it belongs to, where the teacher picked one."""


class Substitution(SchoolOwned, Base):
    """Замена: another teacher takes one lesson; their rights live for that lesson and end with the next day."""

    __tablename__ = "substitution"
    __table_args__ = (
        belongs_to("lesson", "lesson_id"),
        belongs_to("member", "teacher_id"),
        UniqueConstraint("school_id", "lesson_id"),
        Index("ix_substitution_teacher", "school_id", "teacher_id"),
    )

    lesson_id: Mapped[uuid.UUID]
    teacher_id: Mapped[uuid.UUID]
    reason: Mapped[str] = mapped_column(default="")
    made_at: Mapped[datetime]
    made_by: Mapped[uuid.UUID]
    """Account."""


class PresenceTaken(SchoolOwned, Base):
    """The teacher has looked who is there: without this row a lesson's empty list of absences means nothing."""

    __tablename__ = "presence_taken"
    __table_args__ = (belongs_to("lesson", "lesson_id"), UniqueConstraint("school_id", "lesson_id"))

    lesson_id: Mapped[uuid.UUID]
    taken_at: Mapped[datetime]
    taken_by: Mapped[uuid.UUID]
    """Account."""


class AbsenceFact(StrEnum):
    """What was seen in the room. Why is ``AbsenceReason``; a later excuse never changes the fact."""

    ABSENT = "absent"
    LATE = "late"
    EXEMPT = "exempt"
    """Present, but freed from the work (physical education)."""
    REMOTE = "remote"


class AbsenceReason(StrEnum):
    """Why a pupil was not there as usual."""

    UNKNOWN = "unknown"
    ILLNESS = "illness"
    FAMILY = "family"
    SCHOOL = "school"
    """Sent by the school: an olympiad, a competition."""
    ORDER = "order"
    TRUANCY = "truancy"


class Absence(SchoolOwned, Base):
    """An exception from "everybody is here", one pupil in one lesson."""

    __tablename__ = "absence"
    __table_args__ = (
        belongs_to("lesson", "lesson_id"),
        belongs_to("member", "pupil_id"),
        UniqueConstraint("school_id", "lesson_id", "pupil_id"),
        Index("ix_absence_pupil", "school_id", "pupil_id", "on_date"),
    )

    lesson_id: Mapped[uuid.UUID]
    pupil_id: Mapped[uuid.UUID]
    on_date: Mapped[date]
    """The lesson's day, repeated for the family's week by one index."""
    fact: Mapped[str]
    minutes_late: Mapped[int | None] = mapped_column(SmallInteger)
    reason: Mapped[str] = mapped_column(default=AbsenceReason.UNKNOWN)
    noted_at: Mapped[datetime]
    noted_by: Mapped[uuid.UUID]
    """Account."""


class AbsenceNote(SchoolOwned, Base):
    """A family's or a clinic's word, before or after: from a day to a day, or some lessons of one day, and why.

    It is no fact of presence: the teacher sees it where presence is taken, and an absence that is noted takes its reason.
    """

    __tablename__ = "absence_note"
    __table_args__ = (
        belongs_to("member", "pupil_id"),
        Index("ix_absence_note_pupil", "school_id", "pupil_id", "first_on"),
    )

    pupil_id: Mapped[uuid.UUID]
    first_on: Mapped[date]
    last_on: Mapped[date]
    slots: Mapped[str] = mapped_column(default="")
    """Numbers of lessons with commas between, where only these are missed; empty: whole days."""
    reason: Mapped[str]
    words: Mapped[str] = mapped_column(default="")
    """For the teachers, if the family wants to say more."""
    made_at: Mapped[datetime]
    made_by: Mapped[uuid.UUID]
    """Account; of a word from outside its ``ExcuseSender``."""
    withdrawn_at: Mapped[datetime | None]


class CalendarFeed(SchoolOwned, Base):
    """A secret address under which calendars of phones read somebody's lessons; a new one ends the old."""

    __tablename__ = "calendar_feed"
    __table_args__ = (
        belongs_to("member", "owner_id"),
        belongs_to("member", "member_id"),
        UniqueConstraint("school_id", "token_hash"),
        Index("ix_calendar_feed_owner", "school_id", "owner_id", "member_id"),
    )

    owner_id: Mapped[uuid.UUID]
    """Who made the address: the person, or a representative."""
    member_id: Mapped[uuid.UUID]
    """Whose lessons."""
    token_hash: Mapped[bytes]
    made_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
