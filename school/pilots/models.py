"""A pilot: what was promised before it began, who was drawn into which arm, what was given, sat, said and exported."""

import uuid
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger, Double, ForeignKey, Index, SmallInteger, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from school.core.database import Base, Id, Moment, SchoolOwned, belongs_to, of_school


class Arm(StrEnum):
    """A way of choosing a pupil's tasks. The first of a pilot's is what the others are compared with."""

    SAME = "same"
    """One set for all: the topic of the week, and some of before."""
    FIT = "fit"
    """The teacher's topic, questions by what each can do."""
    HALF = "half"
    """Topics of the lessons and the pupil's own in turn."""
    TRACK = "track"
    """The pupil's own topics."""


class Sitting(StrEnum):
    """When a common test is sat."""

    PRE = "pre"
    POST = "post"
    DELAYED = "delayed"


class Pilot(SchoolOwned, Base):
    """The protocol. A draft until it is registered; from then on only amendments are added."""

    __tablename__ = "pilot"
    __table_args__ = (of_school(), Index("ix_pilot_state", "school_id", "registered_at"))

    title: Mapped[str] = mapped_column(String(200))
    question: Mapped[str] = mapped_column(String(2000))
    """What is to be found out."""
    subject_id: Mapped[int] = mapped_column(ForeignKey("subject.id"))
    main_test: Mapped[str] = mapped_column(String(8), default=Sitting.DELAYED.value)
    """The test on which the answer rests; all else is secondary."""
    arms: Mapped[list[str]] = mapped_column(JSON)
    tasks: Mapped[int] = mapped_column(SmallInteger)
    """A set has so many questions, in every arm."""
    sets: Mapped[int] = mapped_column(SmallInteger)
    """So many sets a week."""
    consent_until: Mapped[date]
    starts_on: Mapped[date]
    """The first day of practice; the pre-test lies between the two."""
    weeks: Mapped[int] = mapped_column(SmallInteger)
    n_planned: Mapped[int] = mapped_column(SmallInteger)
    """Pupils in each arm for whom it is worth reading."""
    stop_rule: Mapped[str] = mapped_column(String(2000))
    """When it ends early, in words; the numbers below ring by themselves."""
    other_year: Mapped[str] = mapped_column(String(500), default="", server_default="")
    """Why a test may be of another year level's topics; empty: none may."""
    shared_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("shared_pilot.id"), index=True)
    """The city's protocol that it carries out, word for word; none for a school's own."""
    most_minutes: Mapped[int] = mapped_column(SmallInteger)
    """Per cent by which an arm may take longer than the first."""
    most_lost: Mapped[int] = mapped_column(SmallInteger)
    """Percentage points by which more of an arm may drop out, or less of its work be done."""
    seed: Mapped[int] = mapped_column(BigInteger)
    """Of the draw; made with the draft, published as a hash at the registration and itself after the draw."""
    digest: Mapped[str] = mapped_column(String(64), default="")
    """SHA-256 of the protocol as registered."""
    secret: Mapped[str] = mapped_column(String(64))
    """Of the pseudonyms in exports; leaves the school with nothing but the key file."""
    made_at: Mapped[datetime]
    made_by: Mapped[uuid.UUID]
    """Account, as all ``…_by`` below."""
    registered_at: Mapped[datetime | None]
    registered_by: Mapped[uuid.UUID | None]
    drawn_at: Mapped[datetime | None]
    stopped_at: Mapped[datetime | None]
    stopped_by: Mapped[uuid.UUID | None]
    stopped_why: Mapped[str] = mapped_column(String(500), default="")


