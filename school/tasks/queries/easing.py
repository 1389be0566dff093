"""What pupils' profiles make easier."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, cast

from sqlalchemy import Table, bindparam, select

from school.classes.queries.relations import SCHOOL
from school.core.database import Id, read
from school.people.models import Account
from school.tasks.ease import NOTHING, Ease
from school.tasks.models import Accommodation

given = cast("Table", Accommodation.__table__)
account = cast("Table", Account.__table__)


class Pupil(Protocol):
    """A pupil of a school."""

    @property
    def school_id(self) -> int:
        """Their school."""

    @property
    def id(self) -> uuid.UUID:
        """Their member id."""


@dataclass(frozen=True, slots=True)
class Step:
    """One change of a profile: what, when and by whom."""

    ease: Ease
    at: datetime
    by: str


_ALL = (
    select(given.c.more_time, given.c.larger_print, given.c.fewer, given.c.set_at, account.c.name)
    .select_from(given.join(account, account.c.id == given.c.set_by))
    .where(given.c.school_id == SCHOOL, given.c.pupil_id == bindparam("pupil", type_=Id))
    .order_by(given.c.set_at.desc(), given.c.id.desc())
)
_NEWEST = _ALL.limit(1)


def ease_of(pupil: Pupil) -> Ease:
    """What holds for the pupil now."""
    return ease_for(pupil.school_id, pupil.id)


def ease_for(school_id: int, pupil_id: uuid.UUID) -> Ease:
    """The same by the pupil's member id."""
    rows = read(_NEWEST, {"school": school_id, "pupil": pupil_id})
    return Ease(rows[0][0], bool(rows[0][1]), rows[0][2]) if rows else NOTHING


def steps_of(pupil: Pupil) -> list[Step]:
    """All changes of the profile, the newest first."""
    rows = read(_ALL, {"school": pupil.school_id, "pupil": pupil.id})
    return [Step(Ease(time, bool(printed), fewer), at, by) for time, printed, fewer, at, by in rows]
