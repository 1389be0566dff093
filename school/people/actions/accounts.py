"""What people do with their own account."""

import logging
import uuid

from sqlalchemy import select, update

from school.core import clock
from school.core.access import Actor
from school.core.database import db, read_engine
from school.core.languages import LOCALES
from school.people import passwords, sessions
from school.people.errors import CodeSpent, LoginTaken, WrongPassword
from school.people.models import AccessCode, Account, SignIn
from school.people.queries import login_is_taken

log = logging.getLogger(__name__)

THEMES = ("auto", "light", "dark")


def sign_in_by_password(login: str, password: str, *, shared: bool = False) -> bool:
    """Start a session if the two fit together.

    The slow hash is compared before the writing transaction begins: thirty pupils of a computer room sign in at once, and
    on SQLite one writer would make the others wait.
    """
    found = select(Account.id, Account.password_hash).where(Account.login == login.strip().lower())
    with read_engine().connect() as reading:
        row = reading.execute(found.where(Account.closed_at.is_(None))).first()
    kept = row[1] if row else None
    if not passwords.verify(kept, password) or row is None or kept is None:
        log.info("sign-in refused")
        return False
    account = db.session.get(Account, row[0])
    if account is None:
        return False
    if passwords.needs_rehash(kept):
        account.password_hash = passwords.hash_password(password)
    sessions.start(account, "password", shared=shared)
    return True


def accept_code(code: AccessCode, login: str, password: str) -> None:
    """Take an invitation or a reset: the login is chosen once, the password anew; this browser is signed in.

    Raises ``CodeSpent`` and ``LoginTaken``.
    """
    used = db.session.execute(
        update(AccessCode).where(AccessCode.id == code.id, AccessCode.used_at.is_(None)).values(used_at=clock.now())
    )
    account = db.session.get(Account, code.account_id)
    if account is None or not used.rowcount:  # type: ignore[attr-defined]
        raise CodeSpent
    if account.login is None:
        if login_is_taken(login):
            raise LoginTaken
        account.login = login
    account.password_hash = passwords.hash_password(password)
    sessions.end_all(account.id)
    db.session.flush()
    sessions.start(account, "code")


def change_password(actor: Actor, present: str, new: str) -> None:
    """Set one's own password; every other sign-in ends. Raises ``WrongPassword``."""
    account = db.session.get(Account, actor.account_id)
    if account is None or not passwords.verify(account.password_hash, present):
        raise WrongPassword
    account.password_hash = passwords.hash_password(new)
    sessions.end_all(actor.account_id, keep=actor.sign_in_id)


def end_sign_in(actor: Actor, sign_in: SignIn) -> None:
    """End one of one's own sign-ins."""
    sessions.end_one(actor.account_id, sign_in.id)


def end_other_sign_ins(actor: Actor) -> None:
    """Stay signed in here only."""
    sessions.end_all(actor.account_id, keep=actor.sign_in_id)


def choose_looks(account_id: uuid.UUID, *, language: str, theme: str) -> None:
    """Keep the account's language and theme; an unknown word changes nothing."""
    values = {
        name: value
        for name, value, known in (("locale", language, LOCALES), ("theme", theme, THEMES))
        if value in known
    }
    if values:
        db.session.execute(update(Account).where(Account.id == account_id).values(values))
