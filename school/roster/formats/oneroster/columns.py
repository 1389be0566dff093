"""The tables of OneRoster CSV 1.0, 1.1 and 1.2 that a roster is made of, and their columns."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from school.roster.formats.headers import plain

ROW = ("sourcedId", "status", "dateLastModified")


@dataclass(frozen=True, slots=True)
class TableKind:
    """One table of the format. ``older`` are the names that version 1.0 used for the same columns."""

    name: str
    kind: str
    columns: tuple[str, ...]
    needed: tuple[str, ...]
    older: Mapping[str, str] = field(default_factory=dict)


ORGS = TableKind("orgs", "orgs", (*ROW, "name", "type", "identifier", "parentSourcedId"), ("sourcedId", "name"))
SESSIONS = TableKind(
    "academicSessions",
    "sessions",
    (*ROW, "title", "type", "startDate", "endDate", "parentSourcedId", "schoolYear"),
    ("sourcedId", "title"),
)
COURSES = TableKind(
    "courses",
    "courses",
    (
        *ROW,
        "schoolYearSourcedId",
        "title",
        "courseCode",
        "grades",
        "orgSourcedId",
        "subjects",
        "subjectCodes",
    ),
    ("sourcedId", "title"),
    {"grade": "grades", "schoolYearId": "schoolYearSourcedId", "orgSourcedIds": "orgSourcedId"},
)
CLASSES = TableKind(
    "classes",
    "groups",
    (
        *ROW,
        "title",
        "grades",
        "courseSourcedId",
        "classCode",
        "classType",
        "location",
        "schoolSourcedId",
        "termSourcedIds",
        "subjects",
        "subjectCodes",
        "periods",
    ),
    ("sourcedId", "title"),
    {"grade": "grades", "termSourcedId": "termSourcedIds"},
)
USERS = TableKind(
    "users",
    "people",
    (
        *ROW,
        "enabledUser",
        "orgSourcedIds",
        "role",
        "username",
        "userIds",
        "givenName",
        "familyName",
        "middleName",
        "identifier",
        "email",
        "sms",
        "phone",
        "agentSourcedIds",
        "grades",
        "password",
        "userMasterIdentifier",
        "resourceSourcedIds",
        "preferredGivenName",
        "preferredMiddleName",
        "preferredFamilyName",
        "primaryOrgSourcedId",
        "pronouns",
    ),
    ("sourcedId",),
    {
        "userId": "userIds",
        "agents": "agentSourcedIds",
        "agentSourcedId": "agentSourcedIds",
        "orgSourcedId": "orgSourcedIds",
        "grade": "grades",
    },
)
ROLES = TableKind(
    "roles",
    "roles",
    (
        *ROW,
        "userSourcedId",
        "roleType",
        "role",
        "beginDate",
        "endDate",
        "orgSourcedId",
        "userProfileSourcedId",
    ),
    ("sourcedId", "userSourcedId", "role"),
    {"orgSourcedIds": "orgSourcedId"},
)
ENROLMENTS = TableKind(
    "enrollments",
    "enrolments",
    (*ROW, "classSourcedId", "schoolSourcedId", "userSourcedId", "role", "primary", "beginDate", "endDate"),
    ("sourcedId", "classSourcedId", "userSourcedId", "role"),
)
DEMOGRAPHICS = TableKind(
    "demographics",
    "demographics",
    (*ROW, "userSourcedId", "birthDate", "sex"),
    (),
)

READ = (ORGS, SESSIONS, COURSES, CLASSES, USERS, ROLES, ENROLMENTS, DEMOGRAPHICS)
"""What is read, in the order in which later tables refer to earlier ones."""

EXPECTED = (ORGS, SESSIONS, COURSES, CLASSES, USERS, ENROLMENTS)
"""What every version of the format asks for; their absence is told."""

NOT_OURS = (
    "resources",
    "courseResources",
    "classResources",
    "userResources",
    "categories",
    "lineItems",
    "results",
    "scoreScales",
    "userProfiles",
    "lineItemLearningObjectiveIds",
    "lineItemScoreScales",
    "resultLearningObjectiveIds",
    "resultScoreScales",
)
"""Tables of the format that are no part of a roster: marks, resources, passwords of other systems."""

OTHER_NAMES = {
    "enrolments": "enrollments",
    "enrollment": "enrollments",
    "enrolment": "enrollments",
    "academicsession": "academicSessions",
    "sessions": "academicSessions",
    "org": "orgs",
    "organizations": "orgs",
    "organisations": "orgs",
    "user": "users",
    "class": "classes",
    "course": "courses",
    "role": "roles",
    "demographic": "demographics",
}


def table_name(file: str) -> str:
    """The table that a file holds, from the file's name; empty when the name says none."""
    stem = plain(file.rsplit("/", 1)[-1].rsplit(".", 1)[0])
    known = {plain(name): name for name in (*(table.name for table in READ), *NOT_OURS, "manifest")}
    return known.get(stem) or OTHER_NAMES.get(stem, "")
