"""What a move of many lessons will do, in words for whoever decides it. Pure."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class SideLine:
    """One of two lessons that would meet."""

    title: str
    """«Алгебра, 7 «А»»."""
    slot: int
    """0 for an extra lesson."""
    starts_at: datetime
    ends_at: datetime
    note: str
    """«замена», «доп. занятие»; usually empty."""


@dataclass(frozen=True, slots=True)
class ClashLine:
    """Who would be in two lessons at once, and on which days: the same two lessons week after week are one line."""

    who: str
    weekday: str
    days: tuple[date, ...]
    ours: SideLine
    theirs: SideLine


@dataclass(frozen=True, slots=True)
class BellLine:
    """A lesson number that rings at another time."""

    slot: int
    before: tuple[datetime, datetime]
    after: tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class LostLine:
    """Lessons of a course, weekday and number for which there is no place."""

    title: str
    weekday: str
    slot: int
    days: tuple[date, ...]
    kept: tuple[date, ...]
    """Those of the days on which something hangs: they stay in the journal with it, as lessons that do not take place."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What will happen to the lessons to come."""

    moved: int
    """They stay themselves and take new bells, terms or rooms."""
    with_things: int
    """…of these, with homework, a topic, marks or presence."""
    covers: int
    """…and those taken by somebody else, who keeps them."""
    bells: tuple[BellLine, ...]
    made: int
    lost: tuple[LostLine, ...]
    mark: str
    """Of exactly this outcome: who agrees, agrees to what was shown."""

    @property
    def gone(self) -> int:
        """Lessons without a place on which nothing hangs."""
        return sum(len(one.days) - len(one.kept) for one in self.lost)

    @property
    def kept(self) -> int:
        """Lessons without a place that stay in the journal."""
        return sum(len(one.kept) for one in self.lost)
