"""Closing a term: journals whose marks of the term are not all set, and where decisions differ from the act."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from sqlalchemy import Table, and_, bindparam, distinct, exists, func, literal, or_, select

from content_library.models import Subject
from school.classes.models import Course, Enrolment, Regime, StudyGroup, Term
from school.classes.queries.relations import SCHOOL
from school.core import clock
from school.core.access import Actor
from school.core.database import Id, db, read
from school.gradebook.models import Column, TermMark, YearMark
from school.gradebook.queries.acts import find_act
from school.gradebook.queries.drafts import names_of
from school.gradebook.release import Sign
from school.gradebook.scale import Rules

course = cast("Table", Course.__table__)
group = cast("Table", StudyGroup.__table__)
place = cast("Table", Enrolment.__table__)
subject = cast("Table", Subject.__table__)
term = cast("Table", Term.__table__)
regime = cast("Table", Regime.__table__)
column = cast("Table", Column.__table__)
term_mark = cast("Table", TermMark.__table__)
year_mark = cast("Table", YearMark.__table__)

TERM = bindparam("term", type_=Id)
_has_columns = exists(
    select(1).where(column.c.school_id == SCHOOL, column.c.course_id == course.c.id, column.c.term_id == term.c.id)
).correlate(course, term)
_NAMED = (group.c.name, subject.c.name_ru, subject.c.name_en, subject.c.tint)
_UNSET = (
    select(
        course.c.id,
        *_NAMED,
        group.c.year_level,
        func.count(distinct(place.c.pupil_id)),
        func.count(distinct(term_mark.c.pupil_id)),
    )
    .select_from(
        term.join(group, and_(group.c.school_id == SCHOOL, group.c.regime_id == term.c.regime_id))
        .join(course, and_(course.c.school_id == SCHOOL, course.c.group_id == group.c.id))
        .join(subject, subject.c.id == course.c.subject_id)
        .join(
            place,
            and_(
                place.c.school_id == SCHOOL,
                place.c.group_id == group.c.id,
                place.c.from_on <= term.c.ends_on,
                or_(place.c.to_on.is_(None), place.c.to_on >= term.c.ends_on),
            ),
        )
        .outerjoin(
            term_mark,
            and_(
                term_mark.c.school_id == SCHOOL,
                term_mark.c.course_id == course.c.id,
                term_mark.c.term_id == term.c.id,
                term_mark.c.pupil_id == place.c.pupil_id,
            ),
        )
    )
    .where(term.c.school_id == SCHOOL, term.c.id == TERM, _has_columns)
    .group_by(course.c.id, group.c.year_level, *_NAMED)
    .order_by(group.c.year_level, group.c.name, subject.c.name_ru)
)
_DIFFERENT = (
    select(
        term_mark.c.pupil_id,
        term_mark.c.value,
        term_mark.c.code,
        term_mark.c.proposed,
        term_mark.c.reason,
        literal("term"),
        course.c.id,
        *_NAMED,
    )
    .select_from(
        term_mark.join(course, and_(course.c.school_id == SCHOOL, course.c.id == term_mark.c.course_id))
        .join(group, and_(group.c.school_id == SCHOOL, group.c.id == course.c.group_id))
        .join(subject, subject.c.id == course.c.subject_id)
    )
    .where(term_mark.c.school_id == SCHOOL, term_mark.c.term_id == TERM, term_mark.c.reason != "")
    .order_by(group.c.year_level, group.c.name, subject.c.name_ru)
)
_DIFFERENT_YEARS = (
    select(
        year_mark.c.pupil_id,
        year_mark.c.value,
        year_mark.c.code,
        year_mark.c.proposed,
        year_mark.c.reason,
        year_mark.c.kind,
        course.c.id,
        *_NAMED,
    )
    .select_from(
        year_mark.join(course, and_(course.c.school_id == SCHOOL, course.c.id == year_mark.c.course_id))
        .join(group, and_(group.c.school_id == SCHOOL, group.c.id == course.c.group_id))
        .join(subject, subject.c.id == course.c.subject_id)
        .join(term, and_(term.c.school_id == SCHOOL, term.c.regime_id == group.c.regime_id))
    )
    .where(
        year_mark.c.school_id == SCHOOL,
        term.c.id == TERM,
        year_mark.c.reason != "",
        # One field of words serves year and certificate: a first decision as proposed is no difference.
        or_(
            year_mark.c.version > 1,
            year_mark.c.value.is_(None),
            year_mark.c.proposed.is_(None),
            year_mark.c.value != year_mark.c.proposed,
        ),
    )
    .order_by(group.c.year_level, group.c.name, subject.c.name_ru, year_mark.c.kind.desc())
)
OF_TERM, OF_YEAR = "term", "year"


@dataclass(frozen=True, slots=True)
class SeenTerm:
    """A term of a regime."""

    school_id: int
    term: Term
    regime: str


@dataclass(frozen=True, slots=True)
class Unset:
    """A journal in which marks of the term are missing."""

    course_id: uuid.UUID
    group: str
    subject: str
    tint: int
    pupils: int
    set: int


@dataclass(frozen=True, slots=True)
class Different:
    """A decision that is not what the act proposed."""

    course_id: uuid.UUID
    pupil: str
    group: str
    subject: str
    tint: int
    kind: str
    """term, or the kind of a year mark: year, exam, final."""
    proposed: int | None
    sign: Sign
    reason: str


def begun_terms(actor: Actor) -> list[SeenTerm]:
    """The terms that have begun in the last year, the newest first."""
    if actor.school_id is None:
        return []
    rows = db.session.execute(
        select(Term, Regime.name)
        .join(Regime, and_(Regime.school_id == actor.school_id, Regime.id == Term.regime_id))
        .where(Term.school_id == actor.school_id, Term.starts_on <= clock.today())
        .order_by(Term.starts_on.desc(), Regime.name)
        .limit(6)
    )
    return [SeenTerm(actor.school_id, one, name) for one, name in rows]


def get_term(actor: Actor, term_id: uuid.UUID) -> SeenTerm | None:
    """A begun term of the actor's school."""
    return next((one for one in begun_terms(actor) if one.term.id == term_id), None)


