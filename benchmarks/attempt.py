"""A pupil of the demo school at twenty questions of many kinds, half of them answered, and endless answers to save."""

import uuid
from dataclasses import dataclass
from urllib.parse import urlencode

from sqlalchemy import select

from benchmarks.cpu import Request
from content_library.models import Item, Unit, UnitVersion
from school.core import clock
from school.core.access import Actor
from school.core.database import db, new_id
from school.core.transactions import unit_of_work
from school.demo.building import SCHOOL_ID
from school.people.models import Account, Member, Role
from school.tasks.actions import Given, save_answer, start_attempt
from school.tasks.kinds import BY_HAND, kind_of
from school.tasks.models import Attempt
from school.tasks.queries import get_attempt
from school.tasks.sheets import gathered

QUESTIONS = 20


@dataclass(frozen=True, slots=True)
class Sitting:
    """The attempt of the benchmark."""

    attempt_id: uuid.UUID
    item_id: uuid.UUID

    @property
    def path(self) -> str:
        """Of its page."""
        return f"/s/{SCHOOL_ID}/attempts/{self.attempt_id}"

    def save_one_answer(self) -> Request:
        """Each sending is a new answer to a question answered by a number."""

        def body() -> bytes:
            return urlencode({"client_id": str(new_id()), "number": 1, "answer": "7", "age": "0.1"}).encode()

        headers = (("Content-Type", "application/x-www-form-urlencoded"), ("Accept", "application/json"))
        return Request(f"{self.path}/items/{self.item_id}/answers", "POST", headers, body)


def sit_down(login: str) -> Sitting:
    """Begin the attempt in the name of ``login``, who is a pupil, and answer every second question."""
    account = db.session.scalars(select(Account).where(Account.login == login)).one()
    role = db.session.scalars(select(Role).where(Role.account_id == account.id, Role.school_id == SCHOOL_ID)).one()
    pupil = db.session.get_one(Member, (SCHOOL_ID, role.member_id))
    me = Actor(account.id, new_id(), "", "ru", "", (), SCHOOL_ID, pupil.id, frozenset({"pupil"}))
    found = (
        select(Item)
        .join(Unit, Unit.published_version_id == Item.version_id)
        .where(Item.kind.not_in(BY_HAND), Unit.held_at.is_(None))
        .order_by(Item.id)
    )
    by_kind: dict[str, list[Item]] = {}
    for one in db.session.scalars(found):
        by_kind.setdefault(one.kind, []).append(one)
    items: list[Item] = []
    while len(items) < QUESTIONS:  # the kinds in turn: a page of twenty numbers would be a cheap one
        items += [some.pop() for some in by_kind.values() if some]
    items = items[:QUESTIONS]
    number = next(one for one in items if one.kind == "number")
    with unit_of_work():
        version = db.session.get_one(UnitVersion, items[0].version_id)
        row: Attempt = start_attempt(
            me, version, pupil, Given(sheet=gathered("Двадцать вопросов", [one.id for one in items]))
        )
    with unit_of_work():
        attempt = get_attempt(me, row.id)
        assert attempt is not None
        for item in items[::2]:
            save_answer(me, attempt, item, new_id(), kind_of(item.kind).examples(item.spec, row.seed).right, 1)
    assert clock.now() > row.started_at
    return Sitting(row.id, number.id)
