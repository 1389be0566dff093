"""Lists of those who write and of those who review."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from content_library import Criterion, ReviewRemark, ReviewRound, Unit, UnitState, UnitVersion, reviewing, shelf
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
    round: ReviewRound | None
    remarks: int
    """Open ones."""


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


@dataclass(frozen=True, slots=True)
class Review:
    """Everything that was said of a version."""

    remarks: Sequence[ReviewRemark]
    rounds: Sequence[ReviewRound]
    round: ReviewRound | None
    """The one that waits."""
    may_be_appealed: bool

    @property
    def open_remarks(self) -> int:
        """How many are not settled."""
        return sum(one.settled_at is None for one in self.remarks)

    def by_criterion(self, criterion: Criterion) -> int:
        """Open remarks of a criterion."""
        return sum(one.settled_at is None and one.criterion is criterion for one in self.remarks)

    def is_fine(self, criterion: Criterion) -> bool:
        """Whether a reader has found it met in the present round, or in the last one."""
        rounds = [one for one in self.rounds if one.fine]
        return bool(rounds) and criterion.value in rounds[-1].fine


PAGE = 40


def waiting(subject_id: int | None = None, after: str | None = None) -> tuple[list[Waiting], str | None]:
    """A page of what waits for review, the longest waiting first, and the mark of the next page."""
    today = clock.today()
    rows = reviewing.queue(db.session(), subject_id, _mark(after), PAGE + 1)
    made = []
    for row in rows[:PAGE]:
        sent = row.version.sent_at
        days = (today - clock.local(sent).date()).days if sent else 0
        readiness = readiness_of(Draft(row.unit, row.version))
        made.append(Waiting(row.unit, row.version, days, readiness, row.round, row.remarks))
    last = rows[PAGE - 1].version if len(rows) > PAGE else None
    return made, f"{last.sent_at.isoformat()}_{last.id.hex}" if last and last.sent_at else None


def _mark(after: str | None) -> tuple[datetime, uuid.UUID] | None:
    moment, _line, version = (after or "").partition("_")
    try:
        at = datetime.fromisoformat(moment)
        return (at, uuid.UUID(hex=version)) if at.tzinfo else None
    except ValueError:
        return None


def review_of(draft: Draft) -> Review:
    """What was said of the open version, by whom and when: two statements."""
    rounds = reviewing.rounds_of(db.session(), draft.version)
    remarks = reviewing.remarks_of(db.session(), draft.version)
    appealed = reviewing.against(db.session(), draft.version) is not None and not draft.is_under_review
    return Review(remarks, rounds, draft.round, appealed)


def get_remark(draft: Draft, remark_id: uuid.UUID) -> ReviewRemark | None:
    """A remark on this version."""
    found = reviewing.get_remark(db.session(), remark_id)
    return found if found is not None and found.version_id == draft.version.id else None
