"""Everybody in a school, page by page, in the order of names."""

import uuid
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, exists, or_, select

from school.core import clock
from school.core.access import Actor
from school.core.database import db
from school.people.hooks import rolls
from school.people.models import Account, Member, Role, School
from school.people.names import full_name, sort_name

A_PAGE = 50
KINDS = ("pupil", "parent", "teacher", "deputy", "head", "admin")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for: a beginning of the family name (or a whole login), a role, a class, those who left."""

    text: str = ""
    kind: str = ""
    class_id: uuid.UUID | None = None
    left: bool = False
    after: str = ""
    """Where the previous page ended: see ``MemberPage.after``."""


@dataclass(frozen=True, slots=True)
class MemberLine:
    """One person of the list."""

    id: uuid.UUID
    name: str
    kinds: tuple[str, ...]
    class_name: str
    has_password: bool


@dataclass(frozen=True, slots=True)
class MemberPage:
    """A page of people; ``after`` begins the next one, empty at the end."""

    lines: list[MemberLine]
    after: str


def get_member(actor: Actor, member_id: uuid.UUID) -> Member | None:
    """A member of the actor's school."""
    return db.session.scalar(select(Member).where(Member.school_id == actor.school_id, Member.id == member_id))


def get_school(actor: Actor) -> School | None:
    """The actor's school."""
    return db.session.get(School, actor.school_id)


def members(actor: Actor, wanted: Wanted) -> MemberPage:
    """People of the actor's school: three statements, and one more with a class."""
    today = clock.today()
    gone = and_(Member.closed_on.is_not(None), Member.closed_on < today)
    statement = (
        select(
            Member.id,
            Member.family_name,
            Member.given_name,
            Member.patronymic,
            Member.sort_name,
            Account.password_hash.is_not(None),
        )
        .join(Account, Account.id == Member.account_id)
        .where(Member.school_id == actor.school_id, gone if wanted.left else ~gone)
        .order_by(Member.sort_name, Member.id)
        .limit(A_PAGE + 1)
    )
    if wanted.text.strip():
        start = sort_name(wanted.text.strip())
        by_name = and_(Member.sort_name >= start, Member.sort_name < start + "\U0010ffff")
        statement = statement.where(or_(by_name, Account.login == wanted.text.strip().lower()))
    if wanted.kind in KINDS:
        statement = statement.where(
            exists().where(
                Role.school_id == actor.school_id,
                Role.member_id == Member.id,
                Role.kind == wanted.kind,
                *([] if wanted.left else _today()),
            )
        )
    if wanted.class_id is not None:
        group = rolls().get_group(actor, wanted.class_id)
        statement = statement.where(Member.id.in_(rolls().pupil_ids(group) if group else []))
    if wanted.after:
        name, _, mark = wanted.after.rpartition("~")
        statement = statement.where(or_(Member.sort_name > name, and_(Member.sort_name == name, Member.id > _id(mark))))
    rows = db.session.execute(statement).all()
    shown = rows[:A_PAGE]
    kinds = _kinds(actor, [row[0] for row in shown])
    classes = rolls().class_names(actor, [row[0] for row in shown if "pupil" in kinds.get(row[0], ())])
    lines = [
        MemberLine(
            row[0],
            full_name(*row[1:4]),
            tuple(kind for kind in KINDS if kind in kinds.get(row[0], ())),
            classes.get(row[0], ""),
            row[5],
        )
        for row in shown
    ]
    more = len(rows) > A_PAGE
    return MemberPage(lines, f"{shown[-1][4]}~{shown[-1][0].hex}" if more else "")


def _kinds(actor: Actor, ids: list[uuid.UUID]) -> dict[uuid.UUID, set[str]]:
    found: dict[uuid.UUID, set[str]] = {}
    rows = db.session.execute(
        select(Role.member_id, Role.kind).where(Role.school_id == actor.school_id, Role.member_id.in_(ids), *_today())
    )
    for member_id, kind in rows:
        if member_id is not None:
            found.setdefault(member_id, set()).add(kind)
    return found


def _today() -> list[Any]:
    today = clock.today()
    return [Role.from_on <= today, or_(Role.to_on.is_(None), Role.to_on >= today)]


def _id(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        return uuid.UUID(int=0)
