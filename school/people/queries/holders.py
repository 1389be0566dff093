"""Members of a school with their roles and keys: five statements for one or for a whole class."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import func, or_, select

from school.core import clock
from school.core.access import Actor
from school.core.database import db
from school.people.hooks import KnownClass, rolls
from school.people.models import AccessCode, Account, Member, QrCard, Role, School, SignIn
from school.people.queries.families import guardian_ids_of
from school.people.seen import KeyHolder, RoleLine
from school.people.words import STAFF


def get_holder(actor: Actor, member_id: uuid.UUID) -> KeyHolder | None:
    """A member of the actor's school, with the actor's relations to them when they are a pupil."""
    if actor.school_id is None:
        return None
    found = next(iter(holders(actor.school_id, [member_id])), None)
    if found is None or "pupil" not in found.roles_ever:
        return found
    pupil = rolls().get_pupil(actor, member_id)
    if pupil is None:
        return found
    return replace(
        found,
        year_level=pupil.year_level,
        class_name=pupil.class_name,
        teaches=pupil.teaches,
        leads=pupil.leads,
        follows=pupil.follows,
    )


def role_of(holder: KeyHolder, role_id: uuid.UUID) -> Role | None:
    """For addresses below a person: one of their roles in this school."""
    return db.session.scalar(
        select(Role).where(Role.id == role_id, Role.school_id == holder.school_id, Role.member_id == holder.id)
    )


def staff_to_invite(actor: Actor) -> list[KeyHolder]:
    """Staff of the actor's school who have never signed in, in the order of names."""
    today = clock.today()
    ids = db.session.scalars(
        select(Role.member_id)
        .join(Account, Account.id == Role.account_id)
        .where(
            Role.school_id == actor.school_id,
            Role.kind.in_(STAFF),
            Role.from_on <= today,
            or_(Role.to_on.is_(None), Role.to_on >= today),
            Account.password_hash.is_(None),
            Account.closed_at.is_(None),
        )
        .distinct()
    )
    known = [one for one in ids if one is not None]
    return holders(actor.school_id or 0, known) if known else []


def holders(school_id: int, member_ids: Sequence[uuid.UUID], *, year_level: int = 0) -> list[KeyHolder]:
    """These members in the order of names; the actor's relations are left out, ``year_level`` is the given one."""
    rows = db.session.execute(
        select(Member, Account, School.cards_to_year)
        .join(Account, Account.id == Member.account_id)
        .join(School, School.id == Member.school_id)
        .where(Member.school_id == school_id, Member.id.in_(member_ids))
        .order_by(Member.sort_name, Member.id)
    ).all()
    accounts = [account.id for _, account, _ in rows]
    roles, cards, codes, seen = _roles(accounts), _cards(accounts), _codes(accounts), _seen(accounts)
    today = clock.today()
    return [
        KeyHolder(
            school_id=school_id,
            id=member.id,
            account_id=account.id,
            family_name=member.family_name,
            given_name=member.given_name,
            patronymic=member.patronymic,
            opened_on=member.opened_on,
            closed_on=member.closed_on,
            closed=(member.closed_on is not None and member.closed_on < today) or account.closed_at is not None,
            spoken=account.name,
            login=account.login,
            has_password=account.password_hash is not None,
            cards_to_year=cards_to_year,
            seen_at=seen.get(account.id),
            code_until=codes.get(account.id),
            year_level=year_level,
            **_standing(school_id, roles[account.id]),
            **cards.get(account.id, {}),
        )
        for member, account, cards_to_year in rows
    ]


def _standing(school_id: int, roles: Iterable[Role]) -> dict[str, Any]:
    today = clock.today()
    here = [role for role in roles if role.school_id == school_id]
    living = [role for role in roles if role.to_on is None or role.to_on >= today]
    away = [role for role in living if role.school_id != school_id]
    oldest = min(living, key=lambda role: (role.from_on, role.id), default=None)
    return {
        "role_lines": tuple(
            RoleLine(
                role.id, role.kind, role.from_on, role.to_on, role.from_on <= today <= (role.to_on or role.from_on.max)
            )
            for role in sorted(here, key=lambda role: (role.from_on, role.id), reverse=True)
        ),
        "works_elsewhere": any(role.kind in STAFF for role in away),
        "opened_here": not away or (oldest is not None and oldest.school_id == school_id),
        "is_only_pupil": bool(living) and all(role.kind == "pupil" for role in living),
    }


def _roles(accounts: Sequence[uuid.UUID]) -> dict[uuid.UUID, list[Role]]:
    found: dict[uuid.UUID, list[Role]] = defaultdict(list)
    for role in db.session.scalars(select(Role).where(Role.account_id.in_(accounts))):
        found[role.account_id].append(role)
    return found


def _cards(accounts: Sequence[uuid.UUID]) -> dict[uuid.UUID, dict[str, Any]]:
    rows = db.session.execute(
        select(QrCard.account_id, QrCard.made_at, QrCard.bound_at, QrCard.refused_at).where(
            QrCard.account_id.in_(accounts), QrCard.ended_at.is_(None)
        )
    )
    return {
        account: {"card_made_at": made, "card_bound_at": bound, "card_refused_at": refused}
        for account, made, bound, refused in rows
    }


def _codes(accounts: Sequence[uuid.UUID]) -> dict[uuid.UUID, datetime]:
    rows = db.session.execute(
        select(AccessCode.account_id, func.max(AccessCode.expires_at))
        .where(AccessCode.account_id.in_(accounts), AccessCode.used_at.is_(None), AccessCode.expires_at > clock.now())
        .group_by(AccessCode.account_id)
    )
    return {row[0]: row[1] for row in rows}


def _seen(accounts: Sequence[uuid.UUID]) -> dict[uuid.UUID, datetime]:
    rows = db.session.execute(
        select(SignIn.account_id, func.max(SignIn.seen_at))
        .where(SignIn.account_id.in_(accounts))
        .group_by(SignIn.account_id)
    )
    return {row[0]: row[1] for row in rows}


def get_class(actor: Actor, group_id: uuid.UUID) -> KnownClass | None:
    """A class or group of the actor's school."""
    return rolls().get_group(actor, group_id)


def holders_of_class(group: KnownClass) -> list[KeyHolder]:
    """The pupils of a class as its teacher meets them."""
    found = holders(group.school_id, rolls().pupil_ids(group), year_level=group.year_level)
    return [replace(one, class_name=group.name, teaches=group.teaches, leads=group.leads) for one in found]


def guardians_of_class(group: KnownClass) -> list[KeyHolder]:
    """The representatives of the pupils of a class, today's."""
    ids = guardian_ids_of(group.school_id, rolls().pupil_ids(group), clock.today())
    return holders(group.school_id, ids)
