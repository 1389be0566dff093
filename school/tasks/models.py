"""Attempts of pupils at the items of a unit, every answer given, the conditions of tests, and verdicts made good again."""

import uuid
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Double, ForeignKey, Index, Numeric, SmallInteger, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from school.core.database import Base, SchoolOwned, belongs_to, of_school

Sheet = dict[str, Any]
"""What one pupil is asked: ``{"title": "…", "sections": [{"title": "…", "items": [id, …]}]}``; see ``tasks.sheets``."""


Eased = dict[str, int]
"""``{"more_time": 25, "larger_print": 1, "fewer": 25}``: per cent, 1 for yes."""


class Shows(StrEnum):
    """When a pupil sees which answers were right."""

    FINISH = "finish"
    """As soon as it is handed in."""
    CLOSE = "close"
    """After the test has closed for everybody."""
    NEVER = "never"
    """Points only."""
    SEALED = "sealed"
    """A common test of a pilot: neither answers nor points, to nobody; only such a test may ask what is kept back."""


class Layout(StrEnum):
    """How the questions stand on the screen."""

    ONE = "one"
    ALL = "all"


class Conditions(SchoolOwned, Base):
    """Under which conditions a test is done. Never changed once an attempt began; changed conditions are a new row."""

    __tablename__ = "test_conditions"
    __table_args__ = (of_school(),)

    opens_at: Mapped[datetime | None]
    closes_at: Mapped[datetime | None]
    minutes: Mapped[int | None] = mapped_column(SmallInteger)
    """Time for one attempt, by the server's clock; a pupil's profile may lengthen it. None: as long as one likes."""
    attempts: Mapped[int] = mapped_column(SmallInteger, default=1)
    """How many, the last of which counts; 0: any number."""
    shows: Mapped[str] = mapped_column(String(8), default=Shows.FINISH.value)
    layout: Mapped[str] = mapped_column(String(8), default=Layout.ONE.value)
    is_shuffled: Mapped[bool] = mapped_column(default=False)
    """Each pupil meets the questions of a section in an order of their own."""
    sections: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON(none_as_null=True))
    """What is drawn: ``[{"title": "…", "draws": [{"count": 3, "from": [item id, …]}]}]``; None: all questions of the unit."""


class Attempt(SchoolOwned, Base):
    """One pupil's run through some questions. Its seed fixes draws, shuffles and parameters for ever."""

    __tablename__ = "attempt"
    __table_args__ = (
        belongs_to("member", "pupil_id"),
        belongs_to("test_conditions", "conditions_id"),
        belongs_to("attempt", "corrects_id"),
        Index("ix_attempt_pupil", "school_id", "pupil_id", "started_at"),
        Index("ix_attempt_given_for", "school_id", "given_for"),
    )

    pupil_id: Mapped[uuid.UUID]
    unit_version_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("unit_version.id"))
    seed: Mapped[int]
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    """After this moment answers are refused and verdicts may be shown."""
    points: Mapped[float | None] = mapped_column(Numeric(8, 2, asdecimal=False))
    """Sum of the verdicts; null until finished."""
    max_points: Mapped[float] = mapped_column(Numeric(8, 2, asdecimal=False))
    """Frozen at the start, so that a later edit of the unit can't change what the result was out of."""
    sheet: Mapped[Sheet | None] = mapped_column(JSON(none_as_null=True))
    """The questions asked, when they are not simply all of the version in their order."""
    given_for: Mapped[uuid.UUID | None]
    """What it is done for: a homework, a practice of a track, the work of a lesson; None for a try of one's own."""
    conditions_id: Mapped[uuid.UUID | None]
    closes_at: Mapped[datetime | None]
    """Answers are taken until then, by the server's clock; fixed at the start. None: until it is handed in."""
    corrects_id: Mapped[uuid.UUID | None]
    """The attempt whose wrong answers are put right in this one."""
    carried: Mapped[float] = mapped_column(Numeric(8, 2, asdecimal=False), default=0.0, server_default="0")
    """Points of the corrected attempt for questions that are not asked again; part of ``points``."""
    eased: Mapped[Eased | None] = mapped_column(JSON(none_as_null=True))
    """What the pupil's profile made easier when it began; see ``Accommodation``. None: nothing."""
    takes_late: Mapped[bool] = mapped_column(default=False, server_default=false())
    """The teacher lets answers count that arrived after the closing."""


