"""Senders of excuses from outside, the codes of pupils, and what was sent."""

import hashlib
import uuid
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from sqlalchemy import Table, and_, exists, func, or_, select

from school.classes.models import Enrolment, ExcuseSender, GroupKind, OutsideExcuse, PupilCode, SchoolYear, StudyGroup
from school.classes.seen import SeenGroup, SeenPupil
from school.core import clock
from school.core.access import Actor
from school.core.database import db
from school.people.codes import shown
from school.people.models import Member
from school.people.names import short_name

sender = cast("Table", ExcuseSender.__table__)
code = cast("Table", PupilCode.__table__)
excuse = cast("Table", OutsideExcuse.__table__)
member = cast("Table", Member.__table__)
place = cast("Table", Enrolment.__table__)
group = cast("Table", StudyGroup.__table__)
year = cast("Table", SchoolYear.__table__)


@dataclass(frozen=True, slots=True)
class SeenSender:
    """A sender; in the record it acts without an account of the school."""

    school_id: int
    id: uuid.UUID
    name: str
    key_end: str
    made_at: datetime
    used_at: datetime | None
    ended_at: datetime | None
    account_id: None = None
    member_id: None = None
    on_behalf_of: None = None


@dataclass(frozen=True, slots=True)
class CodedPupil:
    """A pupil as found by a code, or in the list of a class; ``code`` is empty where none was given yet."""

    school_id: int
    id: uuid.UUID
    family_name: str
    given_name: str
    code: str = ""

    @property
    def short_name(self) -> str:
        """«Петрова Алёна»."""
        return short_name(self.family_name, self.given_name)

    @property
    def shown(self) -> str:
        """The code as printed."""
        return shown(self.code)


@dataclass(frozen=True, slots=True)
class Received:
    """A message as it was accepted."""

    pupil_id: uuid.UUID
    first_on: date
    last_on: date
    reason: str
    at: datetime
    sender: str = ""


@dataclass(frozen=True, slots=True)
class ClassCodes:
    """A class and how many of its pupils have a code."""

    id: uuid.UUID
    name: str
    pupils: int
    coded: int


_SENDER = (
    sender.c.school_id,
    sender.c.id,
    sender.c.name,
    sender.c.key_end,
    sender.c.made_at,
    sender.c.used_at,
    sender.c.ended_at,
)
_PUPIL = (member.c.school_id, member.c.id, member.c.family_name, member.c.given_name)


def key_hash(key: str) -> bytes:
    """What is kept of a key; it is long and drawn by chance, so a plain hash is enough."""
    return hashlib.sha256(key.encode()).digest()


def school_of_key(key: str) -> int | None:
    """A key begins with its school's number, so that it is looked for in that school alone."""
    number = key.partition("-")[0]
    return int(number) if number.isascii() and number.isdigit() and len(number) < 10 else None


def find_sender(school_id: int, key: str) -> SeenSender | None:
    """Whose key it is; None for a key that was ended or never made."""
    row = db.session.execute(
        select(*_SENDER).where(
            sender.c.school_id == school_id, sender.c.key_hash == key_hash(key), sender.c.ended_at.is_(None)
        )
    ).first()
    return SeenSender(*row) if row else None


def get_sender(actor: Actor, sender_id: uuid.UUID) -> SeenSender | None:
    """For addresses of one of them."""
    return next((one for one in senders_of(actor) if one.id == sender_id), None)


def senders_of(actor: Actor) -> list[SeenSender]:
    """All of the school, those whose key works first."""
    rows = db.session.execute(
        select(*_SENDER)
        .where(sender.c.school_id == actor.school_id)
        .order_by(sender.c.ended_at.is_not(None), sender.c.name, sender.c.made_at)
    )
    return [SeenSender(*row) for row in rows]


