"""Corrections of marks of closed terms and years: those that wait, those of a course, and what became of one's own."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import and_, or_, select

from content_library.models import Subject
from school.classes.models import Course, StudyGroup, Term
from school.classes.policy import runs_school
from school.classes.queries import courses_taught
from school.core import clock
from school.core.access import Actor
from school.core.database import db
from school.gradebook.journal import Journal, TermSpan
from school.gradebook.models import MarkCorrection, PeriodCorrection
from school.gradebook.queries.drafts import names_of
from school.gradebook.release import Sign
from school.people.models import Member
from school.people.names import short_name

SHOWN = timedelta(days=30)
MOST = 50


@dataclass(frozen=True, slots=True)
class SeenCorrection:
    """A wish with its words and what became of it."""

    id: uuid.UUID
    course_id: uuid.UUID
    asked_by: uuid.UUID
    pupil: str
    asker: str
    group: str
    subject: str
    kind: str
    """mark, term, year, exam, final."""
    term: str
    """The term's name, of a mark of a term."""
    old: Sign
    new: Sign
    reason: str
    asked_on: date
    state: str
    decided_on: date | None
    decider: str


def waiting_period_corrections(actor: Actor) -> list[SeenCorrection]:
    """Open ones of the whole school for those who run it, for a teacher of the own courses; the oldest first."""
    found = select(PeriodCorrection).where(
        PeriodCorrection.school_id == actor.school_id, PeriodCorrection.state == "open"
    )
    if not runs_school(actor):
        found = found.where(PeriodCorrection.course_id.in_([one.id for one in courses_taught(actor)]))
    return _seen(actor, list(db.session.scalars(found.order_by(PeriodCorrection.asked_at))))


def period_corrections_of(actor: Actor, journal: Journal, term: TermSpan | None) -> list[SeenCorrection]:
    """All that was asked in a course about a term, or without one about the year; the newest first."""
    found = (
        select(PeriodCorrection)
        .where(
            PeriodCorrection.school_id == journal.school_id,
            PeriodCorrection.course_id == journal.id,
            PeriodCorrection.term_id == term.id if term else PeriodCorrection.term_id.is_(None),
            PeriodCorrection.state != "replaced",
        )
        .order_by(PeriodCorrection.asked_at.desc())
    )
    return _seen(actor, list(db.session.scalars(found)))


def decided_corrections(actor: Actor) -> list[SeenCorrection]:
    """What became, in the last thirty days, of wishes that the actor had or decided about; the latest first."""
    since = clock.now() - SHOWN
    made: list[MarkCorrection | PeriodCorrection] = []
    for table in (MarkCorrection, PeriodCorrection):
        found: Any = (
            select(table)
            .where(
                table.school_id == actor.school_id,
                table.state.in_(("agreed", "refused", "outdated")),
                table.decided_at >= since,
                or_(table.asked_by == actor.account_id, table.decided_by == actor.account_id),
            )
            .order_by(table.decided_at.desc())
            .limit(MOST)
        )
        made += db.session.scalars(found)
    return _seen(actor, sorted(made, key=lambda one: one.decided_at or since, reverse=True)[:MOST])


def period_correction_of(journal: Journal, correction_id: uuid.UUID) -> PeriodCorrection | None:
    """An open correction of this journal."""
    return db.session.scalars(
        select(PeriodCorrection).where(
            PeriodCorrection.school_id == journal.school_id,
            PeriodCorrection.course_id == journal.id,
            PeriodCorrection.id == correction_id,
            PeriodCorrection.state == "open",
        )
    ).first()


@dataclass(frozen=True, slots=True)
class Closed:
    """Since when a term is closed, and by whom; ``who`` is empty where that was not kept."""

    day: date
    who: str


def closing_of(school_id: int, term: TermSpan) -> Closed | None:
    """The close of a term; None while it is open."""
    if term.locked_at is None or not term.is_locked(clock.now()):
        return None
    row = db.session.execute(
        select(Member.family_name, Member.given_name)
        .join(Term, and_(Term.school_id == school_id, Term.locked_by == Member.account_id))
        .where(Member.school_id == school_id, Term.id == term.id)
    ).first()
    return Closed(clock.local(term.locked_at).date(), short_name(*row) if row else "")


def _seen(actor: Actor, rows: Collection[MarkCorrection | PeriodCorrection]) -> list[SeenCorrection]:
    if not rows or actor.school_id is None:
        return []
    school_id = actor.school_id
    names = names_of(school_id, {one.pupil_id for one in rows})
    people = _by_account(school_id, {who for one in rows for who in (one.asked_by, one.decided_by) if who})
    courses = _courses(school_id, {one.course_id for one in rows}, actor.locale)
    ids = {one.term_id for one in rows if isinstance(one, PeriodCorrection) and one.term_id}
    found = db.session.execute(select(Term.id, Term.name).where(Term.school_id == school_id, Term.id.in_(ids)))
    terms = {row[0]: row[1] for row in found}
    made = []
    for one in rows:
        kind, term_id, words = "mark", None, one.reason
        if isinstance(one, PeriodCorrection):
            kind, term_id, words = one.kind, one.term_id, one.words
        group, subject = courses[one.course_id]
        made.append(
            SeenCorrection(
                one.id,
                one.course_id,
                one.asked_by,
                names.get(one.pupil_id, ""),
                people.get(one.asked_by, ""),
                group,
                subject,
                kind,
                terms.get(term_id, "") if term_id else "",
                Sign(one.old_value, one.old_code),
                Sign(one.value, one.code),
                words,
                clock.local(one.asked_at).date(),
                one.state,
                clock.local(one.decided_at).date() if one.decided_at else None,
                people.get(one.decided_by, "") if one.decided_by else "",
            )
        )
    return made


def _by_account(school_id: int, accounts: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
    rows = db.session.execute(
        select(Member.account_id, Member.family_name, Member.given_name).where(
            Member.school_id == school_id, Member.account_id.in_(accounts)
        )
    )
    return {row[0]: short_name(row[1], row[2]) for row in rows if row[0]}


def _courses(school_id: int, ids: Collection[uuid.UUID], locale: str) -> dict[uuid.UUID, tuple[str, str]]:
    rows = db.session.execute(
        select(Course.id, StudyGroup.name, Subject.name_ru, Subject.name_en)
        .join(StudyGroup, and_(StudyGroup.school_id == school_id, StudyGroup.id == Course.group_id))
        .join(Subject, Subject.id == Course.subject_id)
        .where(Course.school_id == school_id, Course.id.in_(ids))
    )
    return {row[0]: (row[1], row[3] if locale == "en" else row[2]) for row in rows}
