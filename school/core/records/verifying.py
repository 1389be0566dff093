"""Reading the whole record again and naming whatever is not as it was sealed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import func, select

from school.core import clock
from school.core.records import merkle
from school.core.records.closing import NO_DAY, Reading, city_day_of, city_leaf, school_days_of
from school.core.records.keys import is_signed_by
from school.core.records.receipts import Receipt
from school.core.records.statements import as_bytes
from school.core.records.tables import city_root, event, record_key, school
from school.core.records.verifying_school import Problem, check_school
from school.core.records.witnesses import Published, hold_against

__all__ = ["Problem", "Report", "verify"]


@dataclass(slots=True)
class Report:
    """What a verification found."""

    schools: int = 0
    events: int = 0
    waiting: int = 0
    """Events not sealed yet: the open tail, about which nothing is claimed."""
    waiting_seconds: float = 0.0
    """For how long the oldest of them has been waiting: at most ``SEAL_EVERY`` while a worker runs."""
    days: int = 0
    problems: list[Problem] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        """Whether everything is as it was sealed."""
        return not self.problems

    def as_json(self) -> dict[str, Any]:
        """For ``--json``."""
        return {**asdict(self), "holds": self.holds}


def verify(
    reading: Reading,
    trusted: Mapping[str, bytes] | None = None,
    *,
    roots: Sequence[Published] = (),
    receipts: Sequence[Receipt] = (),
) -> Report:
    """Check every sealed event, every day and every signature.

    ``trusted`` maps key ids to public keys known from outside the database; a signature by any other key is a problem. Without
    it the database's own list of keys is believed, which proves nothing against whoever can write there. ``roots`` and ``receipts``
    are what was published and given out before: against them even a forger with the key is found.
    """
    report = Report()
    keys = dict(_own_keys(reading)) if trusted is None else dict(trusted)
    for school_id in list(reading.execute(select(school().c.id).order_by(school().c.id)).scalars()):
        events, problems = check_school(reading, school_id, keys)
        report.schools += 1
        report.events += events
        report.problems += problems
    waiting = select(func.count(), func.min(event.c.at)).select_from(
        event.join(school(), school().c.id == event.c.school_id)
    )
    report.waiting, oldest = reading.execute(waiting.where(event.c.position.is_(None))).one()
    if oldest is not None:
        report.waiting_seconds = max(0.0, (clock.now() - oldest).total_seconds())
    report.days, problems = _check_city(reading, keys)
    report.problems += problems
    report.problems += hold_against(reading, roots, receipts, keys)
    return report


def _own_keys(reading: Reading) -> Iterator[tuple[str, bytes]]:
    for row in reading.execute(select(record_key)):
        yield row.id, row.public_key


def _check_city(reading: Reading, keys: Mapping[str, bytes]) -> tuple[int, list[Problem]]:
    problems: list[Problem] = []
    before: Any = None
    days = reading.execute(select(city_root).order_by(city_root.c.on_date)).all()
    for row in days:
        problems += [
            Problem("city", words, day=row.on_date.isoformat()) for words in _faults(reading, row, before, keys)
        ]
        before = row
    return len(days), problems


def _faults(reading: Reading, row: Any, before: Any, keys: Mapping[str, bytes]) -> Iterator[str]:
    if before is not None and row.on_date != before.on_date + timedelta(days=1):
        yield f"the city has no root between {before.on_date} and {row.on_date}"
    elif row.previous != (sha256(as_bytes(city_day_of(before))).digest() if before is not None else NO_DAY):
        yield f"the city's day {row.on_date} does not follow the day before it"
    schools = school_days_of(row.on_date, reading)
    if len(schools) != row.size:
        yield f"{row.size} schools were signed on {row.on_date}, but {len(schools)} are here"
    elif merkle.root([city_leaf(one) for one in schools]) != row.root:
        yield f"the schools' days of {row.on_date} do not lead to the city's root"
    if row.key_id not in keys:
        yield f"the city's day {row.on_date} is signed by the key {row.key_id}, which is not trusted"
    elif not is_signed_by(keys[row.key_id], row.signature, as_bytes(city_day_of(row))):
        yield f"the signature of the city's day {row.on_date} is wrong"