def find_pupil(school_id: int, text: str) -> CodedPupil | None:
    """The pupil of a code that was not replaced, while the pupil is of the school."""
    row = db.session.execute(
        select(*_PUPIL, code.c.code)
        .join(code, and_(code.c.school_id == school_id, code.c.pupil_id == member.c.id))
        .where(
            member.c.school_id == school_id,
            code.c.code == text,
            code.c.ended_at.is_(None),
            or_(member.c.closed_on.is_(None), member.c.closed_on >= clock.today()),
        )
    ).first()
    return CodedPupil(*row) if row else None


def code_of(pupil: SeenPupil) -> str:
    """As printed; empty where the school has given none."""
    found = db.session.scalar(
        select(code.c.code).where(
            code.c.school_id == pupil.school_id, code.c.pupil_id == pupil.id, code.c.ended_at.is_(None)
        )
    )
    return shown(found) if found else ""


def received(of: SeenSender, number: str) -> Received | None:
    """What this sender has sent under a number."""
    row = db.session.execute(
        select(excuse.c.pupil_id, excuse.c.first_on, excuse.c.last_on, excuse.c.reason, excuse.c.received_at).where(
            excuse.c.school_id == of.school_id, excuse.c.sender_id == of.id, excuse.c.number == number
        )
    ).first()
    return Received(*row) if row else None


def received_about(school_id: int, pupil_id: uuid.UUID) -> list[Received]:
    """What was ever said of a pupil from outside, the latest first."""
    rows = db.session.execute(
        select(
            excuse.c.pupil_id,
            excuse.c.first_on,
            excuse.c.last_on,
            excuse.c.reason,
            excuse.c.received_at,
            sender.c.name,
        )
        .join(sender, and_(sender.c.school_id == school_id, sender.c.id == excuse.c.sender_id))
        .where(excuse.c.school_id == school_id, excuse.c.pupil_id == pupil_id)
        .order_by(excuse.c.received_at.desc())
    )
    return [Received(*row) for row in rows]


def classes_with_codes(actor: Actor) -> list[ClassCodes]:
    """The classes of this year."""
    today, school_id = clock.today(), actor.school_id
    has_code = exists().where(
        code.c.school_id == school_id, code.c.pupil_id == place.c.pupil_id, code.c.ended_at.is_(None)
    )
    rows = db.session.execute(
        select(
            group.c.id,
            group.c.name,
            func.count(place.c.pupil_id.distinct()),
            func.count(place.c.pupil_id.distinct()).filter(has_code),
        )
        .select_from(
            group.join(year, and_(year.c.school_id == school_id, year.c.id == group.c.year_id)).join(
                place, and_(place.c.school_id == school_id, place.c.group_id == group.c.id)
            )
        )
        .where(
            group.c.school_id == school_id,
            group.c.kind == GroupKind.CLASS.value,
            year.c.starts_on <= today,
            year.c.ends_on >= today,
            place.c.from_on <= today,
            or_(place.c.to_on.is_(None), place.c.to_on >= today),
        )
        .group_by(group.c.id, group.c.name, group.c.year_level, group.c.letter)
        .order_by(group.c.year_level, group.c.letter, group.c.name)
    )
    return [ClassCodes(*row) for row in rows]


def pupil_of_class(of: SeenGroup, pupil_id: uuid.UUID) -> CodedPupil | None:
    """For addresses below a class."""
    return next((one for one in pupils_with_codes(of) if one.id == pupil_id), None)


def pupils_with_codes(of: SeenGroup) -> list[CodedPupil]:
    """The pupils of a class today, in the order of its list."""
    today = clock.today()
    rows = db.session.execute(
        select(*_PUPIL, func.coalesce(code.c.code, ""))
        .select_from(
            member.join(place, and_(place.c.school_id == of.school_id, place.c.pupil_id == member.c.id)).outerjoin(
                code,
                and_(code.c.school_id == of.school_id, code.c.pupil_id == member.c.id, code.c.ended_at.is_(None)),
            )
        )
        .where(
            member.c.school_id == of.school_id,
            place.c.group_id == of.id,
            place.c.from_on <= today,
            or_(place.c.to_on.is_(None), place.c.to_on >= today),
        )
        .order_by(member.c.sort_name, member.c.id)
    )
    return [CodedPupil(*row) for row in rows]
