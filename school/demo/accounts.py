"""The accounts that the demo prints: one for each role, each with the simplest password that still is one."""

import uuid
from dataclasses import dataclass

from sqlalchemy import and_, select, update

from school.core.database import db
from school.demo.names import Name
from school.demo.people import Cast, Person
from school.people.models import Account, Member, Role
from school.people.passwords import hash_password

PASSWORD = "demo-school"  # noqa: S105 - printed for everybody who tries the school


@dataclass(frozen=True, slots=True)
class Printed:
    """One account for trying the school as a role."""

    role: str
    login: str
    password: str
    name: str


OF_CITY = {
    "methodologist": Name("Белова", "Нина", "Павловна", True),
    "analyst": Name("Юдин", "Олег", "Романович", False),
}
"""People of the city by their logins: they are in no school, and an account alone keeps only how one is spoken to."""


class Accounts:
    """Chooses and makes the people whose accounts are printed; hashes the one password once."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.hash = hash_password(PASSWORD)
        self.printed: list[Printed] = []
        self.logins: dict[uuid.UUID, str] = {}
        self.staff: dict[str, Person] = {}

    def make_staff(self) -> None:
        """The deputy, the head, the administrator, and two people of the city."""
        for role, login, name in (
            ("head", "head", Name("Орлова", "Вера", "Андреевна", True)),
            ("deputy", "deputy", Name("Тихонова", "Ирина", "Львовна", True)),
            ("admin", "admin", Name("Громов", "Антон", "Викторович", False)),
        ):
            person = self.staff[role] = self.cast.person(name, role)
            self._print(role, login, person)
        for role, name in OF_CITY.items():
            person = self.cast.person(name)
            self.cast.role(person, role, in_city=True)
            self._print(role, role, person)

    def choose(self, teacher: Person, class_teacher: Person, pupil: Person, parent: Person, small: Person) -> None:
        """The people of the journey: a subject teacher, a class teacher, a pupil, a parent of two, a small pupil."""
        self._print("teacher", "teacher", teacher)
        self._print("class_teacher", "class-teacher", class_teacher)
        self._print("pupil", "pupil", pupil)
        self._print("pupil", "pupil5", small)
        self._print("parent", "parent", parent)

    def _print(self, role: str, login: str, person: Person) -> None:
        self.printed.append(Printed(role, login, PASSWORD, person.whole_name))
        self.logins[person.account] = login

    def write(self) -> None:
        """Give the chosen accounts their logins; the rows must be written already."""
        for account, login in self.logins.items():
            db.session.execute(
                update(Account).where(Account.id == account).values(login=login, password_hash=self.hash)
            )


ROLES = {
    "head": "head",
    "deputy": "deputy",
    "admin": "admin",
    "methodologist": "methodologist",
    "analyst": "analyst",
    "teacher": "teacher",
    "class-teacher": "class_teacher",
    "pupil": "pupil",
    "pupil5": "pupil",
    "parent": "parent",
}
"""Logins and the roles they show."""


def printed_accounts() -> list[Printed]:
    """The accounts of a demo school that is there already; none in a school of real people."""
    rows = db.session.execute(
        select(Account.login, Member.family_name, Member.given_name, Member.patronymic)
        .join(Role, Role.account_id == Account.id)
        .join(Member, and_(Member.school_id == Role.school_id, Member.id == Role.member_id))
        .where(Account.login.in_(ROLES))
    )
    found = {str(login): " ".join(parts) for login, *parts in rows}
    found |= {
        login: OF_CITY[login].whole
        for login in db.session.scalars(select(Account.login).where(Account.login.in_(OF_CITY)))
        if login
    }
    if len(found) < len(ROLES):
        return []
    return [Printed(role, login, PASSWORD, found[login]) for login, role in ROLES.items()]
