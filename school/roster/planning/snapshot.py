"""A school as it stands before an import: only what planning has to compare with. Values, no database."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from school.people.names import sort_name
from school.roster.subjects import SubjectRow


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A thing that the source brought earlier."""

    id: uuid.UUID
    kind: str
    external_id: str
    table: str
    thing_id: uuid.UUID
    said: Mapping[str, Any]
    is_open: bool


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A member of this school, or of another one when looked up by account."""

    id: uuid.UUID
    school_id: int
    account_id: uuid.UUID
    family_name: str
    given_name: str
    patronymic: str
    closed_on: date | None

    def is_called(self, family_name: str, given_name: str) -> bool:
        """Whether it may be the same human; a name alone never decides it."""
        return sort_name(self.family_name, self.given_name) == sort_name(family_name, given_name)


@dataclass(frozen=True, slots=True)
class AccountRow:
    """A human of the city."""

    id: uuid.UUID
    login: str | None
    name: str
    email: str | None


@dataclass(frozen=True, slots=True)
class RoleRow:
    """A role that is open today or will be."""

    id: uuid.UUID
    account_id: uuid.UUID
    school_id: int
    kind: str
    from_on: date
    to_on: date | None


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A class or group of the school year."""

    id: uuid.UUID
    kind: str
    name: str
    year_level: int
    class_id: uuid.UUID | None


@dataclass(frozen=True, slots=True)
class CourseRow:
    """A subject of a group."""

    id: uuid.UUID
    group_id: uuid.UUID
    subject_id: int
    name: str


@dataclass(frozen=True, slots=True)
class TieRow:
    """A dated tie between two things: enrolment, leadership, teaching post or guardianship."""

    table: str
    id: uuid.UUID
    holder_id: uuid.UUID
    """The group, class, course or (of a guardianship) the pupil."""
    member_id: uuid.UUID
    from_on: date
    to_on: date | None


@dataclass(frozen=True, slots=True)
class Ground:
    """The school year that an import goes into, and where its new classes are put."""

    year_id: uuid.UUID
    starts_on: date
    ends_on: date
    regime_id: uuid.UUID
    building_id: uuid.UUID


@dataclass(slots=True)
class Snapshot:
    """One school on one day. ``school_id`` is None for a school that the import would found."""

    today: date
    school_id: int | None = None
    school_name: str = ""
    ground: Ground | None = None
    links: dict[tuple[str, str], LinkRow] = field(default_factory=dict)
    members: dict[uuid.UUID, MemberRow] = field(default_factory=dict)
    roles: Sequence[RoleRow] = ()
    """Of the accounts met here, in every school."""
    accounts: dict[uuid.UUID, AccountRow] = field(default_factory=dict)
    """Those whose login or e-mail the set names, and those of linked members."""
    elsewhere: Sequence[MemberRow] = ()
    """Members that those accounts have in other schools."""
    groups: dict[uuid.UUID, GroupRow] = field(default_factory=dict)
    courses: Sequence[CourseRow] = ()
    ties: dict[uuid.UUID, TieRow] = field(default_factory=dict)
    """Open ones, and those that links lead to."""
    subjects: Sequence[SubjectRow] = ()

    @property
    def last_day(self) -> date:
        """The last day of what ends today."""
        return self.today - timedelta(days=1)