def unset_journals(seen: SeenTerm, locale: str) -> list[Unset]:
    """Journals with works of the term where somebody has no mark of it yet; none where the act puts no marks. Two statements."""
    act = find_act(seen.school_id, seen.term.starts_on)
    rules = act.rules if act else Rules()
    made = []
    for course_id, name, name_ru, name_en, tint, level, pupils, done in read(_UNSET, _where(seen)):
        if done < pupils and not rules.is_unmarked(level, seen.term.number):
            made.append(Unset(course_id, name, name_en if locale == "en" else name_ru, tint + 1, pupils, done))
    return made


def differences(seen: SeenTerm, locale: str, of: str = "") -> list[Different]:
    """Decisions with a reason, of the term and of its school year (or, by ``of``, of one of them): they differ from the
    proposal or were changed later. Domain 1.5, rule 7. Three statements at most.
    """
    rows = [*(read(_DIFFERENT, _where(seen)) if of != OF_YEAR else ())]
    rows += read(_DIFFERENT_YEARS, _where(seen)) if of != OF_TERM else ()
    names = names_of(seen.school_id, {row[0] for row in rows})
    made = []
    for pupil_id, value, code, proposed, reason, kind, course_id, name, name_ru, name_en, tint in rows:
        subject_name = name_en if locale == "en" else name_ru
        sign = Sign(value, code)
        pupil = names.get(pupil_id, "")
        made.append(Different(course_id, pupil, name, subject_name, tint + 1, kind, proposed, sign, reason))
    return made


def _where(seen: SeenTerm) -> Mapping[str, object]:
    return {"school": seen.school_id, "term": seen.term.id}
