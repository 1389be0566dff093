"""One row of a OneRoster table into what we mean by it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from school.roster.formats.journal import Journal, RowError, required_day
from school.roster.formats.records import (
    Course,
    Enrolment,
    Group,
    GuardianLink,
    Org,
    Person,
    Role,
    RoleFact,
    Session,
)
from school.roster.formats.tables import Row
from school.roster.formats.values import DayOrder, read_flag, read_list, read_year_levels
from school.roster.said import say

ROLES: Mapping[str, Role] = {
    "student": Role.PUPIL,
    "teacher": Role.TEACHER,
    "parent": Role.PARENT,
    "guardian": Role.PARENT,
    "relative": Role.PARENT,
    "aide": Role.STAFF,
    "counselor": Role.STAFF,
    "proctor": Role.STAFF,
    "principal": Role.STAFF,
    "administrator": Role.STAFF,
    "siteadministrator": Role.STAFF,
    "systemadministrator": Role.STAFF,
    "districtadministrator": Role.STAFF,
}


@dataclass(slots=True)
class Context:
    """What a row needs from outside it: the file's order of days, facts of other tables, the journal."""

    journal: Journal
    order: DayOrder = field(default_factory=DayOrder)
    roles: Mapping[str, tuple[RoleFact, ...]] = field(default_factory=dict)
    born: Mapping[str, date] = field(default_factory=dict)
    has_roles_table: bool = False


def org(row: Row, is_open: bool, _context: Context) -> Org:
    """A row of orgs.csv."""
    return Org(
        id=row["sourcedId"],
        name=row["name"],
        kind=row["type"].lower() or "school",
        place=row.place,
        identifier=row["identifier"],
        parent_id=row["parentSourcedId"],
        is_open=is_open,
    )


def session(row: Row, is_open: bool, context: Context) -> Session:
    """A row of academicSessions.csv."""
    starts_on = required_day(row["startDate"], "startDate", context.order)
    ends_on = required_day(row["endDate"], "endDate", context.order)
    _in_order(starts_on, ends_on)
    return Session(
        id=row["sourcedId"],
        title=row["title"],
        kind=row["type"],
        place=row.place,
        starts_on=starts_on,
        ends_on=ends_on,
        parent_id=row["parentSourcedId"],
        is_open=is_open,
    )


def course(row: Row, is_open: bool, _context: Context) -> Course:
    """A row of courses.csv."""
    return Course(
        id=row["sourcedId"],
        title=row["title"],
        place=row.place,
        code=row["courseCode"],
        org_id=row["orgSourcedId"],
        year_levels=read_year_levels(row["grades"]),
        subjects=read_list(row["subjects"]),
        is_open=is_open,
    )


def group(row: Row, is_open: bool, _context: Context) -> Group:
    """A row of classes.csv."""
    return Group(
        id=row["sourcedId"],
        title=row["title"],
        place=row.place,
        is_homeroom=row["classType"].lower() == "homeroom",
        course_id=row["courseSourcedId"],
        org_id=row["schoolSourcedId"],
        code=row["classCode"],
        room=row["location"],
        year_levels=read_year_levels(row["grades"]),
        session_ids=read_list(row["termSourcedIds"]),
        subjects=tuple(subject for subject in read_list(row["subjects"]) if not subject.isdigit()),
        is_open=is_open,
    )


