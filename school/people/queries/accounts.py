"""Accounts by what people show: a login, a code, a card; and one's own sign-ins."""

import uuid
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, or_, select

from school.core import clock
from school.core.access import Actor
from school.core.config import current_settings
from school.core.database import db
from school.people.codes import code_hash, read_code
from school.people.models import AccessCode, Account, Member, QrCard, Role, School, SignIn
from school.people.names import sort_name
from school.people.sessions import token_hash

NEWEST = 50


def find_account(login: str) -> Account | None:
    """The open account of a login, in any case."""
    return db.session.scalar(select(Account).where(Account.login == login.strip().lower(), Account.closed_at.is_(None)))


def login_is_taken(login: str) -> bool:
    """Whether any account, open or closed, has this login."""
    return db.session.scalar(select(Account.id).where(Account.login == login)) is not None


def find_account_with_name(login: str, family_name: str, given_name: str) -> Account | None:
    """The open account of a login whose human is called so in one of their schools: a slip of the pen binds no stranger."""
    account = find_account(login)
    if account is None:
        return None
    schools = list(
        db.session.scalars(select(Role.school_id).where(Role.account_id == account.id, Role.school_id.is_not(None)))
    )
    named = Member.__table__.c
    names = db.session.execute(
        select(named.family_name, named.given_name).where(named.school_id.in_(schools), named.account_id == account.id)
    )
    wanted = sort_name(family_name.strip(), given_name.strip())
    return account if any(sort_name(*name) == wanted for name in names) else None


def find_code(typed: str) -> tuple[AccessCode, Account] | None:
    """The living code that was typed, and whose it is; the account is open."""
    code = read_code(typed)
    if code is None:
        return None
    row = db.session.execute(
        select(AccessCode, Account)
        .join(Account, Account.id == AccessCode.account_id)
        .where(
            AccessCode.code_hash == code_hash(code, current_settings().secret_key),
            AccessCode.used_at.is_(None),
            AccessCode.expires_at > clock.now(),
            Account.closed_at.is_(None),
        )
    ).first()
    return None if row is None else (row[0], row[1])


def find_card(secret: str) -> tuple[QrCard, Account] | None:
    """The living card with this secret, and whose it is; the account is open."""
    row = db.session.execute(
        select(QrCard, Account)
        .join(Account, Account.id == QrCard.account_id)
        .where(QrCard.secret_hash == token_hash(secret), QrCard.ended_at.is_(None), Account.closed_at.is_(None))
    ).first()
    return None if row is None else (row[0], row[1])


def sign_ins_of(actor: Actor) -> list[SignIn]:
    """The living sign-ins of the actor's own account, the one last used first."""
    return list(
        db.session.scalars(
            select(SignIn)
            .where(SignIn.account_id == actor.account_id, SignIn.ended_at.is_(None), SignIn.expires_at > clock.now())
            .order_by(SignIn.seen_at.desc(), SignIn.id.desc())
            .limit(NEWEST)
        )
    )


def get_own_sign_in(actor: Actor, sign_in_id: uuid.UUID) -> SignIn | None:
    """A sign-in of the actor's own account."""
    return db.session.scalar(select(SignIn).where(SignIn.id == sign_in_id, SignIn.account_id == actor.account_id))


@dataclass(frozen=True, slots=True)
class OwnRole:
    """A living role of one's own, anywhere."""

    kind: str
    school: str
    """Empty for roles of the city."""
    from_on: date
    to_on: date | None


def own_standings(actor: Actor) -> list[OwnRole]:
    """Everything the account may act as today, with dates."""
    today = clock.today()
    rows = db.session.execute(
        select(Role.kind, func.coalesce(School.short_name, ""), Role.from_on, Role.to_on)
        .outerjoin(School, School.id == Role.school_id)
        .where(
            Role.account_id == actor.account_id,
            Role.from_on <= today,
            or_(Role.to_on.is_(None), Role.to_on >= today),
        )
        .order_by(School.short_name, Role.from_on)
    )
    return [OwnRole(*row) for row in rows]
