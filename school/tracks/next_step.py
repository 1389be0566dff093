"""The one thing to do next, and why. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from school.mastery.queries import KnownTopic
from school.tracks.models import StepKind
from school.tracks.seen import SeenStep, SeenTrack


class Do(StrEnum):
    """What the button of the next step does."""

    CHECK = "check"
    TEN = "ten"
    UNIT = "unit"
    TEST = "test"
    EXTRA = "extra"
    REST = "rest"
    """Everything had its turn today."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject that ten minutes may be of."""

    id: int
    name: str
    tint: int
    waiting: int
    """Topics that had no question today."""
    due: int
    """Those of them that are due for review."""


@dataclass(frozen=True, slots=True)
class Next:
    """One step with what it belongs to."""

    do: Do
    subject: Subject | None = None
    track: SeenTrack | None = None
    step: SeenStep | None = None


def subjects_of(topics: Sequence[KnownTopic], tracks: Sequence[SeenTrack], morning: float, now: float) -> list[Subject]:
    """Subjects with something to do: those of tracks first, then by what is due."""
    found: dict[int, Subject] = {}
    for one in topics:
        estimate = one.seen.estimate
        is_waiting = estimate.last_at < morning
        is_due = is_waiting and estimate.n > 0 and estimate.due_at <= now
        known = found.get(one.topic.subject_id) or Subject(one.topic.subject_id, one.subject, one.tint, 0, 0)
        found[known.id] = Subject(known.id, known.name, known.tint, known.waiting + is_waiting, known.due + is_due)
    practised = {one.topic.id for one in topics if one.seen.estimate.last_at >= morning}
    for track in tracks:
        known = found.get(track.subject_id) or Subject(track.subject_id, track.subject, track.tint, 0, 0)
        met = {one.topic.id for one in topics}
        new = {one.topic_id for one in _tasks(track) if one.topic_id not in met | practised}
        found[known.id] = Subject(known.id, known.name, known.tint, known.waiting + len(new), known.due)
    on_track = {one.subject_id for one in tracks}
    return sorted(found.values(), key=lambda one: (one.id not in on_track, -one.due, -one.waiting))


def next_step(
    tracks: Sequence[SeenTrack], subjects: Sequence[Subject], practised: frozenset[int], *, is_checked: bool
) -> Next:
    """A diagnostic that is under way, then the first step of the track that ends first, then what is due, then rest.

    ``practised`` are the topics that had their question today.
    """
    by_id = {one.id: one for one in subjects}
    if is_checked:
        return Next(Do.CHECK)
    for track in sorted(tracks, key=lambda one: one.by_on):
        step = next((one for one in track.steps if _is_open(one, practised)), None)
        if step is not None:
            do = Do.TEN if step.kind == StepKind.TASK else Do(step.kind)
            return Next(do, by_id.get(track.subject_id), track, step)
    best = next((one for one in subjects if one.waiting), None)
    return Next(Do.TEN, best) if best is not None else Next(Do.REST)


def _is_open(step: SeenStep, practised: frozenset[int]) -> bool:
    if step.is_done or step.is_locked or step.kind == StepKind.EXTRA:
        return False
    return not (step.kind == StepKind.TASK and step.topic_id in practised)


def _tasks(track: SeenTrack) -> list[SeenStep]:
    return [one for one in track.steps if one.kind == StepKind.TASK and not one.is_done and not one.is_locked]
