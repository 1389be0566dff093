"""Closing days: a Merkle root per school, one over the city, signed. And the sealer's round, which does both."""

from datetime import date, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, insert, select
from sqlalchemy.orm import Session, scoped_session

from school.core import clock
from school.core.database import db, read_engine
from school.core.jobs import every
from school.core.records import merkle
from school.core.records.keys import signing_key
from school.core.records.sealing import (
    SEAL_EVERY,
    has_to_seal,
    open_day,
    read_head,
    seal_waiting,
    take_lock,
    write_head,
)
from school.core.records.statements import as_bytes, city_day, school_day, school_head
from school.core.records.tables import city_root, day_root, head, school
from school.core.transactions import unit_of_work

Reading = Connection | Session | scoped_session[Any]
"""Whatever statements can be read through: the request's session, or a connection of a command."""

NO_DAY = bytes(32)
"""What stands for the day before the first."""


@every(SEAL_EVERY, "records.seal", lease=15, when=has_to_seal)
def seal() -> int:
    """One round: close the days that are over, then seal what waits; the answer is how many events were sealed."""
    sealed = 0
    while (day := open_day()) is not None and day < clock.today():
        sealed += seal_waiting(day)
        close(day)
    return sealed + seal_waiting(clock.today())


def close(day: date) -> None:
    """Close a day in which nothing waits any more: each school's root, then the city's."""
    with read_engine().connect() as reading:
        schools = list(reading.execute(_unclosed(day)).scalars())
    for school_id in schools:
        with unit_of_work():
            take_lock()
            _close_school(school_id, day)
    with unit_of_work():
        take_lock()
        _close_city(day)


def school_days_of(day: date, reading: Reading) -> list[Any]:
    """The closed schools of a day in the order of the city's tree."""
    of_day = select(day_root).join_from(day_root, school(), school().c.id == day_root.c.school_id)
    return list(reading.execute(of_day.where(day_root.c.on_date == day).order_by(day_root.c.school_id)))


def school_day_of(row: Any) -> dict[str, Any]:
    """The statement of a row of ``DayRoot``."""
    return school_day(
        school=row.school_id, day=row.on_date, first=row.first, last=row.last, root=row.root, chain=row.chain
    )


def school_head_of(row: Any) -> dict[str, Any]:
    """The statement of a row of ``RecordHead``."""
    return school_head(
        school=row.school_id,
        day=row.on_date,
        first=row.first,
        last=row.size,
        root=merkle.root_of([row.frontier[place : place + 32] for place in range(0, len(row.frontier), 32)]),
        chain=row.chain,
        sealed_at=row.sealed_at,
        key=row.key_id,
    )


def city_day_of(row: Any) -> dict[str, Any]:
    """The statement of a row of ``CityRoot``."""
    return city_day(day=row.on_date, schools=row.size, root=row.root, previous=row.previous, key=row.key_id)


def city_leaf(row: Any) -> bytes:
    """The leaf of a school's day in the city's tree."""
    return merkle.leaf_hash(as_bytes(school_day_of(row)))


def _unclosed(day: date) -> Any:
    """Schools with events of a day that is not closed."""
    joined = select(head.c.school_id).join_from(head, school(), school().c.id == head.c.school_id)
    return joined.where(head.c.on_date <= day, head.c.first <= head.c.size)


def _close_school(school_id: int, day: date) -> None:
    end = read_head(school_id)
    if end is None or end.day != day or end.first > end.size:
        return  # another sealer was faster
    db.session.execute(
        insert(day_root).values(
            school_id=school_id,
            on_date=day,
            size=end.size + 1 - end.first,
            first=end.first,
            last=end.size,
            root=merkle.root_of(end.frontier),
            chain=end.chain,
        )
    )
    end.begin(day + timedelta(days=1))
    write_head(end)


def _close_city(day: date) -> None:
    last = db.session.execute(select(city_root).order_by(city_root.c.on_date.desc()).limit(1)).first()
    if last is not None and last.on_date >= day:
        return  # another sealer was faster
    for school_id in list(db.session.execute(_unclosed(day)).scalars()):
        _close_school(school_id, day)  # sealed by another sealer since the look without the lock
    leaves = [city_leaf(row) for row in school_days_of(day, db.session)]
    previous = NO_DAY if last is None else sha256(as_bytes(city_day_of(last))).digest()
    key = signing_key()
    root = merkle.root(leaves)
    statement = city_day(day=day, schools=len(leaves), root=root, previous=previous, key=key.id)
    db.session.execute(
        insert(city_root).values(
            on_date=day,
            size=len(leaves),
            root=root,
            previous=previous,
            signature=key.sign(as_bytes(statement)),
            key_id=key.id,
            published_at=clock.now(),
        )
    )
