"""The sealer: gives a school's events their order, chains them every few seconds, and closes each Moscow day.

Savers only insert; all ordering is done here, by one sealer at a time (an advisory lock on PostgreSQL, the write lock on
SQLite, both for one short transaction), so saves never wait for each other. An event belongs to the day in which it was
sealed: one that commits after its midnight's closing goes into the next day, never into a closed one.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import bindparam, func, select, text, update
from sqlalchemy.dialects import postgresql, sqlite

from school.core import clock
from school.core.database import db, read_engine
from school.core.records import merkle
from school.core.records.keys import SigningKey, signing_key
from school.core.records.statements import NO_CHAIN, as_bytes, chain_after, event_leaf, school_head
from school.core.records.tables import city_root, event, head, record_key, school
from school.core.transactions import unit_of_work

SEAL_EVERY = 3.0
"""Seconds: the longest an event waits for its seal while a worker runs. Shown to people beside the record."""
BATCH = 500
LOCK = 7_201_962_001
"""The number of the sealer's advisory lock; means nothing."""


@dataclass(slots=True)
class Head:
    """The end of a school's record while events are added to it."""

    school_id: int
    day: date
    size: int = 0
    chain: bytes = NO_CHAIN
    first: int = 1
    frontier: list[bytes] = field(default_factory=list)

    def add(self, row: Any) -> dict[str, Any]:
        """Put an event at the end; the answer is what to write into its row."""
        leaf = event_leaf(row, self.size + 1)
        merkle.grow(self.frontier, self.size + 1 - self.first, leaf)
        self.size += 1
        self.chain = chain_after(self.chain, leaf)
        return {"this_school": self.school_id, "this": row.id, "position": self.size, "leaf": leaf, "chain": self.chain}

    def begin(self, day: date) -> None:
        """Open the next day."""
        self.day, self.first, self.frontier = day, self.size + 1, []

    def columns(self, key: SigningKey) -> dict[str, Any]:
        """Its row, signed."""
        sealed_at = clock.now()
        statement = school_head(
            school=self.school_id,
            day=self.day,
            first=self.first,
            last=self.size,
            root=merkle.root_of(self.frontier),
            chain=self.chain,
            sealed_at=sealed_at,
            key=key.id,
        )
        return {
            "size": self.size,
            "chain": self.chain,
            "on_date": self.day,
            "first": self.first,
            "frontier": b"".join(self.frontier),
            "sealed_at": sealed_at,
            "signature": key.sign(as_bytes(statement)),
            "key_id": key.id,
        }


def has_to_seal() -> bool:
    """Whether an event waits or a day is over."""
    with read_engine().connect() as reading:
        if reading.execute(_waiting(_end_of(clock.today())).limit(1)).first() is not None:
            return True
    opened = open_day()
    return opened is not None and opened < clock.today()


def seal_waiting(day: date) -> int:
    """Seal every event that waits and happened before the end of ``day``, as events of ``day``; the answer is how many."""
    sealed = 0
    with read_engine().connect() as reading:
        schools = list(reading.execute(_waiting(_end_of(day)).order_by(event.c.school_id)).scalars())
    for school_id in schools:
        # A batch that is not full has reached the end; what came meanwhile is the next round's.
        count = BATCH
        while count == BATCH:
            count = _seal_batch(school_id, day)
            sealed += count
    return sealed


def open_day() -> date | None:
    """The Moscow day that is to be closed next; None while there are no events at all."""
    unclosed = select(func.min(head.c.on_date)).join_from(head, school(), school().c.id == head.c.school_id)
    waiting = select(func.min(event.c.at)).join_from(event, school(), school().c.id == event.c.school_id)
    with read_engine().connect() as reading:
        closed: date | None = reading.execute(select(func.max(city_root.c.on_date))).scalar()
        if closed is not None:
            return closed + timedelta(days=1)
        begun: date | None = reading.execute(unclosed.where(head.c.first <= head.c.size)).scalar()
        if begun is not None:
            return begun
        at: datetime | None = reading.execute(waiting.where(event.c.position.is_(None))).scalar()
        return None if at is None else clock.local(at).date()


def take_lock() -> None:
    """Make other sealers wait until the end of this transaction; savers don't notice."""
    if db.session.get_bind().dialect.name == "postgresql":
        db.session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})


def read_head(school_id: int) -> Head | None:
    """A school's head; None before its first event."""
    row = db.session.execute(select(head).where(head.c.school_id == school_id)).first()
    if row is None:
        return None
    frontier = [row.frontier[place : place + 32] for place in range(0, len(row.frontier), 32)]
    return Head(school_id, row.on_date, row.size, row.chain, row.first, frontier)


def write_head(new: Head) -> None:
    """Insert or move a school's head, under the lock."""
    key = signing_key()
    dialect = sqlite if db.session.get_bind().dialect.name == "sqlite" else postgresql
    columns = new.columns(key)
    db.session.execute(
        dialect.insert(record_key)
        .values(id=key.id, public_key=key.public, first_used_at=clock.now())
        .on_conflict_do_nothing()
    )
    db.session.execute(
        dialect.insert(head)
        .values(school_id=new.school_id, **columns)
        .on_conflict_do_update(index_elements=["school_id"], set_=columns)
    )


def _seal_batch(school_id: int, day: date) -> int:
    with unit_of_work():
        take_lock()
        if db.session.execute(select(city_root.c.on_date).where(city_root.c.on_date >= day).limit(1)).first():
            return 0  # another sealer has closed the day meanwhile; these events wait for the next
        rows = db.session.execute(_BATCH, {"this_school": school_id, "before": _end_of(day)}).all()
        if not rows:
            return 0
        end = read_head(school_id) or Head(school_id, day)
        if end.day > day:
            return 0
        if end.day < day:
            if end.first <= end.size:
                raise RuntimeError(f"{end.day} of school {school_id} must be closed before {day} begins")
            end.begin(day)
        sealed = [end.add(row) for row in rows]
        db.session.connection().execute(_SEAL, sealed)
        write_head(end)
        return len(rows)


def _end_of(day: date) -> datetime:
    return clock.moscow(day + timedelta(days=1), time())


def _waiting(before: datetime) -> Any:
    """Schools with events to seal. The join gives the equality on ``school_id`` that every statement must have."""
    joined = select(event.c.school_id).join_from(event, school(), school().c.id == event.c.school_id)
    return joined.where(event.c.position.is_(None), event.c.at < before).distinct()


_BATCH = (
    select(event)
    .where(
        event.c.school_id == bindparam("this_school"),
        event.c.position.is_(None),
        event.c.at < bindparam("before", type_=event.c.at.type),
    )
    .order_by(event.c.at, event.c.id)
    .limit(BATCH)
)
_SEAL = (
    update(event)
    .where(event.c.school_id == bindparam("this_school"), event.c.id == bindparam("this"), event.c.position.is_(None))
    .values(position=bindparam("position"), leaf=bindparam("leaf"), chain=bindparam("chain"))
)
