"""Who learns in a group."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Protocol, cast

from sqlalchemy import Table, and_, bindparam, or_, select
from sqlalchemy.types import Date

from school.classes.models import Enrolment
from school.classes.queries.relations import SCHOOL
from school.core.database import Id, db, read
from school.people.models import Member
from school.people.names import full_name, short_name

place = cast("Table", Enrolment.__table__)
member = cast("Table", Member.__table__)

GROUP = bindparam("group", type_=Id)
SINCE = bindparam("since", type_=Date)
UNTIL = bindparam("until", type_=Date)


class OfGroup(Protocol):
    """A course, a lesson: whatever has a group."""

    @property
    def school_id(self) -> int:
        """Its school."""

    @property
    def group_id(self) -> uuid.UUID:
        """Its group."""


@dataclass(frozen=True, slots=True)
class Learner:
    """A pupil in a group, with the days of belonging to it."""

    school_id: int
    id: uuid.UUID
    family_name: str
    given_name: str
    patronymic: str
    from_on: date
    to_on: date | None

    @property
    def short_name(self) -> str:
        """«Петрова Алёна», as in a journal."""
        return short_name(self.family_name, self.given_name)

    @property
    def full_name(self) -> str:
        """With the patronymic."""
        return full_name(self.family_name, self.given_name, self.patronymic)

    @property
    def looked_at(self) -> tuple[uuid.UUID | None, uuid.UUID | None]:
        """This pupil."""
        return self.id, None


_COLUMNS = (
    member.c.school_id,
    member.c.id,
    member.c.family_name,
    member.c.given_name,
    member.c.patronymic,
    place.c.from_on,
    place.c.to_on,
)
_FROM = place.join(member, and_(member.c.school_id == SCHOOL, member.c.id == place.c.pupil_id))
LEARNERS = (
    select(*_COLUMNS)
    .select_from(_FROM)
    .where(
        place.c.school_id == SCHOOL,
        place.c.group_id == GROUP,
        place.c.from_on <= UNTIL,
        or_(place.c.to_on.is_(None), place.c.to_on >= SINCE),
    )
    .order_by(member.c.sort_name, member.c.id, place.c.from_on)
)
"""Pupils of ``:group`` on any day from ``:since`` to ``:until``, in the order of the class list."""
_OF_GROUPS = (
    select(place.c.group_id, *_COLUMNS)
    .select_from(_FROM)
    .where(
        place.c.school_id == SCHOOL,
        place.c.group_id.in_(bindparam("groups", type_=Id, expanding=True)),
        place.c.from_on <= UNTIL,
        or_(place.c.to_on.is_(None), place.c.to_on >= SINCE),
    )
    .order_by(member.c.sort_name, member.c.id, place.c.from_on)
)
_PUPIL_OF = (
    select(*_COLUMNS)
    .select_from(_FROM)
    .where(place.c.school_id == SCHOOL, place.c.group_id == GROUP, member.c.id == bindparam("thing", type_=Id))
    .order_by(place.c.from_on.desc())
)


def learners(of: OfGroup, since: date, until: date | None = None) -> list[Learner]:
    """The pupils of a course's or lesson's group on a day, or on any day of a span; one line a pupil."""
    rows = read(LEARNERS, {"school": of.school_id, "group": of.group_id, "since": since, "until": until or since})
    found: dict[uuid.UUID, Learner] = {}
    for row in rows:
        found[row[1]] = Learner(*row)  # who left and came back stands with the later days
    return list(found.values())


def learners_of_groups(school_id: int, group_ids: Collection[uuid.UUID], on: date) -> dict[uuid.UUID, list[Learner]]:
    """The same of several groups on a day; one statement."""
    found: dict[uuid.UUID, dict[uuid.UUID, Learner]] = {one: {} for one in group_ids}
    if found:
        asked = {"school": school_id, "groups": list(found), "since": on, "until": on}
        for group_id, *cells in read(_OF_GROUPS, asked):
            found[group_id][cells[1]] = Learner(*cells)
    return {group: list(of.values()) for group, of in found.items()}


def pupil_of(of: OfGroup, pupil_id: uuid.UUID) -> Learner | None:
    """For addresses below a course or lesson: a pupil who is or was in its group."""
    row = db.session.execute(_PUPIL_OF, {"school": of.school_id, "group": of.group_id, "thing": pupil_id}).first()
    return None if row is None else Learner(*row)