def person(row: Row, is_open: bool, context: Context) -> Person:
    """A row of users.csv, with the roles of roles.csv where there is one."""
    if is_open and not (row["givenName"] or row["familyName"]):
        raise RowError(say("The person has neither a given name nor a family name."))
    if row["password"]:
        text = say("Passwords in the file are ignored; the school gives everyone access.")
        context.journal.note_many(row.place, text)
    if is_open and not row["username"]:
        context.journal.note_many(row.place, say("The person has no username and will sign in by a card or a code."))
    return Person(
        id=row["sourcedId"],
        login=row["username"],
        family_name=row["familyName"],
        given_name=row["givenName"],
        patronymic=row["middleName"],
        place=row.place,
        email=row["email"],
        phone=row["phone"] or row["sms"],
        born_on=context.born.get(row["sourcedId"]),
        identifier=row["identifier"],
        roles=_roles(row, is_open, context),
        year_levels=read_year_levels(row["grades"]),
        agent_ids=read_list(row["agentSourcedIds"]),
        is_enabled=read_flag(row["enabledUser"], True),
        is_open=is_open,
    )


def _roles(row: Row, is_open: bool, context: Context) -> tuple[RoleFact, ...]:
    listed = context.roles.get(row["sourcedId"], ())
    if listed or not is_open or (context.has_roles_table and not row["role"]):
        return listed
    role = role_named(row, context)
    return tuple(RoleFact(role, org_id) for org_id in read_list(row["orgSourcedIds"]) or ("",))


def role_named(row: Row, context: Context) -> Role:
    """The role in a row. Raises :class:`RowError` for a word that the format does not have."""
    word = row["role"].lower().replace(" ", "").replace("_", "")
    if not word:
        raise RowError(say("The role is empty."))
    if word not in ROLES:
        raise RowError(say("“%(role)s” is not a OneRoster role.", role=row["role"]))
    if "administrator" in word or word == "principal":
        text = say(
            "“%(role)s” is imported as staff: rights of heads and administrators are given by hand.",
            role=row["role"],
        )
        context.journal.note_many(row.place, text)
    return ROLES[word]


def role_fact(row: Row, is_open: bool, context: Context) -> RoleFact | None:
    """A row of roles.csv; nothing when the row is closed."""
    if not is_open:
        return None
    starts_on = required_day(row["beginDate"], "beginDate", context.order)
    ends_on = required_day(row["endDate"], "endDate", context.order)
    _in_order(starts_on, ends_on)
    return RoleFact(role_named(row, context), row["orgSourcedId"], starts_on, ends_on)


def enrolment(row: Row, is_open: bool, context: Context) -> Enrolment:
    """A row of enrollments.csv."""
    starts_on = required_day(row["beginDate"], "beginDate", context.order)
    ends_on = required_day(row["endDate"], "endDate", context.order)
    _in_order(starts_on, ends_on)
    return Enrolment(
        id=row["sourcedId"],
        group_id=row["classSourcedId"],
        person_id=row["userSourcedId"],
        role=role_named(row, context) if is_open else Role.STAFF,
        place=row.place,
        org_id=row["schoolSourcedId"],
        is_primary=read_flag(row["primary"], False),
        starts_on=starts_on,
        ends_on=ends_on,
        is_open=is_open,
    )


def guardian_links(people: tuple[Person, ...]) -> tuple[GuardianLink, ...]:
    """Who answers for whom, from the agents either side names; only an adult of the family is a guardian."""
    by_id = {person.id: person for person in people}
    found: dict[str, GuardianLink] = {}
    for one in people:
        for agent_id in one.agent_ids:
            other = by_id.get(agent_id)
            adult, pupil = (one, other) if _is(one, Role.PARENT) else (other, one)
            if adult and pupil and _is(adult, Role.PARENT) and _is(pupil, Role.PUPIL):
                key = f"{adult.id}>{pupil.id}"
                is_open = adult.is_open and pupil.is_open
                found.setdefault(key, GuardianLink(key, adult.id, pupil.id, one.place, is_open))
    return tuple(found.values())


def _is(person: Person, role: Role) -> bool:
    return any(fact.role is role for fact in person.roles)


def _in_order(starts_on: date | None, ends_on: date | None) -> None:
    if starts_on and ends_on and ends_on < starts_on:
        raise RowError(say("It ends (%(end)s) before it begins (%(start)s).", end=ends_on, start=starts_on))
