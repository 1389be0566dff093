"""What the pupil model keeps: its versions, how hard items and topics are, each pupil's levels, every judged answer."""

import uuid
from datetime import datetime

from sqlalchemy import JSON, Double, ForeignKey, ForeignKeyConstraint, Index, LargeBinary, SmallInteger, String, false
from sqlalchemy.orm import Mapped, mapped_column

from school.core.database import Base, SchoolOwned, belongs_to


class ModelVersion(Base):
    """Weights and levels of items as they were from a moment on. City-wide; never changed, except which one is in use."""

    __tablename__ = "model_version"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    """1, 2, …; version 0 is the code's own: day-0 weights, every item as hard as its topic."""
    made_at: Mapped[datetime]
    base_id: Mapped[int]
    """The version it was made from, 0 for the code's own."""
    in_use: Mapped[bool]
    """True for exactly one row; for none while version 0 is in use."""
    weights: Mapped[list[float]] = mapped_column(JSON)
    answers: Mapped[int]
    """Answers that its levels have learned from since ``base_id``."""
    learned_until: Mapped[datetime]
    """Answers that arrived up to this moment are in its levels."""
    loss_before: Mapped[float | None] = mapped_column(Double)
    loss_after: Mapped[float | None] = mapped_column(Double)
    """Log loss of the last day's answers by the weights before and by the new ones; empty when weights were not fitted."""


class LevelColumns:
    """How hard something is, from a version on."""

    version_id: Mapped[int] = mapped_column(ForeignKey("model_version.id"), primary_key=True, sort_order=2)
    n: Mapped[int]
    wins: Mapped[int]


class ItemStanding(LevelColumns, Base):
    """How hard an item is beyond its topics. The row of the newest version not above the one in use counts."""

    __tablename__ = "item_standing"

    item_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("item.id"), primary_key=True, sort_order=1)
    d: Mapped[float] = mapped_column(Double)
    strength: Mapped[float] = mapped_column(Double)
    squares: Mapped[float] = mapped_column(Double)
    error: Mapped[float] = mapped_column(Double)
    product: Mapped[float] = mapped_column(Double)
    suspicion: Mapped[str] = mapped_column(String(16), default="")
    """Why a methodologist should look at it: ``backwards``, ``too_hard``, or empty."""


class TopicStanding(LevelColumns, Base):
    """How hard a topic is for everybody."""

    __tablename__ = "topic_standing"

    topic_id: Mapped[int] = mapped_column(ForeignKey("topic.id"), primary_key=True, sort_order=1)
    beta: Mapped[float] = mapped_column(Double)


class PupilColumns:
    """Whose row it is, and what both kinds of rows count."""

    school_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, sort_order=-3)
    pupil_id: Mapped[uuid.UUID] = mapped_column(primary_key=True, sort_order=-2)
    n: Mapped[int] = mapped_column(default=0)
    wins: Mapped[int] = mapped_column(default=0)
    recent: Mapped[float] = mapped_column(Double, default=0.0)
    steady: Mapped[float] = mapped_column(Double, default=0.0)
    last: Mapped[int] = mapped_column(SmallInteger, default=0)
    at: Mapped[float] = mapped_column(Double)
    """Seconds since 1970: exactly the number that was reckoned with."""


class PupilLevel(PupilColumns, Base):
    """A pupil in a subject. Its row is held while answers of the pupil are judged."""

    __tablename__ = "pupil_level"
    __table_args__ = (belongs_to("member", "pupil_id"),)

    subject_id: Mapped[int] = mapped_column(ForeignKey("subject.id"), primary_key=True, sort_order=-1)
    theta: Mapped[float] = mapped_column(Double, default=0.0)
    checkpoint: Mapped[bytes] = mapped_column(LargeBinary, default=b"")
    """The pupil as it was at ``checkpoint_at``, packed: a late answer is replayed from here. Empty at first."""
    checkpoint_at: Mapped[float] = mapped_column(Double, default=-1.0)
    checkpoint_n: Mapped[int] = mapped_column(default=0)


