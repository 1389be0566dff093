"""The pupil's side: seen, begun, handed in, taken back."""

import hashlib
import json
import uuid
from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from content_library import shelf
from school.core import clock
from school.core.access import Actor
from school.core.database import db, new_id
from school.core.errors import Conflict
from school.core.languages import gettext as _
from school.homework.actions.held import held_assignment
from school.homework.actions.photos import ReadyPhoto
from school.homework.models import Assignment, AssignmentState, HandInWay, Homework, Submission, SubmissionPhoto
from school.homework.queries.testing import conditions_of
from school.homework.seen import SeenHomework
from school.people.models import Member
from school.tasks import sheets
from school.tasks.actions import Given, start_attempt
from school.tasks.hooks import WHEN_FINISHED
from school.tasks.models import Attempt, Conditions
from school.tasks.queries.corrections import standing_verdicts

MOST_PHOTOS = 12
LONGEST_TEXT = 20_000
CLOSED = frozenset({AssignmentState.CHECKED, AssignmentState.EXCUSED})


class CannotHandIn(Exception):
    """There is nothing to hand in, or too much; ``why`` is a sentence for the pupil."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def mark_seen(_actor: Actor, homework: SeenHomework) -> None:
    """The pupil has opened it."""
    row = _mine(homework)
    if row.seen_at is None:
        row.seen_at = clock.now()
    if row.state == AssignmentState.GIVEN:
        row.state = AssignmentState.SEEN.value
    db.session.flush()


def begin_task(actor: Actor, homework: SeenHomework) -> Attempt:
    """The attempt to go on with; a new one at first, while the test allows more, and after the work was returned.

    Raises ``CannotHandIn`` outside the window of a test, and when all its attempts are used.
    """
    row = _mine(homework)
    if row.state in CLOSED:
        raise Conflict(_closed_words())
    going = db.session.get_one(Attempt, (row.school_id, row.attempt_id)) if row.attempt_id is not None else None
    if going is not None and going.finished_at is None:
        return going
    version = shelf.get_version(db.session(), homework.unit_version_id) if homework.unit_version_id else None
    if homework.way != HandInWay.TASK or version is None:
        raise CannotHandIn(_("This homework is not done on the screen."))
    given = _given(homework, row, going)
    if given is None:
        if going is None:
            raise CannotHandIn(_("This homework is not done on the screen."))
        return going
    attempt = start_attempt(actor, version, db.session.get_one(Member, (row.school_id, row.pupil_id)), given)
    row.attempt_id = attempt.id
    if row.state == AssignmentState.GIVEN:
        row.state, row.seen_at = AssignmentState.SEEN.value, clock.now()
    db.session.flush()
    return attempt


def _given(homework: SeenHomework, row: Assignment, before: Attempt | None) -> Given | None:
    """What the next attempt is; None when the one before stands."""
    if before is not None and row.state == AssignmentState.RETURNED:
        # A correction has no window and no time: it is there to learn from.
        again = _not_right(before)
        sheet = sheets.gathered((before.sheet or {}).get("title", ""), again) if again else before.sheet
        return Given(given_for=homework.id, sheet=sheet, is_eased=True, corrects=before if again else None)
    conditions = conditions_of(homework)
    if before is not None and (conditions is None or not _may_once_more(homework, row, conditions)):
        return None
    own = row.sheet or db.session.get_one(Homework, (row.school_id, row.homework_id)).sheet
    # A pupil's own set has its own seed, so that two neighbours with one template have different numbers.
    seed = own.get("seed") if own is not None and before is None else None
    closes_at = _closing(homework, row, conditions)
    return Given(given_for=homework.id, conditions=conditions, sheet=own, seed=seed, closes_at=closes_at)


def _may_once_more(homework: SeenHomework, row: Assignment, conditions: Conditions) -> bool:
    used = db.session.scalar(
        select(func.count())
        .select_from(Attempt)
        .where(
            Attempt.school_id == row.school_id,
            Attempt.given_for == homework.id,
            Attempt.pupil_id == row.pupil_id,
        )
    )
    return conditions.attempts == 0 or (used or 0) < conditions.attempts


def _closing(homework: SeenHomework, row: Assignment, conditions: Conditions | None) -> datetime | None:
    """The end of the test's window; of the day, for who was given more time. Raises ``CannotHandIn`` outside of it."""
    if conditions is None:
        return None
    now, closes_at = clock.now(), conditions.closes_at
    if closes_at is not None and row.due_on > homework.due_on:
        closes_at = max(closes_at, clock.moscow(row.due_on + timedelta(days=1), time()))
    if conditions.opens_at is not None and now < conditions.opens_at:
        raise CannotHandIn(_("This test is not open yet."))
    if closes_at is not None and now >= closes_at:
        raise CannotHandIn(_("This test is already closed. Ask your teacher if you were absent."))
    return closes_at


