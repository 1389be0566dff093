"""Telling people, once each; and noting that they have seen it."""

import json
import uuid
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from sqlalchemy import Table, and_, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from school.core import clock
from school.core.access import Actor
from school.core.database import db, new_id
from school.core.jobs import enqueue, every
from school.core.scope import hold_to
from school.notices.hooks import likeness
from school.notices.models import Dispatch, Notice
from school.notices.queries import COLUMNS, KEPT, schools_of
from school.notices.seen import SeenNotice
from school.notices.windows import PUPIL_FIRST
from school.people.models import Account, School

notice = cast("Table", Notice.__table__)
account = cast("Table", Account.__table__)

dispatch = cast("Table", Dispatch.__table__)

NOW = "notices.now"
"""The job that does not wait for the next round of deciding (``delivering``)."""
A_DAY = 24 * 3600.0
_INSERTS: dict[str, Any] = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}


@dataclass(frozen=True, slots=True)
class News:
    """What there is to tell; the fields are those of ``Notice``."""

    school_id: int
    kind: str
    key: str
    about: dict[str, Any] = field(default_factory=dict)
    pupil_id: uuid.UUID | None = None
    thing_id: uuid.UUID | None = None
    urgent: bool = False


def tell(accounts: Collection[uuid.UUID], news: News, *, pupil_first: bool = False) -> int:
    """Tell these people; who has been told of its ``key`` already is not told again. Answers how many were.

    On the site at once. It leaves the site later, gathered with other news (``school.notices.actions.delivering``).
    """
    now = clock.now()
    ready = now + PUPIL_FIRST if pupil_first else now
    rows = [
        {
            "school_id": news.school_id,
            "id": new_id(),
            "account_id": one,
            "kind": news.kind,
            "key": news.key,
            "pupil_id": news.pupil_id,
            "thing_id": news.thing_id,
            "about": json.loads(json.dumps(news.about, default=str)),
            "urgent": news.urgent,
            "made_at": now,
            "ready_at": ready,
            "look_at": ready,
        }
        for one in sorted(set(accounts))
    ]
    if not rows:
        return 0
    insert = _INSERTS[db.session.get_bind().dialect.name](notice)
    statement = insert.on_conflict_do_nothing(index_elements=["school_id", "account_id", "key"])
    told = list(db.session.scalars(statement.returning(notice.c.account_id), rows))
    _count(told, +1)
    if news.urgent and told:
        enqueue(NOW, {"school_id": news.school_id}, key=f"{NOW}:{news.school_id}")
    return len(told)


def settle(school: int, keys: Sequence[str]) -> None:
    """What these notices asked for is done: who has not looked need not."""
    _see(school, notice.c.key.in_(keys))


def turn(school: int, which: Mapping[str, str], thing: uuid.UUID, pupil: uuid.UUID | None = None) -> None:
    """What notices about a thing said is true no longer: they say another kind from now on (old kind to new), and nobody need look."""
    those = [notice.c.kind.in_(list(which)), notice.c.thing_id == thing]
    if pupil is not None:
        those.append(notice.c.pupil_id == pupil)
    _see(school, and_(*those))
    for old, new in which.items():
        db.session.execute(
            update(notice).where(notice.c.school_id == school, *those, notice.c.kind == old).values(kind=new)
        )


def settle_about(school: int, thing: uuid.UUID, pupil: uuid.UUID) -> None:
    """The same for all notices about a thing and a pupil."""
    _see(school, (notice.c.thing_id == thing) & (notice.c.pupil_id == pupil))


def see_all(actor: Actor) -> None:
    """The actor has read the list."""
    for school_id in schools_of(actor):
        hold_to(frozenset({school_id}))
        _see(school_id, notice.c.account_id == actor.account_id)
    db.session.execute(update(account).where(account.c.id == actor.account_id).values(unread=0))


def see(actor: Actor, one: SeenNotice) -> None:
    """The actor has opened what this one led to; so have all that stood in one line of a message with it."""
    mine = (notice.c.school_id == one.school_id) & (notice.c.account_id == actor.account_id)
    carried = select(notice.c.dispatch_id).where(mine, notice.c.id == one.id).scalar_subquery()
    beside = [
        SeenNotice(*row) for row in db.session.execute(select(*COLUMNS).where(mine, notice.c.dispatch_id == carried))
    ]
    alike = {other.id for other in beside if likeness(other) == likeness(one)}
    _see(one.school_id, (notice.c.account_id == actor.account_id) & notice.c.id.in_(alike | {one.id}))


def see_about(actor: Actor, school: int, thing: uuid.UUID) -> None:
    """The actor has seen the thing itself that these notices spoke of."""
    _see(school, (notice.c.account_id == actor.account_id) & (notice.c.thing_id == thing))


@every(A_DAY, "prune notices")
def prune() -> int:
    """Forget notices that are no longer shown, school by school."""
    gone = 0
    for school_id in db.session.scalars(select(School.id)).all():
        stale = dispatch.c.made_at < clock.now() - 2 * KEPT
        db.session.execute(delete(dispatch).where(dispatch.c.school_id == school_id, stale))
        old = delete(notice).where(notice.c.school_id == school_id, notice.c.made_at < clock.now() - 2 * KEPT)
        gone += db.session.execute(old).rowcount  # type: ignore[attr-defined]
    return gone


def _see(school_id: int, which: Any) -> None:
    seen = db.session.scalars(
        update(notice)
        .where(notice.c.school_id == school_id, notice.c.seen_at.is_(None), which)
        .values(seen_at=clock.now())
        .returning(notice.c.account_id)
    )
    _count(seen, -1)


def _count(accounts: Iterable[uuid.UUID], by: int) -> None:
    numbers = Counter(accounts)
    for number in sorted(set(numbers.values())):
        change = account.c.unread + by * number
        who = sorted(one for one, times in numbers.items() if times == number)
        db.session.execute(update(account).where(account.c.id.in_(who)).values(unread=change))
