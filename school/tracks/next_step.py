"""The one thing to do next, and why. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from school.mastery.queries import KnownTopic
from school.tracks.basis import Basis
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


def practised_today(topics: Sequence[KnownTopic], bases: Mapping[int, Basis], morning: float) -> frozenset[int]:
    """Topics that had their question, and those that wait because what is asked in their place had it."""
    asked = {one.topic.id for one in topics if one.seen.estimate.last_at >= morning}
    return frozenset(asked | {topic for topic, basis in bases.items() if basis.topic.id in asked})


def basis_first(of: Next, bases: Mapping[int, Basis], practised: Collection[int]) -> Basis | None:
    """What ten minutes begin with instead of the step, or of what goes worst in the subject."""
    if of.do is not Do.TEN or not bases:
        return None
    if of.step is not None:
        return bases.get(of.step.topic_id or 0)
    open_ones = (one for topic, one in bases.items() if topic not in practised)
    mine = of.subject.id if of.subject is not None else 0
    return next((one for one in open_ones if one.waiting.subject_id == mine), None)


def subjects_of(
    topics: Sequence[KnownTopic], tracks: Sequence[SeenTrack], practised: Collection[int], now: float
) -> list[Subject]:
    """Subjects with something to do: those of tracks first, then by what is due."""
    met: dict[int, list[KnownTopic]] = {}
    for one in topics:
        met.setdefault(one.topic.subject_id, []).append(one)
    found: dict[int, Subject] = {}
    for subject_id, some in met.items():
        waiting = [one.seen.estimate for one in some if one.topic.id not in practised]
        due = sum(one.n > 0 and one.due_at <= now for one in waiting)
        found[subject_id] = Subject(subject_id, some[0].subject, some[0].tint, len(waiting), due)
    known_ids = {one.topic.id for one in topics} if tracks else set()
    for track in tracks:
        known = found.get(track.subject_id) or Subject(track.subject_id, track.subject, track.tint, 0, 0)
        new = {one.topic_id for one in _tasks(track) if one.topic_id not in known_ids}
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
        step = open_step(track, practised)
        if step is not None:
            do = Do.TEN if step.kind == StepKind.TASK else Do(step.kind)
            return Next(do, by_id.get(track.subject_id), track, step)
    best = next((one for one in subjects if one.waiting), None)
    return Next(Do.TEN, best) if best is not None else Next(Do.REST)


def open_step(track: SeenTrack, practised: Collection[int]) -> SeenStep | None:
    """What comes next on a track, for the pupil's page and for all who look at it; None when it is done, or done for today."""
    return next((one for one in track.steps if _is_open(one, practised)), None)


def _is_open(step: SeenStep, practised: Collection[int]) -> bool:
    if step.is_done or step.is_locked or step.kind == StepKind.EXTRA:
        return False
    return not (step.kind == StepKind.TASK and step.topic_id in practised)


def _tasks(track: SeenTrack) -> list[SeenStep]:
    return [one for one in track.steps if one.kind == StepKind.TASK and not one.is_done and not one.is_locked]
