"""Server-side sign-ins: the cookie holds a random token, the database its hash; ending the row ends the session."""

import hashlib
import secrets
import uuid
from datetime import datetime, timedelta

from flask import Flask, Response, g, request, session
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user
from sqlalchemy import and_, bindparam, case, insert, or_, select, update

from school.core import clock
from school.core.access import Actor, Standing
from school.core.database import db, new_id, read, write_engine
from school.people.models import Account, Role, School, SignIn

LIFETIME = timedelta(days=60)
SHORT = timedelta(hours=12)
"""On a computer that others use too: the cookie goes with the browser's window, the row by the evening."""
SEEN_EVERY = timedelta(hours=1)

_sign_in, _account, _role, _school = SignIn.__table__, Account.__table__, Role.__table__, School.__table__

WHO = (
    select(
        _sign_in.c.id,
        _sign_in.c.seen_at,
        _account.c.id,
        _account.c.login,
        _account.c.name,
        _account.c.locale,
        _account.c.theme,
        _account.c.unread,
        _account.c.unread_messages,
        _account.c.open_asks,
        _role.c.kind,
        _role.c.school_id,
        _role.c.member_id,
        _school.c.short_name,
    )
    .select_from(
        _sign_in.join(_account, _account.c.id == _sign_in.c.account_id)
        .outerjoin(
            _role,
            and_(
                _role.c.account_id == _account.c.id,
                _role.c.from_on <= bindparam("today"),
                or_(_role.c.to_on.is_(None), _role.c.to_on >= bindparam("today")),
            ),
        )
        .outerjoin(_school, _school.c.id == _role.c.school_id)
    )
    .where(
        _sign_in.c.token_hash == bindparam("token_hash"),
        _sign_in.c.ended_at.is_(None),
        _sign_in.c.expires_at > bindparam("now"),
        _account.c.closed_at.is_(None),
    )
)
"""One statement for who signed in and everything they may act as today."""


class Visitor(UserMixin):  # type: ignore[misc]  # the library has no types
    """What Flask-Login holds for a request: the account of a living sign-in with its standings."""

    def __init__(self, token: str, base: Actor, seen_at: datetime) -> None:
        self.token = token
        self.base = base
        self.seen_at = seen_at

    def get_id(self) -> str:
        """What the cookie keeps."""
        return self.token

    def actor_in(self, school_id: int | None) -> Actor | None:
        """Who this account is in a school, or in the city; None where it has no business."""
        base = self.base
        mine = [standing for standing in base.standings if standing.school_id == school_id]
        if school_id is not None and not mine:
            return None
        return Actor(
            account_id=base.account_id,
            sign_in_id=base.sign_in_id,
            name=base.name,
            locale=base.locale,
            theme=base.theme,
            standings=base.standings,
            school_id=school_id,
            member_id=mine[0].member_id if mine else None,
            roles=frozenset(standing.kind for standing in mine),
            login=base.login,
            unread=base.unread,
            unread_messages=base.unread_messages,
            open_asks=base.open_asks,
        )


def find_visitor(token: str) -> Visitor | None:
    """The living sign-in of a token."""
    now = clock.now()
    rows = read(WHO, {"token_hash": token_hash(token), "now": now, "today": clock.local(now).date()})
    if not rows:
        return None
    sign_in_id, seen_at, account_id, login, name, locale, theme, unread, messages, asks, *_ = rows[0]
    standings = tuple(
        Standing(kind, school_id, member_id, school_name or "")
        for *_, kind, school_id, member_id, school_name in rows
        if kind is not None
    )
    base = Actor(
        account_id,
        sign_in_id,
        name,
        locale,
        theme,
        standings,
        login=login,
        unread=unread,
        unread_messages=messages,
        open_asks=asks,
    )
    return Visitor(token, base, seen_at)


