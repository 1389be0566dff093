"""Quality as facts: how a unit is used, how long it takes, how it goes, what was mended. Nobody gives stars.

Who uses units is the school's business: it counts them (``Used``) and hands the sums over.
"""

import uuid
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from content_library import changes
from content_library.models import ErrorReport, ReportState, Unit, UnitFacts

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
