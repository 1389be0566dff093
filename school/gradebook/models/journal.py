"""Acts, columns, marks with their steps, and marks of terms and years."""

import uuid
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, SmallInteger, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from school.core.database import Base, SchoolOwned, belongs_to, of_school


class MarkingAct(SchoolOwned, Base):
    """The school's rules of marking from a day on: weights by work type, thresholds, rounding. Old terms keep the old act."""

    __tablename__ = "marking_act"
    __table_args__ = (of_school(), UniqueConstraint("school_id", "from_on"))

    name: Mapped[str]
    """«Положение о текущем контроле, приказ № 12 от 01.09.2026»."""
    from_on: Mapped[date]
    rules: Mapped[dict[str, Any]] = mapped_column(JSON)
    """``gradebook.scale.Rules`` as data: thresholds, the teacher-decides zone, the least number of marks."""
    owner: Mapped[uuid.UUID]
    """Member who answers for it."""


class WorkType(SchoolOwned, Base):
    """Вид работы with its weight by the act."""

    __tablename__ = "work_type"
    __table_args__ = (belongs_to("marking_act", "act_id"), UniqueConstraint("school_id", "act_id", "name"))

    act_id: Mapped[uuid.UUID]
    name: Mapped[str]
    """«Контрольная работа»."""
    short: Mapped[str]
    """«КР»: the head of a narrow column."""
    weight: Mapped[int] = mapped_column(SmallInteger)
    position: Mapped[int] = mapped_column(SmallInteger)
    is_control: Mapped[bool] = mapped_column(default=False)
    """Counts towards the ten-per-cent limit of check works."""


class Column(SchoolOwned, Base):
    """A column of the journal: one work of one lesson. A lesson may have several.

    The first mark of a lesson makes its column «ответ на уроке», whose id follows from the lesson's (``answer_column_id``).
    """

    __tablename__ = "journal_column"
    __table_args__ = (
        belongs_to("course", "course_id"),
        belongs_to("term", "term_id"),
        belongs_to("lesson", "lesson_id"),
        belongs_to("work_type", "work_type_id"),
        belongs_to("homework", "homework_id"),
        Index("ix_journal_column_course", "school_id", "course_id", "term_id", "on_date"),
        Index("ix_journal_column_day", "school_id", "on_date"),
    )

    course_id: Mapped[uuid.UUID]
    term_id: Mapped[uuid.UUID]
    lesson_id: Mapped[uuid.UUID]
    on_date: Mapped[date]
    work_type_id: Mapped[uuid.UUID]
    title: Mapped[str] = mapped_column(default="")
    """What the work was about, for the family: «Сложение дробей»."""
    homework_id: Mapped[uuid.UUID | None]
    """The homework whose results these marks are."""
    weight: Mapped[int] = mapped_column(SmallInteger)
    """The work type's weight when the column was made."""
    position: Mapped[int] = mapped_column(SmallInteger, default=0)
    """Order among the columns of one lesson."""
    system: Mapped[str | None]
    """``gradebook.systems.System`` where the marks are counted in another system and only then mapped to five; null for five."""
    criteria: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON)
    """``gradebook.systems.Criterion`` of a work judged by criteria."""


def answer_column_id(lesson_id: uuid.UUID) -> uuid.UUID:
    """The id of a lesson's column for answers: the same whoever makes it first, so two tabs never make two."""
    return uuid.uuid5(lesson_id, "answers in the lesson")


class MarkCode(StrEnum):
    """What stands in a cell in place of a number and never enters a mean."""

    NOT_ATTESTED = "н/а"
    EXEMPT = "осв"
    PASSED = "зч"
    NOT_PASSED = "нз"
    DOT = "•"
    """A work that is owed by ``due_on``; the teacher is asked on that day, and nothing becomes of it by itself."""


