"""Schools, accounts, members, roles, families."""

from datetime import date
from typing import Any

from school.core import clock
from school.core.access import Actor, Standing
from school.core.database import db, new_id
from school.core.transactions import unit_of_work
from school.people.models import Account, Guardianship, Member, Role, School
from school.people.names import polite_name, sort_name

FAMILY = ("Алексеева", "Борисов", "Виноградова", "Громов", "Ёлкин", "Жукова", "Зайцев", "Ильина", "Королёв", "Лебедева")
GIVEN = ("Анна", "Борис", "Вера", "Глеб", "Дарья", "Егор", "Злата", "Иван", "Кира", "Лев")
LONG_AGO = date(2020, 9, 1)


class MakePeople:
    """The factories of ``school.people``."""

    counter: int

    def next(self) -> int:
        self.counter += 1
        return self.counter

    def save(self, *rows: Any) -> Any:
        """Commit rows; the first is given back."""
        with unit_of_work():
            db.session.add_all(rows)
        return rows[0]

    def school(self, **values: Any) -> School:
        n = self.next()
        return self.save(School(**{"name": f"Школа № {1000 + n}", "short_name": f"Школа № {1000 + n}", **values}))

    def account(self, **values: Any) -> Account:
        n = self.next()
        return self.save(Account(**{"login": f"login{n}", "name": f"Человек {n}", "created_at": clock.now(), **values}))

    def member(self, school: School, *roles: str, account: Account | None = None, **values: Any) -> Member:
        """A member of a school holding ``roles`` since long ago."""
        n = self.next()
        names = {
            "family_name": FAMILY[n % 10],
            "given_name": GIVEN[n // 3 % 10],
            "patronymic": "Сергеевна" if n % 2 else "Петрович",
        }
        names.update({key: value for key, value in values.items() if key in names})
        account = account or self.account(name=polite_name(names["given_name"], names["patronymic"]))
        member = Member(
            **{
                "school_id": school.id,
                "id": new_id(),
                "account_id": account.id,
                "opened_on": LONG_AGO,
                **names,
                "sort_name": sort_name(**names),
                **{key: value for key, value in values.items() if key not in names},
            }
        )
        made = [
            Role(account_id=account.id, school_id=school.id, member_id=member.id, kind=kind, from_on=LONG_AGO)
            for kind in roles
        ]
        return self.save(member, *made)

    def pupil(self, school: School, **values: Any) -> Member:
        return self.member(school, "pupil", **values)

    def teacher(self, school: School, **values: Any) -> Member:
        return self.member(school, "teacher", **values)

    def parent(
        self,
        school: School,
        *children: Member,
        account: Account | None = None,
        sees_progress: bool = True,
        **values: Any,
    ) -> Member:
        """A legal representative of ``children``."""
        parent = self.member(school, "parent", account=account, **values)
        for child in children:
            self.save(
                Guardianship(
                    school_id=school.id,
                    guardian_id=parent.id,
                    pupil_id=child.id,
                    relation="mother",
                    sees_progress=sees_progress,
                    from_on=LONG_AGO,
                )
            )
        return parent

    def city_role(self, kind: str) -> Account:
        account = self.account()
        self.save(Role(account_id=account.id, kind=kind, from_on=LONG_AGO))
        return account

    def account_of(self, member: Member) -> Account:
        account = db.session.get(Account, member.account_id)
        assert account is not None
        return account

    def actor(self, member: Member, *roles: str) -> Actor:
        """The actor that ``member`` is in a request of its school."""
        return Actor(
            account_id=member.account_id,
            sign_in_id=new_id(),
            name=member.given_name,
            locale="ru",
            theme="auto",
            standings=tuple(Standing(kind, member.school_id, member.id) for kind in roles),
            school_id=member.school_id,
            member_id=member.id,
            roles=frozenset(roles),
        )
