"""How many messages wait for somebody: counted anew whenever one arrives or is read, and for everybody once a day."""

import uuid
from collections import Counter
from collections.abc import Collection
from typing import cast

from sqlalchemy import Select, Table, and_, func, or_, select

from school.core import clock
from school.core.database import db
from school.core.jobs import every
from school.messages.models import Talk, TalkMessage
from school.people.actions.counters import Kept, across_schools, keep_all, keep_numbers, schools_of
from school.people.models import Guardianship, Member, School

message = cast("Table", TalkMessage.__table__)
talk = cast("Table", Talk.__table__)
ward = cast("Table", Guardianship.__table__)
member = cast("Table", Member.__table__)
A_DAY = 24 * 3600.0


def count_unread(accounts: Collection[uuid.UUID]) -> None:
    """Count anew what waits for these people in all their schools."""
    numbers: Counter[uuid.UUID] = Counter()
    with across_schools():
        for school_id in schools_of(accounts):
            numbers += _unread(school_id, accounts)
        keep_numbers(Kept.MESSAGES, accounts, numbers)


@every(A_DAY, "count unread messages")
def count_everybodys() -> None:
    """Families change and teachers leave without a message being written."""
    numbers: Counter[uuid.UUID] = Counter()
    for school_id in db.session.scalars(select(School.id)).all():
        numbers += _unread(school_id, None)
    keep_all(Kept.MESSAGES, numbers)


def _unread(school_id: int, accounts: Collection[uuid.UUID] | None) -> Counter[uuid.UUID]:
    """Of one school, by account; of everybody where no accounts are named."""
    today = clock.today()
    arrived = and_(message.c.school_id == school_id, message.c.arrives_at <= clock.now(), message.c.read_at.is_(None))
    of_talk = and_(talk.c.school_id == school_id, talk.c.id == message.c.talk_id)
    staff = (
        select(member.c.account_id, func.count())
        .select_from(
            message.join(talk, of_talk).join(
                member, and_(member.c.school_id == school_id, member.c.id == talk.c.staff_id)
            )
        )
        .where(arrived, message.c.is_staff.is_(False))
    )
    family = (
        select(member.c.account_id, func.count())
        .select_from(
            message.join(talk, of_talk)
            .join(ward, and_(ward.c.school_id == school_id, ward.c.pupil_id == talk.c.pupil_id))
            .join(member, and_(member.c.school_id == school_id, member.c.id == ward.c.guardian_id))
        )
        .where(
            arrived,
            message.c.is_staff.is_(True),
            ward.c.sees_progress,
            ward.c.from_on <= today,
            or_(ward.c.to_on.is_(None), ward.c.to_on >= today),
        )
    )
    return _of(staff, accounts) + _of(family, accounts)


def _of(statement: Select[uuid.UUID, int], accounts: Collection[uuid.UUID] | None) -> Counter[uuid.UUID]:
    if accounts is not None:
        statement = statement.where(member.c.account_id.in_(accounts))
    rows = db.session.execute(statement.group_by(member.c.account_id))
    return Counter({row[0]: row[1] for row in rows})