class Mark(SchoolOwned, Base):
    """A mark of a pupil in a column, as it stands now; every change is an event of the record.

    Its id is that of its first step, made by the browser. Removed marks stay as rows without value and code.
    """

    __tablename__ = "mark"
    __table_args__ = (
        belongs_to("journal_column", "column_id"),
        belongs_to("member", "pupil_id"),
        UniqueConstraint("school_id", "column_id", "pupil_id", "place"),
        Index("ix_mark_course", "school_id", "course_id", "term_id"),
        Index("ix_mark_pupil", "school_id", "pupil_id", "on_date"),
        Index("ix_mark_released", "school_id", "pupil_id", "released_at"),
    )

    column_id: Mapped[uuid.UUID]
    pupil_id: Mapped[uuid.UUID]
    place: Mapped[int] = mapped_column(SmallInteger, default=0)
    """0 for the cell's mark; 1 for the second of a double mark «4/5»; from 2 on for its retakes, in their order."""
    course_id: Mapped[uuid.UUID]
    """The column's, repeated for the journal's index, as are the next four."""
    subject_id: Mapped[int] = mapped_column(ForeignKey("subject.id"))
    term_id: Mapped[uuid.UUID]
    on_date: Mapped[date]
    weight: Mapped[int] = mapped_column(SmallInteger)
    value: Mapped[int | None] = mapped_column(SmallInteger)
    """2–5; null for a code, or when removed."""
    code: Mapped[str | None]
    """``MarkCode``; null for a number."""
    comment: Mapped[str] = mapped_column(default="")
    """The teacher's reason in a few words, for the family."""
    origin: Mapped[str | None]
    """What was put in the column's own system: «87», or «6 5 7» by criteria; ``value`` is what the act's table makes of it."""
    due_on: Mapped[date | None]
    """Of a dot: the day by which the work is owed."""
    replaced_at: Mapped[datetime | None]
    """From when on a retake counts instead of this mark, for families; for staff at once. Null while it counts."""
    set_at: Mapped[datetime]
    set_by: Mapped[uuid.UUID]
    """Account."""
    released_at: Mapped[datetime]
    """When the family may see it: the end of the quiet window of its last change."""
    released_value: Mapped[int | None] = mapped_column(SmallInteger)
    """What the family sees while a later change is still in its quiet window; null before the first release."""
    released_code: Mapped[str | None]
    released_comment: Mapped[str] = mapped_column(default="")
    released_origin: Mapped[str | None]
    released_due_on: Mapped[date | None]
    released_since: Mapped[datetime | None]
    """From when on the family sees the ``released_…`` mark; null before the first release."""
    version: Mapped[int] = mapped_column(default=1)
    """Grows by one with each change; a save names the version it saw, so two teachers never overwrite each other in silence."""


class StepKind(StrEnum):
    """How a change of a mark came about."""

    SET = "set"
    UNDO = "undo"
    REDO = "redo"


class MarkStep(SchoolOwned, Base):
    """One accepted change of a mark. Its id is made by the browser: the same id sent again is the same step, answered again.

    Serves resending, undo and redo, and the history a family reads; the proof is the record's.
    """

    __tablename__ = "mark_step"
    __table_args__ = (
        belongs_to("mark", "mark_id"),
        Index("ix_mark_step_mark", "school_id", "mark_id", "at"),
        Index("ix_mark_step_course", "school_id", "course_id", "account_id", "at"),
    )

    mark_id: Mapped[uuid.UUID]
    course_id: Mapped[uuid.UUID]
    account_id: Mapped[uuid.UUID | None]
    """Who did it; null for the program itself (imports)."""
    at: Mapped[datetime]
    """Steps of one request stand a microsecond apart, in their order."""
    kind: Mapped[str] = mapped_column(default=StepKind.SET)
    of_step: Mapped[uuid.UUID | None]
    """The step that this one takes back or does again."""
    old_value: Mapped[int | None] = mapped_column(SmallInteger)
    old_code: Mapped[str | None]
    old_comment: Mapped[str] = mapped_column(default="")
    old_origin: Mapped[str | None]
    old_due_on: Mapped[date | None]
    new_value: Mapped[int | None] = mapped_column(SmallInteger)
    new_code: Mapped[str | None]
    new_comment: Mapped[str] = mapped_column(default="")
    new_origin: Mapped[str | None]
    new_due_on: Mapped[date | None]
    released_at: Mapped[datetime]
    """When a family saw it, unless a later step came before."""
    version: Mapped[int]
    """The mark's version after it."""
    payload_hash: Mapped[str]
    """Of what the browser sent: the same id with other content is a conflict."""


class RefusedMark(SchoolOwned, Base):
    """A save that came too late: somebody had changed the mark since it was on the screen. Its proof is in the record."""

    __tablename__ = "refused_mark"
    __table_args__ = (
        belongs_to("mark", "mark_id"),
        Index("ix_refused_mark_at", "school_id", "at"),
    )

    mark_id: Mapped[uuid.UUID]
    account_id: Mapped[uuid.UUID]
    """Who wished it."""
    at: Mapped[datetime]
    seen: Mapped[int]
    """The version on the screen."""
    stood: Mapped[int]
    """The version that stood there."""
    wanted_value: Mapped[int | None] = mapped_column(SmallInteger)
    wanted_code: Mapped[str | None]
    stood_value: Mapped[int | None] = mapped_column(SmallInteger)
    stood_code: Mapped[str | None]


