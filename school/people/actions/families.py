"""Legal representatives: added, limited, ended."""

from datetime import date

from sqlalchemy import or_, select

from school.core.access import Actor
from school.core.database import db, new_id
from school.core.records import record
from school.people.errors import AlreadyHas
from school.people.models import Guardianship, Member, Role
from school.people.seen import KeyHolder


def add_guardian(
    actor: Actor,
    child: KeyHolder,
    guardian: Member,
    relation: str,
    from_on: date,
    *,
    sees_progress: bool = True,
    note: str = "",
) -> Guardianship:
    """Make ``guardian`` a legal representative of ``child``; who was no parent here yet becomes one. Raises ``AlreadyHas``."""
    if db.session.scalar(
        select(Guardianship.id).where(
            Guardianship.school_id == child.school_id,
            Guardianship.guardian_id == guardian.id,
            Guardianship.pupil_id == child.id,
            or_(Guardianship.to_on.is_(None), Guardianship.to_on >= from_on),
        )
    ):
        raise AlreadyHas
    tie = Guardianship(
        school_id=child.school_id,
        id=new_id(),
        guardian_id=guardian.id,
        pupil_id=child.id,
        relation=relation,
        sees_progress=sees_progress,
        from_on=from_on,
        note=note,
    )
    db.session.add(tie)
    is_parent = db.session.scalar(
        select(Role.id).where(
            Role.school_id == child.school_id,
            Role.member_id == guardian.id,
            Role.kind == "parent",
            or_(Role.to_on.is_(None), Role.to_on >= from_on),
        )
    )
    if is_parent is None:
        db.session.add(
            Role(
                id=new_id(),
                account_id=guardian.account_id,
                school_id=child.school_id,
                member_id=guardian.id,
                kind="parent",
                from_on=from_on,
            )
        )
    db.session.flush()
    _remember(actor, "guardianship.given", tie)
    return tie


def change_guardianship(actor: Actor, tie: Guardianship, *, sees_progress: bool, to_on: date | None, note: str) -> None:
    """Limit, restore or end a representative's rights; the ground is kept in the note."""
    tie.sees_progress = sees_progress
    tie.to_on = to_on
    tie.note = note
    db.session.flush()
    _remember(actor, "guardianship.changed", tie)


def _remember(actor: Actor, kind: str, tie: Guardianship) -> None:
    record(
        actor,
        kind,
        school_id=tie.school_id,
        thing_id=tie.id,
        pupil_id=tie.pupil_id,
        payload={
            "guardian": tie.guardian_id,
            "relation": tie.relation,
            "sees_progress": tie.sees_progress,
            "from": tie.from_on,
            "to": tie.to_on,
        },
    )
