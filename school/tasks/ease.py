"""What a pupil's profile makes easier, and what follows for one attempt. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from school.tasks.kinds.shuffle import opaque

TIMES = (0, 25, 50, 100)
FEWER = (0, 25, 50)


@dataclass(frozen=True, slots=True)
class Ease:
    """More time and fewer questions in per cent; larger print."""

    more_time: int = 0
    larger_print: bool = False
    fewer: int = 0

    @property
    def is_any(self) -> bool:
        """Whether it changes anything."""
        return bool(self.more_time or self.larger_print or self.fewer)

    def minutes(self, usual: int) -> int:
        """The time of a test for this pupil, whole minutes, never less than its part."""
        return usual + ceil(usual * self.more_time / 100)

    def of(self, items: Sequence[str], seed: int) -> list[str]:
        """The questions of a section that are asked, in their order: at least one, the same for a seed for ever."""
        count = max(1, ceil(len(items) * (100 - self.fewer) / 100)) if items else 0
        kept = set(sorted(items, key=lambda one: opaque(seed, 0, f"fewer {one}"))[:count])
        return [one for one in items if one in kept]


NOTHING = Ease()
