"""The teacher's side: looked through, returned for another try, excused, given more time."""

from datetime import date

from school.core import clock
from school.core.access import Actor
from school.core.database import db
from school.core.errors import Conflict
from school.core.languages import gettext as _
from school.homework.actions.held import held_assignment
from school.homework.models import Assignment, AssignmentState
from school.homework.seen import SeenWork

LONGEST_COMMENT = 2000


class NeedsComment(Exception):
    """A work is not returned without a word about what to mend."""


def accept_work(actor: Actor, work: SeenWork, comment: str = "", *, version: int) -> Assignment:
    """It has been looked through and is done. Works shown on paper can be accepted without a handing-in.

    ``version`` is that of the work the teacher saw; raises ``Conflict`` when it has changed since, as all acts here.
    """
    return _judge(actor, work, AssignmentState.CHECKED, comment, version)


def return_work(actor: Actor, work: SeenWork, comment: str, *, version: int) -> Assignment:
    """Back to the pupil with a word about what to mend. Raises ``NeedsComment`` without one."""
    if not comment.strip():
        raise NeedsComment
    return _judge(actor, work, AssignmentState.RETURNED, comment, version)


def excuse(actor: Actor, work: SeenWork, comment: str = "", *, version: int) -> Assignment:
    """The pupil need not do it."""
    return _judge(actor, work, AssignmentState.EXCUSED, comment, version)


def extend(_actor: Actor, work: SeenWork, due_on: date, *, version: int) -> Assignment:
    """More time for one pupil: until ``due_on``."""
    row = _held(work, version)
    row.due_on = due_on
    row.version += 1
    db.session.flush()
    return row


def _judge(actor: Actor, work: SeenWork, state: AssignmentState, comment: str, version: int) -> Assignment:
    row = _held(work, version)
    row.state = state.value
    row.comment = comment.strip()[:LONGEST_COMMENT]
    row.checked_at, row.checked_by = clock.now(), actor.account_id
    row.version += 1
    db.session.flush()
    return row


def _held(work: SeenWork, version: int) -> Assignment:
    row = held_assignment(work, work.homework_id, work.pupil_id, work.state.due_on)
    if row.version != version:
        raise Conflict(
            _("This work has changed since you opened it: the pupil or another teacher was here. Look once more.")
        )
    return row
