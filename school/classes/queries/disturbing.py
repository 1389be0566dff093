"""When pupils sit in lessons, so that no telephone rings there."""

import uuid
from collections.abc import Collection
from datetime import datetime
from typing import cast

from sqlalchemy import Table, select

from school.classes.queries.days import lessons_of_pupils
from school.core import clock
from school.core.database import db
from school.notices.seen import Span
from school.people.models import Member, Role

member = cast("Table", Member.__table__)
role = cast("Table", Role.__table__)


def lessons_around(school_id: int, accounts: Collection[uuid.UUID], moment: datetime) -> dict[uuid.UUID, list[Span]]:
    """Of pupils among these accounts: from the first lesson of that day to the end of the last."""
    rows = db.session.execute(
        select(member.c.id, member.c.account_id)
        .join(role, role.c.member_id == member.c.id)
        .where(
            member.c.school_id == school_id,
            member.c.account_id.in_(accounts),
            role.c.school_id == school_id,
            role.c.kind == "pupil",
        )
    )
    pupils = {row[0]: row[1] for row in rows}
    if not pupils:
        return {}
    day = clock.local(moment).date()
    found = {}
    for pupil_id, lessons in lessons_of_pupils(school_id, list(pupils), day, day).items():
        held = [one for one in lessons if one.is_held]
        if held:
            found[pupils[pupil_id]] = [(min(one.starts_at for one in held), max(one.ends_at for one in held))]
    return found
