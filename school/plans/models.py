"""The topics of a course's year, and the hours of each."""

import uuid
from datetime import date

from sqlalchemy import ForeignKey, Index, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column

from school.core.database import Base, SchoolOwned, belongs_to


class PlanTopic(SchoolOwned, Base):
    """A topic of the plan, in its order."""

    __tablename__ = "plan_topic"
    __table_args__ = (
        belongs_to("course", "course_id"),
        Index("ix_plan_topic_course", "school_id", "course_id", "number"),
    )

    course_id: Mapped[uuid.UUID]
    number: Mapped[int] = mapped_column(SmallInteger)
    """Its place, from 1."""
    title: Mapped[str]
    topic_id: Mapped[int | None] = mapped_column(ForeignKey("topic.id"))
    """The node of the topic framework, where the title is one."""
    hours: Mapped[int] = mapped_column(SmallInteger)
    is_control: Mapped[bool] = mapped_column(default=False)
    """A control work: a lesson of its own, never joined with another."""
    is_reserve: Mapped[bool] = mapped_column(default=False)
    """Hours kept for lost lessons."""
    needs: Mapped[str] = mapped_column(default="")
    """Numbers of the topics that must come before, with commas between."""


class PlanHour(SchoolOwned, Base):
    """One hour of a topic: the day it was planned for when the plan was approved, and the lesson it stands in now."""

    __tablename__ = "plan_hour"
    __table_args__ = (
        belongs_to("course", "course_id"),
        belongs_to("plan_topic", "plan_topic_id"),
        Index("ix_plan_hour_course", "school_id", "course_id", "number"),
        Index("ix_plan_hour_lesson", "school_id", "lesson_id"),
    )

    course_id: Mapped[uuid.UUID]
    plan_topic_id: Mapped[uuid.UUID]
    number: Mapped[int] = mapped_column(SmallInteger)
    """Through the whole plan, from 1."""
    planned_on: Mapped[date | None]
    """Null for a reserve hour that has no lesson."""
    lesson_id: Mapped[uuid.UUID | None]
    """No foreign key on purpose: a coming lesson that the timetable drops must go, and the hour then shows as lost."""