class Answer(SchoolOwned, Base):
    """One answer as it was given. Append-only: changing one's mind adds a row, the last one before the finish counts.

    The id is made by the browser: the same id with the same payload is one fact however often it is sent.
    """

    __tablename__ = "answer"
    __table_args__ = (
        belongs_to("attempt", "attempt_id"),
        Index("ix_answer_attempt", "school_id", "attempt_id", "item_id"),
    )

    attempt_id: Mapped[uuid.UUID]
    item_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("item.id"))
    given: Mapped[dict[str, Any]] = mapped_column(JSON)
    """What the pupil entered, as sent."""
    number: Mapped[int]
    """Order of the answers to one item in the browser, so that a late resend never overtakes a newer answer."""
    received_at: Mapped[datetime]
    given_by: Mapped[uuid.UUID]
    """Account."""
    payload_hash: Mapped[str]
    late: Mapped[bool] = mapped_column(default=False, server_default=false())
    """It came after the closing: kept, and counted only when the teacher says so."""


class Accommodation(SchoolOwned, Base):
    """What a pupil gets to show what they know: more time, larger print, fewer questions. Append-only, the newest counts; all
    naught takes it back. Why is nobody's business here.
    """

    __tablename__ = "accommodation"
    __table_args__ = (
        belongs_to("member", "pupil_id"),
        Index("ix_accommodation_pupil", "school_id", "pupil_id", "set_at"),
    )

    pupil_id: Mapped[uuid.UUID]
    more_time: Mapped[int] = mapped_column(SmallInteger)
    """Per cent added to the time of tests."""
    larger_print: Mapped[bool]
    fewer: Mapped[int] = mapped_column(SmallInteger)
    """Per cent of the questions of each section that are left out."""
    set_at: Mapped[datetime]
    set_by: Mapped[uuid.UUID]
    """Account."""


class AnswerFile(SchoolOwned, Base):
    """A page of a notebook or a recording that a pupil made for one question. Answers name it by its id."""

    __tablename__ = "answer_file"
    __table_args__ = (belongs_to("attempt", "attempt_id"), Index("ix_answer_file_attempt", "school_id", "attempt_id"))

    attempt_id: Mapped[uuid.UUID]
    item_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("item.id"))
    sha256: Mapped[str] = mapped_column(ForeignKey("stored_file.sha256"))
    content_type: Mapped[str] = mapped_column(String(40))
    """As it is given out: told by the bytes, never by the browser."""
    received_at: Mapped[datetime]
    given_by: Mapped[uuid.UUID]
    """Account."""


class HintOpened(SchoolOwned, Base):
    """A hint that a pupil has opened; its price is part of the question and was shown before."""

    __tablename__ = "hint_opened"
    __table_args__ = (
        belongs_to("attempt", "attempt_id"),
        UniqueConstraint("school_id", "attempt_id", "item_id", "number"),
    )

    attempt_id: Mapped[uuid.UUID]
    item_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("item.id"))
    number: Mapped[int] = mapped_column(SmallInteger)
    """From 1, in the order of the author; none is opened before the one ahead of it."""
    opened_at: Mapped[datetime]


class Judgement(SchoolOwned, Base):
    """What a teacher made of an answer by the rubric. Append-only: the newest of a question counts."""

    __tablename__ = "judgement"
    __table_args__ = (
        belongs_to("attempt", "attempt_id"),
        belongs_to("answer", "answer_id"),
        Index("ix_judgement_attempt", "school_id", "attempt_id", "item_id"),
    )

    attempt_id: Mapped[uuid.UUID]
    item_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("item.id"))
    answer_id: Mapped[uuid.UUID]
    levels: Mapped[list[int]] = mapped_column(JSON)
    """The level of each criterion, by its place."""
    says: Mapped[str] = mapped_column(String(2000), default="")
    judged_at: Mapped[datetime]
    judged_by: Mapped[uuid.UUID]
    """Account."""


