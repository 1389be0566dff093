"""Changes of marks of a closed term, and of the year after its close: asked for by one, made by a second person.

Events: ``period_correction.asked``, ``.agreed``, ``.refused``, ``.outdated``, ``.replaced``; the change itself is the mark's own event.
"""

import uuid
from dataclasses import dataclass

from sqlalchemy import select

from school.core import clock
from school.core.access import Actor
from school.core.database import db, new_id
from school.core.languages import gettext as _
from school.core.records import Happening, record, record_many, salted
from school.gradebook.actions import terms, years
from school.gradebook.actions.telling import tell_asker
from school.gradebook.actions.verdicts import is_sign
from school.gradebook.entries import Status
from school.gradebook.errors import NotNow, ReasonNeeded
from school.gradebook.journal import Journal
from school.gradebook.models import PeriodCorrection, TermMark, YearMark
from school.gradebook.queries.journals import terms_of_regime
from school.gradebook.queries.terms import Decided, Review, find_review
from school.gradebook.queries.years import YearReview, find_year
from school.gradebook.release import EMPTY, Sign

TERM = "term"
MOST_REASON, MOST_ORDER = 200, 80
"""Characters: together they stay within the words of a mark."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for; ``kind`` is ``TERM`` or the kind of a year mark."""

    pupil_id: uuid.UUID
    kind: str
    sign: Sign
    reason: str
    by_order: str = ""


def ask_of_term(actor: Actor, journal: Journal, review: Review, wish: Wish) -> PeriodCorrection:
    """Ask for a mark of a closed term. Raises ``ReasonNeeded``, and ``NotNow`` where there is nothing to ask for."""
    if not review.term.is_locked(clock.now()):
        raise NotNow(_("The term is open: set the mark itself."))
    if wish.sign.value is not None and review.is_unmarked:
        raise NotNow(_("In this year pupils get no marks yet: so says the school's act."))
    line = next((one for one in review.lines if one.pupil_id == wish.pupil_id), None)
    if line is None:
        raise NotNow(_("This pupil is not in the group."))
    return _ask(actor, journal, wish, line.decided, review.term.id)


def ask_of_year(actor: Actor, journal: Journal, review: YearReview, wish: Wish) -> PeriodCorrection:
    """Ask for another mark of the year, the exam or the certificate than the one that stands; raises as ``ask_of_term``."""
    line = next((one for one in review.lines if one.pupil_id == wish.pupil_id), None)
    if line is None or wish.kind not in review.kinds:
        raise NotNow(_("This pupil is not in the group."))
    decided = line.decided.get(wish.kind)
    if decided is None or not review.needs_second_person(decided, actor.account_id):
        raise NotNow(_("This mark is still open: set it itself."))
    if wish.sign.value is not None and review.is_unmarked:
        raise NotNow(_("In this year pupils get no marks yet: so says the school's act."))
    return _ask(actor, journal, wish, decided, None)


def _ask(
    actor: Actor, journal: Journal, wish: Wish, decided: Decided | None, term_id: uuid.UUID | None
) -> PeriodCorrection:
    """Keep the wish; the same again is the same one, a newer one for the mark takes the place of the older."""
    stands = decided.sign if decided else EMPTY
    if wish.sign.is_empty or wish.sign.is_dot or not is_sign(wish.sign):
        raise NotNow(_("There is no such mark."))
    if wish.sign.same_mark(stands):
        raise NotNow(_("This very mark stands there already."))
    if not wish.reason:
        raise ReasonNeeded(_("Say why the mark should change: the second person decides by it."))
    older = db.session.scalars(
        select(PeriodCorrection)
        .where(
            PeriodCorrection.school_id == journal.school_id,
            PeriodCorrection.course_id == journal.id,
            PeriodCorrection.pupil_id == wish.pupil_id,
            PeriodCorrection.kind == wish.kind,
            PeriodCorrection.term_id == term_id if term_id else PeriodCorrection.term_id.is_(None),
            PeriodCorrection.state == "open",
        )
        .with_for_update()
    ).all()
    reason, by_order = wish.reason[:MOST_REASON], wish.by_order[:MOST_ORDER]
    for one in older:
        said = (one.asked_by, one.value, one.code, one.reason, one.by_order)
        if said == (actor.account_id, wish.sign.value, wish.sign.code, reason, by_order):
            return one
        _decide(actor, one, "replaced")
    made = PeriodCorrection(
        school_id=journal.school_id,
        id=new_id(),
        course_id=journal.id,
        pupil_id=wish.pupil_id,
        kind=wish.kind,
        term_id=term_id,
        seen=decided.version if decided else 0,
        old_value=stands.value,
        old_code=stands.code,
        value=wish.sign.value,
        code=wish.sign.code,
        reason=reason,
        by_order=by_order,
        asked_at=clock.now(),
        asked_by=actor.account_id,
        state="open",
    )
    db.session.add(made)
    db.session.flush()
    _note(actor, made, "asked")
    return made


