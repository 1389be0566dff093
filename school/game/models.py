"""What the game keeps: switches, days, badges, the wardrobe, goals of classes, words about the list."""

import uuid
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint, Double, Index, SmallInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from school.core.database import Base, Id, SchoolOwned, belongs_to, of_school


class Side(StrEnum):
    """Who has switched the game of a child off: both must leave it on."""

    FAMILY = "family"
    SCHOOL = "school"


class GoalKind(StrEnum):
    """What a class counts together."""

    TOPICS = "topics"
    """Topics won or kept, each of a pupil once."""
    DAYS = "days"
    """Days of pupils with a useful step."""


class _OfSchool:
    school_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, sort_order=-4)


class _OfPupil(_OfSchool):
    pupil_id: Mapped[uuid.UUID] = mapped_column(Id, primary_key=True, sort_order=-3)


class ClassSwitch(_OfSchool, Base):
    """The game of a class; on while there is no row."""

    __tablename__ = "game_class"
    __table_args__ = (belongs_to("study_group", "group_id"),)

    group_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    is_on: Mapped[bool]
    set_at: Mapped[datetime]
    set_by: Mapped[uuid.UUID]
    """Account."""


class PupilSwitch(_OfPupil, Base):
    """The game of a child, as the family or the school has set it; on while there is no row."""

    __tablename__ = "game_pupil"
    __table_args__ = (belongs_to("member", "pupil_id"),)

    side: Mapped[str] = mapped_column(String(8), primary_key=True)
    is_on: Mapped[bool]
    set_at: Mapped[datetime]
    set_by: Mapped[uuid.UUID]
    """Account."""


class PupilDay(_OfPupil, Base):
    """What a pupil's answers of a day have earned: kept for what a class sums up. It never falls."""

    __tablename__ = "game_day"
    __table_args__ = (belongs_to("member", "pupil_id"),)

    on_date: Mapped[date] = mapped_column(primary_key=True)
    told: Mapped[float] = mapped_column(Double)
    points: Mapped[int] = mapped_column(SmallInteger)
    steps: Mapped[int] = mapped_column(SmallInteger)
    topics: Mapped[list[int]] = mapped_column(JSON)
    """Answered right with a useful step."""


class Badge(_OfPupil, Base):
    """Something a pupil has done once for all."""

    __tablename__ = "game_badge"
    __table_args__ = (belongs_to("member", "pupil_id"),)

    kind: Mapped[str] = mapped_column(String(12), primary_key=True)
    thing: Mapped[str] = mapped_column(String(40), primary_key=True)
    """The topic's or the track's id; empty where there is none."""
    earned_on: Mapped[date]


class BoughtPart(_OfPupil, Base):
    """A part of the wardrobe that a pupil has: once, however often the button is pressed."""

    __tablename__ = "game_part"
    __table_args__ = (belongs_to("member", "pupil_id"),)

    part: Mapped[str] = mapped_column(String(20), primary_key=True)
    price: Mapped[int] = mapped_column(SmallInteger)
    """What was given for it then."""
    bought_at: Mapped[datetime]


class Avatar(_OfPupil, Base):
    """What a pupil's animal wears."""

    __tablename__ = "game_avatar"
    __table_args__ = (belongs_to("member", "pupil_id"),)

    worn: Mapped[dict[str, str]] = mapped_column(JSON)
    """Slot to part."""


class ClassGoal(SchoolOwned, Base):
    """What a class wants to do together; nobody's share is shown."""

    __tablename__ = "game_goal"
    __table_args__ = (
        belongs_to("study_group", "group_id"),
        Index("ix_game_goal_group", "school_id", "group_id", "starts_on"),
        CheckConstraint("kind IN ('topics', 'days')", name="kind"),
    )

    group_id: Mapped[uuid.UUID]
    kind: Mapped[str] = mapped_column(String(8))
    target: Mapped[int] = mapped_column(SmallInteger)
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    made_at: Mapped[datetime]
    made_by: Mapped[uuid.UUID]
    """Account."""
    dropped_at: Mapped[datetime | None]
    """The teacher took it back, or put another in its place."""


class ListWord(_OfSchool, Base):
    """Whether somebody agrees that a class sees a list by points: the pupil, or a representative of the pupil."""

    __tablename__ = "game_word"
    __table_args__ = (
        belongs_to("study_group", "group_id"),
        belongs_to("member", "pupil_id"),
        belongs_to("member", "by_id"),
    )

    group_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    pupil_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    by_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    agrees: Mapped[bool]
    said_at: Mapped[datetime]


class KeptUntil(_OfSchool, Base):
    """Up to when the days of a school are kept."""

    __tablename__ = "game_kept"
    __table_args__ = (of_school(),)

    until: Mapped[datetime]
