"""What higher features tell imports: which facts people have since made, so that an import may not be taken back.

A feature above registers a counter when the application is put together: ``register_fact("marks", count_marks)``; the
name is an English msgid of that feature's own catalogue.
"""

import uuid
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from school.classes.models import Absence
from school.core.database import db
from school.roster.said import Said, say

Counter = Callable[[int, Collection[uuid.UUID], datetime], int]
"""School, members, moment: how many facts of these members were made in that school since then."""


def _absences(school_id: int, members: Collection[uuid.UUID], moment: datetime) -> int:
    """Presence is noted below this feature, so it needs no registering."""
    since = (Absence.school_id == school_id, Absence.noted_at >= moment)
    found = db.session.scalars(select(Absence.pupil_id).where(*since))
    return len([pupil_id for pupil_id in found if pupil_id in members])


_counters: dict[Said, Counter] = {say("absences"): _absences}


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
    theirs = frozenset(members)
    found = [Fact(name, count(school_id, theirs, moment)) for name, count in _counters.items()]
    return [fact for fact in found if fact.count]