def start(account: Account, how: str, *, shared: bool = False) -> None:
    """Sign this browser in as ``account``; the row is written in the request's own transaction.

    Whoever was signed in here before is signed out, and nothing of the earlier cookie stays, the form token included: a
    cookie planted by somebody else is worth nothing afterwards.
    """
    if current_user.is_authenticated:
        end_one(current_user.base.account_id, current_user.base.sign_in_id)
    session.clear()
    session.permanent = not shared
    token = secrets.token_urlsafe(32)
    now = clock.now()
    sign_in_id = new_id()
    db.session.execute(
        insert(SignIn).values(
            id=sign_in_id,
            account_id=account.id,
            token_hash=token_hash(token),
            how=how,
            device=device_name(request.user_agent.string),
            started_at=now,
            seen_at=now,
            expires_at=now + (SHORT if shared else LIFETIME),
        )
    )
    base = Actor(account.id, sign_in_id, account.name, account.locale, account.theme)
    login_user(Visitor(token, base, now), remember=False)


def end(actor: Actor) -> None:
    """Sign this browser out."""
    end_one(actor.account_id, actor.sign_in_id)
    logout_user()


def end_one(account_id: uuid.UUID, sign_in_id: uuid.UUID) -> bool:
    """End one sign-in of an account; False when it has no such living one."""
    ended = db.session.execute(
        update(SignIn)
        .where(SignIn.id == sign_in_id, SignIn.account_id == account_id, SignIn.ended_at.is_(None))
        .values(ended_at=clock.now())
    )
    return bool(ended.rowcount)  # type: ignore[attr-defined]


def end_all(*accounts: uuid.UUID, keep: uuid.UUID | None = None, how: str | None = None) -> None:
    """End every sign-in of these accounts, but for ``keep``: after a new password or a reset. ``how`` ends only that kind."""
    statement = update(SignIn).where(SignIn.account_id.in_(accounts), SignIn.ended_at.is_(None))
    if keep is not None:
        statement = statement.where(SignIn.id != keep)
    if how is not None:
        statement = statement.where(SignIn.how == how)
    db.session.execute(statement.values(ended_at=clock.now()))


def token_hash(token: str) -> bytes:
    """What the database keeps of a random secret; it is long, so a plain hash is enough."""
    return hashlib.sha256(token.encode()).digest()


_SYSTEMS = ("Android", "iPhone", "iPad", "Windows", "Macintosh", "Linux")
_BROWSERS = (
    ("YaBrowser", "Yandex"),
    ("Edg", "Edge"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)


def device_name(user_agent: str) -> str:
    """A short word for the list of one's own sign-ins; the whole user agent is not kept."""
    browser = next((name for sign, name in _BROWSERS if sign in user_agent), "?")
    system = next((sign for sign in _SYSTEMS if sign in user_agent), "?")
    return f"{browser}, {system}"


def init_app(app: Flask) -> None:
    """Let Flask-Login find visitors, and renew ``seen_at`` after the answer has left."""
    manager = LoginManager()
    manager.session_protection = None  # phones change networks in the middle of a lesson
    manager.init_app(app)
    manager.user_loader(find_visitor)
    app.config["PERMANENT_SESSION_LIFETIME"] = LIFETIME

    @app.after_request
    def renew(response: Response) -> Response:
        visitor = g.get("_login_user")
        if isinstance(visitor, Visitor) and clock.now() - visitor.seen_at > SEEN_EVERY:
            sign_in_id, now = visitor.base.sign_in_id, clock.now()
            longer = case((SignIn.expires_at > now + SHORT, now + LIFETIME), else_=SignIn.expires_at)
            if session.permanent:
                session.modified = True  # sends the cookie again, with a later end
            renewed = update(SignIn).where(SignIn.id == sign_in_id).values(seen_at=now, expires_at=longer)
            engine = write_engine()

            def write() -> None:
                with engine.begin() as connection:
                    connection.execute(renewed)

            response.call_on_close(write)
        return response
