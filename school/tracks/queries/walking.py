"""Tracks with their steps: of a pupil, of a course, one."""

import uuid
from collections.abc import Sequence
from typing import Any, cast

from sqlalchemy import Select, Table, and_, bindparam, select
from sqlalchemy.types import String

from content_library.models import Subject
from school.classes.models import Course
from school.classes.queries.relations import SCHOOL
from school.classes.seen import SeenCourse
from school.core.access import Actor
from school.core.database import Id, read
from school.tracks.models import Track, TrackState, TrackStep
from school.tracks.seen import SeenStep, SeenTrack

track = cast("Table", Track.__table__)
step = cast("Table", TrackStep.__table__)
course = cast("Table", Course.__table__)
subject = cast("Table", Subject.__table__)

PUPIL = bindparam("pupil", type_=Id)
_COURSE = bindparam("course", type_=Id)
_STATES = bindparam("states", type_=String, expanding=True)
_OPEN = (TrackState.PROPOSED.value, TrackState.APPROVED.value)
STEP_COLUMNS = (
    step.c.id, step.c.position, step.c.kind, step.c.topic_id, step.c.unit_id, step.c.title, step.c.why,
    step.c.for_topic, step.c.due_on, step.c.is_pinned, step.c.is_locked, step.c.done_at,
)  # fmt: skip
_TRACK_COLUMNS = (
    track.c.id, track.c.pupil_id, track.c.course_id, subject.c.id, subject.c.name_ru, subject.c.name_en, subject.c.tint,
    track.c.topics, track.c.goal, track.c.source, track.c.mode, track.c.by_on, track.c.state,
)  # fmt: skip


def _tracks(whose: Any) -> Select[Any]:
    return (
        select(*_TRACK_COLUMNS, *STEP_COLUMNS)
        .select_from(
            track.join(course, and_(course.c.school_id == SCHOOL, course.c.id == track.c.course_id))
            .join(subject, subject.c.id == course.c.subject_id)
            .outerjoin(step, and_(step.c.school_id == SCHOOL, step.c.track_id == track.c.id))
        )
        .where(track.c.school_id == SCHOOL, whose)
        .order_by(subject.c.sort, track.c.made_at, track.c.id, step.c.position)
    )


_OF_PUPIL = _tracks(and_(track.c.pupil_id == PUPIL, track.c.state.in_(_STATES)))
_OF_COURSE = _tracks(and_(track.c.course_id == _COURSE, track.c.state.in_(_STATES)))
_ONE = _tracks(and_(track.c.course_id == _COURSE, track.c.id == bindparam("thing", type_=Id)))


def tracks_of_pupil(school_id: int, pupil_id: uuid.UUID, locale: str = "ru") -> list[SeenTrack]:
    """The approved tracks of a pupil. One statement."""
    values = {"school": school_id, "pupil": pupil_id, "states": [TrackState.APPROVED.value]}
    return _read(_OF_PUPIL, values, locale)


def tracks_of_course(of: SeenCourse) -> list[SeenTrack]:
    """Proposed and approved tracks of a course. One statement."""
    return _read(_OF_COURSE, {"school": of.school_id, "course": of.id, "states": list(_OPEN)})


_WAITING = select(track.c.course_id, track.c.id, track.c.pupil_id).where(
    track.c.school_id == SCHOOL,
    track.c.course_id.in_(bindparam("courses", type_=Id, expanding=True)),
    track.c.state == TrackState.PROPOSED.value,
)


def proposed_in(courses: Sequence[SeenCourse]) -> dict[uuid.UUID, dict[uuid.UUID, uuid.UUID]]:
    """Proposals of some courses of one school that wait for a decision: by course, the track of each pupil. One statement."""
    found: dict[uuid.UUID, dict[uuid.UUID, uuid.UUID]] = {}
    if courses:
        asked = {"school": courses[0].school_id, "courses": [one.id for one in courses]}
        for course_id, track_id, pupil_id in read(_WAITING, asked):
            found.setdefault(course_id, {})[pupil_id] = track_id
    return found


def track_of(of: SeenCourse, track_id: uuid.UUID) -> SeenTrack | None:
    """For addresses below a course: one of its tracks."""
    return next(iter(_read(_ONE, {"school": of.school_id, "course": of.id, "thing": track_id})), None)


def _read(statement: Select[Any], values: dict[str, Any], locale: str = "ru") -> list[SeenTrack]:
    found: dict[uuid.UUID, tuple[tuple[Any, ...], list[SeenStep]]] = {}
    many = len(_TRACK_COLUMNS)
    for row in read(statement, values):
        cells = tuple(row)
        _own, steps = found.setdefault(cells[0], (cells[:many], []))
        if cells[many] is not None:
            steps.append(SeenStep(*cells[many:]))
    return [_seen(values["school"], own, steps, locale) for own, steps in found.values()]


def _seen(school_id: int, own: tuple[Any, ...], steps: list[SeenStep], locale: str) -> SeenTrack:
    id_, pupil_id, course_id, subject_id, name_ru, name_en, tint, topics, goal, source, mode, by_on, state = own
    name = name_en if locale == "en" else name_ru
    return SeenTrack(
        school_id,
        id_,
        pupil_id,
        course_id,
        subject_id,
        name,
        tint + 1,
        tuple(topics),
        goal,
        source,
        mode,
        by_on,
        state,
        tuple(steps),
    )


def step_of(of: SeenTrack, step_id: uuid.UUID) -> SeenStep | None:
    """For addresses below a track."""
    return next((one for one in of.steps if one.id == step_id), None)


_OWN = _tracks(and_(track.c.pupil_id == PUPIL, track.c.id == bindparam("thing", type_=Id)))


def own_track(actor: Actor, track_id: uuid.UUID) -> SeenTrack | None:
    """The actor's own track, by its id."""
    values = {"school": actor.school_id, "pupil": actor.member_id, "thing": track_id}
    return next(iter(_read(_OWN, values, actor.locale)), None)
