"""What a roster says, whatever its format: people, groups and who belongs where. Ids are the source's own."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from school.roster.said import Said


class Mode(StrEnum):
    """What a file claims to be: everything there is, only what changed, or nothing at all."""

    BULK = "bulk"
    DELTA = "delta"
    ABSENT = "absent"


class Role(StrEnum):
    """A person's part in a school, in our words; the roles of the formats are mapped to these."""

    PUPIL = "pupil"
    TEACHER = "teacher"
    PARENT = "parent"
    STAFF = "staff"


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was read: the file inside the set, and its line from 1 (0: the file as a whole)."""

    file: str
    line: int


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that was not taken, and why, in plain words."""

    place: Place
    reason: Said

    @property
    def remark(self) -> tuple[Place, Said, int]:
        """Where, what, and how many more rows: one line of a list on the page."""
        return self.place, self.reason, 0

    def as_json(self) -> dict[str, Any]:
        """The shape that the command line promises."""
        return {"file": self.place.file, "line": self.place.line, "reason": str(self.reason)}


@dataclass(frozen=True, slots=True)
class Note:
    """What the importer should know about a row that was taken; ``more`` rows of the file say the same."""

    place: Place
    text: Said
    more: int = 0

    @property
    def remark(self) -> tuple[Place, Said, int]:
        """One line of a list on the page."""
        return self.place, self.text, self.more


@dataclass(frozen=True, slots=True)
class Org:
    """A school, or something above or beside it (a district, a department)."""

    id: str
    name: str
    kind: str
    place: Place
    identifier: str = ""
    parent_id: str = ""
    is_open: bool = True


@dataclass(frozen=True, slots=True)
class Session:
    """A school year or a part of one; both days are included."""

    id: str
    title: str
    kind: str
    place: Place
    starts_on: date | None = None
    ends_on: date | None = None
    parent_id: str = ""
    is_open: bool = True


@dataclass(frozen=True, slots=True)
class Course:
    """What is taught, before it is given to a group (OneRoster's course)."""

    id: str
    title: str
    place: Place
    code: str = ""
    org_id: str = ""
    year_levels: tuple[int, ...] = ()
    subjects: tuple[str, ...] = ()
    is_open: bool = True


@dataclass(frozen=True, slots=True)
class Group:
    """People taught together: a school class (``is_homeroom``) or a group of one subject."""

    id: str
    title: str
    place: Place
    is_homeroom: bool = False
    course_id: str = ""
    org_id: str = ""
    code: str = ""
    room: str = ""
    year_levels: tuple[int, ...] = ()
    session_ids: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    is_open: bool = True


@dataclass(frozen=True, slots=True)
class RoleFact:
    """A role in one organisation, with its days when the source gives them."""

    role: Role
    org_id: str = ""
    starts_on: date | None = None
    ends_on: date | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """A human as the source knows them. ``id`` stays from file to file; ``login`` and names may change."""

    id: str
    login: str
    family_name: str
    given_name: str
    place: Place
    patronymic: str = ""
    email: str = ""
    phone: str = ""
    born_on: date | None = None
    identifier: str = ""
    roles: tuple[RoleFact, ...] = ()
    year_levels: tuple[int, ...] = ()
    agent_ids: tuple[str, ...] = ()
    previous_id: str = ""
    is_enabled: bool = True
    is_open: bool = True

    @property
    def full_name(self) -> str:
        """Family name first, as a Russian list is written."""
        return " ".join(part for part in (self.family_name, self.given_name, self.patronymic) if part)


@dataclass(frozen=True, slots=True)
class Enrolment:
    """One person in one group, as a pupil or as a teacher."""

    id: str
    group_id: str
    person_id: str
    role: Role
    place: Place
    org_id: str = ""
    subgroup: str = ""
    is_primary: bool = False
    starts_on: date | None = None
    ends_on: date | None = None
    is_open: bool = True


@dataclass(frozen=True, slots=True)
class GuardianLink:
    """An adult who answers for a pupil."""

    id: str
    adult_id: str
    pupil_id: str
    place: Place
    is_open: bool = True


@dataclass(frozen=True, slots=True)
class Source:
    """Which program the files came from. ``key`` names the same source in the next import."""

    key: str
    format: str
    version: str = ""


@dataclass(frozen=True, slots=True)
class Roster:
    """One reading of a set of files. ``modes`` and ``present`` are by the names of the fields below them.

    ``present`` are all ids that a file names, those of refused rows too: a row that can't be read has not gone.
    """

    source: Source
    modes: Mapping[str, Mode] = field(default_factory=dict)
    present: Mapping[str, frozenset[str]] = field(default_factory=dict)
    orgs: tuple[Org, ...] = ()
    sessions: tuple[Session, ...] = ()
    courses: tuple[Course, ...] = ()
    groups: tuple[Group, ...] = ()
    people: tuple[Person, ...] = ()
    enrolments: tuple[Enrolment, ...] = ()
    links: tuple[GuardianLink, ...] = ()
    bad_rows: tuple[BadRow, ...] = ()
    notes: tuple[Note, ...] = ()

    def mode(self, kind: str) -> Mode:
        """What the files of this kind claim to be; a kind that no file speaks of is absent."""
        return self.modes.get(kind, Mode.ABSENT)


class UnreadableError(Exception):
    """The set as a whole can't be read; nothing of it was taken."""

    def __init__(self, file: str, reason: Said) -> None:
        self.bad_row = BadRow(Place(file, 0), reason)
        super().__init__(f"{file}: {reason}")
