"""Protocols of the city: those given out, one with what schools came to. Reads no school's table."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from sqlalchemy import Table, bindparam, func, select

from content_library.models import Subject
from school.core.access import Actor
from school.core.database import Id, db, read
from school.people.models import School
from school.pilots.models import Arm, SharedPilot, SharedResult, Sitting
from school.pilots.pooling import Part, Pool, moments_in, pooled

result = cast("Table", SharedResult.__table__)
school = cast("Table", School.__table__)

_PARTS = (
    select(result.c.kind, result.c.what, school.c.id, school.c.short_name, result.c.sums, result.c.is_stopped, result.c.counted_at)
    .select_from(result.join(school, school.c.id == result.c.school_id))
    .where(result.c.shared_id == bindparam("shared", type_=Id))
    .order_by(school.c.short_name, school.c.id)
)  # fmt: skip
_SCHOOLS = select(result.c.shared_id, func.count(result.c.school_id.distinct())).group_by(result.c.shared_id)


@dataclass(frozen=True, slots=True)
class SeenShared:
    """A protocol and its subject in the actor's language."""

    row: SharedPilot
    subject: str
    tint: int
    schools: int
    """With results."""

    @property
    def id(self) -> uuid.UUID:
        """Its address."""
        return self.row.id

    @property
    def arms(self) -> tuple[Arm, ...]:
        """The first is what the others are compared with."""
        return tuple(Arm(one) for one in self.row.arms)

    @property
    def is_open(self) -> bool:
        """Whether schools may still begin it."""
        return self.row.closed_at is None


@dataclass(frozen=True, slots=True)
class PooledOutcome:
    """One test over all schools that have counted it."""

    kind: Sitting
    shares: tuple[Pool, ...]
    topics: tuple[Pool, ...]
    schools: int
    counted_at: datetime


def all_shared(actor: Actor) -> list[SeenShared]:
    """All that were given out, the latest first."""
    return _seen(actor, list(db.session.scalars(select(SharedPilot))))


def get_shared(actor: Actor, shared_id: uuid.UUID) -> SeenShared | None:
    """One."""
    row = db.session.get(SharedPilot, shared_id)
    return _seen(actor, [row])[0] if row is not None else None


def open_shared(actor: Actor, shared_id: uuid.UUID) -> SeenShared | None:
    """One that schools may begin."""
    found = get_shared(actor, shared_id)
    return found if found is not None and found.is_open else None


def pool_of(shared: SeenShared) -> list[PooledOutcome]:
    """What is counted, the test on which the answer rests first. One statement."""
    parts: dict[tuple[str, str], list[Part]] = {}
    counted: dict[str, datetime] = {}
    for kind, what, school_id, name, sums, is_stopped, at in read(_PARTS, {"shared": shared.id}):
        parts.setdefault((kind, what), []).append(Part(school_id, name, moments_in(sums), is_stopped))
        counted[kind] = max(at, counted.get(kind, at))
    arms = [one.value for one in shared.arms]
    kinds = sorted((Sitting(one) for one in counted), key=lambda one: (one.value != shared.row.main_test, one.value))
    return [
        PooledOutcome(
            kind,
            tuple(pooled(parts.get((kind.value, "shares"), []), arms)),
            tuple(pooled(parts.get((kind.value, "topics"), []), arms)),
            len(parts.get((kind.value, "shares"), [])),
            counted[kind.value],
        )
        for kind in kinds
    ]


def _seen(actor: Actor, rows: Collection[SharedPilot]) -> list[SeenShared]:
    schools = {row[0]: row[1] for row in read(_SCHOOLS, {})}
    found = []
    for row in sorted(rows, key=lambda one: one.made_at, reverse=True):
        subject = db.session.get_one(Subject, row.subject_id)
        name = subject.name_en if actor.locale == "en" else subject.name_ru
        found.append(SeenShared(row, name, subject.tint + 1, schools.get(row.id, 0)))
    return found