class SharedPilot(Base):
    """A protocol of the city that several schools carry out; frozen when it is given out. Of no school: schools choose only classes and days."""

    __tablename__ = "shared_pilot"

    id: Mapped[uuid.UUID] = mapped_column(Id, primary_key=True)
    title: Mapped[str] = mapped_column(String(200))
    question: Mapped[str] = mapped_column(String(2000))
    subject_id: Mapped[int] = mapped_column(ForeignKey("subject.id"))
    year_level: Mapped[int] = mapped_column(SmallInteger)
    main_test: Mapped[str] = mapped_column(String(8))
    arms: Mapped[list[str]] = mapped_column(JSON)
    tasks: Mapped[int] = mapped_column(SmallInteger)
    sets: Mapped[int] = mapped_column(SmallInteger)
    weeks: Mapped[int] = mapped_column(SmallInteger)
    n_planned: Mapped[int] = mapped_column(SmallInteger)
    """Pupils in each arm, all schools together."""
    stop_rule: Mapped[str] = mapped_column(String(2000))
    most_minutes: Mapped[int] = mapped_column(SmallInteger)
    most_lost: Mapped[int] = mapped_column(SmallInteger)
    other_year: Mapped[str] = mapped_column(String(500), default="", server_default="")
    tests: Mapped[dict[str, str]] = mapped_column(JSON)
    """By kind of test: the version of the held unit."""
    digest: Mapped[str] = mapped_column(String(64))
    """SHA-256 of all above; each school's own digest holds it."""
    made_at: Mapped[datetime] = mapped_column(Moment)
    made_by: Mapped[uuid.UUID] = mapped_column(Id)
    closed_at: Mapped[datetime | None] = mapped_column(Moment)
    """From then on no school may begin it."""
    needed_until: Mapped[date | None]
    """The last day on which a school that carries it out needs its tests."""


class SharedResult(Base):
    """What a school's pilot of a shared protocol came to, in sums that no pupil can be read from: for the city's page, kept by a job."""

    __tablename__ = "shared_result"

    shared_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("shared_pilot.id"), primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("school.id"), primary_key=True)
    pilot_id: Mapped[uuid.UUID] = mapped_column(Id, primary_key=True)
    kind: Mapped[str] = mapped_column(String(8), primary_key=True)
    """Of the common test."""
    what: Mapped[str] = mapped_column(String(8), primary_key=True)
    """``shares`` or ``topics``."""
    sums: Mapped[dict[str, Any]] = mapped_column(JSON)
    """``analysis.Moments``; empty where an arm has fewer than five results."""
    is_stopped: Mapped[bool]
    counted_at: Mapped[datetime] = mapped_column(Moment)


class PilotCourse(SchoolOwned, Base):
    """A course that takes part, and the question its families were asked."""

    __tablename__ = "pilot_course"
    __table_args__ = (
        belongs_to("pilot", "pilot_id"),
        belongs_to("course", "course_id"),
        belongs_to("ask", "ask_id"),
        UniqueConstraint("school_id", "pilot_id", "course_id"),
        Index("ix_pilot_course_course", "school_id", "course_id"),
    )

    pilot_id: Mapped[uuid.UUID]
    course_id: Mapped[uuid.UUID]
    ask_id: Mapped[uuid.UUID | None]


class PilotTest(SchoolOwned, Base):
    """One of the three common tests, made of a held unit."""

    __tablename__ = "pilot_test"
    __table_args__ = (
        belongs_to("pilot", "pilot_id"),
        belongs_to("test_conditions", "conditions_id"),
        UniqueConstraint("school_id", "pilot_id", "kind"),
    )

    pilot_id: Mapped[uuid.UUID]
    kind: Mapped[str] = mapped_column(String(8))
    unit_version_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("unit_version.id"))
    minutes: Mapped[int] = mapped_column(SmallInteger)
    conditions_id: Mapped[uuid.UUID | None]
    """From the registration on: the window, sealed."""


