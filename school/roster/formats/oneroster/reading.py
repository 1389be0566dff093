"""A whole OneRoster set, table after table."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from school.roster.formats.headers import find_columns, plain
from school.roster.formats.journal import Journal, RowError, required_day
from school.roster.formats.oneroster import builders
from school.roster.formats.oneroster.builders import Context
from school.roster.formats.oneroster.columns import (
    CLASSES,
    COURSES,
    DEMOGRAPHICS,
    ENROLMENTS,
    ORGS,
    READ,
    ROLES,
    SESSIONS,
    USERS,
    TableKind,
    table_name,
)
from school.roster.formats.oneroster.manifest import Manifest, read_manifest
from school.roster.formats.records import Mode, Place, RoleFact, Roster, UnreadableError
from school.roster.formats.tables import Row, Table
from school.roster.formats.values import DayOrder, NotADayError, read_day, read_standing
from school.roster.said import say

T = TypeVar("T")
DAY_COLUMNS = ("startDate", "endDate", "beginDate", "birthDate", "dateLastModified")


def is_oneroster(tables: Mapping[str, Table]) -> bool:
    """Whether the set is one: a manifest, or a table that names its rows by ``sourcedId``."""
    for file, table in tables.items():
        heads = {plain(head) for head in table.header}
        if table_name(file) == "manifest" and "propertyname" in heads:
            return True
        if table_name(file) and any(head.startswith("sourcedid") for head in heads):
            return True
    return False


def read_oneroster(tables: Mapping[str, Table]) -> Roster:
    """Read the tables of a set. Raises :class:`UnreadableError` when a table is there twice or none is."""
    journal = Journal()
    named = _by_name(tables, journal)
    manifest = read_manifest(named.pop("manifest", None), set(named), journal)
    set_ = _Set(named, manifest, journal)
    context = Context(journal, has_roles_table="roles" in named)
    orgs = set_.read(ORGS, builders.org, context)
    sessions = set_.read(SESSIONS, builders.session, context)
    courses = set_.read(COURSES, builders.course, context)
    groups = set_.read(CLASSES, builders.group, context)
    context.roles = _roles_by_person(set_, context)
    context.born = _birthdays(set_, context)
    people = set_.read(USERS, builders.person, context)
    enrolments = set_.read(ENROLMENTS, builders.enrolment, context)
    return Roster(
        source=manifest.source,
        modes=_modes(manifest, set_.damaged),
        present={kind.kind: frozenset(set_.seen.get(kind.name, ())) for kind in READ},
        orgs=orgs,
        sessions=sessions,
        courses=courses,
        groups=groups,
        people=people,
        enrolments=enrolments,
        links=builders.guardian_links(people),
        bad_rows=tuple(journal.bad_rows),
        notes=journal.all_notes(),
    )


@dataclass(slots=True)
class _Set:
    """The tables by name, and which ids each of them has given so far."""

    tables: Mapping[str, Table]
    manifest: Manifest
    journal: Journal
    seen: dict[str, dict[str, Place]] = field(default_factory=dict)
    damaged: set[str] = field(default_factory=set)
    """Tables with rows whose very id can't be read: what is missing from them has not surely gone."""

    def read(self, kind: TableKind, build: Callable[[Row, bool, Context], T], context: Context) -> tuple[T, ...]:
        """Every row that can be taken; the others go to the journal."""
        return tuple(thing for _, thing in self.pairs(kind, build, context))

    def pairs(
        self, kind: TableKind, build: Callable[[Row, bool, Context], T], context: Context
    ) -> Iterator[tuple[Row, T]]:
        """The same with the row each thing was built from."""
        table = self.tables.get(kind.name)
        if table is None:
            return
        for row in self._rows(table, kind, context):
            try:
                is_open = self._check(row, kind)
                yield row, build(row, is_open, context)
            except RowError as problem:
                self.journal.refuse(row.place, problem.reason)

    def _rows(self, table: Table, kind: TableKind, context: Context) -> Iterator[Row]:
        columns = find_columns(table, kind.columns, kind.older)
        self.journal.notes.extend((*table.notes, *columns.notes))
        self.journal.bad_rows.extend(table.bad_rows)
        if table.bad_rows:
            self.damaged.add(kind.name)
        missing = [name for name in kind.needed if name not in columns]
        if missing and table.header:
            text = say("There is no column %(names)s, so no row can be read.", names=", ".join(missing))
            self.journal.refuse(Place(table.file, 1), text)
            self.damaged.add(kind.name)
            return
        rows = list(table.rows(columns.names))
        context.order = DayOrder.learnt_from(row[column] for row in rows for column in DAY_COLUMNS)
        self._note_odd_stamps(rows, context.order)
        yield from rows

    def _note_odd_stamps(self, rows: list[Row], order: DayOrder) -> None:
        """A stamp of the last change decides nothing, so an odd one is only told."""
        for row in rows:
            try:
                read_day(row["dateLastModified"], order)
            except NotADayError:
                self.journal.note_many(row.place, say("dateLastModified is not a clear date and is ignored."))

    def _check(self, row: Row, kind: TableKind) -> bool:
        """Whether the row is open. Raises :class:`RowError`: no id, a double, an unknown state."""
        for name in kind.needed[:1]:
            if not row[name]:
                self.damaged.add(kind.name)
                raise RowError(say("%(column)s is empty.", column=name))
        if kind.needed:
            first = self.seen.setdefault(kind.name, {}).setdefault(row["sourcedId"], row.place)
            if first != row.place:
                raise RowError(
                    say(
                        "sourcedId “%(id)s” is already on line %(line)s.",
                        id=row["sourcedId"],
                        line=first.line,
                    )
                )
        is_open = read_standing(row["status"])
        if is_open is None:
            raise RowError(say("Unknown status “%(status)s”.", status=row["status"]))
        for name in kind.needed[1:]:
            if is_open and not row[name]:
                raise RowError(say("%(column)s is empty.", column=name))
        return is_open


