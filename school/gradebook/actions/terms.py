"""Marks of the term: the act proposes, a person sets; where they differ, the reason is kept for the deputy head."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select

from school.core import clock
from school.core.access import Actor
from school.core.config import current_settings
from school.core.database import db
from school.core.languages import gettext as _
from school.core.records import Happening, record_many, salted
from school.gradebook.actions.verdicts import MOST_WORDS, is_sign
from school.gradebook.entries import Status
from school.gradebook.journal import Journal
from school.gradebook.models import TermMark
from school.gradebook.queries.terms import Review, ReviewLine
from school.gradebook.release import EMPTY, Sign, still_seen

EVENT = "term_mark.set"


@dataclass(frozen=True, slots=True)
class Decision:
    """What is decided for a pupil; ``seen`` is the version on the screen, 0 before the first decision."""

    pupil_id: uuid.UUID
    sign: Sign
    reason: str
    seen: int


@dataclass(frozen=True, slots=True)
class DecisionAnswer:
    """What became of it."""

    decision: Decision
    status: Status
    why: str = ""
    is_changed: bool = False
    """False for a decision that stood already."""


def set_term_marks(
    actor: Actor, journal: Journal, review: Review, decisions: Sequence[Decision]
) -> list[DecisionAnswer]:
    """Set the marks of a term, each answered on its own; the same decision twice changes nothing."""
    lines = {line.pupil_id: line for line in review.lines}
    statement = select(TermMark).where(
        TermMark.school_id == journal.school_id,
        TermMark.course_id == journal.id,
        TermMark.term_id == review.term.id,
    )
    rows = {row.pupil_id: row for row in db.session.scalars(statement.with_for_update())}
    answers, happenings = [], []
    for one in decisions:
        line = lines.get(one.pupil_id)
        answer = _verdict(review, line, rows.get(one.pupil_id), one)
        if answer is None and line is not None:
            happenings.append(write_term_mark(actor, journal, review, line, rows.get(one.pupil_id), one))
            answer = DecisionAnswer(one, Status.SAVED, is_changed=True)
        answers.append(answer or DecisionAnswer(one, Status.REFUSED, _("This pupil is not in the group.")))
    db.session.flush()
    record_many(actor, EVENT, school_id=journal.school_id, happenings=happenings)
    return answers


def set_term_mark(
    actor: Actor, journal: Journal, review: Review, line: ReviewLine, sign: Sign, reason: str = ""
) -> DecisionAnswer:
    """Set one pupil's mark of the term, on the version that ``line`` shows."""
    [answer] = set_term_marks(actor, journal, review, [Decision(line.pupil_id, sign, reason, line.version)])
    return answer


def _verdict(review: Review, line: ReviewLine | None, row: TermMark | None, one: Decision) -> DecisionAnswer | None:
    if line is None or not is_sign(one.sign) or one.sign.is_empty or len(one.reason) > MOST_WORDS:
        return DecisionAnswer(one, Status.REFUSED, _("There is no such mark."))
    if row is not None and (row.value, row.code, row.reason) == (one.sign.value, one.sign.code, one.reason):
        return DecisionAnswer(one, Status.SAVED)
    if one.sign.value is not None and review.is_unmarked:
        return DecisionAnswer(one, Status.REFUSED, _("In this year pupils get no marks yet: so says the school's act."))
    if review.term.is_locked(clock.now()):
        return DecisionAnswer(one, Status.REFUSED, _("The term is closed: a second person agrees to its changes."))
    if one.seen != (row.version if row else 0):
        return DecisionAnswer(one, Status.CONFLICT, _("Somebody changed this mark before you."))
    changes_old = row is not None and row.released_at <= clock.now()
    if not one.reason and (changes_old or not line.proposal.agrees(one.sign.value, one.sign.code)):
        return DecisionAnswer(one, Status.REASON, _("%(name)s: say why the mark differs.", name=line.name))
    return None


def write_term_mark(
    actor: Actor,
    journal: Journal,
    review: Review,
    line: ReviewLine,
    row: TermMark | None,
    one: Decision,
    *,
    asked_by: uuid.UUID | None = None,
) -> Happening:
    """Write what was found good; the answer is the event to record. ``asked_by``: the account whose wish a second person grants."""
    now = clock.now()
    old = Sign(row.value, row.code) if row else EMPTY
    if row is None:
        row = TermMark(
            school_id=journal.school_id,
            pupil_id=line.pupil_id,
            course_id=journal.id,
            term_id=review.term.id,
            version=0,
        )
        db.session.add(row)
        seen = EMPTY
    else:
        seen = still_seen(old, Sign(row.released_value, row.released_code), row.released_at, now)
    row.released_value, row.released_code = seen.value, seen.code
    row.released_at = now + timedelta(minutes=current_settings().quiet_minutes)
    row.value, row.code, row.reason = one.sign.value, one.sign.code, one.reason
    row.proposed = line.proposal.value
    row.set_at, row.set_by = now, actor.account_id
    row.version += 1
    db.session.flush()
    payload = {
        "course": journal.id,
        "term": review.term.id,
        "old": {"value": old.value, "code": old.code},
        "new": {"value": one.sign.value, "code": one.sign.code},
        "proposed": line.proposal.value,
        "mean": line.proposal.mean,
        "version": row.version,
    }
    if asked_by is not None:
        payload["asked_by"] = asked_by
    if one.reason:
        payload["reason"] = salted(journal.school_id, one.reason, pupil_id=line.pupil_id)
    return Happening(row.id, payload, line.pupil_id)