def _not_right(before: Attempt) -> list[uuid.UUID]:
    """The questions of an attempt that were not right, in their order; what the teacher has not judged yet is not wrong."""
    standing = standing_verdicts(before)
    return [item_id for item_id, one in standing.items() if not one.correct and not one.waits]


def hand_in(
    actor: Actor,
    homework: SeenHomework,
    client_id: uuid.UUID,
    *,
    text: str = "",
    photos: Sequence[ReadyPhoto] = (),
) -> Submission:
    """Hand in a tick, a text or photographs. Until the teacher has looked, handing in again replaces what counts.

    The same ``client_id`` with the same content is one handing-in. Raises ``CannotHandIn`` and ``Conflict``.
    """
    text = text.strip()
    _check(homework, text, photos)
    return _hand_in(actor, _mine(homework), client_id, text=text, photos=photos)


def hand_in_finished(actor: Actor, attempt: Attempt) -> None:
    """A task that was begun as homework hands itself in when it is finished."""
    row = db.session.scalars(
        select(Assignment)
        .where(Assignment.school_id == attempt.school_id, Assignment.attempt_id == attempt.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()
    if row is not None and row.state not in CLOSED:
        _hand_in(actor, row, attempt.id, attempt=attempt)


def take_back(_actor: Actor, homework: SeenHomework) -> None:
    """Take a tick back while nobody has looked: pressed by mistake."""
    row = _mine(homework)
    if row.state in CLOSED or homework.way != HandInWay.TICK:
        raise Conflict(_closed_words())
    if row.state == AssignmentState.HANDED_IN:
        row.state, row.handed_in_at = AssignmentState.SEEN.value, None
        row.version += 1
        db.session.flush()


def _check(homework: SeenHomework, text: str, photos: Sequence[ReadyPhoto]) -> None:
    if homework.way == HandInWay.TASK:
        raise CannotHandIn(_("This homework hands itself in when the last question is answered."))
    if homework.way == HandInWay.TEXT and not text:
        raise CannotHandIn(_("Write your answer first."))
    if homework.way == HandInWay.PHOTO and not photos:
        raise CannotHandIn(_("Take or choose at least one photo first."))
    if len(photos) > MOST_PHOTOS:
        raise CannotHandIn(_("At most 12 photos in one piece of work."))
    if len(text) > LONGEST_TEXT:
        raise CannotHandIn(_("The text is longer than 20,000 characters."))


def _hand_in(
    actor: Actor,
    row: Assignment,
    client_id: uuid.UUID,
    *,
    text: str = "",
    photos: Sequence[ReadyPhoto] = (),
    attempt: Attempt | None = None,
) -> Submission:
    digest = _digest(actor, row, text, photos, attempt)
    before = db.session.get(Submission, (row.school_id, client_id))
    if before is not None:
        return _same(before, digest)
    if row.state in CLOSED:
        raise Conflict(_closed_words())
    now = clock.now()
    made = Submission(
        school_id=row.school_id,
        id=client_id,
        assignment_id=row.id,
        text=text,
        attempt_id=attempt.id if attempt is not None else None,
        handed_in_at=now,
        handed_in_by=actor.account_id,
        payload_hash=digest,
    )
    try:
        with db.session.begin_nested():
            db.session.add(made)
    except IntegrityError:
        return _same(db.session.get_one(Submission, (row.school_id, client_id)), digest)
    db.session.add_all(
        SubmissionPhoto(
            school_id=row.school_id,
            id=new_id(),
            submission_id=made.id,
            position=position,
            sha256=photo.sha256,
            width=photo.width,
            height=photo.height,
            look=photo.look,
        )
        for position, photo in enumerate(photos)
    )
    row.state, row.handed_in_at, row.seen_at = AssignmentState.HANDED_IN.value, now, row.seen_at or now
    row.version += 1
    db.session.flush()
    return made


def _mine(homework: SeenHomework) -> Assignment:
    if homework.pupil_id is None:
        raise CannotHandIn(_("Only a pupil does homework."))
    # A homework that the teacher withdraws at this moment waits for us, or we for it.
    db.session.scalars(
        select(Homework.id)
        .where(Homework.school_id == homework.school_id, Homework.id == homework.id)
        .with_for_update(read=True)
    ).one()
    return held_assignment(homework, homework.id, homework.pupil_id, homework.due_on)


def _closed_words() -> str:
    return str(_("The teacher has already checked this work."))


def _same(before: Submission, digest: str) -> Submission:
    if before.payload_hash != digest:
        raise Conflict(_("This form was already sent with other content. What was handed in first stands."))
    return before


def _digest(actor: Actor, row: Assignment, text: str, photos: Sequence[ReadyPhoto], attempt: Attempt | None) -> str:
    what: list[Any] = [
        str(actor.account_id),
        str(row.id),
        text,
        [photo.sha256 for photo in photos],
        str(attempt.id) if attempt is not None else None,
    ]
    return hashlib.sha256(json.dumps(what, ensure_ascii=False).encode()).hexdigest()


WHEN_FINISHED.append(hand_in_finished)
