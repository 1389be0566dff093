"""People of a school: entered, renamed, given roles with dates, and let go. Nothing is deleted."""

from datetime import date, timedelta

from sqlalchemy import func, or_, select, update

from school.core import clock
from school.core.access import Actor
from school.core.database import db, new_id
from school.core.records import record
from school.people import sessions
from school.people.errors import AlreadyHas, LastAdmin
from school.people.hooks import rolls
from school.people.models import Account, Guardianship, Member, Role, School
from school.people.names import PersonName
from school.people.seen import KeyHolder


def enter_person(
    actor: Actor, school: School, name: PersonName, kind: str, from_on: date, account: Account | None = None
) -> Member:
    """Enter a person with their first role. ``account`` is theirs from another school or role: one human, one account."""
    if account is None:
        spoken = name.spoken(as_child=kind == "pupil")
        account = Account(id=new_id(), login=None, password_hash=None, name=spoken, created_at=clock.now())
        db.session.add(account)
        db.session.flush()
    member = db.session.scalar(select(Member).where(Member.school_id == school.id, Member.account_id == account.id))
    if member is None:
        member = Member(
            school_id=school.id,
            id=new_id(),
            account_id=account.id,
            family_name=name.family_name,
            given_name=name.given_name,
            patronymic=name.patronymic,
            sort_name=name.sort_name,
            opened_on=from_on,
        )
        db.session.add(member)
        db.session.flush()
    member.closed_on = None
    _give(actor, member, kind, from_on, None)
    return member


def rename(actor: Actor, holder: KeyHolder, name: PersonName) -> None:
    """Correct a name; the way the site addresses the person follows."""
    db.session.execute(
        update(Member)
        .where(Member.school_id == holder.school_id, Member.id == holder.id)
        .values(
            family_name=name.family_name,
            given_name=name.given_name,
            patronymic=name.patronymic,
            sort_name=name.sort_name,
        )
    )
    spoken = name.spoken(as_child=holder.is_only_pupil)
    db.session.execute(update(Account).where(Account.id == holder.account_id).values(name=spoken))
    record(actor, "person.renamed", school_id=holder.school_id, thing_id=holder.id, payload={})


def give_role(actor: Actor, holder: KeyHolder, kind: str, from_on: date, to_on: date | None) -> None:
    """Give a role from a day, for good or up to a last day. Raises ``AlreadyHas``."""
    member = db.session.scalar(select(Member).where(Member.school_id == holder.school_id, Member.id == holder.id))
    if member is not None:
        member.closed_on = None
        _give(actor, member, kind, from_on, to_on)


def end_role(actor: Actor, holder: KeyHolder, role: Role, last_day: date) -> None:
    """End a role after its last day; a day before its first one means that it was a slip. Raises ``LastAdmin``."""
    if role.kind == "admin" and not _another_admin(holder.school_id, role):
        raise LastAdmin
    role.to_on = max(last_day, role.from_on - timedelta(days=1))
    record(
        actor,
        "role.ended",
        school_id=holder.school_id,
        thing_id=role.id,
        payload={"kind": role.kind, "member": holder.id, "to": role.to_on},
    )


def close_member(actor: Actor, holder: KeyHolder, last_day: date) -> None:
    """The person leaves the school after ``last_day``: roles, groups and family ties here end. Raises ``LastAdmin``."""
    here = select(Role).where(Role.school_id == holder.school_id, Role.member_id == holder.id)
    for role in db.session.scalars(here.where(or_(Role.to_on.is_(None), Role.to_on > last_day))):
        end_role(actor, holder, role, last_day)
    db.session.execute(
        update(Member).where(Member.school_id == holder.school_id, Member.id == holder.id).values(closed_on=last_day)
    )
    db.session.execute(
        update(Guardianship)
        .where(
            Guardianship.school_id == holder.school_id,
            or_(Guardianship.guardian_id == holder.id, Guardianship.pupil_id == holder.id),
            or_(Guardianship.to_on.is_(None), Guardianship.to_on > last_day),
        )
        .values(to_on=last_day)
    )
    rolls().leave(holder.school_id, holder.id, last_day)
    if last_day < clock.today() and not _acts_anywhere(holder):
        sessions.end_all(holder.account_id)
    record(actor, "person.left", school_id=holder.school_id, thing_id=holder.id, payload={"last_day": last_day})


def _give(actor: Actor, member: Member, kind: str, from_on: date, to_on: date | None) -> None:
    overlapping = select(Role.id).where(
        Role.school_id == member.school_id,
        Role.member_id == member.id,
        Role.kind == kind,
        or_(Role.to_on.is_(None), Role.to_on >= from_on),
    )
    if to_on is not None:
        overlapping = overlapping.where(Role.from_on <= to_on)
    if db.session.scalar(overlapping) is not None:
        raise AlreadyHas
    role = Role(
        id=new_id(),
        account_id=member.account_id,
        school_id=member.school_id,
        member_id=member.id,
        kind=kind,
        from_on=from_on,
        to_on=to_on,
    )
    db.session.add(role)
    db.session.flush()
    record(
        actor,
        "role.given",
        school_id=member.school_id,
        thing_id=role.id,
        payload={"kind": kind, "member": member.id, "from": from_on, "to": to_on},
    )


def _another_admin(school_id: int, role: Role) -> bool:
    return (
        db.session.scalar(
            select(Role.id)
            .where(
                Role.school_id == school_id,
                Role.kind == "admin",
                Role.member_id != role.member_id,
                Role.from_on <= clock.today(),
                Role.to_on.is_(None),
            )
            .limit(1)
        )
        is not None
    )


def _acts_anywhere(holder: KeyHolder) -> bool:
    today = clock.today()
    living = (
        select(func.count())
        .select_from(Role)
        .where(Role.account_id == holder.account_id, or_(Role.to_on.is_(None), Role.to_on >= today))
    )
    return bool(db.session.scalar(living))
