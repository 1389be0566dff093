"""A protocol of the city: given out frozen, carried out by schools, counted in sums. Events of schools are those of any pilot."""

import hashlib
import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date
from typing import Any

from sqlalchemy import select

from content_library.models import Subject, UnitVersion
from school.classes.seen import SeenCourse
from school.core import clock
from school.core.access import Actor
from school.core.database import db, new_id
from school.core.languages import gettext as _
from school.people.models import School
from school.pilots import analysis
from school.pilots.actions.checking import check_test
from school.pilots.actions.planning import Protocol, change_pilot, check_protocol, plan_pilot
from school.pilots.errors import CannotPilot
from school.pilots.models import Arm, Pilot, SharedPilot, SharedResult, Sitting
from school.pilots.pooling import sums_of
from school.pilots.queries import places_of, rows_of, scores_of, seen_pilot
from school.pilots.seen import SeenPilot

OWN_DAYS = ("consent_until", "starts_on")
"""What of a protocol each school says for itself."""


def share_protocol(
    actor: Actor, subject: Subject, year_level: int, protocol: Protocol, tests: Mapping[Sitting, uuid.UUID]
) -> SharedPilot:
    """Give it out; from now on it stays as it is. Raises ``CannotPilot``."""
    check_protocol(protocol)
    if len(set(tests.values())) < len(Sitting):
        raise CannotPilot(_("Choose three different tests: who meets a question twice remembers it."))
    for version_id in tests.values():
        check_test(db.session.get_one(UnitVersion, version_id), subject.id, year_level, protocol.other_year)
    fields = _fields(protocol)
    chosen = {kind.value: str(one) for kind, one in tests.items()}
    whole = {**fields, "subject": subject.id, "year": year_level, "tests": chosen}
    made = SharedPilot(
        id=new_id(),
        subject_id=subject.id,
        year_level=year_level,
        tests=chosen,
        digest=hashlib.sha256(json.dumps(whole, default=str, sort_keys=True, ensure_ascii=False).encode()).hexdigest(),
        made_at=clock.now(),
        made_by=actor.account_id,
        **fields,
    )
    db.session.add(made)
    db.session.flush()
    return made


def close_shared(_actor: Actor, shared: SharedPilot) -> None:
    """No more schools may begin it; those that have go on."""
    if shared.closed_at is None:
        shared.closed_at = clock.now()
        db.session.flush()


def carry_out(actor: Actor, shared: SharedPilot, courses: Sequence[SeenCourse], days: tuple[date, date]) -> Pilot:
    """A draft of the school, word for word; ``days``: the last to answer and the first of practice. Raises ``CannotPilot``."""
    _check_classes(shared, courses)
    subject = db.session.get_one(Subject, shared.subject_id)
    made = plan_pilot(actor, subject, _protocol(shared, days), courses, _tests(shared))
    made.shared_id = shared.id
    db.session.flush()
    return made


def change_days(
    actor: Actor, pilot: SeenPilot, shared: SharedPilot, courses: Sequence[SeenCourse], days: tuple[date, date]
) -> Pilot:
    """Other classes and days of a draft; the rest is the city's. Raises ``CannotPilot``."""
    _check_classes(shared, courses)
    return change_pilot(actor, pilot, _protocol(shared, days), courses, _tests(shared))


def count_shared(school: School) -> int:
    """Keep the sums of the school's pilots of shared protocols, test by test when each is closed; how many rows were counted.

    The test after practice is counted anew with the last one, since somebody may have left in between; after that nobody can leave.
    """
    rows = db.session.scalars(
        select(Pilot).where(Pilot.school_id == school.id, Pilot.shared_id.is_not(None), Pilot.drawn_at.is_not(None))
    ).all()
    return sum(_count(seen_pilot(row)) for row in rows)


def _count(pilot: SeenPilot) -> int:
    row, today = pilot.row, clock.today()
    told = [kind for kind in (Sitting.POST, Sitting.DELAYED) if pilot.is_told(kind, today)]
    kept = {(one.kind, one.what): one for one in _kept(row)}
    if not told or all((kind.value, "topics") in kept for kind in told):
        return 0
    drawn = [one for one in places_of(row.school_id, row.id) if one.arm is not None]
    scores = scores_of(row.school_id, row.id)
    for kind in told:
        for what in ("shares", "topics"):
            rows = rows_of(drawn, scores, kind, of_shares=what == "shares")
            was = kept.get((kind.value, what))
            if was is None:
                was = SharedResult(
                    shared_id=row.shared_id, school_id=row.school_id, pilot_id=row.id, kind=kind.value, what=what
                )
                db.session.add(was)
            was.sums = sums_of(analysis.moments_of(rows, row.arms))
            was.is_stopped, was.counted_at = pilot.is_stopped, clock.now()
    db.session.flush()
    return 2 * len(told)


def _kept(row: Pilot) -> Sequence[SharedResult]:
    return db.session.scalars(
        select(SharedResult).where(
            SharedResult.shared_id == row.shared_id,
            SharedResult.school_id == row.school_id,
            SharedResult.pilot_id == row.id,
        )
    ).all()


def _check_classes(shared: SharedPilot, courses: Sequence[SeenCourse]) -> None:
    if any(one.year_level != shared.year_level or one.subject_id != shared.subject_id for one in courses):
        raise CannotPilot(_("This protocol is for classes of year %(year)s.", year=shared.year_level))


def _fields(protocol: Protocol) -> dict[str, Any]:
    found = {name: value for name, value in asdict(protocol).items() if name not in OWN_DAYS}
    return {**found, "main_test": protocol.main_test.value, "arms": [one.value for one in protocol.arms]}


def _protocol(shared: SharedPilot, days: tuple[date, date]) -> Protocol:
    base = Protocol(
        title=shared.title,
        question=shared.question,
        main_test=Sitting(shared.main_test),
        arms=tuple(Arm(one) for one in shared.arms),
        tasks=shared.tasks,
        sets=shared.sets,
        consent_until=days[0],
        starts_on=days[1],
        weeks=shared.weeks,
        n_planned=shared.n_planned,
        stop_rule=shared.stop_rule,
        most_minutes=shared.most_minutes,
        most_lost=shared.most_lost,
    )
    return replace(base, other_year=shared.other_year)


def _tests(shared: SharedPilot) -> dict[Sitting, uuid.UUID]:
    return {Sitting(kind): uuid.UUID(one) for kind, one in shared.tests.items()}
