"""Changes outside a mark's window: they wait, with their reason, for a second person."""

from school.core import clock
from school.core.access import Actor
from school.core.database import db
from school.core.records import record, salted
from school.gradebook.actions.marks import save_marks
from school.gradebook.actions.telling import tell_asker
from school.gradebook.entries import Answer, Entry, Status
from school.gradebook.journal import Journal
from school.gradebook.models import MarkCorrection
from school.gradebook.release import Sign


def agree(actor: Actor, journal: Journal, correction: MarkCorrection) -> Answer:
    """Make the change: it is the second person's act, and the record names both. A mark changed meanwhile is a conflict."""
    sign = Sign(correction.value, correction.code, correction.reason, correction.origin, correction.due_on)
    at = (correction.lesson_id, correction.column_id, correction.pupil_id)
    entry = Entry(correction.id, *at, sign, correction.seen, place=correction.place, asked_by=correction.asked_by)
    [answer] = save_marks(actor, journal, [entry])
    _decide(actor, correction, "agreed" if answer.status is Status.SAVED else "refused")
    return answer


def refuse(actor: Actor, correction: MarkCorrection) -> None:
    """Leave the mark as it is."""
    _decide(actor, correction, "refused")


def _decide(actor: Actor, correction: MarkCorrection, state: str) -> None:
    correction.state, correction.decided_at, correction.decided_by = state, clock.now(), actor.account_id
    db.session.flush()
    payload = {
        "state": state,
        "column": correction.column_id,
        "place": correction.place,
        "asked_by": correction.asked_by,
        "old": {"value": correction.old_value, "code": correction.old_code},
        "new": {"value": correction.value, "code": correction.code},
        "reason": salted(correction.school_id, correction.reason, pupil_id=correction.pupil_id),
    }
    record(
        actor,
        f"mark_correction.{state}",
        school_id=correction.school_id,
        thing_id=correction.id,
        payload=payload,
        pupil_id=correction.pupil_id,
    )
    tell_asker(correction, state)