def agree_on_period(actor: Actor, journal: Journal, correction: PeriodCorrection) -> Status:
    """Make the change: the second person's act, whose event names both. A mark changed meanwhile stays, and is a conflict."""
    db.session.refresh(correction, with_for_update=True)
    if correction.state != "open":
        return Status.CONFLICT
    done = _of_term(actor, journal, correction) if correction.kind == TERM else _of_year(actor, journal, correction)
    _decide(actor, correction, "agreed" if done else "outdated")
    return Status.SAVED if done else Status.CONFLICT


def refuse_on_period(actor: Actor, correction: PeriodCorrection) -> None:
    """Leave the mark as it is."""
    _decide(actor, correction, "refused")


def _of_term(actor: Actor, journal: Journal, one: PeriodCorrection) -> bool:
    spans = terms_of_regime(journal.school_id, journal.course.regime_id)
    span = next((each for each in spans if each.id == one.term_id), None)
    review = find_review(journal, span) if span else None
    line = next((each for each in review.lines if each.pupil_id == one.pupil_id), None) if review else None
    row = db.session.scalars(
        select(TermMark)
        .where(
            TermMark.school_id == journal.school_id,
            TermMark.course_id == journal.id,
            TermMark.term_id == one.term_id,
            TermMark.pupil_id == one.pupil_id,
        )
        .with_for_update()
    ).first()
    if review is None or line is None or (row.version if row else 0) != one.seen:
        return False
    decision = terms.Decision(one.pupil_id, Sign(one.value, one.code), one.words, one.seen)
    happening = terms.write_term_mark(actor, journal, review, line, row, decision, asked_by=one.asked_by)
    _record(actor, terms.EVENT, journal, happening)
    return True


def _of_year(actor: Actor, journal: Journal, one: PeriodCorrection) -> bool:
    review = find_year(journal)
    line = next((each for each in review.lines if each.pupil_id == one.pupil_id), None) if review else None
    row = db.session.scalars(
        select(YearMark)
        .where(
            YearMark.school_id == journal.school_id,
            YearMark.course_id == journal.id,
            YearMark.kind == one.kind,
            YearMark.pupil_id == one.pupil_id,
        )
        .with_for_update()
    ).first()
    if line is None or row is None or row.version != one.seen:
        return False
    decision = years.YearDecision(one.pupil_id, one.kind, Sign(one.value, one.code), one.words, one.seen)
    happening = years.write_year_mark(actor, journal, line, row, decision, asked_by=one.asked_by)
    _record(actor, years.EVENT, journal, happening)
    return True


def _record(actor: Actor, event: str, journal: Journal, happening: Happening) -> None:
    record_many(actor, event, school_id=journal.school_id, happenings=[happening])


def _decide(actor: Actor, correction: PeriodCorrection, state: str) -> None:
    correction.state, correction.decided_at, correction.decided_by = state, clock.now(), actor.account_id
    db.session.flush()
    _note(actor, correction, state)
    if state != "replaced":
        tell_asker(correction, state)


def _note(actor: Actor, correction: PeriodCorrection, state: str) -> None:
    payload = {
        "state": state,
        "course": correction.course_id,
        "kind": correction.kind,
        "term": correction.term_id,
        "asked_by": correction.asked_by,
        "old": {"value": correction.old_value, "code": correction.old_code},
        "new": {"value": correction.value, "code": correction.code},
        "reason": salted(correction.school_id, correction.words, pupil_id=correction.pupil_id),
    }
    record(
        actor,
        f"period_correction.{state}",
        school_id=correction.school_id,
        thing_id=correction.id,
        payload=payload,
        pupil_id=correction.pupil_id,
    )
