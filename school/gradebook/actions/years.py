"""Marks of the year, of exams and of the certificate: the act proposes, a person sets, differences keep their reason."""

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
from school.gradebook.models import YearMark
from school.gradebook.queries.years import EXAM, YearLine, YearReview
from school.gradebook.release import EMPTY, Sign, still_seen

EVENT = "year_mark.set"


@dataclass(frozen=True, slots=True)
class YearDecision:
    """What is decided for a pupil; ``seen`` is the version on the screen."""

    pupil_id: uuid.UUID
    kind: str
    sign: Sign
    reason: str
    seen: int


@dataclass(frozen=True, slots=True)
class YearAnswer:
    """What became of it."""

    decision: YearDecision
    status: Status
    why: str = ""
    is_changed: bool = False
    """False for a decision that stood already."""


def set_year_marks(
    actor: Actor, journal: Journal, review: YearReview, decisions: Sequence[YearDecision]
) -> list[YearAnswer]:
    """Set what is decided, each answered on its own; the same decision twice changes nothing."""
    lines = {line.pupil_id: line for line in review.lines}
    statement = select(YearMark).where(YearMark.school_id == journal.school_id, YearMark.course_id == journal.id)
    rows = {(row.pupil_id, row.kind): row for row in db.session.scalars(statement.with_for_update())}
    answers, happenings = [], []
    for one in decisions:
        line, row = lines.get(one.pupil_id), rows.get((one.pupil_id, one.kind))
        answer = _verdict(actor, review, line, row, one)
        if answer is None and line is not None:
            happenings.append(write_year_mark(actor, journal, line, row, one))
            answer = YearAnswer(one, Status.SAVED, is_changed=True)
        answers.append(answer or YearAnswer(one, Status.REFUSED, _("This pupil is not in the group.")))
    db.session.flush()
    record_many(actor, EVENT, school_id=journal.school_id, happenings=happenings)
    return answers


def _verdict(
    actor: Actor, review: YearReview, line: YearLine | None, row: YearMark | None, one: YearDecision
) -> YearAnswer | None:
    bad = one.sign.is_empty or one.sign.is_dot or not is_sign(one.sign) or len(one.reason) > MOST_WORDS
    if line is None or one.kind not in review.kinds or bad:
        return YearAnswer(one, Status.REFUSED, _("There is no such mark."))
    if one.sign.value is not None and review.is_unmarked:
        return YearAnswer(one, Status.REFUSED, _("In this year pupils get no marks yet: so says the school's act."))
    choices = line.choices.get(one.kind, ())
    differs = one.kind != EXAM and one.sign.value not in choices
    same = row is not None and (row.value, row.code) == (one.sign.value, one.sign.code)
    if same and row is not None and (not differs or row.reason == one.reason):
        return YearAnswer(one, Status.SAVED)
    decided = line.decided.get(one.kind)
    if decided is not None and review.needs_second_person(decided, actor.account_id):
        return YearAnswer(one, Status.REFUSED, _("The year is closed: a second person agrees to its changes."))
    if one.seen != (row.version if row else 0):
        return YearAnswer(one, Status.CONFLICT, _("Somebody changed this mark before you."))
    changes_old = row is not None and row.released_at <= clock.now()
    if not one.reason and (differs or changes_old):
        return YearAnswer(one, Status.REASON, _("%(name)s: say why the mark differs.", name=line.name))
    return None


def write_year_mark(
    actor: Actor,
    journal: Journal,
    line: YearLine,
    row: YearMark | None,
    one: YearDecision,
    *,
    asked_by: uuid.UUID | None = None,
) -> Happening:
    """Write what was found good; the answer is the event to record. ``asked_by``: the account whose wish a second person grants."""
    now = clock.now()
    old = Sign(row.value, row.code) if row else EMPTY
    choices = line.choices.get(one.kind, ())
    if row is None:
        row = YearMark(
            school_id=journal.school_id, pupil_id=line.pupil_id, course_id=journal.id, kind=one.kind, version=0
        )
        db.session.add(row)
        seen = EMPTY
    else:
        seen = still_seen(old, Sign(row.released_value, row.released_code), row.released_at, now)
    row.released_value, row.released_code = seen.value, seen.code
    row.released_at = now + timedelta(minutes=current_settings().quiet_minutes)
    row.value, row.code, row.reason = one.sign.value, one.sign.code, one.reason
    row.proposed = choices[0] if len(choices) == 1 else None
    row.set_at, row.set_by = now, actor.account_id
    row.version += 1
    db.session.flush()
    payload = {
        "course": journal.id,
        "kind": one.kind,
        "old": {"value": old.value, "code": old.code},
        "new": {"value": one.sign.value, "code": one.sign.code},
        "proposed": row.proposed,
        "version": row.version,
    }
    if asked_by is not None:
        payload["asked_by"] = asked_by
    if one.reason:
        payload["reason"] = salted(journal.school_id, one.reason, pupil_id=line.pupil_id)
    return Happening(row.id, payload, line.pupil_id)
