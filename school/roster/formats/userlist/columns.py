"""The columns of a list of people, under the names that Moodle, Kolibri and Russian offices give them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from school.roster.formats.headers import Columns, find_columns, plain
from school.roster.formats.records import Note, Place
from school.roster.formats.tables import Table
from school.roster.said import Said, say

PERSON = (
    "username",
    "oldusername",
    "idnumber",
    "firstname",
    "lastname",
    "middlename",
    "fullname",
    "email",
    "phone",
    "birthdate",
    "role",
    "class",
    "teaches",
    "password",
    "deleted",
    "suspended",
)

ALIASES: Mapping[str, str] = {
    "login": "username",
    "username (USERNAME)": "username",
    "логин": "username",
    "имя пользователя": "username",
    "id": "idnumber",
    "external id": "idnumber",
    "identifier": "idnumber",
    "identifier (IDENTIFIER)": "idnumber",
    "номер": "idnumber",
    "личное дело": "idnumber",
    "номер личного дела": "idnumber",
    "табельный номер": "idnumber",
    "снилс": "idnumber",
    "given name": "firstname",
    "имя": "firstname",
    "surname": "lastname",
    "family name": "lastname",
    "фамилия": "lastname",
    "middle initial": "middlename",
    "patronymic": "middlename",
    "отчество": "middlename",
    "name": "fullname",
    "full name (FULL_NAME)": "fullname",
    "фио": "fullname",
    "фамилия имя отчество": "fullname",
    "ученик": "fullname",
    "email address": "email",
    "почта": "email",
    "эл почта": "email",
    "электронная почта": "email",
    "phone1": "phone",
    "phone number": "phone",
    "телефон": "phone",
    "date of birth": "birthdate",
    "birthday": "birthdate",
    "profile_field_birthdate": "birthdate",
    "дата рождения": "birthdate",
    "user type": "role",
    "user type (USER_TYPE)": "role",
    "роль": "role",
    "должность": "role",
    "класс": "class",
    "learner enrollment (ENROLLED_IN)": "class",
    "coach assigned (ASSIGNED_TO)": "teaches",
    "ведёт классы": "teaches",
    "password (PASSWORD)": "password",
    "пароль": "password",
    "удалён": "deleted",
}

NUMBERED = re.compile(
    r"(course|type|role|group|enrolperiod|enrolstatus|enroltimestart|cohort|sysrole|categoryrole|category)(\d{1,3})$"
)


@dataclass(frozen=True, slots=True)
class ListColumns:
    """The columns of one list: the person's by name, the numbered ones as they are."""

    names: Mapping[str, str]
    numbers: tuple[int, ...]
    is_moodle: bool
    notes: tuple[Note, ...]

    def __contains__(self, column: str) -> bool:
        """Whether the list has this column."""
        return column in self.names.values()


def columns_of(table: Table) -> ListColumns:
    """Match the header of a list. ``role1`` and its like are told from ``role`` before likeness is tried."""
    numbered: dict[str, str] = {}
    numbers: set[int] = set()
    for header in table.header:
        found = NUMBERED.match(plain(header))
        if found:
            numbered[header] = f"{found[1]}{int(found[2])}"
            numbers.add(int(found[2]))
    rest = Table(table.file, tuple(head for head in table.header if head not in numbered), ())
    found_columns: Columns = find_columns(rest, PERSON, ALIASES)
    names = {**found_columns.names, **numbered}
    heads = {plain(head) for head in table.header}
    is_moodle = "username" in heads and (
        bool(numbered) or bool(heads & {"firstname", "lastname", "oldusername", "deleted"})
    )
    notes = list(found_columns.notes)
    for prefix in ("sysrole", "categoryrole"):
        if any(name.startswith(prefix) for name in numbered.values()):
            text = say(
                "%(column)s is ignored: rights other than teaching and learning are given by hand.",
                column=prefix,
            )
            notes.append(Note(Place(table.file, 1), text))
    return ListColumns(names, tuple(sorted(numbers)), is_moodle, tuple(notes))


def why_no_list(table: Table, columns: ListColumns) -> Said | None:
    """Why the file is no list of people; nothing when it is one."""
    heads = {plain(head) for head in table.header}
    if {"shortname", "fullname"} <= heads:
        return say("This is a list of courses, not of people.")
    if "groupname" in heads:
        return say("This is a list of groups, not of people.")
    if "username" not in columns and "idnumber" not in columns:
        return say("There is no column with a login or an ID; people are never matched by name alone.")
    says_who = {"firstname", "lastname", "fullname", "deleted", "oldusername"}
    if not any(name in columns for name in says_who) and not columns.numbers:
        return say("There is no column with names.")
    if "username" not in columns and {"visible", "description"} & heads:
        return say("This is a list of groups, not of people.")
    return None
