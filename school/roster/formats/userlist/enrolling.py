"""Which groups a row of a list puts a person in: Moodle's numbered columns, or the names of classes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from school.roster.formats.journal import Journal, RowError, required_day
from school.roster.formats.records import Enrolment, Group, Role
from school.roster.formats.tables import Row
from school.roster.formats.values import DayOrder, read_list
from school.roster.said import say

DAY_SECONDS = 86_400
CLASS_TITLE = re.compile(r"\s*(1[01]|[1-9])\s*[-–]?\s*[«\"“]?\s*[А-ЯЁA-Z]\b", re.IGNORECASE)

ROLES = {
    "student": Role.PUPIL,
    "learner": Role.PUPIL,
    "pupil": Role.PUPIL,
    "ученик": Role.PUPIL,
    "ученица": Role.PUPIL,
    "обучающийся": Role.PUPIL,
    "teacher": Role.TEACHER,
    "editingteacher": Role.TEACHER,
    "coach": Role.TEACHER,
    "classcoach": Role.TEACHER,
    "facilitycoach": Role.TEACHER,
    "учитель": Role.TEACHER,
    "преподаватель": Role.TEACHER,
    "parent": Role.PARENT,
    "guardian": Role.PARENT,
    "родитель": Role.PARENT,
    "мать": Role.PARENT,
    "отец": Role.PARENT,
    "staff": Role.STAFF,
    "сотрудник": Role.STAFF,
    "5": Role.PUPIL,
    "4": Role.TEACHER,
    "3": Role.TEACHER,
}
"""Words and, at the end, the numbers of the roles in Moodle as it is installed."""

TYPES = {"1": Role.PUPIL, "2": Role.TEACHER, "3": Role.TEACHER}


@dataclass(frozen=True, slots=True)
class Joined:
    """One group and the enrolment of one person in it."""

    group: Group
    enrolment: Enrolment


def role_word(cell: str) -> Role | None:
    """The role that a word or Moodle's number names; nothing for one that gives no part in teaching."""
    return ROLES.get(cell.strip().lower().replace(" ", "").replace("_", ""))


def looks_like_class(title: str) -> bool:
    """Whether a group's name is that of a school class: 7 Б, 10-А, 5«в»."""
    return bool(CLASS_TITLE.match(title))


def joined(row: Row, person_id: str, numbers: tuple[int, ...], order: DayOrder, journal: Journal) -> Iterator[Joined]:
    """Every group that the row names."""
    for number in numbers:
        if row[f"course{number}"]:
            found = _in_course(row, person_id, number, order, journal)
            if found:
                yield found
        if title := row[f"cohort{number}"]:
            yield _in_class(row, person_id, title, Role.PUPIL, prefix="cohort")
    for title in read_list(row["class"]):
        yield _in_class(row, person_id, title, role_word(row["role"]) or Role.PUPIL)
    for title in read_list(row["teaches"]):
        yield _in_class(row, person_id, title, Role.TEACHER)


def _in_class(row: Row, person_id: str, title: str, role: Role, prefix: str = "class") -> Joined:
    group_id = f"{prefix}:{' '.join(title.lower().split())}"
    is_homeroom = looks_like_class(title)
    group = Group(group_id, title, row.place, is_homeroom=is_homeroom)
    key = f"{group_id}>{person_id}"
    return Joined(group, Enrolment(key, group_id, person_id, role, row.place, is_primary=is_homeroom))


def _in_course(row: Row, person_id: str, number: int, order: DayOrder, journal: Journal) -> Joined | None:
    course, subgroup = row[f"course{number}"], row[f"group{number}"]
    word = row[f"role{number}"]
    role = role_word(word) if word else TYPES.get(row[f"type{number}"] or "1")
    if role not in {Role.PUPIL, Role.TEACHER}:
        text = say(
            "%(column)s “%(role)s” is neither pupil nor teacher; the course is skipped.",
            column=f"role{number}",
            role=word,
        )
        journal.note_many(row.place, text)
        return None
    group_id = f"course:{course.lower()}" + (f"/{subgroup.lower()}" if subgroup else "")
    title = f"{course}, {subgroup}" if subgroup else course
    starts_on = required_day(row[f"enroltimestart{number}"], f"enroltimestart{number}", order)
    enrolment = Enrolment(
        id=f"{group_id}>{person_id}",
        group_id=group_id,
        person_id=person_id,
        role=role,
        place=row.place,
        subgroup=subgroup,
        starts_on=starts_on,
        ends_on=_end(starts_on, row[f"enrolperiod{number}"]),
        is_open=row[f"enrolstatus{number}"] != "1",
    )
    return Joined(Group(group_id, title, row.place, code=course, subjects=(course,)), enrolment)


def _end(starts_on: date | None, period: str) -> date | None:
    """The last day of an enrolment whose length is given in days, or in seconds as old files have it."""
    if not period or period == "0" or starts_on is None:
        return None
    if not period.isdigit() or len(period) > 9:
        raise RowError(say("The length of the enrolment “%(period)s” is not a number of days.", period=period))
    length = int(period)
    days = length // DAY_SECONDS if length >= DAY_SECONDS else length
    return starts_on + timedelta(days=days)
