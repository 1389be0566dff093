"""How many questions wait for a family: counted anew when one is asked, answered or over, and for everybody once a day."""

import uuid
from collections import Counter
from collections.abc import Collection
from typing import cast

from sqlalchemy import Table, and_, func, select

from school.asks.models import Ask, AskAnswer
from school.asks.queries.asks import holds
from school.classes.models import Enrolment
from school.core import clock
from school.core.database import db
from school.core.jobs import every
from school.people.actions.counters import Kept, across_schools, keep_all, keep_numbers, schools_of
from school.people.models import Guardianship, Member, School

ask = cast("Table", Ask.__table__)
answer = cast("Table", AskAnswer.__table__)
place = cast("Table", Enrolment.__table__)
ward = cast("Table", Guardianship.__table__)
member = cast("Table", Member.__table__)
A_DAY = 24 * 3600.0


def count_open(accounts: Collection[uuid.UUID]) -> None:
    """Count anew what these people may still answer in all their schools."""
    numbers: Counter[uuid.UUID] = Counter()
    with across_schools():
        for school_id in schools_of(accounts):
            numbers += _open(school_id, accounts)
        keep_numbers(Kept.ASKS, accounts, numbers)


@every(A_DAY, "count open asks")
def count_everybodys() -> None:
    """Children change classes without a question being asked."""
    numbers: Counter[uuid.UUID] = Counter()
    for school_id in db.session.scalars(select(School.id)).all():
        numbers += _open(school_id, None)
    keep_all(Kept.ASKS, numbers)


def _open(school_id: int, accounts: Collection[uuid.UUID] | None) -> Counter[uuid.UUID]:
    """Of one school, by account; of everybody where no accounts are named."""
    statement = (
        select(member.c.account_id, func.count())
        .select_from(
            ask.join(place, and_(holds(place, school_id), place.c.group_id == ask.c.group_id))
            .join(ward, and_(holds(ward, school_id), ward.c.pupil_id == place.c.pupil_id))
            .join(member, and_(member.c.school_id == school_id, member.c.id == ward.c.guardian_id))
            .outerjoin(
                answer,
                and_(
                    answer.c.school_id == school_id,
                    answer.c.ask_id == ask.c.id,
                    answer.c.pupil_id == place.c.pupil_id,
                ),
            )
        )
        .where(ask.c.school_id == school_id, ask.c.due_on >= clock.today(), ward.c.sees_progress, answer.c.id.is_(None))
    )
    if accounts is not None:
        statement = statement.where(member.c.account_id.in_(accounts))
    rows = db.session.execute(statement.group_by(member.c.account_id))
    return Counter({row[0]: row[1] for row in rows})
