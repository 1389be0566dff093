"""A pupil begins what the model chose. It is an attempt like any other: every answer is saved as it is given."""

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

from sqlalchemy import select

from content_library import shelf
from content_library.models import Subject
from school.core import clock
from school.core.access import Actor
from school.core.database import db, new_id
from school.core.languages import gettext as _
from school.people.models import Member
from school.tasks.actions import Given, start_attempt
from school.tasks.models import Attempt
from school.tasks.sheets import gathered
from school.tracks.errors import CannotTrack
from school.tracks.models import Diagnostic, Practice, PracticeKind, StepKind
from school.tracks.queries.drawing import Pick, main_version, ten_minutes, test_of
from school.tracks.seen import SeenStep, SeenTrack

EACH = 2
"""Questions of a test on each topic."""


def begin_ten(actor: Actor, pupil: Member, subject: Subject) -> Practice:
    """Ten minutes of a subject: what was begun today and is not finished yet, else a new set.

    Raises ``CannotTrack`` when every topic had its question today.
    """
    _hold(pupil)
    going = _going(pupil, subject)
    if going is not None:
        return going
    picks = ten_minutes(pupil.school_id, pupil.id, subject.id, clock.now())
    if not picks:
        raise CannotTrack(_("Every topic has had its question today. Tomorrow there is more to do."))
    return begin(actor, pupil, picks, PracticeKind.TEN, _("Ten minutes"), subject=subject)


def begin_test(actor: Actor, pupil: Member, track: SeenTrack, step: SeenStep) -> Practice:
    """The test of a track. Raises ``CannotTrack`` for a step that is not open."""
    _hold(pupil)
    if step.kind != StepKind.TEST or step.is_locked or step.is_done:
        raise CannotTrack(_("This step is not open."))
    going = db.session.scalars(
        select(Practice).where(
            Practice.school_id == pupil.school_id, Practice.step_id == step.id, Practice.ended_at.is_(None)
        )
    ).first()
    if going is not None:
        return going
    picks = test_of(pupil.school_id, pupil.id, track.topics, clock.now(), EACH)
    if not picks:
        raise CannotTrack(_("There are no questions on this topic yet."))
    return begin(actor, pupil, picks, PracticeKind.TEST, track.goal, subject=_subject(track), step=step)


def begin(
    actor: Actor,
    pupil: Member,
    picks: Sequence[Pick],
    kind: PracticeKind,
    title: str,
    *,
    subject: Subject,
    step: SeenStep | None = None,
    diagnostic: Diagnostic | None = None,
) -> Practice:
    """An attempt at these questions, which knows what it is for. ``subject`` is what they serve: what it rests on may be of another one."""
    version = shelf.get_version(db.session(), main_version(picks))
    if version is None:
        raise CannotTrack(_("There are no questions on this topic yet."))
    practice_id = new_id()
    sheet = gathered(title, [one.question.id for one in picks], why={str(one.question.id): one.why for one in picks})
    attempt = start_attempt(actor, version, pupil, Given(given_for=practice_id, sheet=sheet))
    made = Practice(
        school_id=pupil.school_id,
        id=practice_id,
        pupil_id=pupil.id,
        subject_id=subject.id,
        kind=kind.value,
        attempt_id=attempt.id,
        step_id=step.id if step is not None else None,
        diagnostic_id=diagnostic.id if diagnostic is not None else None,
        topics=[_noted(one) for one in picks],
        made_at=clock.now(),
    )
    db.session.add(made)
    db.session.flush()
    return made


def _subject(track: SeenTrack) -> Subject:
    return db.session.get_one(Subject, track.subject_id)


def _noted(one: Pick) -> dict[str, Any]:
    made = {"item": str(one.question.id), "topic": one.question.topic_id, "why": one.why, "before": one.before}
    return made if one.waiting is None else {**made, "for": one.waiting}


def _hold(pupil: Member) -> None:
    """Two presses at once make one practice."""
    db.session.scalars(
        select(Member.id).where(Member.school_id == pupil.school_id, Member.id == pupil.id).with_for_update()
    ).one()


def _going(pupil: Member, subject: Subject) -> Practice | None:
    return db.session.scalars(
        select(Practice)
        .join(Attempt, (Attempt.school_id == Practice.school_id) & (Attempt.id == Practice.attempt_id))
        .where(
            Practice.school_id == pupil.school_id,
            Attempt.school_id == pupil.school_id,
            Practice.pupil_id == pupil.id,
            Practice.subject_id == subject.id,
            Practice.kind == PracticeKind.TEN.value,
            Practice.made_at >= _morning(),
            Attempt.finished_at.is_(None),
        )
        .order_by(Practice.made_at.desc())
        .limit(1)
    ).first()


def _morning() -> datetime:
    return clock.moscow(clock.today(), time())
