"""Reading one school's record again: each event against its leaf, its leaf against the chain, the days against their roots."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import select

from school.core.records import merkle
from school.core.records.closing import Reading, school_head_of
from school.core.records.keys import is_signed_by
from school.core.records.statements import NO_CHAIN, as_bytes, chain_after, event_leaf
from school.core.records.tables import day_root, event, head

PAGE = 2000
CANDIDATES = 500
"""Altered events among which a move is looked for; beyond that they are only called altered."""

Kind = Literal["altered", "moved", "dropped", "added", "chain", "day", "head", "city", "root", "receipt", "witness"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is not as it was sealed."""

    kind: Kind
    words: str
    school_id: int | None = None
    position: int | None = None
    event_id: str | None = None
    day: str | None = None


def check_school(reading: Reading, school_id: int, keys: Mapping[str, bytes]) -> tuple[int, list[Problem]]:
    """How many sealed events the school has, and what is wrong with them."""
    return _Check(reading, school_id, keys).run()


class _Check:
    def __init__(self, reading: Reading, school_id: int, keys: Mapping[str, bytes]) -> None:
        self._reading = reading
        self._school_id = school_id
        self._keys = keys
        self._problems: list[Problem] = []
        self._altered: list[Any] = []
        self._leaves: list[tuple[int, bytes]] = []
        self._count = 0
        self._last = 0
        self._chain = NO_CHAIN

    def run(self) -> tuple[int, list[Problem]]:
        # The days and the head are read first: events sealed while we read lie beyond the end and are not looked at.
        days, end = self._days_and_head()
        days_left = iter(days)
        day = next(days_left, None)
        first = 1
        for row in self._events(end.size if end is not None else None):
            self._see(row)
            while day is not None and self._last >= day.last:
                self._close_day(day, first)
                first, day = day.last + 1, next(days_left, None)
        while day is not None:
            self._close_day(day, first)
            first, day = day.last + 1, next(days_left, None)
        self._name_altered()
        self._check_end(end, first)
        return self._count, self._problems

    def _days_and_head(self) -> tuple[Sequence[Any], Any]:
        heads = select(head).where(head.c.school_id == self._school_id)
        days = select(day_root).where(day_root.c.school_id == self._school_id).order_by(day_root.c.first)
        while True:
            before = self._reading.execute(heads).first()
            closed = self._reading.execute(days).all()
            after = self._reading.execute(heads).first()
            if before is None or after is None or before.on_date == after.on_date:
                return closed, before  # no day was closed in between

    def _events(self, size: int | None) -> Iterator[Any]:
        """Sealed events in order; without a head every event is beyond the end, and one is enough to say so."""
        done = 0
        while True:
            page = select(event).where(event.c.school_id == self._school_id, event.c.position > done)
            if size is not None:
                page = page.where(event.c.position <= size)
            rows = self._reading.execute(page.order_by(event.c.position).limit(PAGE)).all()
            yield from rows
            if len(rows) < PAGE:
                return
            done = rows[-1].position

    def _see(self, row: Any) -> None:
        self._count += 1
        if row.position > self._last + 1:
            self._say_dropped(self._last + 1, row.position - 1)
        elif chain_after(self._chain, row.leaf) != row.chain:
            self._say(
                "chain",
                f"the chain breaks at position {row.position}: its leaf or chain, or those just before, were rewritten",
                position=row.position,
                event_id=str(row.id),
            )
        if event_leaf(row, row.position) != row.leaf:
            self._altered.append(row)
        self._chain, self._last = row.chain, row.position
        self._leaves.append((row.position, row.leaf))

    def _close_day(self, day: Any, first: int) -> None:
        leaves = [leaf for position, leaf in self._leaves if position <= day.last]
        self._leaves = self._leaves[len(leaves) :]
        if day.first != first:
            self._say(
                "day", f"the day {day.on_date} begins at {day.first}, not at {first}", day=day.on_date.isoformat()
            )
        elif merkle.root(leaves) != day.root:
            self._say("day", f"the events of {day.on_date} do not lead to its root", day=day.on_date.isoformat())

    def _name_altered(self) -> None:
        places = [row.position for row in self._altered[:CANDIDATES]]
        for row in self._altered:
            here = {"position": row.position, "event_id": str(row.id)}
            was = next((place for place in places if event_leaf(row, place) == row.leaf), None)
            if was is not None:
                self._say("moved", f"event {row.id} was sealed at {was} and stands at {row.position}", **here)
            else:
                self._say("altered", f"event {row.id} at position {row.position} is not what was sealed", **here)

    def _check_end(self, end: Any, first: int) -> None:
        if end is None:
            if self._count:
                self._say("head", "there are sealed events, but the school's head is gone")
            return
        if self._last < end.size:
            self._say_dropped(self._last + 1, end.size)
        beyond = select(event.c.position, event.c.id).where(
            event.c.school_id == self._school_id, event.c.position > end.size
        )
        for row in self._reading.execute(beyond.order_by(event.c.position).limit(CANDIDATES)).all():
            self._see_beyond(row, end)
        statement = school_head_of(end)
        if end.first != first:
            self._say("head", f"the open day begins at {end.first}, not at {first}")
        if end.key_id not in self._keys:
            self._say("head", f"the school's head is signed by the key {end.key_id}, which is not trusted")
        elif not is_signed_by(self._keys[end.key_id], end.signature, as_bytes(statement)):
            self._say("head", "the signature of the school's head is wrong: the end of the record was rewritten")
        elif (
            merkle.root([leaf for _, leaf in self._leaves]) != bytes.fromhex(statement["root"])
            or self._chain != end.chain
        ):
            self._say("head", "the events of the open day do not lead to the school's signed head")

    def _see_beyond(self, row: Any, end: Any) -> None:
        now = self._reading.execute(select(head.c.size).where(head.c.school_id == self._school_id)).scalar()
        if now is None or row.position > now:
            self._say(
                "added",
                f"event {row.id} stands at {row.position}, beyond the sealed end {end.size}",
                position=row.position,
                event_id=str(row.id),
            )

    def _say_dropped(self, first: int, last: int) -> None:
        for position in range(first, min(last, first + CANDIDATES) + 1):
            self._say("dropped", f"the event at position {position} is gone", position=position)

    def _say(self, kind: Kind, words: str, **where: Any) -> None:
        self._problems.append(Problem(kind, f"school {self._school_id}: {words}", school_id=self._school_id, **where))
