"""Names of the people of a school by their ids."""

import uuid
from typing import cast

from sqlalchemy import Table, select

from school.core.database import db
from school.people.models import Member
from school.people.names import full_name

member = cast("Table", Member.__table__)


def teacher_names(school_id: int, *ids: uuid.UUID | None) -> dict[uuid.UUID, str]:
    """Full names, by member id; one statement."""
    wanted = [one for one in ids if one is not None]
    rows = db.session.execute(
        select(member.c.id, member.c.family_name, member.c.given_name, member.c.patronymic).where(
            member.c.school_id == school_id, member.c.id.in_(wanted)
        )
    )
    return {row_id: full_name(family, given, patronymic) for row_id, family, given, patronymic in rows}
