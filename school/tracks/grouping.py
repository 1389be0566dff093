"""Groups for a lesson by who lacks what, and three levels of one material. Pure."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from school.mastery.estimate.standing import LOST, MASTERED, Standing
from school.mastery.queries import NamedTopic, Seen
from school.tracks.proposing import HELD

Known = Mapping[tuple[uuid.UUID, int], Seen]
FEWEST_IN_SET = 3


@dataclass(frozen=True, slots=True)
class Group:
    """Pupils who lack the same thing first; ``topic`` None for those who lack nothing that is known of."""

    topic: NamedTopic | None
    pupils: tuple[uuid.UUID, ...]


@dataclass(frozen=True, slots=True)
class Basis:
    """How a class stands at one topic."""

    topic: NamedTopic
    holds: tuple[uuid.UUID, ...]
    lacks: tuple[uuid.UUID, ...]
    unknown: int


def lacks(known: Known, pupil_id: uuid.UUID, topic: int) -> bool:
    """Whether answers, or the teacher's word, say that a topic does not hold."""
    seen = known.get((pupil_id, topic))
    return seen is not None and seen.standing not in HELD and seen.standing is not Standing.NOT_STARTED


def groups(pupils: Sequence[uuid.UUID], topics: Sequence[NamedTopic], known: Known) -> list[Group]:
    """Each pupil in one group: of the first topic, in the order of the programme, that they lack."""
    found: dict[int | None, list[uuid.UUID]] = {}
    for pupil_id in pupils:
        first = next((one.id for one in topics if lacks(known, pupil_id, one.id)), None)
        found.setdefault(first, []).append(pupil_id)
    by_id = {one.id: one for one in topics}
    order: list[int | None] = [*(one.id for one in topics), None]
    return [Group(by_id[one] if one is not None else None, tuple(found[one])) for one in order if one in found]


def bases(pupils: Sequence[uuid.UUID], topics: Sequence[NamedTopic], known: Known) -> list[Basis]:
    """Topic by topic: who holds it, who lacks it, of how many nothing is known."""
    made = []
    for topic in topics:
        lack = tuple(one for one in pupils if lacks(known, one, topic.id))
        hold = tuple(one for one in pupils if (seen := known.get((one, topic.id))) and seen.standing in HELD)
        made.append(Basis(topic, hold, lack, len(pupils) - len(lack) - len(hold)))
    return made


def level_of(seen: Seen | None) -> int:
    """1 to 3 by results; the middle one where little is known."""
    if seen is None:
        return 2
    if seen.teacher_says is not None:
        return 3 if seen.teacher_says else 1
    if not seen.estimate.n:
        return 2
    return 1 if seen.estimate.chance < LOST else 3 if seen.estimate.chance >= MASTERED else 2


def three_sets(items: Sequence[uuid.UUID], hard: Mapping[uuid.UUID, float], count: int) -> list[list[uuid.UUID]]:
    """From easier to harder, ``count`` questions each; the sets overlap where there are few questions. Empty for too few to tell apart."""
    ordered = sorted(items, key=lambda one: (hard[one], one))
    count = min(count, max(FEWEST_IN_SET, len(ordered) // 2))
    if len(ordered) <= FEWEST_IN_SET:
        return []
    middle = (len(ordered) - count) // 2
    return [ordered[:count], ordered[middle : middle + count], ordered[-count:]]