def _by_name(tables: Mapping[str, Table], journal: Journal) -> dict[str, Table]:
    found: dict[str, Table] = {}
    ours = {kind.name for kind in READ} | {"manifest"}
    for file, table in tables.items():
        name = table_name(file)
        if name in found:
            text = say("This table appears twice: %(one)s and %(other)s.", one=found[name].file, other=file)
            raise UnreadableError(file, text)
        if name in ours:
            found[name] = table
        else:
            journal.note(Place(file, 0), say("This file is not part of a roster and was not read."))
    return found


def _roles_by_person(set_: _Set, context: Context) -> dict[str, tuple[RoleFact, ...]]:
    found: dict[str, tuple[RoleFact, ...]] = {}
    rows = list(set_.pairs(ROLES, builders.role_fact, context))
    rows.sort(key=lambda pair: pair[0]["roleType"].lower() != "primary")
    for row, fact in rows:
        if fact is not None:
            found[row["userSourcedId"]] = (*found.get(row["userSourcedId"], ()), fact)
    return found


def _birthdays(set_: _Set, context: Context) -> dict[str, date]:
    """Birth days are all that is read of demographics: the rest is nobody's business in a school."""
    found: dict[str, date] = {}

    def birthday(row: Row, _is_open: bool, inner: Context) -> date | None:
        return required_day(row["birthDate"], "birthDate", inner.order)

    for row, day in set_.pairs(DEMOGRAPHICS, birthday, context):
        if day is not None:
            found[row["userSourcedId"] or row["sourcedId"]] = day
    return found


def _modes(manifest: Manifest, damaged: set[str]) -> dict[str, Mode]:
    """What each file claims to be; one with rows that can't be told apart closes nothing, whatever it claims."""
    modes = {kind.kind: manifest.modes.get(kind.name, Mode.ABSENT) for kind in READ}
    for kind in READ:
        if kind.name in damaged and modes[kind.kind] is Mode.BULK:
            modes[kind.kind] = Mode.DELTA
    modes["links"] = modes["people"]
    return modes
