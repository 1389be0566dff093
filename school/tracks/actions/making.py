"""Tracks are proposed by the program, for one pupil or for a class at once, and approved by a person.

Event ``track`` of the record, ``thing_id`` = the track: ``did`` is ``approve``, ``end``, or what was done to a step.
"""

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from sqlalchemy import select, true, update

from school.core import clock
from school.core.access import Actor
from school.core.database import db, new_id
from school.core.languages import gettext as _
from school.core.records import record
from school.mastery.queries import needs_of, standing_of, topics_named
from school.tracks.actions.telling import OfCourse, tell_approved
from school.tracks.errors import CannotTrack
from school.tracks.models import Mode, Source, StepKind, Track, TrackState, TrackStep
from school.tracks.proposing import Ground, Step, around_pins, days_between, propose
from school.tracks.queries.materials import asked_on, readings_on
from school.tracks.seen import SeenStep, SeenTrack


class OfPupil(Protocol):
    """A pupil: a line of a class list, a member."""

    @property
    def id(self) -> uuid.UUID:
        """Their member id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What tracks are to lead to."""

    topics: tuple[int, ...]
    by_on: date
    source: Source = Source.GOAL
    mode: Mode = Mode.HALF


def ground_of(topics: Sequence[int]) -> Ground:
    """What any pupil's way to these topics is made of. A handful of statements for a whole class."""
    needs = needs_of(topics)
    every = {*topics, *needs, *(one for below in needs.values() for one in below)}
    named = topics_named(every)
    return Ground(tuple(topics), needs, named, readings_on(every), asked_on(every))


def propose_tracks(
    actor: Actor | None,
    course: OfCourse,
    pupils: Sequence[OfPupil],
    wish: Wish,
    missed: Mapping[uuid.UUID, Collection[int]] | None = None,
) -> list[Track]:
    """A track for each pupil who needs one, in place of what was proposed before. ``actor`` is None when it makes itself.

    Raises ``CannotTrack`` without a goal, and for a day that is past.
    """
    if not wish.topics:
        raise CannotTrack(_("Choose a goal first: a topic that the tracks lead to."))
    if wish.by_on <= clock.today():
        raise CannotTrack(_("The day must lie ahead."))
    ground = ground_of(wish.topics)
    known = standing_of(course.school_id, [one.id for one in pupils], list(ground.named), clock.now())
    _drop_proposals(actor, course, [one.id for one in pupils])
    made = []
    for pupil in pupils:
        mine = {topic: seen for (whose, topic), seen in known.items() if whose == pupil.id}
        steps = propose(ground, mine, (missed or {}).get(pupil.id, ()))
        if steps:
            made.append(_track(actor, course, pupil, wish, ground))
            _write_steps(made[-1], steps)
    db.session.flush()
    return made


def propose_anew(_actor: Actor, track: SeenTrack) -> None:
    """The steps once more by what is known now; pinned ones and those done stay where they are."""
    row = held(track)
    ground = ground_of(row.topics)
    known = standing_of(row.school_id, [row.pupil_id], list(ground.named), clock.now())
    proposed = propose(ground, {topic: seen for (_whose, topic), seen in known.items()})
    pinned = {one.position: as_step(one) for one in track.steps if one.is_pinned or one.is_done}
    before = {as_step(one).key: one for one in track.steps}
    for one in rows_of(track):
        db.session.delete(one)
    db.session.flush()
    _write_steps(row, around_pins(proposed, pinned), before)
    db.session.flush()


def approve_tracks(actor: Actor, tracks: Sequence[SeenTrack]) -> int:
    """From now on these are the pupils' tracks, each in place of an older one of its course; how many were approved.

    Pupils and families are told.
    """
    now = clock.now()
    approved: list[Track] = []
    for seen in sorted(tracks, key=lambda one: one.id):
        row = held(seen)
        if row.state != TrackState.PROPOSED:
            continue
        db.session.execute(
            update(Track)
            .where(
                Track.school_id == row.school_id,
                Track.course_id == row.course_id,
                Track.pupil_id == row.pupil_id,
                Track.state == TrackState.APPROVED.value,
            )
            .values(state=TrackState.ENDED.value, ended_at=now)
        )
        row.state, row.approved_at, row.approved_by = TrackState.APPROVED.value, now, actor.account_id
        approved.append(row)
        note(actor, seen, "approve", steps=[[one.kind, one.topic_id or 0] for one in seen.steps], by=str(row.by_on))
    db.session.flush()
    tell_approved(approved)
    return len(approved)


