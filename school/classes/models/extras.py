"""An extra lesson and its places. It stands outside the journal: no mark, no absence of the timetable comes of it.

It is offered and looked after in ``school.extra``; it lives here because it takes its teacher, room and pupils as a lesson does, and stands in
their days.
"""

import uuid
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, SmallInteger, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from school.core.database import Base, SchoolOwned, belongs_to


class ExtraLesson(SchoolOwned, Base):
    """One hour about one topic for a few pupils of a course and its parallel ones."""

    __tablename__ = "extra_lesson"
    __table_args__ = (
        belongs_to("course", "course_id"),
        belongs_to("member", "teacher_id"),
        belongs_to("building", "building_id"),
        Index("ix_extra_lesson_day", "school_id", "on_date"),
        Index("ix_extra_lesson_starts", "school_id", "starts_at"),
        Index("ix_extra_lesson_course", "school_id", "course_id"),
    )

    course_id: Mapped[uuid.UUID]
    teacher_id: Mapped[uuid.UUID]
    topic_id: Mapped[int] = mapped_column(ForeignKey("topic.id"))
    building_id: Mapped[uuid.UUID]
    room: Mapped[str] = mapped_column(default="")
    on_date: Mapped[date]
    """In Moscow."""
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    unit_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("unit.id"))
    """The scenario; null where the library has none and the teacher goes without."""
    words: Mapped[str] = mapped_column(String(500), default="")
    """What pupils and families read beside time and place."""
    from_evidence: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether enough pupils shared the gap for the program to propose it by itself."""
    made_at: Mapped[datetime]
    made_by: Mapped[uuid.UUID]
    """Account."""
    held_at: Mapped[datetime | None]
    """When it was written down who came; null until then."""
    cancelled_at: Mapped[datetime | None]
    cancelled_why: Mapped[str] = mapped_column(String(300), default="")


class Reply(StrEnum):
    """What a pupil or a family says to an invitation."""

    NONE = ""
    YES = "yes"
    NO = "no"


class ExtraPlace(SchoolOwned, Base):
    """An invitation of one pupil, what it rested on, the answer, and whether the pupil came."""

    __tablename__ = "extra_place"
    __table_args__ = (
        belongs_to("extra_lesson", "extra_id"),
        belongs_to("member", "pupil_id"),
        belongs_to("course", "course_id"),
        UniqueConstraint("school_id", "extra_id", "pupil_id"),
        Index("ix_extra_place_pupil", "school_id", "pupil_id"),
    )

    extra_id: Mapped[uuid.UUID]
    pupil_id: Mapped[uuid.UUID]
    course_id: Mapped[uuid.UUID]
    """In which the pupil has the gap: the lesson's own, or that of a parallel class."""
    right: Mapped[int] = mapped_column(SmallInteger)
    """Of the last answers on the topic when the pupil was invited."""
    answers: Mapped[int] = mapped_column(SmallInteger)
    invited_at: Mapped[datetime]
    reply: Mapped[str] = mapped_column(String(3), default=Reply.NONE)
    replied_at: Mapped[datetime | None]
    by_family: Mapped[bool] = mapped_column(default=False, server_default=false())
    """A representative has answered: the pupil does not answer over it."""
    says: Mapped[str] = mapped_column(String(200), default="")
    """For the teacher, beside the answer."""
    came: Mapped[bool | None]
    """Null until it was written down."""
