"""The game of a pupil and of a class as pages meet them."""

import uuid
from dataclasses import dataclass
from datetime import date

from school.game.models import GoalKind
from school.game.scale import Feat

FEWEST = 3
"""A sum is shown from so many pupils on: of one or two it would be somebody's own."""


@dataclass(frozen=True, slots=True)
class Play:
    """A pupil's game: of which class, and whether it is on."""

    school_id: int
    pupil_id: uuid.UUID
    class_id: uuid.UUID | None
    class_name: str
    regime_id: uuid.UUID | None
    days_a_week: int
    off_by_class: bool
    off_by_family: bool
    off_by_school: bool

    @property
    def is_on(self) -> bool:
        """Nobody has switched it off."""
        return not (self.off_by_class or self.off_by_family or self.off_by_school)


@dataclass(frozen=True, slots=True)
class Purse:
    """Points earned and given away; what was bought and is worn."""

    earned: int
    spent: int
    owned: frozenset[str]
    worn: dict[str, str]

    @property
    def left(self) -> int:
        """To spend."""
        return max(0, self.earned - self.spent)


@dataclass(frozen=True, slots=True)
class SeenBadge:
    """A badge with all it was earned for."""

    feat: Feat
    things: tuple[str, ...]
    """Topics or tracks in words, the latest first."""
    times: int
    last_on: date


@dataclass(frozen=True, slots=True)
class SeenGoal:
    """How far a class has come together."""

    id: uuid.UUID
    kind: GoalKind
    target: int
    starts_on: date
    ends_on: date
    done: int
    pupils: int
    """How many took part."""

    @property
    def is_shown(self) -> bool:
        """Whether enough took part for the sum to be nobody's own."""
        return self.pupils >= FEWEST

    @property
    def is_reached(self) -> bool:
        """The class has done it."""
        return self.is_shown and self.done >= self.target


@dataclass(frozen=True, slots=True)
class Switch:
    """One pupil on the page of the class."""

    pupil_id: uuid.UUID
    name: str
    off_by_family: bool
    off_by_school: bool
