"""Offering an extra lesson, inviting one more, calling it off, writing down who came. Every step is in the record."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from school.classes.models import ExtraLesson, ExtraPlace, Reply
from school.classes.seen import SeenCourse
from school.core import clock
from school.core.access import Actor
from school.core.database import db, new_id
from school.core.languages import gettext as _
from school.core.records import Happening, record, record_many
from school.extra.actions.telling import tell_cancelled, tell_invited, tell_moved
from school.extra.errors import CannotOffer
from school.extra.queries import MOST, Gap, PupilGap, Scenario, building_of, hour_at, places_of
from school.extra.seen import SeenExtra
from school.extra.times import Hour
from school.people.models import School


@dataclass(frozen=True, slots=True)
class Offer:
    """What a teacher has chosen."""

    teacher_id: uuid.UUID
    """Who gives it."""
    pupils: tuple[PupilGap, ...]
    hour: Hour
    scenario: Scenario | None
    words: str = ""


def offer_extra(actor: Actor, gap: Gap, offer: Offer) -> ExtraLesson:
    """Arrange the lesson, invite its pupils and tell them and their families. Raises ``CannotOffer``."""
    _hold_hours(gap.course)
    if not 1 <= len(offer.pupils) <= MOST:
        raise CannotOffer(_("Invite one to eight pupils."))
    free = hour_at(gap.course, offer.teacher_id, [one.id for one in offer.pupils], offer.hour.starts_at)
    if free is None or free.room != offer.hour.room:
        raise CannotOffer(_("This hour has just been taken. Choose another one."))
    made = ExtraLesson(
        school_id=gap.course.school_id,
        id=new_id(),
        course_id=gap.course.id,
        teacher_id=offer.teacher_id,
        topic_id=gap.topic_id,
        building_id=building_of(gap.course),
        room=free.room,
        on_date=clock.local(free.starts_at).date(),
        starts_at=free.starts_at,
        ends_at=free.ends_at,
        unit_id=offer.scenario.unit_id if offer.scenario else None,
        words=offer.words,
        from_evidence=gap.is_proposed,
        made_at=clock.now(),
        made_by=actor.account_id,
    )
    db.session.add(made)
    db.session.flush()
    record(
        actor,
        "extra.offered",
        school_id=made.school_id,
        thing_id=made.id,
        payload={"topic": gap.topic_id, "at": made.starts_at.isoformat(), "room": made.room},
    )
    _invite(actor, made, offer.pupils)
    return made


def invite_more(actor: Actor, extra: SeenExtra, pupil: PupilGap) -> None:
    """One more pupil, while there is a place and the lesson is to come."""
    lesson = _row(extra)
    _refuse_if_past(lesson)
    there = places_of(extra)
    if sum(one.is_expected for one in there) >= MOST:
        raise CannotOffer(_("All eight places are taken."))
    if any(one.pupil_id == pupil.id for one in there):
        raise CannotOffer(_("This pupil is invited already."))
    _invite(actor, lesson, [pupil])


def cancel_extra(actor: Actor, extra: SeenExtra, why: str) -> None:
    """It does not take place; the invited and their families are told. Cancelling twice is cancelling once."""
    lesson = _row(extra)
    if lesson.cancelled_at is not None:
        return
    _refuse_if_past(lesson)
    lesson.cancelled_at, lesson.cancelled_why = clock.now(), why
    db.session.flush()
    record(actor, "extra.cancelled", school_id=extra.school_id, thing_id=extra.id, payload={})
    tell_cancelled(extra, why, [one.pupil_id for one in places_of(extra)])


def move_extra(actor: Actor, extra: SeenExtra, hour: Hour) -> None:
    """Another hour for the same pupils; they and their families are told and asked anew. Raises ``CannotOffer``."""
    _hold_hours(extra.course)
    lesson = _row(extra)
    _refuse_if_past(lesson)
    rows = _places(extra)
    pupils = [one.pupil_id for one in rows]
    free = hour_at(extra.course, extra.teacher_id, pupils, hour.starts_at, extra.id)
    if free is None or free.room != hour.room:
        raise CannotOffer(_("This hour has just been taken. Choose another one."))
    was = lesson.starts_at
    lesson.on_date, lesson.room = clock.local(free.starts_at).date(), free.room
    lesson.starts_at, lesson.ends_at = free.starts_at, free.ends_at
    for one in rows:
        one.reply, one.replied_at, one.by_family, one.says = Reply.NONE.value, None, False, ""
    db.session.flush()
    payload = {"was": was.isoformat(), "at": lesson.starts_at.isoformat(), "room": lesson.room}
    record(actor, "extra.moved", school_id=extra.school_id, thing_id=extra.id, payload=payload)
    tell_moved(lesson, was, pupils)


def take_presence(actor: Actor, extra: SeenExtra, came: Collection[uuid.UUID]) -> None:
    """Who of the invited came; may be corrected later, with both in the record."""
    lesson = _row(extra)
    rows = _places(extra)
    if not set(came) <= {one.pupil_id for one in rows}:
        raise CannotOffer(_("Somebody named here is not invited. Open the lesson again."))
    happened = []
    for one in rows:
        now = one.pupil_id in came
        if one.came is not now:
            happened.append(Happening(one.id, {"was": one.came, "is": now}, one.pupil_id))
            one.came = now
    lesson.held_at = lesson.held_at or clock.now()
    db.session.flush()
    record_many(actor, "extra.presence", school_id=extra.school_id, happenings=happened)


def _invite(actor: Actor, lesson: ExtraLesson, pupils: Sequence[PupilGap]) -> None:
    places = [
        ExtraPlace(
            school_id=lesson.school_id,
            id=new_id(),
            extra_id=lesson.id,
            pupil_id=one.id,
            course_id=one.course_id,
            right=one.right,
            answers=one.answers,
            invited_at=clock.now(),
        )
        for one in pupils
    ]
    db.session.add_all(places)
    db.session.flush()
    happened = [
        Happening(one.id, {"extra": str(lesson.id), "right": one.right, "answers": one.answers}, one.pupil_id)
        for one in places
    ]
    record_many(actor, "extra.invited", school_id=lesson.school_id, happenings=happened)
    tell_invited(lesson, [one.id for one in pupils])


def _row(extra: SeenExtra) -> ExtraLesson:
    return db.session.scalars(
        select(ExtraLesson)
        .where(ExtraLesson.school_id == extra.school_id, ExtraLesson.id == extra.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()


def _places(extra: SeenExtra) -> list[ExtraPlace]:
    return list(
        db.session.scalars(
            select(ExtraPlace).where(ExtraPlace.school_id == extra.school_id, ExtraPlace.extra_id == extra.id)
        )
    )


def _refuse_if_past(lesson: ExtraLesson) -> None:
    if lesson.cancelled_at is not None:
        raise CannotOffer(_("This lesson was called off."))
    if lesson.starts_at <= clock.now():
        raise CannotOffer(_("This lesson has begun."))


def _hold_hours(course: SeenCourse) -> None:
    """Two teachers who take the last free room at one moment wait for each other."""
    db.session.execute(select(School.id).where(School.id == course.school_id).with_for_update())
