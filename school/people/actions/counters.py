"""Numbers kept with an account, so that the statement for who is asking also answers them: counted anew, never added to."""

import uuid
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from enum import StrEnum
from typing import cast

from sqlalchemy import Table, select, update

from school.core.database import db
from school.core.scope import current_scope, hold_to
from school.people.models import Account, Role

account = cast("Table", Account.__table__)
AT_ONCE = 500


class Kept(StrEnum):
    """Columns of ``Account`` that hold such a number."""

    MESSAGES = "unread_messages"
    ASKS = "open_asks"


@contextmanager
def across_schools() -> Iterator[None]:
    """Count in other schools of the same people, then go on in this one."""
    before = current_scope()
    hold_to(None)
    try:
        yield
    finally:
        hold_to(before)


def schools_of(accounts: Collection[uuid.UUID]) -> list[int]:
    """Schools in which any of these accounts ever had a role."""
    found = db.session.scalars(
        select(Role.school_id).where(Role.account_id.in_(accounts), Role.school_id.is_not(None)).distinct()
    )
    return sorted(one for one in found if one is not None)


def keep_numbers(kept: Kept, accounts: Collection[uuid.UUID], numbers: Mapping[uuid.UUID, int]) -> None:
    """Write the number of each of these accounts, where it is another than before."""
    by_number: dict[int, list[uuid.UUID]] = defaultdict(list)
    for one in sorted(set(accounts)):
        by_number[numbers.get(one, 0)].append(one)
    column = account.c[kept.value]
    for number, who in sorted(by_number.items()):
        for start in range(0, len(who), AT_ONCE):
            some = who[start : start + AT_ONCE]
            change = update(account).where(account.c.id.in_(some), column != number)
            db.session.execute(change.values({kept.value: number}))


def keep_all(kept: Kept, numbers: Mapping[uuid.UUID, int]) -> None:
    """Write the numbers of everybody: who is not named has none."""
    had = db.session.scalars(select(account.c.id).where(account.c[kept.value] != 0)).all()
    keep_numbers(kept, {*had, *numbers}, Counter(numbers))
