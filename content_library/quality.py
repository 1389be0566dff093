"""Quality as facts: how a unit is used, how long it takes, how it goes, what was mended. Nobody gives stars.

Who uses units is the school's business: it counts them (``Used``) and hands the sums over.
"""

import uuid
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import bindparam, case, delete, func, select, update
from sqlalchemy.orm import Session

from content_library import changes
from content_library.models import ErrorReport, ReportState, Unit, UnitFacts, UnitState, UnitVersion

FEWEST = 10
"""Attempts below which a median or a share says more about a pupil than about the unit."""
STEPS = (1, 5, 25, 100, 500)
"""Times a unit was set, from which on it stands a step higher among what is found."""


@dataclass(slots=True)
class Used:
    """How one unit is used, summed over schools."""

    homeworks: int = 0
    lessons: int = 0
    teachers: int = 0
    schools: int = 0
    minutes: Counter[int] = field(default_factory=Counter)
    """Finished attempts by their whole minutes."""
    points: dict[int, tuple[int, float, float]] = field(default_factory=dict)
    """By year level: attempts, points got, points there were."""

    @property
    def tries(self) -> int:
        """Finished attempts."""
        return self.minutes.total()

    def add_try(self, minutes: int, year_level: int | None, got: float, most: float) -> None:
        """Count a finished attempt."""
        self.minutes[minutes] += 1
        if year_level is not None:
            tries, sum_got, sum_most = self.points.get(year_level, (0, 0.0, 0.0))
            self.points[year_level] = (tries + 1, sum_got + got, sum_most + most)

    def median(self) -> int | None:
        """The middle attempt's minutes; None below ``FEWEST``."""
        if self.tries < FEWEST:
            return None
        passed = 0
        for minutes in sorted(self.minutes):
            passed += self.minutes[minutes]
            if 2 * passed >= self.tries:
                return minutes
        return None

    def shares(self) -> dict[str, int]:
        """Per cent of the points by year level."""
        return {
            str(level): round(100 * got / most)
            for level, (tries, got, most) in sorted(self.points.items())
            if tries >= FEWEST and most
        }


def facts_of(session: Session, unit_id: uuid.UUID) -> UnitFacts | None:
    """What is known of a unit; None while nobody has used it."""
    return session.get(UnitFacts, unit_id)


@dataclass(frozen=True, slots=True)
class OwnWork:
    """What an author has in the library, and what came of it."""

    published: int
    begun: int
    """Versions that are being written or read by the review."""
    returned: int
    """Of them, those that a methodologist wants changed."""
    homeworks: int
    errors: int
    """Reports without an answer."""


_OF_ME = Unit.author_account_id == bindparam("account_id")
_OWN_WORK = (
    select(
        func.count(case((Unit.state == UnitState.PUBLISHED, Unit.id))),
        func.count(UnitVersion.id),
        func.count(case(((UnitVersion.review_note != "") & UnitVersion.sent_at.is_(None), UnitVersion.id))),
        func.coalesce(func.sum(UnitFacts.homeworks), 0),
        select(func.count(ErrorReport.id))
        .join(Unit, Unit.id == ErrorReport.unit_id)
        .where(_OF_ME, ErrorReport.state == ReportState.NEW)
        .scalar_subquery(),
    )
    .select_from(Unit)
    .outerjoin(UnitFacts, UnitFacts.unit_id == Unit.id)
    .outerjoin(UnitVersion, (UnitVersion.unit_id == Unit.id) & UnitVersion.published_at.is_(None))
    .where(_OF_ME)
)


def own_work(session: Session, account_id: uuid.UUID) -> OwnWork:
    """The sums of an author's units, in one statement."""
    return OwnWork(*session.execute(_OWN_WORK, {"account_id": account_id}).one())


def facts_of_author(session: Session, account_id: uuid.UUID) -> dict[uuid.UUID, UnitFacts]:
    """What is known of an author's units, by the unit."""
    found = select(UnitFacts).join(Unit, Unit.id == UnitFacts.unit_id).where(Unit.author_account_id == account_id)
    return {one.unit_id: one for one in session.scalars(found)}


def errors_fixed(session: Session) -> dict[uuid.UUID, int]:
    """Mended errors by unit."""
    counted = (
        select(ErrorReport.unit_id, func.count())
        .where(ErrorReport.state == ReportState.FIXED)
        .group_by(ErrorReport.unit_id)
    )
    return {row[0]: row[1] for row in session.execute(counted)}


def keep(session: Session, counted: Mapping[uuid.UUID, Used], fixed: Mapping[uuid.UUID, int], at: datetime) -> None:
    """Replace the facts of these units; give it some hundreds at once. Units that step up or down are found anew."""
    there = {one.unit_id: one for one in session.scalars(select(UnitFacts).where(UnitFacts.unit_id.in_(counted)))}
    stepped = []
    for unit_id, used in counted.items():
        facts = there.get(unit_id)
        if facts is None:
            facts = UnitFacts(unit_id=unit_id, liked=0)
            session.add(facts)
        liked = sum(used.homeworks >= step for step in STEPS)
        if liked != facts.liked:
            stepped.append(unit_id)
        facts.homeworks, facts.lessons, facts.teachers = used.homeworks, used.lessons, used.teachers
        facts.schools, facts.tries, facts.minutes = used.schools, used.tries, used.median()
        facts.levels, facts.errors_fixed = used.shares(), fixed.get(unit_id, 0)
        facts.liked, facts.counted_at = liked, at
    session.flush()
    _find_anew(session, stepped)


def forget_older(session: Session, at: datetime) -> None:
    """Drop the facts that a whole count did not renew: what they counted was withdrawn."""
    gone = session.scalars(select(UnitFacts.unit_id).where(UnitFacts.counted_at < at)).all()
    session.execute(delete(UnitFacts).where(UnitFacts.counted_at < at).execution_options(synchronize_session=False))
    _find_anew(session, list(gone))


def _find_anew(session: Session, unit_ids: list[uuid.UUID]) -> None:
    if not unit_ids:
        return
    number = changes.next_number(session)
    for start in range(0, len(unit_ids), 500):
        session.execute(
            update(Unit)
            .where(Unit.id.in_(unit_ids[start : start + 500]), Unit.published_version_id.is_not(None))
            .values(changed=number)
            .execution_options(synchronize_session=False)
        )