class Verdict(SchoolOwned, Base):
    """What an answer was judged to be worth, written when the attempt is finished."""

    __tablename__ = "verdict"
    __table_args__ = (
        belongs_to("attempt", "attempt_id"),
        belongs_to("answer", "answer_id"),
        UniqueConstraint("school_id", "attempt_id", "item_id"),
    )

    attempt_id: Mapped[uuid.UUID]
    item_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("item.id"))
    answer_id: Mapped[uuid.UUID | None]
    """Null when the item was left without an answer."""
    points: Mapped[float] = mapped_column(Numeric(8, 2, asdecimal=False))
    max_points: Mapped[float] = mapped_column(Numeric(8, 2, asdecimal=False))
    waits: Mapped[bool] = mapped_column(default=False, server_default=false())
    """A teacher is to judge the answer; until then its points are 0 and nothing is learnt from it."""
    correct: Mapped[bool]
    feedback: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)


class RulingKind(StrEnum):
    """How a wrong key is made good."""

    EVERYBODY = "everybody"
    """Whoever was asked gets all the points."""
    ACCEPT = "accept"
    """These answers are right too."""


class ItemRuling(SchoolOwned, Base):
    """A teacher's word on a question whose key was wrong, for the attempts of one homework. Judging goes by it from then on, and
    nothing is taken from anybody."""

    __tablename__ = "item_ruling"
    __table_args__ = (of_school(), Index("ix_item_ruling_within", "school_id", "within"))

    item_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("item.id"))
    within: Mapped[uuid.UUID]
    """What the attempts were made for: their ``given_for``."""
    kind: Mapped[str] = mapped_column(String(16))
    accepts: Mapped[list[str]] = mapped_column(JSON, default=list)
    """Answers as pupils read them; see ``Presented.given``."""
    reason: Mapped[str] = mapped_column(String(300), default="")
    made_at: Mapped[datetime]
    made_by: Mapped[uuid.UUID]
    """Account."""


class VerdictChange(SchoolOwned, Base):
    """What a ruling changed in one verdict: the history of a result. Append-only."""

    __tablename__ = "verdict_change"
    __table_args__ = (
        belongs_to("verdict", "verdict_id"),
        belongs_to("attempt", "attempt_id"),
        Index("ix_verdict_change_attempt", "school_id", "attempt_id"),
    )

    attempt_id: Mapped[uuid.UUID]
    verdict_id: Mapped[uuid.UUID]
    ruling_id: Mapped[uuid.UUID | None]
    """None when late answers were let in."""
    points_before: Mapped[float] = mapped_column(Numeric(8, 2, asdecimal=False))
    points_after: Mapped[float] = mapped_column(Numeric(8, 2, asdecimal=False))
    changed_at: Mapped[datetime]
    changed_by: Mapped[uuid.UUID]
    """Account."""


class ItemWatch(Base):
    """A question that has probably leaked: pupils suddenly answer it better and faster. City-wide; one row a question."""

    __tablename__ = "item_watch"

    item_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("item.id"), primary_key=True)
    burnt_at: Mapped[datetime]
    n_before: Mapped[int]
    n_since: Mapped[int]
    share_before: Mapped[float] = mapped_column(Double)
    """Of the points, 0 to 1."""
    share_since: Mapped[float] = mapped_column(Double)
    seconds_before: Mapped[float] = mapped_column(Double)
    """Median time for an answer."""
    seconds_since: Mapped[float] = mapped_column(Double)
    kept_at: Mapped[datetime | None]
    """Its author has looked and keeps it as it is; it may be given again."""
    kept_by: Mapped[uuid.UUID | None]
    """Account."""
