"""Which news of a list stand in one line: alike and close in time, as one message would carry them. Pure."""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import datetime

from school.notices.seen import SeenNotice
from school.notices.windows import GATHER, LONGEST


@dataclass(frozen=True, slots=True)
class Burst:
    """One line of the list: alike news, the latest first."""

    notices: tuple[SeenNotice, ...]

    @property
    def made_at(self) -> datetime:
        """Of the latest."""
        return self.notices[0].made_at

    @property
    def unseen(self) -> int:
        """How many of them are new: the lines of a list add up to the number in the frame."""
        return sum(one.seen_at is None for one in self.notices)

    @property
    def urgent(self) -> bool:
        """Whether any of them is."""
        return any(one.urgent for one in self.notices)


def bursts(notices: Iterable[SeenNotice], likeness: Callable[[SeenNotice], Hashable]) -> list[Burst]:
    """Gather news that come the latest first; the lines come in the order of their latest.

    Half an hour of silence ends a line, and two hours do, as they end the gathering of a message. What was seen and what was
    not stand apart, so that a new mark never hides in an old line.
    """
    made: list[list[SeenNotice]] = []
    open_lines: dict[Hashable, list[SeenNotice]] = {}
    for one in notices:
        key = (likeness(one), one.seen_at is None)
        line = open_lines.get(key)
        if line and line[-1].made_at - one.made_at <= GATHER and line[0].made_at - one.made_at <= LONGEST:
            line.append(one)
            continue
        open_lines[key] = [one]
        made.append(open_lines[key])
    return [Burst(tuple(line)) for line in made]