def end_track(actor: Actor, track: SeenTrack) -> None:
    """Take a track or a proposal away."""
    row = held(track)
    if row.state == TrackState.ENDED:
        return
    if row.state == TrackState.APPROVED:
        note(actor, track, "end")
    row.state, row.ended_at = TrackState.ENDED.value, clock.now()
    db.session.flush()


def set_terms(actor: Actor, track: SeenTrack, mode: Mode, by_on: date) -> None:
    """Another mode or day. Raises ``CannotTrack`` for a day that is past."""
    if by_on <= clock.today():
        raise CannotTrack(_("The day must lie ahead."))
    row = held(track)
    if row.state == TrackState.APPROVED:
        note(actor, track, "terms", mode=[row.mode, mode.value], by=[str(row.by_on), str(by_on)])
    row.mode, row.by_on = mode.value, by_on
    open_steps = [one for one in rows_of(track) if one.done_at is None]
    for one, day in zip(open_steps, days_between(len(open_steps), clock.today(), by_on), strict=True):
        one.due_on = day
    db.session.flush()


def note(actor: Actor, track: SeenTrack, did: str, **more: object) -> None:
    """Write into the record what was done to a track."""
    record(
        actor,
        "track",
        school_id=track.school_id,
        thing_id=track.id,
        pupil_id=track.pupil_id,
        payload={"did": did, **more},
    )


def held(track: SeenTrack) -> Track:
    """The track, held until the end of the transaction: two teachers at once follow one another."""
    return db.session.scalars(
        select(Track)
        .where(Track.school_id == track.school_id, Track.id == track.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()


def rows_of(track: SeenTrack) -> list[TrackStep]:
    """Its steps as they are now, in their order."""
    return list(
        db.session.scalars(
            select(TrackStep)
            .where(TrackStep.school_id == track.school_id, TrackStep.track_id == track.id)
            .order_by(TrackStep.position)
        )
    )


def as_step(one: SeenStep) -> Step:
    """A step as a proposal has it."""
    return Step(StepKind(one.kind), one.topic_id, one.title, one.why, one.for_topic, one.unit_id)


def _track(actor: Actor | None, course: OfCourse, pupil: OfPupil, wish: Wish, ground: Ground) -> Track:
    row = Track(
        school_id=course.school_id,
        id=new_id(),
        pupil_id=pupil.id,
        course_id=course.id,
        topics=list(wish.topics),
        goal="; ".join(ground.named[one].title for one in wish.topics)[:300],
        source=wish.source.value,
        mode=wish.mode.value,
        by_on=wish.by_on,
        state=TrackState.PROPOSED.value,
        made_at=clock.now(),
        made_by=actor.account_id if actor is not None else None,
    )
    db.session.add(row)
    db.session.flush()
    return row


def _write_steps(
    row: Track, steps: Sequence[Step], before: Mapping[tuple[str, int | None, uuid.UUID | None], SeenStep] | None = None
) -> None:
    days = days_between(len(steps), clock.today(), row.by_on)
    for position, (one, day) in enumerate(zip(steps, days, strict=True), start=1):
        old = (before or {}).get(one.key)
        db.session.add(
            TrackStep(
                school_id=row.school_id,
                id=new_id(),
                track_id=row.id,
                position=position,
                kind=one.kind,
                topic_id=one.topic_id,
                unit_id=one.unit_id,
                title=one.title,
                why=one.why,
                for_topic=one.for_topic,
                due_on=day,
                is_pinned=old.is_pinned if old else False,
                is_locked=old.is_locked if old else False,
                done_at=old.done_at if old else None,
            )
        )


def _drop_proposals(actor: Actor | None, course: OfCourse, pupils: Sequence[uuid.UUID]) -> None:
    """The program takes only its own proposals back, a person all."""
    db.session.execute(
        update(Track)
        .where(
            Track.school_id == course.school_id,
            Track.course_id == course.id,
            Track.state == TrackState.PROPOSED.value,
            Track.pupil_id.in_(pupils),
            true() if actor is not None else Track.made_by.is_(None),
        )
        .values(state=TrackState.ENDED.value, ended_at=clock.now())
    )
