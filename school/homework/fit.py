"""The plan of one press: which questions each pupil gets, and why. Pure; it travels through the form while the teacher looks.

A plan is never stored: what is set is stored with the homework. A plan that comes back from a browser is believed only where its
questions and pupils are those on offer.
"""

import json
import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

LOW, HIGH = 0.75, 0.85
"""Expected success of a set that fits."""
MOST_SEED = 2**31 - 1
TOPIC, OLD = "topic", "old"


@dataclass(frozen=True, slots=True)
class Place:
    """One question in a pupil's set."""

    item_id: uuid.UUID
    chance: float
    """That this pupil solves it, 0 to 1."""
    why: str
    """``topic``: of the topic asked for; ``old``: a weak topic of before."""
    is_pinned: bool = False


@dataclass(frozen=True, slots=True)
class PupilPlan:
    """What one pupil gets."""

    pupil_id: uuid.UUID
    seed: int
    places: tuple[Place, ...]
    gone: frozenset[uuid.UUID] = frozenset()
    """Questions that the teacher has swapped out: they do not come back."""

    @property
    def items(self) -> list[uuid.UUID]:
        """The questions in their order."""
        return [one.item_id for one in self.places]

    @property
    def chance(self) -> float:
        """Expected share of right answers."""
        return sum(one.chance for one in self.places) / len(self.places) if self.places else 0.0

    @property
    def fits(self) -> bool:
        """Whether success is as likely as it should be."""
        return LOW <= round(self.chance, 3) <= HIGH


@dataclass(frozen=True, slots=True)
class Plan:
    """The sets of a class for one topic, in the order in which the pupils sit."""

    topic_id: int
    minutes: int
    count: int
    round: int
    """How often it was made anew."""
    pupils: tuple[PupilPlan, ...]
    is_same: bool = False
    """One set for all."""

    def with_pupil(self, changed: PupilPlan) -> "Plan":
        """The plan with another set for one pupil."""
        return replace(
            self,
            pupils=tuple(changed if one.pupil_id == changed.pupil_id else one for one in self.pupils),
            is_same=False,
        )

    def neighbours(self, pupil_id: uuid.UUID) -> set[uuid.UUID]:
        """The questions of those who sit beside a pupil."""
        at = next((n for n, one in enumerate(self.pupils) if one.pupil_id == pupil_id), -1)
        beside = [one for n, one in enumerate(self.pupils) if at >= 0 and abs(n - at) == 1]
        return {item for one in beside for item in one.items}


def as_text(plan: Plan) -> str:
    """For the hidden field of the form."""
    return json.dumps(
        {
            "topic": plan.topic_id,
            "minutes": plan.minutes,
            "count": plan.count,
            "round": plan.round,
            "same": plan.is_same,
            "pupils": [
                [
                    one.pupil_id.hex,
                    one.seed,
                    [[p.item_id.hex, round(p.chance, 4), p.why, int(p.is_pinned)] for p in one.places],
                    sorted(item.hex for item in one.gone),
                ]
                for one in plan.pupils
            ],
        },
        separators=(",", ":"),
    )


def from_text(text: str, pupils: Collection[uuid.UUID], items: Collection[uuid.UUID]) -> Plan | None:
    """The plan in a form; None for anything that is not a plan of these pupils and questions."""
    try:
        raw: Mapping[str, Any] = json.loads(text)
        plan = Plan(
            int(raw["topic"]),
            int(raw["minutes"]),
            int(raw["count"]),
            int(raw["round"]),
            tuple(_pupil(one) for one in raw["pupils"]),
            bool(raw["same"]),
        )
    except (ValueError, KeyError, TypeError, IndexError):
        return None
    known = set(items)
    sound = all(
        one.pupil_id in pupils and set(one.items) <= known and len(set(one.items)) == len(one.items)
        for one in plan.pupils
    )
    return plan if sound and 0 < len(plan.pupils) == len({one.pupil_id for one in plan.pupils}) else None


def _pupil(raw: Sequence[Any]) -> PupilPlan:
    pupil_id, seed, places, gone = raw
    if not 0 <= int(seed) <= MOST_SEED:
        raise ValueError(seed)
    return PupilPlan(
        uuid.UUID(pupil_id),
        int(seed),
        tuple(
            Place(uuid.UUID(item), min(1.0, max(0.0, float(chance))), OLD if why == OLD else TOPIC, bool(pinned))
            for item, chance, why, pinned in places
        ),
        frozenset(uuid.UUID(one) for one in gone),
    )


@dataclass(frozen=True, slots=True)
class Shortage:
    """What the library lacks for this plan, to be said: how many questions there are, and how many it would take."""

    there_are: int
    needed: int
    alike: tuple[uuid.UUID, ...] = field(default=())
    """Pupils who share a question with a neighbour."""


def shortage(plan: Plan, there_are: int) -> Shortage | None:
    """None when neighbours have nothing in common and everybody has as many questions as wished."""
    alike = tuple(one.pupil_id for one in plan.pupils if plan.neighbours(one.pupil_id) & set(one.items))
    short = any(len(one.places) < plan.count for one in plan.pupils)
    if plan.is_same or not (alike or short):
        return None
    return Shortage(there_are, 2 * plan.count, alike)
