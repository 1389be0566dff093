"""Teachers, pupils and families of the demo school."""

import random
import uuid
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from school.demo.curriculum import TEACHERS
from school.demo.names import AUTHORS, FAMILIES, FATHERS, Name, make_name
from school.demo.rows import Rows
from school.people.models import Account, Guardianship, Member, Role, SignIn
from school.people.names import polite_name, sort_name

HERE = {"pupil": 0.93, "parent": 0.81}
"""Which share of them has signed in; of others all."""
VISITS = 93
DEVICES = ("Chrome, Android", "Safari, iPhone", "Chrome, Windows", "Firefox, Linux")


@dataclass(slots=True)
class Person:
    """A human of the demo school."""

    account: uuid.UUID
    member: uuid.UUID
    name: Name
    roles: list[str] = field(default_factory=list)

    @property
    def whole_name(self) -> str:
        """«Петрова Алёна Игоревна»."""
        return self.name.whole


class Cast:
    """Makes people; remembers who was printed with a password."""

    def __init__(self, rows: Rows, since: date, made_at: datetime) -> None:
        self.rows = rows
        self.since = since
        self.made_at = made_at
        self.used: set[tuple[str, str]] = set()
        self.made: list[Person] = []

    def person(self, name: Name, *roles: str, grown_up: bool = True) -> Person:
        """An account, a member and dated roles; no login yet: people are invited."""
        rows = self.rows
        person = Person(rows.id_at(self.since), rows.id_at(self.since), name, list(roles))
        self.made.append(person)
        spoken = polite_name(name.given, name.patronymic) if grown_up else name.given
        rows.add(
            Account,
            id=person.account,
            login=None,
            password_hash=None,
            name=spoken,
            email=None,
            created_at=self.made_at,
            closed_at=None,
        )
        rows.add(
            Member,
            id=person.member,
            account_id=person.account,
            family_name=name.family,
            given_name=name.given,
            patronymic=name.patronymic,
            sort_name=sort_name(name.family, name.given, name.patronymic),
            opened_on=self.since,
            closed_on=None,
        )
        for kind in roles:
            self.role(person, kind)
        return person

    def role(self, person: Person, kind: str, *, in_city: bool = False) -> None:
        """One more role of a person."""
        rows = self.rows
        rows.add(
            Role,
            id=rows.id_at(self.since),
            account_id=person.account,
            school_id=None if in_city else rows.school_id,
            member_id=None if in_city else person.member,
            kind=kind,
            from_on=self.since,
            to_on=None,
        )

    def new_name(self, *, is_female: bool, family: str | None = None, father: str | None = None) -> Name:
        """A name nobody has yet."""
        while True:
            name = make_name(self.rows.chance, is_female=is_female, family=family, father=father)
            if (name.family, name.given) not in self.used:
                self.used.add((name.family, name.given))
                return name

    def teachers(self) -> list[Person]:
        """One for each line of the curriculum; most are women, as in life."""
        signed = dict(AUTHORS)
        names = [signed.pop(subjects[0], None) for subjects in TEACHERS]
        self.used.update((name.family, name.given) for name in names if name)
        return [self.person(name or self.new_name(is_female=n % 5 != 4), "teacher") for n, name in enumerate(names)]

    def write_visits(self) -> None:
        """Most people have been here in the last days; their browsers are signed out, and nobody knows the tokens."""
        rows, chance = self.rows, random.Random(VISITS)
        for person in self.made:
            likely = min((HERE.get(kind, 1.0) for kind in person.roles), default=1.0)
            seen = self.made_at - timedelta(hours=chance.randrange(1, 200))
            if chance.random() < likely:
                rows.add(
                    SignIn,
                    id=rows.id_at(seen),
                    account_id=person.account,
                    token_hash=chance.randbytes(32),
                    how="password",
                    device=chance.choice(DEVICES),
                    started_at=seen - timedelta(days=chance.randrange(30)),
                    seen_at=seen,
                    expires_at=seen + timedelta(hours=1),
                    ended_at=seen + timedelta(minutes=20),
                )

    def family(self, children: int) -> tuple[list[Person], list[Person]]:
        """Children and their parents: mostly two, sometimes one."""
        chance = self.rows.chance
        family, father = chance.choice(FAMILIES), chance.choice(list(FATHERS))
        kids = [
            self.person(
                self.new_name(is_female=chance.random() < 0.5, family=family, father=father), "pupil", grown_up=False
            )
            for _ in range(children)
        ]
        parents = [self.person(self.new_name(is_female=True, family=family), "parent")]
        if chance.random() < 0.55:
            dad = make_name(chance, is_female=False, family=family)
            parents.append(self.person(dad._replace(given=father), "parent"))
        for parent in parents:
            for kid in kids:
                self.rows.add(
                    Guardianship,
                    id=self.rows.id_at(self.since),
                    guardian_id=parent.member,
                    pupil_id=kid.member,
                    relation="mother" if parent.name.is_female else "father",
                    sees_progress=True,
                    from_on=self.since,
                    to_on=None,
                    note="",
                )
        return kids, parents
