"""Who of a class has answered, and who has not yet."""

import uuid
from dataclasses import dataclass
from typing import cast

from sqlalchemy import Table, and_, select

from school.asks.queries.asks import answer, guardian, holds, place
from school.asks.seen import Answered, SeenAsk
from school.core.database import db
from school.people.models import Guardianship, Member
from school.people.names import polite_name, short_name

member = cast("Table", Member.__table__)
ward = cast("Table", Guardianship.__table__)


@dataclass(frozen=True, slots=True)
class PupilLine:
    """A pupil of the class, and what the family said."""

    id: uuid.UUID
    name: str
    answered: Answered | None


def answers_of(ask: SeenAsk) -> list[PupilLine]:
    """The class of today in its order."""
    school_id = ask.school_id
    rows = db.session.execute(
        select(
            member.c.id,
            member.c.family_name,
            member.c.given_name,
            answer.c.answer,
            answer.c.at,
            guardian.c.given_name,
            guardian.c.patronymic,
            answer.c.event_id,
        )
        .select_from(
            place.join(member, and_(member.c.school_id == school_id, member.c.id == place.c.pupil_id))
            .outerjoin(
                answer,
                and_(answer.c.school_id == school_id, answer.c.ask_id == ask.id, answer.c.pupil_id == place.c.pupil_id),
            )
            .outerjoin(guardian, and_(guardian.c.school_id == school_id, guardian.c.id == answer.c.by_id))
        )
        .where(holds(place, school_id), place.c.group_id == ask.group_id)
        .order_by(member.c.sort_name, member.c.id)
    )
    return [
        PupilLine(
            row[0],
            short_name(row[1], row[2]),
            Answered(row[3], row[4], polite_name(row[5], row[6]), row[7]) if row[3] else None,
        )
        for row in rows
    ]


def families_without_answer(
    school_id: int, ask_id: uuid.UUID, group_id: uuid.UUID
) -> list[tuple[uuid.UUID, uuid.UUID]]:
    """Pupil and account of each representative who may still answer; one statement for a class."""
    rows = db.session.execute(
        select(place.c.pupil_id, member.c.account_id)
        .select_from(
            place.join(ward, and_(holds(ward, school_id), ward.c.pupil_id == place.c.pupil_id))
            .join(member, and_(member.c.school_id == school_id, member.c.id == ward.c.guardian_id))
            .outerjoin(
                answer,
                and_(answer.c.school_id == school_id, answer.c.ask_id == ask_id, answer.c.pupil_id == place.c.pupil_id),
            )
        )
        .where(holds(place, school_id), place.c.group_id == group_id, ward.c.sees_progress, answer.c.id.is_(None))
        .order_by(place.c.pupil_id, member.c.account_id)
    )
    return [(row[0], row[1]) for row in rows]