class PilotPlace(SchoolOwned, Base):
    """A pupil of the pilot. Without an arm: who said no before the draw."""

    __tablename__ = "pilot_place"
    __table_args__ = (
        belongs_to("pilot", "pilot_id"),
        belongs_to("course", "course_id"),
        belongs_to("member", "pupil_id"),
        UniqueConstraint("school_id", "pilot_id", "pupil_id"),
        Index("ix_pilot_place_pupil", "school_id", "pupil_id"),
    )

    pilot_id: Mapped[uuid.UUID]
    course_id: Mapped[uuid.UUID]
    pupil_id: Mapped[uuid.UUID]
    arm: Mapped[str | None] = mapped_column(String(8))
    """Drawn once, and shown beside a name to nobody."""
    block: Mapped[int | None] = mapped_column(SmallInteger)
    """Pupils of one block were alike before: each arm has one of them."""
    before: Mapped[float | None] = mapped_column(Double)
    """Share of the pre-test, 0 to 1, when it was drawn."""
    left_at: Mapped[datetime | None]
    left_by: Mapped[uuid.UUID | None]


class PilotSitting(SchoolOwned, Base):
    """One pupil at one common test."""

    __tablename__ = "pilot_sitting"
    __table_args__ = (
        belongs_to("pilot_test", "test_id"),
        belongs_to("member", "pupil_id"),
        belongs_to("attempt", "attempt_id"),
        UniqueConstraint("school_id", "test_id", "pupil_id"),
        Index("ix_pilot_sitting_attempt", "school_id", "attempt_id"),
    )

    test_id: Mapped[uuid.UUID]
    pupil_id: Mapped[uuid.UUID]
    attempt_id: Mapped[uuid.UUID]


class PilotRound(SchoolOwned, Base):
    """One set given to a course as homework: one homework for all arms, so that neither page nor parent tells them apart."""

    __tablename__ = "pilot_round"
    __table_args__ = (
        belongs_to("pilot", "pilot_id"),
        belongs_to("course", "course_id"),
        belongs_to("homework", "homework_id"),
        UniqueConstraint("school_id", "pilot_id", "course_id", "number"),
    )

    pilot_id: Mapped[uuid.UUID]
    course_id: Mapped[uuid.UUID]
    number: Mapped[int] = mapped_column(SmallInteger)
    """From 1, over all weeks."""
    homework_id: Mapped[uuid.UUID]
    given_at: Mapped[datetime]
    counts: Mapped[dict[str, list[int]]] = mapped_column(JSON)
    """By arm: pupils, and the questions of all their sets."""


class PilotAmendment(SchoolOwned, Base):
    """A change said after the registration: dated, beside the protocol, never in it."""

    __tablename__ = "pilot_amendment"
    __table_args__ = (belongs_to("pilot", "pilot_id"), Index("ix_pilot_amendment_pilot", "school_id", "pilot_id"))

    pilot_id: Mapped[uuid.UUID]
    text: Mapped[str] = mapped_column(String(2000))
    made_at: Mapped[datetime]
    made_by: Mapped[uuid.UUID]


class PilotAlert(SchoolOwned, Base):
    """A guard-rail rang: told to the head once, answered by a person."""

    __tablename__ = "pilot_alert"
    __table_args__ = (
        belongs_to("pilot", "pilot_id"),
        UniqueConstraint("school_id", "pilot_id", "kind", "arm", "week"),
    )

    pilot_id: Mapped[uuid.UUID]
    kind: Mapped[str] = mapped_column(String(12))
    arm: Mapped[str] = mapped_column(String(8))
    week: Mapped[int] = mapped_column(SmallInteger)
    about: Mapped[dict[str, Any]] = mapped_column(JSON)
    rang_at: Mapped[datetime]
    answer: Mapped[str] = mapped_column(String(500), default="")
    """Why it goes on all the same."""
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[uuid.UUID | None]


class PilotExport(SchoolOwned, Base):
    """Who took which file."""

    __tablename__ = "pilot_export"
    __table_args__ = (belongs_to("pilot", "pilot_id"), Index("ix_pilot_export_pilot", "school_id", "pilot_id"))

    pilot_id: Mapped[uuid.UUID]
    kind: Mapped[str] = mapped_column(String(8))
    """``csv``, ``xlsx``, ``answers`` or ``key``."""
    rows: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    made_at: Mapped[datetime]
    made_by: Mapped[uuid.UUID]
