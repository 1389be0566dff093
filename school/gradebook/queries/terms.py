"""The review of a term's marks in one course: what the act proposes for each pupil, and what is decided."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import Table, and_, bindparam, func, select
from sqlalchemy.types import Date

from school.classes.models import Absence, AbsenceFact, Lesson, LessonState
from school.classes.queries.pupils import LEARNERS
from school.classes.queries.relations import SCHOOL
from school.core import clock
from school.core.database import Id, db, read
from school.gradebook.journal import Act, Journal, TermSpan
from school.gradebook.models import Column, Mark, TermMark, WorkType
from school.gradebook.queries.acts import find_act
from school.gradebook.release import Sign
from school.gradebook.scale import Outcome, Proposal, Rules, Score, least_marks, outcome_of, propose
from school.people.names import short_name

lesson = cast("Table", Lesson.__table__)
absence = cast("Table", Absence.__table__)
mark = cast("Table", Mark.__table__)
column = cast("Table", Column.__table__)
work = cast("Table", WorkType.__table__)
term_mark = cast("Table", TermMark.__table__)

COURSE, TERM, TODAY = bindparam("course", type_=Id), bindparam("term", type_=Id), bindparam("today", type_=Date)
_OF_TERM = and_(lesson.c.school_id == SCHOOL, lesson.c.course_id == COURSE, lesson.c.term_id == TERM)

_SCORES = (
    select(mark.c.pupil_id, mark.c.value, mark.c.weight, work.c.is_control)
    .select_from(
        mark.join(column, and_(column.c.school_id == SCHOOL, column.c.id == mark.c.column_id)).join(
            work, and_(work.c.school_id == SCHOOL, work.c.id == column.c.work_type_id)
        )
    )
    .where(mark.c.school_id == SCHOOL, mark.c.course_id == COURSE, mark.c.term_id == TERM, mark.c.value.is_not(None))
    .where(mark.c.replaced_at.is_(None))
)
_HELD = (
    select(func.count())
    .select_from(lesson)
    .where(_OF_TERM, lesson.c.state == LessonState.PLANNED.value, lesson.c.on_date <= TODAY)
)
_MISSED = (
    select(absence.c.pupil_id, func.count())
    .select_from(absence.join(lesson, and_(lesson.c.school_id == SCHOOL, lesson.c.id == absence.c.lesson_id)))
    .where(absence.c.school_id == SCHOOL, _OF_TERM, absence.c.fact == AbsenceFact.ABSENT.value)
    .group_by(absence.c.pupil_id)
)
_DECIDED = select(
    term_mark.c.pupil_id,
    term_mark.c.value,
    term_mark.c.code,
    term_mark.c.proposed,
    term_mark.c.reason,
    term_mark.c.version,
    term_mark.c.released_at,
    term_mark.c.released_value,
    term_mark.c.released_code,
    term_mark.c.set_by,
).where(term_mark.c.school_id == SCHOOL, term_mark.c.course_id == COURSE, term_mark.c.term_id == TERM)


@dataclass(frozen=True, slots=True)
class Decided:
    """The mark of a term as it is set."""

    sign: Sign
    proposed: int | None
    reason: str
    version: int
    released_at: datetime
    released: Sign
    """What the family sees until then."""
    set_by: uuid.UUID

    @classmethod
    def of(
        cls,
        value: int | None,
        code: str | None,
        proposed: int | None,
        reason: str,
        version: int,
        released_at: datetime,
        released_value: int | None,
        released_code: str | None,
        set_by: uuid.UUID,
    ) -> "Decided":
        """From the columns of a row."""
        released = Sign(released_value, released_code)
        return cls(Sign(value, code), proposed, reason, version, released_at, released, set_by)

    def is_slip_of(self, account_id: uuid.UUID) -> bool:
        """Whether this account has just put it first: nobody else has seen it."""
        return self.set_by == account_id and self.released.is_empty and self.released_at > clock.now()


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """A pupil in the review."""

    pupil_id: uuid.UUID
    name: str
    marks: int
    missed: int
    proposal: Proposal
    decided: Decided | None

    @property
    def version(self) -> int:
        """0 until a mark is set."""
        return self.decided.version if self.decided else 0


@dataclass(frozen=True, slots=True)
class Review:
    """All pupils of a course in a term."""

    term: TermSpan
    act: Act | None
    rules: Rules
    least: int
    lessons: int
    lines: Sequence[ReviewLine]
    outcome: Outcome
    """Success, quality and СОУ of what is set."""
    is_unmarked: bool
    """The act puts no marks in this term of this year."""


def find_review(journal: Journal, term: TermSpan) -> Review:
    """Five statements, whatever the size of the class."""
    where = {"school": journal.school_id, "course": journal.id, "term": term.id, "today": clock.today()}
    act = find_act(journal.school_id, term.starts_on)
    rules = act.rules if act else Rules()
    least = least_marks(rules, journal.course.hours_a_week, half_year=term.is_half_year)
    scores: dict[uuid.UUID, list[Score]] = {}
    for pupil_id, *cells in read(_SCORES, where):
        scores.setdefault(pupil_id, []).append(Score(*cells))
    lessons = db.session.execute(_HELD, where).scalar() or 0
    missed: dict[uuid.UUID, int] = {row[0]: row[1] for row in read(_MISSED, where)}
    decided = {row[0]: Decided.of(*row[1:]) for row in read(_DECIDED, where)}
    lines = [
        ReviewLine(
            pupil_id,
            name,
            len(scores.get(pupil_id, ())),
            missed.get(pupil_id, 0),
            propose(scores.get(pupil_id, []), rules, least=least, lessons=lessons, missed=missed.get(pupil_id, 0)),
            decided.get(pupil_id),
        )
        for pupil_id, name in _names(journal, term.starts_on, term.ends_on)
    ]
    is_unmarked = rules.is_unmarked(journal.course.year_level, term.number)
    return Review(term, act, rules, least, lessons, lines, _outcome(lines), is_unmarked)


def _names(journal: Journal, since: date, until: date) -> list[tuple[uuid.UUID, str]]:
    span: dict[str, Any] = {"school": journal.school_id, "group": journal.course.group_id}
    rows = read(LEARNERS, {**span, "since": since, "until": until})
    return list({row[1]: (row[1], short_name(row[2], row[3])) for row in rows}.values())


def _outcome(lines: Sequence[ReviewLine]) -> Outcome:
    counts: dict[int | str, int] = {}
    for line in lines:
        if line.decided is not None:
            key = line.decided.sign.value or line.decided.sign.code or ""
            counts[key] = counts.get(key, 0) + 1
    return outcome_of(counts)
