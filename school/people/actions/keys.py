"""Codes and cards: what the school hands to people so that they can sign in. Only hashes are kept.

Every one of them leaves an event in the school's record: who gave a key to whom.
"""

import secrets
import uuid
from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import insert, update

from school.core import clock
from school.core.access import Actor
from school.core.config import current_settings
from school.core.database import db, new_id
from school.core.records import Happening, record_many
from school.people import sessions
from school.people.codes import code_hash, new_code
from school.people.errors import CardElsewhere
from school.people.models import AccessCode, Account, QrCard, School
from school.people.seen import KeyHolder
from school.people.sessions import token_hash

INVITED_FOR = timedelta(days=30)
RESET_FOR = timedelta(hours=24)


def invite(actor: Actor, people: Sequence[KeyHolder]) -> list[str]:
    """A code for each of these people who have not signed in yet; their earlier unused codes end. In the same order."""
    codes = _give_codes([one.account_id for one in people], "invitation", actor.account_id)
    _remember(actor, "access.invited", people)
    return codes


def reset_access(actor: Actor, person: KeyHolder) -> str:
    """One act for a lost password or card: everything the person signed in by ends, and one new code is given."""
    _end_everything(person.account_id)
    code = _give_codes([person.account_id], "reset", actor.account_id)[0]
    _remember(actor, "access.reset", [person])
    return code


def reset_by_operator(account: Account) -> str:
    """The same from the command line, for people whom no school may reset: methodologists, analysts, who works in two."""
    _end_everything(account.id)
    return _give_codes([account.id], "reset", None)[0]


def give_cards(actor: Actor, people: Sequence[KeyHolder]) -> list[str]:
    """A new card's secret for each, in the same order. Earlier cards and the sign-ins made by them end in the same act."""
    now = clock.now()
    accounts = [one.account_id for one in people]
    _end_cards(*accounts)
    sessions.end_all(*accounts, how="qr")
    made = [secrets.token_urlsafe(18) for _ in people]
    if made:
        db.session.execute(
            insert(QrCard),
            [
                {
                    "id": new_id(),
                    "account_id": account,
                    "secret_hash": token_hash(secret),
                    "made_by": actor.account_id,
                    "made_at": now,
                    "device_hash": None,
                    "bound_at": None,
                    "refused_at": None,
                    "ended_at": None,
                }
                for account, secret in zip(accounts, made, strict=True)
            ],
        )
    _remember(actor, "access.card", people)
    return made


def use_card(card: QrCard, account: Account, device: str) -> None:
    """Sign in by a card. The first device to show it becomes its device; on any other, ``CardElsewhere``."""
    mine = token_hash(device)
    db.session.execute(
        update(QrCard)
        .where(QrCard.id == card.id, QrCard.device_hash.is_(None))
        .values(device_hash=mine, bound_at=clock.now())
        .execution_options(synchronize_session=False)
    )
    db.session.refresh(card)
    if card.ended_at is not None or card.device_hash is None or not secrets.compare_digest(card.device_hash, mine):
        card.refused_at = clock.now()
        db.session.flush()
        raise CardElsewhere
    sessions.start(account, "qr")


def allow_cards_to(_actor: Actor, school: School, year_level: int) -> None:
    """Set up to which year pupils may have cards; 0 ends the custom."""
    school.cards_to_year = year_level


def _give_codes(accounts: Sequence[uuid.UUID], kind: str, by: uuid.UUID | None) -> list[str]:
    now, secret = clock.now(), current_settings().secret_key
    _end_codes(*accounts)
    codes = [new_code() for _ in accounts]
    if codes:
        db.session.execute(
            insert(AccessCode),
            [
                {
                    "id": new_id(),
                    "account_id": account,
                    "code_hash": code_hash(code, secret),
                    "kind": kind,
                    "made_by": by,
                    "made_at": now,
                    "expires_at": now + (RESET_FOR if kind == "reset" else INVITED_FOR),
                    "used_at": None,
                }
                for account, code in zip(accounts, codes, strict=True)
            ],
        )
    return codes


def _end_everything(account_id: uuid.UUID) -> None:
    sessions.end_all(account_id)
    _end_cards(account_id)
    db.session.execute(update(Account).where(Account.id == account_id).values(password_hash=None))


def _end_cards(*accounts: uuid.UUID) -> None:
    db.session.execute(
        update(QrCard).where(QrCard.account_id.in_(accounts), QrCard.ended_at.is_(None)).values(ended_at=clock.now())
    )


def _end_codes(*accounts: uuid.UUID) -> None:
    now = clock.now()
    db.session.execute(
        update(AccessCode)
        .where(AccessCode.account_id.in_(accounts), AccessCode.used_at.is_(None), AccessCode.expires_at > now)
        .values(expires_at=now)
    )


def _remember(actor: Actor, kind: str, people: Sequence[KeyHolder]) -> None:
    for school_id in {one.school_id for one in people}:
        happenings = [
            Happening(one.id, {"account": one.account_id}, one.id if "pupil" in one.roles else None) for one in people
        ]
        record_many(actor, kind, school_id=school_id, happenings=happenings)
