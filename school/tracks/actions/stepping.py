"""A teacher moves, pins, locks, replaces and takes away steps; a step is done by reading, by results, or by the teacher's word."""

from collections.abc import Sequence
from typing import Protocol

from sqlalchemy import ColumnElement, and_, select, true, update

from school.core import clock
from school.core.access import Actor
from school.core.database import db, new_id
from school.mastery.queries import NamedTopic, standing_of
from school.people.models import School
from school.tasks.hooks import WHEN_FINISHED
from school.tasks.models import Attempt
from school.tracks.actions.making import OfPupil, held, note, rows_of
from school.tracks.models import Practice, PracticeKind, StepKind, Track, TrackState, TrackStep
from school.tracks.proposing import HELD, TEACHER, Reading
from school.tracks.seen import SeenStep, SeenTrack


class InSchool(OfPupil, Protocol):
    """A pupil with the school."""

    @property
    def school_id(self) -> int:
        """The school."""


def move_step(actor: Actor, track: SeenTrack, step: SeenStep, by: int) -> None:
    """One place up (-1) or down (1); at the ends nothing happens. The days stay with the places."""
    held(track)
    rows = rows_of(track)
    here = next((n for n, one in enumerate(rows) if one.id == step.id), -1)
    there = here + by
    if here < 0 or not 0 <= there < len(rows):
        return
    one, other = rows[here], rows[there]
    one.position, other.position = other.position, one.position
    one.due_on, other.due_on = other.due_on, one.due_on
    _note(actor, track, "move", step, by=by)
    db.session.flush()


def pin_step(_actor: Actor, track: SeenTrack, step: SeenStep, *, is_pinned: bool) -> None:
    """Keep a step at its place when the rest is proposed anew."""
    _row(track, step).is_pinned = is_pinned
    db.session.flush()


def lock_step(actor: Actor, track: SeenTrack, step: SeenStep, *, is_locked: bool) -> None:
    """Keep a step from the pupil until it is opened."""
    _row(track, step).is_locked = is_locked
    _note(actor, track, "lock" if is_locked else "open", step)
    db.session.flush()


def replace_step(
    actor: Actor, track: SeenTrack, step: SeenStep, kind: StepKind, topic: NamedTopic, reading: Reading | None = None
) -> None:
    """Ask for something else in its place, pinned there: what a teacher chose is not proposed away."""
    row = _row(track, step)
    row.kind, row.topic_id, row.title, row.why, row.for_topic = kind.value, topic.id, topic.title, TEACHER, ""
    row.unit_id = None
    if reading is not None and kind is StepKind.UNIT:
        row.unit_id, row.title = reading.unit_id, reading.title
    row.is_pinned, row.done_at = True, None
    _note(actor, track, "replace", step, topic=topic.id)
    db.session.flush()


def add_step(actor: Actor, track: SeenTrack, kind: StepKind, topic: NamedTopic, reading: Reading | None = None) -> None:
    """One more at the end, before the test if that is the last."""
    row = held(track)
    rows = rows_of(track)
    place = len(rows) + 1
    if rows and rows[-1].kind == StepKind.TEST:
        place = rows[-1].position
        rows[-1].position = place + 1
    made = TrackStep(
        school_id=row.school_id,
        id=new_id(),
        track_id=row.id,
        position=place,
        kind=kind.value,
        topic_id=topic.id,
        unit_id=reading.unit_id if reading is not None and kind is StepKind.UNIT else None,
        title=reading.title if reading is not None and kind is StepKind.UNIT else topic.title,
        why=TEACHER,
        due_on=row.by_on,
        is_pinned=True,
    )
    db.session.add(made)
    if row.state == TrackState.APPROVED:
        note(actor, track, "add", topic=topic.id)
    db.session.flush()


def remove_step(actor: Actor, track: SeenTrack, step: SeenStep) -> None:
    """Take a step away; those after it move up."""
    held(track)
    rows = rows_of(track)
    gone = next((one for one in rows if one.id == step.id), None)
    if gone is None:
        return
    db.session.execute(
        update(Practice).where(Practice.school_id == track.school_id, Practice.step_id == gone.id).values(step_id=None)
    )
    db.session.delete(gone)
    for position, one in enumerate((one for one in rows if one is not gone), start=1):
        one.position = position
    _note(actor, track, "remove", step)
    db.session.flush()


def finish_step(actor: Actor, track: SeenTrack, step: SeenStep) -> None:
    """The pupil has read or watched it; the teacher has given the extra lesson."""
    row = _row(track, step)
    if row.done_at is None:
        row.done_at = clock.now()
        _note(actor, track, "done", step)
    db.session.flush()


def mark_results(_actor: Actor, attempt: Attempt) -> None:
    """After any finished attempt: topics that hold now are steps done, and so is the test that it was."""
    practice = db.session.get(Practice, (attempt.school_id, attempt.given_for)) if attempt.given_for else None
    now = clock.now()
    if practice is not None and practice.ended_at is None:
        practice.ended_at = now
    rows = _finish_held(attempt.school_id, Track.pupil_id == attempt.pupil_id)
    if practice is not None and practice.kind == PracticeKind.TEST:
        for one in rows:
            if one.id == practice.step_id:
                one.done_at = now
    db.session.flush()


def finish_held(pupil: InSchool) -> None:
    """A topic holds without an attempt too: by a teacher's word."""
    _finish_held(pupil.school_id, Track.pupil_id == pupil.id)
    db.session.flush()


def finish_held_in(school: School) -> int:
    """The same of a whole school: a verdict was put right, the model has another version. How many steps are done now."""
    done = sum(one.done_at is not None for one in _finish_held(school.id, true()))
    db.session.flush()
    return done


def _finish_held(school_id: int, of: ColumnElement[bool]) -> Sequence[TrackStep]:
    now = clock.now()
    rows = db.session.execute(_OPEN_STEPS.where(Track.school_id == school_id, TrackStep.school_id == school_id, of)).all()  # fmt: skip
    tasks = [(one, pupil_id, one.topic_id) for one, pupil_id in rows if one.kind == StepKind.TASK and one.topic_id]
    pupils, topics = {pupil_id for _one, pupil_id, _topic in tasks}, {topic for _one, _pupil, topic in tasks}
    known = standing_of(school_id, pupils, topics, now)
    for one, pupil_id, topic in tasks:
        seen = known.get((pupil_id, topic))
        if seen is not None and seen.standing in HELD:
            one.done_at = now
    return [one for one, _pupil in rows]


_OPEN_STEPS = (
    select(TrackStep, Track.pupil_id)
    .join(Track, and_(Track.school_id == TrackStep.school_id, Track.id == TrackStep.track_id))
    .where(
        Track.state == TrackState.APPROVED.value,
        TrackStep.kind.in_((StepKind.TASK.value, StepKind.TEST.value)),
        TrackStep.done_at.is_(None),
    )
)
WHEN_FINISHED.append(mark_results)


def _row(track: SeenTrack, step: SeenStep) -> TrackStep:
    held(track)
    return db.session.get_one(TrackStep, (track.school_id, step.id))


def _note(actor: Actor, track: SeenTrack, did: str, step: SeenStep, **more: object) -> None:
    """Only what is done to a track that the pupil has."""
    if track.state == TrackState.APPROVED:
        note(actor, track, did, step=[step.kind, step.topic_id or 0], **more)
