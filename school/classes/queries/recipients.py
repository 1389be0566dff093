"""Whom to tell of a pupil: accounts of the family and of the class teacher on a day."""

import uuid
from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import Any, cast

from sqlalchemy import ColumnElement, Table, and_, or_, select

from school.classes.models import ClassLeadership, Enrolment
from school.core.database import db
from school.people.models import Guardianship, Member

member = cast("Table", Member.__table__)
ward = cast("Table", Guardianship.__table__)
place = cast("Table", Enrolment.__table__)
leadership = cast("Table", ClassLeadership.__table__)


def _holds(table: Table, school_id: int, on: date) -> ColumnElement[bool]:
    c: Any = table.c
    return and_(c.school_id == school_id, c.from_on <= on, or_(c.to_on.is_(None), c.to_on >= on))


def family_accounts(school_id: int, pupil_id: uuid.UUID, on: date) -> list[uuid.UUID]:
    """The representatives who may see how the pupil does."""
    return list(
        db.session.scalars(
            select(member.c.account_id)
            .join(ward, and_(_holds(ward, school_id, on), ward.c.guardian_id == member.c.id))
            .where(member.c.school_id == school_id, ward.c.pupil_id == pupil_id, ward.c.sees_progress)
        )
    )


def leader_accounts(school_id: int, pupil_ids: Collection[uuid.UUID], on: date) -> dict[uuid.UUID, list[uuid.UUID]]:
    """The class teachers of each of these pupils."""
    rows = db.session.execute(
        select(place.c.pupil_id, member.c.account_id)
        .select_from(
            place.join(
                leadership, and_(_holds(leadership, school_id, on), leadership.c.class_id == place.c.group_id)
            ).join(member, and_(member.c.school_id == school_id, member.c.id == leadership.c.teacher_id))
        )
        .where(_holds(place, school_id, on), place.c.pupil_id.in_(pupil_ids))
    )
    found: dict[uuid.UUID, list[uuid.UUID]] = defaultdict(list)
    for pupil_id, account_id in rows:
        found[pupil_id].append(account_id)
    return found
