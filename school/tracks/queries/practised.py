"""A practice that was done: what each question moved. And diagnostics under way."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time, timedelta
from functools import cache
from typing import Any, cast

from sqlalchemy import Select, Table, bindparam, func, or_, select

from school.classes.queries.relations import SCHOOL
from school.classes.seen import SeenCourse
from school.core import clock
from school.core.access import Actor
from school.core.database import Id, Moment, db, read
from school.mastery.estimate.standing import Standing
from school.mastery.queries import NamedTopic, standing_of, topics_named
from school.tasks.models import Verdict
from school.tasks.seen import SeenAttempt
from school.tracks.hooks import DOORS, Door
from school.tracks.models import Diagnostic, Practice
from school.tracks.seen import SeenTrack

practice = cast("Table", Practice.__table__)
verdict = cast("Table", Verdict.__table__)
diagnostic = cast("Table", Diagnostic.__table__)

PUPIL = bindparam("pupil", type_=Id)


@dataclass(frozen=True, slots=True)
class UnderWay:
    """A diagnostic as the pupil meets it."""

    id: uuid.UUID
    ended: int
    """Parts that were handed in."""
    is_begun: bool


@dataclass(frozen=True, slots=True)
class Moved:
    """A question that was answered: its topic before and now."""

    topic: NamedTopic
    why: str
    before: str
    after: Standing
    is_right: bool
    waiting: str = ""
    """The topic in whose place it was asked."""


def own_practice(actor: Actor, practice_id: uuid.UUID) -> Practice | None:
    """A practice of the actor."""
    found = db.session.get(Practice, (actor.school_id, practice_id))
    return found if found is not None and found.pupil_id == actor.member_id else None


_RIGHT = select(verdict.c.item_id, verdict.c.correct).where(
    verdict.c.school_id == SCHOOL, verdict.c.attempt_id == bindparam("attempt", type_=Id)
)


def moved_by(of: Practice) -> list[Moved]:
    """What a finished practice moved, in the order of its questions; nothing before the finish."""
    right = {str(row[0]): bool(row[1]) for row in read(_RIGHT, {"school": of.school_id, "attempt": of.attempt_id})}
    topics = [one["topic"] for one in of.topics]
    named = topics_named([*topics, *(one["for"] for one in of.topics if "for" in one)])
    known = standing_of(of.school_id, [of.pupil_id], topics, clock.now())
    moved = []
    for one in of.topics:
        seen = known.get((of.pupil_id, one["topic"]))
        if one["item"] in right:
            after = seen.standing if seen is not None else Standing.NOT_STARTED
            waiting = named[one["for"]].title if "for" in one else ""
            moved.append(Moved(named[one["topic"]], one["why"], one["before"], after, right[one["item"]], waiting))
    return moved


_OPEN_CHECK = (
    select(diagnostic.c.id)
    .where(diagnostic.c.school_id == SCHOOL, diagnostic.c.pupil_id == PUPIL, diagnostic.c.ended_at.is_(None))
    .order_by(diagnostic.c.made_at)
    .limit(1)
    .scalar_subquery()
)


@cache
def _beside_the_way() -> Select[Any]:
    """Made when it is first asked, for by then all features have registered their doors."""
    return select(_OPEN_CHECK, *(door.is_open for door in DOORS))


def beside_the_way(school_id: int, pupil_id: uuid.UUID) -> tuple[uuid.UUID | None, list[Door]]:
    """A diagnostic that waits for the pupil, and the doors that are open. One statement."""
    values = {"school": school_id, "pupil": pupil_id, "today": clock.today()}
    check, *is_open = read(_beside_the_way(), values)[0]
    return check, [door for door, yes in zip(DOORS, is_open, strict=True) if yes]


_PARTS = select(func.count(practice.c.ended_at), func.count()).where(
    practice.c.school_id == SCHOOL,
    practice.c.pupil_id == PUPIL,
    practice.c.diagnostic_id == bindparam("check", type_=Id),
)


def under_way(school_id: int, pupil_id: uuid.UUID, check: uuid.UUID) -> UnderWay:
    """How far a diagnostic is. One statement."""
    ended, begun = read(_PARTS, {"school": school_id, "pupil": pupil_id, "check": check})[0]
    return UnderWay(check, ended, bool(begun))


def practice_of(of: SeenAttempt) -> tuple[uuid.UUID, bool] | None:
    """The practice that an attempt is, and whether it is a part of a diagnostic."""
    if of.row.given_for is None:
        return None
    rows = read(_OF_ATTEMPT, {"school": of.school_id, "thing": of.row.given_for})
    return (rows[0][0], rows[0][1] is not None) if rows else None


_OF_ATTEMPT = select(practice.c.id, practice.c.diagnostic_id).where(
    practice.c.school_id == SCHOOL, practice.c.id == bindparam("thing", type_=Id)
)


_IN_COURSE = (
    select(diagnostic.c.pupil_id, diagnostic.c.ended_at)
    .where(
        diagnostic.c.school_id == SCHOOL,
        diagnostic.c.course_id == bindparam("course", type_=Id),
        or_(diagnostic.c.ended_at.is_(None), diagnostic.c.ended_at >= bindparam("since", type_=Moment)),
    )
    .order_by(diagnostic.c.made_at)
)
LATELY = timedelta(14)


def checked_in(course: SeenCourse) -> dict[uuid.UUID, bool]:
    """Who has been asked for a check in a course: whether it has come to its end, in the last two weeks."""
    asked = {"school": course.school_id, "course": course.id, "since": clock.now() - LATELY}
    return {row[0]: row[1] is not None for row in read(_IN_COURSE, asked)}


def practised_of(school_id: int, tracks: Sequence[SeenTrack]) -> dict[uuid.UUID, frozenset[int]]:
    """By pupil of these tracks: their topics that had a question today. Two statements."""
    topics = {one.topic_id for track in tracks for one in track.steps if one.topic_id and not one.is_done}
    pupils = {one.pupil_id for one in tracks}
    found: dict[uuid.UUID, set[int]] = {one: set() for one in pupils}
    morning = clock.moscow(clock.today(), time()).timestamp()
    for (pupil_id, topic), seen in standing_of(school_id, pupils, topics, clock.now()).items():
        if seen.estimate.last_at >= morning:
            found[pupil_id].add(topic)
    return {pupil_id: frozenset(ones) for pupil_id, ones in found.items()}


def own_diagnostic(actor: Actor, diagnostic_id: uuid.UUID) -> Diagnostic | None:
    """A diagnostic of the actor."""
    found = db.session.get(Diagnostic, (actor.school_id, diagnostic_id))
    return found if found is not None and found.pupil_id == actor.member_id else None
