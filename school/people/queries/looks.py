"""Who looked at a pupil's data: facts about the pupil, and about groups while the pupil was in them."""

import uuid
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from sqlalchemy import and_, or_, select

from school.core import clock
from school.core.access import Actor
from school.core.database import db
from school.people.hooks import rolls
from school.people.models import AccessFact, Member
from school.people.names import polite_name
from school.people.seen import KeyHolder

A_PAGE = 40


@dataclass(frozen=True, slots=True)
class Look:
    """One opened page."""

    at: datetime
    id: uuid.UUID
    role: str
    purpose: str
    whole_group: bool
    """The page showed the pupil among the whole class or group."""
    by: str
    """The member of staff, as pupils say: «Ольга Сергеевна»; empty for people of other offices."""

    @property
    def place(self) -> str:
        """Begins the page after this line."""
        return f"{self.at.isoformat()}~{self.id.hex}"


def looks_at(actor: Actor, holder: KeyHolder, after: str = "") -> tuple[list[Look], str]:
    """A page of looks, the latest first, and where the next page begins (empty at the end)."""
    about_groups = [
        and_(
            AccessFact.group_id == stay.group_id,
            AccessFact.at >= clock.moscow(stay.from_on, time()),
            *([AccessFact.at < clock.moscow(stay.to_on + timedelta(days=1), time())] if stay.to_on else []),
        )
        for stay in rolls().stays_of(actor, holder.id)
    ]
    statement = (
        select(
            AccessFact.at,
            AccessFact.id,
            AccessFact.role,
            AccessFact.purpose,
            AccessFact.group_id.is_not(None),
            Member.given_name,
            Member.patronymic,
        )
        .outerjoin(Member, and_(Member.school_id == holder.school_id, Member.id == AccessFact.member_id))
        .where(AccessFact.school_id == holder.school_id, or_(AccessFact.pupil_id == holder.id, *about_groups))
        .order_by(AccessFact.at.desc(), AccessFact.id.desc())
        .limit(A_PAGE + 1)
    )
    place = _place(after)
    if place:
        at, last = place
        statement = statement.where(or_(AccessFact.at < at, and_(AccessFact.at == at, AccessFact.id < last)))
    rows = [Look(*row[:5], polite_name(row[5] or "", row[6] or "")) for row in db.session.execute(statement)]
    shown = rows[:A_PAGE]
    return shown, shown[-1].place if len(rows) > A_PAGE else ""


def _place(text: str) -> tuple[datetime, uuid.UUID] | None:
    moment, _, mark = text.partition("~")
    try:
        at = datetime.fromisoformat(moment.replace(" ", "+"))
        return (at, uuid.UUID(mark)) if at.tzinfo else None
    except ValueError:
        return None
