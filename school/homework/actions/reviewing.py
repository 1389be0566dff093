"""The teacher's side: looked through, returned for another try, excused, given more time."""

from collections.abc import Sequence
from datetime import date

from school.core import clock
from school.core.access import Actor
from school.core.database import db
from school.core.errors import Conflict
from school.core.languages import gettext as _
from school.core.records import record
from school.homework.actions.held import held_assignment
from school.homework.models import Assignment, AssignmentState
from school.homework.scale import BadPoints
from school.homework.seen import SeenHomework, SeenWork

LONGEST_COMMENT = 2000
SCORED = "homework.scored"


class Overtaken(Conflict):
    """The pupil or another teacher came first. What was typed belongs beside what stands there now."""


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


def score_work(
    actor: Actor, homework: SeenHomework, work: SeenWork, points: Sequence[int] | None, *, version: int
) -> int:
    """Keep the points by criterion of the homework's rubric; None changes nothing. Answers the version after it.

    Raises ``BadPoints`` and, as all acts here, ``Conflict``. Event: ``homework.scored``, ``thing_id`` = the homework.
    """
    if points is None:
        return version
    rubric = homework.rubric or []
    if len(points) != len(rubric) or any(
        not 0 <= n <= int(one["points"]) for n, one in zip(points, rubric, strict=True)
    ):
        raise BadPoints
    row = _held(work, version)
    if row.rubric_points == list(points):
        return row.version
    payload = {"from": row.rubric_points, "to": list(points)}
    row.rubric_points = list(points)
    row.version += 1
    db.session.flush()
    record(actor, SCORED, school_id=row.school_id, thing_id=homework.id, pupil_id=row.pupil_id, payload=payload)
    return row.version


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
        raise Overtaken(
            _("This work has changed since you opened it: the pupil or another teacher was here. Look once more.")
        )
    return row