class SubjectTotal(SchoolOwned, Base):
    """Sums of a pupil's marks in a subject and term, kept in the mark's own transaction. For staff; rebuilt by a command."""

    __tablename__ = "pupil_subject_term"
    __table_args__ = (
        belongs_to("member", "pupil_id"),
        belongs_to("term", "term_id"),
        UniqueConstraint("school_id", "pupil_id", "subject_id", "term_id"),
        Index("ix_pupil_subject_term_term", "school_id", "term_id", "subject_id"),
    )

    pupil_id: Mapped[uuid.UUID]
    subject_id: Mapped[int] = mapped_column(ForeignKey("subject.id"))
    term_id: Mapped[uuid.UUID]
    marks: Mapped[int]
    """How many numeric marks."""
    weight_sum: Mapped[int]
    value_sum: Mapped[int]
    """Sum of value × weight; the mean is ``value_sum / weight_sum``."""


class TermMark(SchoolOwned, Base):
    """Отметка за период: proposed by the act, set by a person."""

    __tablename__ = "term_mark"
    __table_args__ = (
        belongs_to("member", "pupil_id"),
        belongs_to("course", "course_id"),
        belongs_to("term", "term_id"),
        UniqueConstraint("school_id", "pupil_id", "course_id", "term_id"),
        Index("ix_term_mark_course", "school_id", "course_id", "term_id"),
    )

    pupil_id: Mapped[uuid.UUID]
    course_id: Mapped[uuid.UUID]
    term_id: Mapped[uuid.UUID]
    value: Mapped[int | None] = mapped_column(SmallInteger)
    code: Mapped[str | None]
    proposed: Mapped[int | None] = mapped_column(SmallInteger)
    reason: Mapped[str] = mapped_column(default="")
    """Needed where the decision differs from the proposal."""
    version: Mapped[int] = mapped_column(default=1)
    released_at: Mapped[datetime]
    released_value: Mapped[int | None] = mapped_column(SmallInteger)
    released_code: Mapped[str | None]
    """As of a ``Mark``: families see it after its quiet window."""
    set_at: Mapped[datetime]
    set_by: Mapped[uuid.UUID]
    """Account."""


class ActDraft(SchoolOwned, Base):
    """An act of marking in preparation: edited, rehearsed on last year's marks, then approved by a second person."""

    __tablename__ = "marking_act_draft"
    __table_args__ = (of_school(),)

    name: Mapped[str]
    from_on: Mapped[date]
    rules: Mapped[dict[str, Any]] = mapped_column(JSON)
    works: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    """Lines of the act: name, short, weight, is_control."""
    owner: Mapped[uuid.UUID]
    """Member who answers for it."""
    version: Mapped[int] = mapped_column(default=1)
    changed_at: Mapped[datetime]
    changed_by: Mapped[uuid.UUID]
    """Member who changed it last: another one approves."""
    asked_version: Mapped[int | None]
    """Which version a rehearsal was asked for."""
    rehearsed_version: Mapped[int | None]
    rehearsal: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    """``gradebook.rehearsal.Rehearsal`` as data."""
    approved_at: Mapped[datetime | None]
    approved_by: Mapped[uuid.UUID | None]
    act_id: Mapped[uuid.UUID | None]
    """The act that it became."""

    @property
    def is_rehearsed(self) -> bool:
        """Whether the rehearsal shown is of what stands in the draft now."""
        return self.rehearsed_version == self.version


class YearMark(SchoolOwned, Base):
    """Отметка за год, за экзамен и итоговая: proposed by the act, set by a person, as a ``TermMark``."""

    __tablename__ = "year_mark"
    __table_args__ = (
        belongs_to("member", "pupil_id"),
        belongs_to("course", "course_id"),
        UniqueConstraint("school_id", "pupil_id", "course_id", "kind"),
        Index("ix_year_mark_course", "school_id", "course_id"),
    )

    pupil_id: Mapped[uuid.UUID]
    course_id: Mapped[uuid.UUID]
    kind: Mapped[str]
    """year, exam, final."""
    value: Mapped[int | None] = mapped_column(SmallInteger)
    code: Mapped[str | None]
    proposed: Mapped[int | None] = mapped_column(SmallInteger)
    reason: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column(default=1)
    released_at: Mapped[datetime]
    released_value: Mapped[int | None] = mapped_column(SmallInteger)
    released_code: Mapped[str | None]
    set_at: Mapped[datetime]
    set_by: Mapped[uuid.UUID]
    """Account."""


class MarksToldUntil(Base):
    """How far a school's record has been read for news of marks to pupils and families."""

    __tablename__ = "marks_told_until"
    __table_args__ = (of_school(),)

    school_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    position: Mapped[int] = mapped_column(BigInteger)


class SubjectGoal(SchoolOwned, Base):
    """The mark that a pupil wants in a subject: their own word, changed at will, in no record and no report."""

    __tablename__ = "subject_goal"
    __table_args__ = (belongs_to("member", "pupil_id"), UniqueConstraint("school_id", "pupil_id", "subject_id"))

    pupil_id: Mapped[uuid.UUID]
    subject_id: Mapped[int] = mapped_column(ForeignKey("subject.id"))
    target: Mapped[int] = mapped_column(SmallInteger)
    set_at: Mapped[datetime]
