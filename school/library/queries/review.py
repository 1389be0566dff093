"""Lists of those who write and of those who review."""

from dataclasses import dataclass

from content_library import Unit, UnitState, UnitVersion, shelf
from school.core import clock
from school.core.access import Actor
from school.core.database import db
from school.library.queries.drafts import Readiness, readiness_of
from school.library.seen import Draft


@dataclass(frozen=True, slots=True)
class Waiting:
    """A version that waits for a methodologist."""

    unit: Unit
    version: UnitVersion
    days: int
    readiness: Readiness


@dataclass(frozen=True, slots=True)
class MyUnit:
    """One of the author's units with its newest version."""

    unit: Unit
    version: UnitVersion

    @property
    def standing(self) -> str:
        """One of ``retired``, ``review``, ``returned``, ``published``, ``renewing``, ``draft``."""
        if self.unit.state is UnitState.RETIRED:
            return "retired"
        if self.version.sent_at is not None:
            return "review"
        if self.version.published_at is not None:
            return "published"
        if self.version.review_note:
            return "returned"
        return "draft" if self.unit.published_version_id is None else "renewing"

    @property
    def is_open(self) -> bool:
        """Whether there is a version to write in."""
        return self.version.published_at is None


def my_units(actor: Actor) -> list[MyUnit]:
    """What this person has written, the newest first."""
    return [MyUnit(row.unit, row.version) for row in shelf.units_by_author(db.session(), actor.account_id)]


def waiting(subject_id: int | None = None) -> list[Waiting]:
    """What waits for review, the longest waiting first."""
    today = clock.today()
    made = []
    for row in shelf.waiting_for_review(db.session(), subject_id):
        sent = row.version.sent_at
        days = (today - clock.local(sent).date()).days if sent else 0
        made.append(Waiting(row.unit, row.version, days, readiness_of(Draft(row.unit, row.version))))
    return made
