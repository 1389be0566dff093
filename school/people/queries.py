"""Reading people: accounts by login, members of a school, families."""

import uuid
from datetime import date

from sqlalchemy import or_, select

from school.core.access import Actor
from school.core.database import db
from school.people.models import Account, Guardianship, Member


def find_account(login: str) -> Account | None:
    """The open account of a login, in any case."""
    return db.session.scalar(select(Account).where(Account.login == login.strip().lower(), Account.closed_at.is_(None)))


def get_member(actor: Actor, member_id: uuid.UUID) -> Member | None:
    """A member of the actor's school."""
    return db.session.scalar(select(Member).where(Member.school_id == actor.school_id, Member.id == member_id))


def children_of(actor: Actor, on: date) -> list[Member]:
    """The pupils of this school whose progress the actor may follow as a legal representative on that day."""
    return list(
        db.session.scalars(
            select(Member)
            .join(
                Guardianship,
                (Guardianship.school_id == Member.school_id) & (Guardianship.pupil_id == Member.id),
            )
            .where(
                Member.school_id == actor.school_id,
                Guardianship.school_id == actor.school_id,
                Guardianship.guardian_id == actor.member_id,
                Guardianship.sees_progress,
                Guardianship.from_on <= on,
                or_(Guardianship.to_on.is_(None), Guardianship.to_on >= on),
            )
            .order_by(Member.sort_name)
        )
    )
