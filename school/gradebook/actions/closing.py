"""Closing a term: from then on marks change only with a reason and a second person; opening it again is explained too."""

from school.core import clock
from school.core.access import Actor
from school.core.database import db
from school.core.records import record, salted
from school.gradebook.errors import ReasonNeeded
from school.gradebook.queries.closing import SeenTerm


def close_term(actor: Actor, seen: SeenTerm) -> None:
    """Lock the marks of a term; closing a closed one changes nothing."""
    if seen.term.locked_at is None:
        seen.term.locked_at, seen.term.locked_by = clock.now(), actor.account_id
        db.session.flush()
        record(actor, "term.closed", school_id=seen.school_id, thing_id=seen.term.id, payload={"name": seen.term.name})


def reopen_term(actor: Actor, seen: SeenTerm, reason: str) -> None:
    """Open it again; raises ``ReasonNeeded`` without the order or reason."""
    if not reason:
        raise ReasonNeeded("")
    if seen.term.locked_at is not None:
        seen.term.locked_at = seen.term.locked_by = None
        db.session.flush()
        payload = {"name": seen.term.name, "reason": salted(seen.school_id, reason)}
        record(actor, "term.reopened", school_id=seen.school_id, thing_id=seen.term.id, payload=payload)