class PupilTopic(PupilColumns, Base):
    """A pupil at a topic."""

    __tablename__ = "pupil_topic"
    __table_args__ = (belongs_to("member", "pupil_id"),)

    topic_id: Mapped[int] = mapped_column(ForeignKey("topic.id"), primary_key=True, sort_order=-1)
    subject_id: Mapped[int] = mapped_column(ForeignKey("subject.id"))
    delta: Mapped[float] = mapped_column(Double)
    step: Mapped[int]
    kept: Mapped[int]
    stability: Mapped[float] = mapped_column(Double)
    failed_days: Mapped[int] = mapped_column(SmallInteger, default=0, server_default="0")
    """Days in a row on which it went wrong."""


class JudgedAnswer(Base):
    """One answer as the model takes it, with all it was judged by: a replay gives the same bits. Only a verdict that was put
    right changes it; ``JudgedChange`` keeps what was.
    """

    __tablename__ = "judged_answer"
    __table_args__ = (
        belongs_to("member", "pupil_id"),
        Index("ix_judged_answer_pupil", "school_id", "pupil_id", "subject_id", "at"),
        Index("ix_judged_answer_learned", "school_id", "learned_at"),
    )

    school_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    answer_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    """The answer's own id: an answer is learned from once, however often it comes."""
    pupil_id: Mapped[uuid.UUID]
    subject_id: Mapped[int] = mapped_column(ForeignKey("subject.id"))
    item_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("item.id"))
    topics: Mapped[list[int]] = mapped_column(JSON)
    correct: Mapped[bool]
    left_out: Mapped[bool] = mapped_column(default=False, server_default=false())
    """It says nothing of the pupil: the question was wrong and counts for everybody, or a later answer took its place."""
    at: Mapped[float] = mapped_column(Double)
    """When it was answered; the canonical order is ``(at, answer_id)``."""
    learned_at: Mapped[datetime]
    """When the model took it: later than ``at`` for late answers."""
    version_id: Mapped[int]
    """Version of weights and levels; 0 is the code's own, so no foreign key."""
    guess: Mapped[float] = mapped_column(Double)
    hard: Mapped[float] = mapped_column(Double)
    """Hardness of the item with its topics in that version, logits."""
    strong: Mapped[float] = mapped_column(Double)
    """The pupil's level at these topics just before the answer, logits."""
    chance: Mapped[float] = mapped_column(Double)
    """P(right) that was foretold."""
    features: Mapped[bytes] = mapped_column(LargeBinary)
    """The vector of ``estimate.features.NAMES`` at the answer, 32-bit floats."""


class JudgedChange(SchoolOwned, Base):
    """What an answer was taken for until its verdict was put right. Append-only."""

    __tablename__ = "judged_change"
    __table_args__ = (
        ForeignKeyConstraint(["school_id", "answer_id"], ["judged_answer.school_id", "judged_answer.answer_id"]),
        Index("ix_judged_change_answer", "school_id", "answer_id"),
    )

    answer_id: Mapped[uuid.UUID]
    correct: Mapped[bool]
    left_out: Mapped[bool]
    changed_at: Mapped[datetime]


class TopicOverride(SchoolOwned, Base):
    """A teacher's word on a pupil's topic. It stands beside the estimate, which goes on by itself."""

    __tablename__ = "topic_override"
    __table_args__ = (
        belongs_to("member", "pupil_id"),
        Index("ix_topic_override_pupil", "school_id", "pupil_id", "topic_id"),
    )

    pupil_id: Mapped[uuid.UUID]
    topic_id: Mapped[int] = mapped_column(ForeignKey("topic.id"))
    mastered: Mapped[bool]
    """Whether the pupil can do it, in the teacher's eyes."""
    reason: Mapped[str] = mapped_column(String(300), default="")
    set_by: Mapped[uuid.UUID]
    """Account."""
    set_at: Mapped[datetime]
    lifted_at: Mapped[datetime | None]
    """Empty while it holds."""
