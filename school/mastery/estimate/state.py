"""What the model remembers of a pupil: a few numbers for the pupil, a few for each topic, fewer for each item."""

from collections.abc import Hashable
from dataclasses import dataclass, field

Skill = Hashable
Item = Hashable

NEVER = -1.0
"""The moment of what has not happened yet."""


@dataclass(slots=True)
class SkillState:
    """One pupil at one topic."""

    delta: float = 0.0
    """How much better than this pupil's general level, in logits."""
    n: int = 0
    wins: int = 0
    recent: float = 0.0
    """Share of right answers less a half, the last three or four counting most."""
    steady: float = 0.0
    """The same over the last ten."""
    last: int = 0
    """1 after a right answer, -1 after a wrong one, 0 before the first."""
    at: float = NEVER
    """Moment of the last answer, seconds."""
    step: int = 0
    """How many answers the pupil had given to anything at that moment."""
    kept: int = 0
    """Right answers that came half a day or more after the answer before."""
    stability: float = 0.0
    """Days until one in ten would be forgotten; 0 before the first answer."""
    failed_days: int = 0
    """Days in a row, half a day apart, on which it went wrong; 0 after a right answer. No chance is reckoned from it."""


@dataclass(slots=True)
class ItemMemory:
    """One pupil at one item: seen items are answered from memory."""

    wins: int = 0
    fails: int = 0
    last: int = 0
    at: float = NEVER


@dataclass(slots=True)
class PupilState:
    """One pupil in one subject."""

    theta: float = 0.0
    """General level, in logits."""
    n: int = 0
    wins: int = 0
    recent: float = 0.0
    steady: float = 0.0
    last: int = 0
    at: float = NEVER
    skills: dict[Skill, SkillState] = field(default_factory=dict)
    items: dict[Item, ItemMemory] = field(default_factory=dict)


@dataclass(slots=True)
class SkillLevel:
    """How hard a topic is for everybody."""

    beta: float = 0.0
    n: int = 0
    wins: int = 0
    prerequisites: tuple[Skill, ...] = ()


@dataclass(slots=True)
class ItemLevel:
    """How hard an item is beyond its topics."""

    skills: tuple[Skill, ...] = ()
    levels: tuple[SkillLevel, ...] = ()
    """The levels of ``skills``, in the same order."""
    d: float = 0.0
    n: int = 0
    wins: int = 0
    guess: float = 0.0
    """Chance of a right answer without knowing: one in the number of choices, 0 for an open answer."""
    watch: "Watch | None" = None
    """Sums by which a wrong key shows itself."""


@dataclass(slots=True)
class Watch:
    """How strong those were who answered an item, against how they surprised it."""

    strength: float = 0.0
    squares: float = 0.0
    error: float = 0.0
    product: float = 0.0
