"""What higher features tell imports: which facts people have since made, so that an import may not be taken back.

A feature registers a counter when the application is put together: ``register_fact(say("marks"), count_marks)``.
"""

import uuid
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime

from school.roster.said import Said, say

Counter = Callable[[int, Collection[uuid.UUID], datetime], int]
"""School, members, moment: how many facts of these members were made in that school since then."""

_counters: dict[Said, Counter] = {}


@dataclass(frozen=True, slots=True)
class Fact:
    """A kind of fact that stands in the way, and how many of them there are."""

    name: Said
    count: int


def register_fact(name: str, count: Counter) -> None:
    """Let an import be kept from undo by facts of this name. ``name`` is an English msgid: «marks», «answers»."""
    _counters[say(name)] = count


def facts_since(school_id: int, members: Collection[uuid.UUID], moment: datetime) -> list[Fact]:
    """What was made for these members since then, kind by kind; empty when nothing was."""
    found = [Fact(name, count(school_id, members, moment)) for name, count in _counters.items()]
    return [fact for fact in found if fact.count]
