"""Lists of people: a row is a person and the groups they are put in. Nobody is removed by absence."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from school.roster.formats.journal import Journal, RowError, required_day
from school.roster.formats.records import (
    Enrolment,
    Group,
    Mode,
    Person,
    Place,
    Role,
    RoleFact,
    Roster,
    Source,
)
from school.roster.formats.tables import Row, Table
from school.roster.formats.userlist.columns import ListColumns, columns_of, why_no_list
from school.roster.formats.userlist.enrolling import joined, role_word
from school.roster.formats.values import DayOrder, read_flag
from school.roster.said import say

KINDS = ("people", "groups", "enrolments")


def read_user_lists(tables: Mapping[str, Table]) -> Roster:
    """Read every table as a list of people; a table that is none is refused with the reason."""
    lists = _Lists()
    for table in tables.values():
        lists.add(table)
    name = "Moodle" if lists.is_moodle else "CSV"
    return Roster(
        source=Source(name.lower(), name),
        modes=dict.fromkeys(KINDS, Mode.DELTA),
        groups=tuple(lists.groups.values()),
        people=tuple(lists.people.values()),
        enrolments=tuple(lists.enrolments.values()),
        bad_rows=tuple(lists.journal.bad_rows),
        notes=lists.journal.all_notes(),
    )


@dataclass(slots=True)
class _Lists:
    """What the lists have said so far; a person may stand in several rows with different groups."""

    journal: Journal = field(default_factory=Journal)
    people: dict[str, Person] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)
    enrolments: dict[str, Enrolment] = field(default_factory=dict)
    is_moodle: bool = False

    def add(self, table: Table) -> None:
        columns = columns_of(table)
        self.journal.bad_rows.extend(table.bad_rows)
        self.journal.notes.extend(table.notes)
        if not table.header:
            return
        if reason := why_no_list(table, columns):
            self.journal.refuse(Place(table.file, 1), reason)
            return
        self.journal.notes.extend(columns.notes)
        self.is_moodle = self.is_moodle or columns.is_moodle
        rows = list(table.rows(columns.names))
        order = DayOrder.learnt_from(row["birthdate"] for row in rows)
        for row in rows:
            try:
                self._take(row, columns, order)
            except RowError as problem:
                self.journal.refuse(row.place, problem.reason)

    def _take(self, row: Row, columns: ListColumns, order: DayOrder) -> None:
        person = self._person(row, order)
        parts = list(joined(row, person.id, columns.numbers, order, self.journal)) if person.is_open else []
        facts = {part.enrolment.role for part in parts} | {fact.role for fact in person.roles}
        before = self.people.get(person.id)
        if before:
            facts |= {fact.role for fact in before.roles}
        elif not facts and person.is_open:
            facts = {Role.PUPIL}
            self.journal.note_many(row.place, say("No role is given; the person is imported as a pupil."))
        roles = tuple(RoleFact(role) for role in Role if role in facts)
        self.people[person.id] = replace(person, roles=roles, place=before.place if before else person.place)
        for part in parts:
            self.groups.setdefault(part.group.id, part.group)
            self.enrolments.setdefault(part.enrolment.id, part.enrolment)

    def _person(self, row: Row, order: DayOrder) -> Person:
        login = row["username"].strip()
        person_id = login.lower() or row["idnumber"]
        if not person_id:
            raise RowError(say("There is neither a login nor an ID."))
        family_name, given_name, patronymic = _names(row)
        is_open = not read_flag(row["deleted"], False)
        before = self.people.get(person_id)
        if is_open and before and (before.family_name, before.given_name) != (family_name, given_name):
            text = say(
                "“%(id)s” is already %(name)s on line %(line)s.",
                id=person_id,
                name=before.full_name,
                line=before.place.line,
            )
            raise RowError(text)
        if is_open and not (family_name or given_name) and not before:
            raise RowError(say("The person has no name."))
        if row["password"]:
            text = say("Passwords in the file are ignored; the school gives everyone access.")
            self.journal.note_many(row.place, text)
        role = role_word(row["role"])
        if row["role"] and role is None:
            raise RowError(say("Unknown role “%(role)s”.", role=row["role"]))
        return Person(
            id=person_id,
            login=login,
            family_name=family_name,
            given_name=given_name,
            patronymic=patronymic,
            place=row.place,
            email=row["email"],
            phone=row["phone"],
            born_on=required_day(row["birthdate"], "birthdate", order),
            identifier=row["idnumber"],
            roles=(RoleFact(role),) if role else (),
            previous_id=row["oldusername"].lower(),
            is_enabled=not read_flag(row["suspended"], False),
            is_open=is_open,
        )


def _names(row: Row) -> tuple[str, str, str]:
    """Family name, given name and patronymic; a full name is read in the Russian order."""
    if row["firstname"] or row["lastname"] or not row["fullname"]:
        return row["lastname"], row["firstname"], row["middlename"]
    family_name, _, rest = row["fullname"].partition(" ")
    given_name, _, patronymic = rest.strip().partition(" ")
    return family_name, given_name, patronymic.strip()
