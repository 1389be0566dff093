"""The plan while it is being made: what has been decided so far, and how rows are opened and closed."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from school.core.database import new_id
from school.roster.formats.journal import Journal
from school.roster.formats.records import Place, Roster
from school.roster.planning.snapshot import LinkRow, MemberRow, RoleRow, Snapshot
from school.roster.planning.steps import Conflict, Difference, Step, Verb, Write
from school.roster.said import Said


@dataclass(slots=True)
class Batch:
    """What the schools of one set share: a human named in two of them is one account."""

    accounts: dict[str, uuid.UUID] = field(default_factory=dict)
    """By the source's person id."""
    logins: dict[str, str] = field(default_factory=dict)
    """Whose person id a login was given to."""
    emails: dict[str, uuid.UUID] = field(default_factory=dict)
    pupils: dict[str, str] = field(default_factory=dict)
    """Pupils so far, by person id, and the name of their school."""


@dataclass(frozen=True, slots=True)
class GroupRef:
    """A group as the rest of the plan needs it."""

    id: uuid.UUID
    is_class: bool
    course_id: uuid.UUID | None
    is_new: bool
    name: str


@dataclass(frozen=True, slots=True)
class PersonRef:
    """A person as the rest of the plan needs them."""

    member_id: uuid.UUID
    name: str


@dataclass(slots=True)
class Draft:
    """Collects steps for one school."""

    snapshot: Snapshot
    roster: Roster
    batch: Batch
    year_starts_on: date
    ground_id: Mapping[str, uuid.UUID]
    """Ids of the year, regime and building that new groups get."""
    journal: Journal = field(default_factory=Journal)
    steps: list[Step] = field(default_factory=list)
    quiet: list[Write] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    people: dict[str, PersonRef] = field(default_factory=dict)
    groups: dict[str, GroupRef] = field(default_factory=dict)
    touched: dict[uuid.UUID, None] = field(default_factory=dict)
    closed: set[uuid.UUID] = field(default_factory=set)
    index: "Index" = field(init=False)

    def __post_init__(self) -> None:
        self.index = Index(self.snapshot, self.roster)

    def link(self, kind: str, external_id: str) -> LinkRow | None:
        """What the source brought under this id before."""
        return self.snapshot.links.get((kind, external_id))

    def step(
        self,
        kind: str,
        verb: Verb,
        title: str,
        writes: Iterable[Write],
        differences: Iterable[Difference] = (),
        people: Iterable[uuid.UUID] = (),
    ) -> None:
        """Add a step and remember whom it touches."""
        self.steps.append(Step(kind, verb, title, tuple(writes), tuple(differences)))
        self.touched.update(dict.fromkeys(people))

    def conflict(self, place: Place, reason: Said) -> None:
        """Leave the decision to a human."""
        self.conflicts.append(Conflict(place, reason))

    def new_link(self, kind: str, external_id: str, table: str, thing_id: uuid.UUID, said: Mapping[str, Any]) -> Write:
        """Remember under which id the source knows a thing."""
        values = {
            "source": self.roster.source.key,
            "kind": kind,
            "external_id": external_id,
            "table": table,
            "thing_id": thing_id,
            "said": said,
            "is_open": True,
        }
        return Write("roster_link", new_id(), values)

    def said_again(self, link: LinkRow, said: Mapping[str, Any], thing_id: uuid.UUID | None = None) -> Write:
        """Remember what the source says now."""
        values: dict[str, Any] = {"said": said, "is_open": True}
        if thing_id is not None and thing_id != link.thing_id:
            values["thing_id"] = thing_id
        return Write("roster_link", link.id, values, is_new=False)

    def close_link(self, link: LinkRow) -> Write:
        """The source no longer has it."""
        return Write("roster_link", link.id, {"is_open": False}, is_new=False)

    def close_tie(self, tie_id: uuid.UUID) -> list[Write]:
        """End a dated row with yesterday, or with its own first day; nothing for one that has ended."""
        tie = self.snapshot.ties.get(tie_id)
        if tie is None or tie.id in self.closed or (tie.to_on and tie.to_on <= self.snapshot.last_day):
            return []
        self.closed.add(tie.id)
        to_on = max(tie.from_on, self.snapshot.last_day)
        return [Write(tie.table, tie.id, {"to_on": to_on}, is_new=False)]


class Index:
    """Ways into the snapshot and the roster that every person needs."""

    def __init__(self, snapshot: Snapshot, roster: Roster) -> None:
        self.by_login = {one.login: one for one in snapshot.accounts.values() if one.login}
        self.by_email: dict[str, set[uuid.UUID]] = defaultdict(set)
        for one in snapshot.accounts.values():
            if one.email:
                self.by_email[one.email.lower()].add(one.id)
        self.member_of = {one.account_id: one for one in snapshot.members.values()}
        self.elsewhere: dict[uuid.UUID, list[MemberRow]] = defaultdict(list)
        for other in snapshot.elsewhere:
            self.elsewhere[other.account_id].append(other)
        self.roles: dict[uuid.UUID, list[RoleRow]] = defaultdict(list)
        for role in snapshot.roles:
            self.roles[role.account_id].append(role)
        self.linked = {link.thing_id for link in snapshot.links.values() if link.kind == "person" and link.is_open}
        self.first_with_email: dict[str, str] = {}
        for person in roster.people:
            if person.is_open and person.email.strip():
                self.first_with_email.setdefault(person.email.strip().lower(), person.id)


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    """The fields that differ, as text."""
    names = [name for name in after if before.get(name) != after[name]]
    return [Difference(name, _text(before.get(name)), _text(after[name])) for name in names]


def _text(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(_text(part) for part in value if part not in (None, ""))
    return "" if value is None else str(value)
