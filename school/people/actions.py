"""Changes to accounts and members."""

import logging
import uuid

from sqlalchemy import update

from school.core.database import db
from school.core.languages import LOCALES
from school.people import passwords, sessions
from school.people.models import Account
from school.people.queries import find_account

log = logging.getLogger(__name__)

THEMES = ("auto", "light", "dark")


def sign_in_by_password(login: str, password: str) -> bool:
    """Start a session if the two fit together."""
    account = find_account(login)
    if not passwords.verify(account.password_hash if account else None, password) or account is None:
        log.info("sign-in refused")
        return False
    if account.password_hash and passwords.needs_rehash(account.password_hash):
        account.password_hash = passwords.hash_password(password)
    sessions.start(account, "password")
    return True


def choose_looks(account_id: uuid.UUID, *, language: str, theme: str) -> None:
    """Keep the account's language and theme; an unknown word changes nothing."""
    values = {
        name: value
        for name, value, known in (("locale", language, LOCALES), ("theme", theme, THEMES))
        if value in known
    }
    if values:
        db.session.execute(update(Account).where(Account.id == account_id).values(values))
