"""Classes and groups, who is in them, and what they are taught by whom."""

import uuid
from datetime import date
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, SmallInteger, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from school.core.database import Base, SchoolOwned, belongs_to


class GroupKind(StrEnum):
    """A class is itself a group; the others are part of one class, or cross classes (метагруппа)."""

    CLASS = "class"
    PART = "part"
    CROSS = "cross"


class StudyGroup(SchoolOwned, Base):
    """Pupils who are taught together for a year: a class, half of it, or pupils of several classes."""

    __tablename__ = "study_group"
    __table_args__ = (
        belongs_to("school_year", "year_id"),
        belongs_to("regime", "regime_id"),
        belongs_to("building", "building_id"),
        belongs_to("study_group", "class_id"),
        UniqueConstraint("school_id", "year_id", "name"),
        Index("ix_study_group_class", "school_id", "class_id"),
    )

    year_id: Mapped[uuid.UUID]
    kind: Mapped[str]
    name: Mapped[str]
    """«7 «Б»» for a class; «7 «Б», англ. 1» for a part."""
    year_level: Mapped[int] = mapped_column(SmallInteger)
    """Параллель, 1–11; of a cross group the lowest."""
    letter: Mapped[str] = mapped_column(default="")
    class_id: Mapped[uuid.UUID | None]
    """The class a part belongs to; null for classes and cross groups."""
    regime_id: Mapped[uuid.UUID]
    building_id: Mapped[uuid.UUID]
    shift: Mapped[int] = mapped_column(SmallInteger, default=1)


class Enrolment(SchoolOwned, Base):
    """A pupil in a group, from a day to a day. Leaving ends the row; nothing is deleted."""

    __tablename__ = "enrolment"
    __table_args__ = (
        belongs_to("study_group", "group_id"),
        belongs_to("member", "pupil_id"),
        UniqueConstraint("school_id", "group_id", "pupil_id", "from_on"),
        Index("ix_enrolment_pupil", "school_id", "pupil_id"),
    )

    group_id: Mapped[uuid.UUID]
    pupil_id: Mapped[uuid.UUID]
    from_on: Mapped[date]
    to_on: Mapped[date | None]
    """The last day; null while it lasts."""


class ClassLeadership(SchoolOwned, Base):
    """Классное руководство: a teacher leads a class."""

    __tablename__ = "class_leadership"
    __table_args__ = (
        belongs_to("study_group", "class_id"),
        belongs_to("member", "teacher_id"),
        Index("ix_class_leadership_teacher", "school_id", "teacher_id"),
        Index("ix_class_leadership_class", "school_id", "class_id"),
    )

    class_id: Mapped[uuid.UUID]
    teacher_id: Mapped[uuid.UUID]
    from_on: Mapped[date]
    to_on: Mapped[date | None]


class Course(SchoolOwned, Base):
    """A subject taught to a group through a year; the journal page of that group and subject."""

    __tablename__ = "course"
    __table_args__ = (
        belongs_to("study_group", "group_id"),
        UniqueConstraint("school_id", "group_id", "subject_id", "name"),
    )

    group_id: Mapped[uuid.UUID]
    subject_id: Mapped[int] = mapped_column(ForeignKey("subject.id"))
    name: Mapped[str] = mapped_column(default="")
    """Beside the subject's own name, where a group has two courses of it (an elective)."""
    hours_a_week: Mapped[int] = mapped_column(SmallInteger, default=1)


class TeachingPost(SchoolOwned, Base):
    """A teacher teaches a course, from a day to a day; two may teach one course together."""

    __tablename__ = "teaching_post"
    __table_args__ = (
        belongs_to("course", "course_id"),
        belongs_to("member", "teacher_id"),
        Index("ix_teaching_post_teacher", "school_id", "teacher_id"),
        Index("ix_teaching_post_course", "school_id", "course_id"),
    )

    course_id: Mapped[uuid.UUID]
    teacher_id: Mapped[uuid.UUID]
    from_on: Mapped[date]
    to_on: Mapped[date | None]
