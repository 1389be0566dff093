"""Which news leave the site now, gathered into one message a person; decided by a worker, again at each moment that matters.

A message is written down with the news it carries before anything is sent (``sending`` does that), so each piece of news is
in one message at most, whatever crashes.
"""

import uuid
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from flask_babel import force_locale
from sqlalchemy import Select, Table, exists, func, insert, select, update

from school.core import clock
from school.core.config import current_settings
from school.core.database import db, new_id, read_engine
from school.core.jobs import enqueue, every, handler
from school.core.transactions import unit_of_work
from school.notices.actions.sending import SEND
from school.notices.actions.telling import NOW
from school.notices.actions.wording import compose
from school.notices.hooks import busy, is_prompt, topic_of
from school.notices.models import Channel, Dispatch, Notice
from school.notices.queries import COLUMNS, Told, told_by
from school.notices.seen import SeenNotice, Span
from school.notices.windows import leave_at
from school.people.models import School

notice = cast("Table", Notice.__table__)
dispatch = cast("Table", Dispatch.__table__)
school = cast("Table", School.__table__)

PEOPLE_AT_ONCE = 200
EVERY_SECONDS = 15


@dataclass(frozen=True, slots=True)
class Waiting:
    """A piece of news that may leave."""

    news: SeenNotice
    account_id: uuid.UUID
    ready_at: datetime


def has_due() -> bool:
    """Whether a decision is due anywhere."""
    with read_engine().connect() as reading:
        return reading.execute(select(_due_schools().exists())).scalar_one()


@every(EVERY_SECONDS, "notices.deliver", when=has_due)
def deliver() -> int:
    """Decide about everybody who has something due, school by school; the answer is how many messages were written."""
    with read_engine().connect() as reading:
        schools = reading.execute(_due_schools()).scalars().all()
    made = 0
    for school_id in schools:
        with unit_of_work():
            made += _deliver_in(school_id)
    return made


@handler(NOW)
def deliver_now(payload: dict[str, Any]) -> None:
    """Urgent news do not wait for the next round."""
    _deliver_in(payload["school_id"])


def _due_schools() -> Select[int]:
    due = exists().where(notice.c.school_id == school.c.id, notice.c.look_at <= clock.now())
    return select(school.c.id).where(due)


def _deliver_in(school_id: int) -> int:
    now = clock.now()
    accounts = db.session.scalars(
        select(notice.c.account_id)
        .where(notice.c.school_id == school_id, notice.c.look_at <= now)
        .distinct()
        .limit(PEOPLE_AT_ONCE)
    ).all()
    waiting = _waiting(school_id, accounts, now)
    told = told_by(accounts)
    quiet = _lessons_of(school_id, accounts, now)
    sent = _last_sent(school_id, accounts)
    letters = current_settings().mail is not None
    made = 0
    for account_id in accounts:
        mine = [one for one in waiting.get(account_id, []) if one.news.seen_at is None]
        _leave(school_id, [one for one in waiting.get(account_id, []) if one.news.seen_at is not None])
        person = told.get(account_id)
        if person is None:
            _leave(school_id, mine)
            continue
        for channel, some in _by_channel(person, mine, letters=letters).items():
            if channel is None:
                _leave(school_id, some)
                continue
            urgent = [one for one in some if one.news.urgent]
            calm = [one for one in some if not one.news.urgent]
            if urgent:
                _write(school_id, person, channel, urgent, urgent=True)
                made += 1
            made += _calm(school_id, person, channel, calm, quiet.get(account_id, ()), sent.get(account_id))
    return made


def _calm(
    school_id: int,
    person: Told,
    channel: Channel,
    some: list[Waiting],
    lessons: Sequence[Span],
    last_sent: datetime | None,
) -> int:
    """Whatever makes this person's next message leave takes all that waits along."""
    moments = []
    for prompt in (True, False):
        ready = [one.ready_at for one in some if is_prompt(one.news.kind) == prompt]
        if ready:
            moments.append(
                leave_at(min(ready), max(ready), person.windows, is_prompt=prompt, busy=lessons, last_sent=last_sent)
            )
    if not moments:
        return 0
    if min(moments) > clock.now():
        _leave(school_id, some, look_at=min(moments))
        return 0
    _write(school_id, person, channel, some, urgent=False)
    return 1


def _by_channel(person: Told, some: Collection[Waiting], *, letters: bool) -> dict[Channel | None, list[Waiting]]:
    found: dict[Channel | None, list[Waiting]] = defaultdict(list)
    for one in some:
        found[person.channel_of(topic_of(one.news.kind), urgent=one.news.urgent, letters=letters)].append(one)
    return found


def _write(school_id: int, person: Told, channel: Channel, some: list[Waiting], *, urgent: bool) -> None:
    """The message and what it carries, in one transaction with the job that sends it."""
    made = new_id()
    with force_locale(person.locale):
        title, lines, path = compose([one.news for one in some])
    db.session.execute(
        insert(dispatch).values(
            school_id=school_id,
            id=made,
            account_id=person.account_id,
            channel=channel.value,
            is_urgent=urgent,
            title=title,
            lines=lines,
            path=path,
            locale=person.locale,
            made_at=clock.now(),
        )
    )
    _leave(school_id, some, dispatch_id=made)
    enqueue(SEND, {"school_id": school_id, "dispatch_id": made}, key=f"{SEND}:{school_id}:{made}")


def _leave(
    school_id: int, some: Collection[Waiting], *, look_at: datetime | None = None, dispatch_id: uuid.UUID | None = None
) -> None:
    if some:
        db.session.execute(
            update(notice)
            .where(notice.c.school_id == school_id, notice.c.id.in_([one.news.id for one in some]))
            .values(look_at=look_at, dispatch_id=dispatch_id)
        )


def _waiting(school_id: int, accounts: Sequence[uuid.UUID], now: datetime) -> dict[uuid.UUID, list[Waiting]]:
    found: dict[uuid.UUID, list[Waiting]] = defaultdict(list)
    for row in db.session.execute(
        select(*COLUMNS, notice.c.account_id, notice.c.ready_at)
        .where(
            notice.c.school_id == school_id,
            notice.c.account_id.in_(accounts),
            notice.c.look_at.is_not(None),
            notice.c.ready_at <= now,
        )
        .order_by(notice.c.ready_at, notice.c.id)
    ):
        *seen, account_id, ready_at = row
        found[account_id].append(Waiting(SeenNotice(*seen), account_id, ready_at))
    return found


def _last_sent(school_id: int, accounts: Sequence[uuid.UUID]) -> dict[uuid.UUID, datetime]:
    """When the last calm message to each was written."""
    return {
        row[0]: row[1]
        for row in db.session.execute(
            select(dispatch.c.account_id, func.max(dispatch.c.made_at))
            .where(
                dispatch.c.school_id == school_id, dispatch.c.account_id.in_(accounts), dispatch.c.is_urgent.is_(False)
            )
            .group_by(dispatch.c.account_id)
        )
    }


def _lessons_of(school_id: int, accounts: Sequence[uuid.UUID], now: datetime) -> Mapping[uuid.UUID, Sequence[Span]]:
    found: dict[uuid.UUID, list[Span]] = defaultdict(list)
    for asker in busy:
        for account_id, spans in asker(school_id, accounts, now).items():
            found[account_id] += spans
    return found
