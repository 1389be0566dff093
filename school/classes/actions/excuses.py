"""Excuses that come from outside: keys of senders, codes of pupils, and what an accepted message does.

A message changes reasons of absences, never facts. It stands for days to come as a family's word would. Events:
``excuse_sender.made`` and ``.ended`` (``thing_id`` = the sender), ``pupil_code.given`` (the code's row), ``absence.excused`` (the
note) and ``presence.set`` for each absence that got another reason; the last two name the sender.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, cast

from sqlalchemy import Table, insert, update

from school.classes.actions.alerts import family_key
from school.classes.actions.presence import explain_days
from school.classes.errors import CannotDo
from school.classes.models import AbsenceNote, AbsenceReason, ExcuseSender, OutsideExcuse, PupilCode
from school.classes.queries.excuses import CodedPupil, Received, SeenSender, key_hash, received
from school.classes.queries.recipients import family_accounts, leader_accounts
from school.core import clock
from school.core.access import Actor
from school.core.database import db, new_id
from school.core.languages import gettext as _
from school.core.records import Happening, record, record_many
from school.notices.actions import News, settle, tell
from school.people.codes import new_code

sender_table = cast("Table", ExcuseSender.__table__)
code_table = cast("Table", PupilCode.__table__)
excuse_table = cast("Table", OutsideExcuse.__table__)
note_table = cast("Table", AbsenceNote.__table__)

EXCUSED = "absence.excused"
REASONS = (AbsenceReason.ILLNESS, AbsenceReason.ORDER)
"""What somebody outside can answer for."""
GIVES_WAY = (AbsenceReason.UNKNOWN, AbsenceReason.FAMILY, AbsenceReason.TRUANCY)
"""Reasons that a sender's own stands instead of: papers outweigh a word and a guess."""
BACK, AHEAD, LONGEST = timedelta(days=60), timedelta(days=60), timedelta(days=60)


class NumberUsed(Exception):
    """The sender's number already stands for another message."""


@dataclass(frozen=True, slots=True)
class Excuse:
    """What a sender says of a pupil."""

    number: str
    """The sender's own; the same one sent again is the same message."""
    first_on: date
    last_on: date
    reason: AbsenceReason


def add_sender(actor: Actor, name: str) -> tuple[ExcuseSender, str]:
    """A sender and its key, which is kept nowhere. Raises ``CannotDo`` for a name that is taken."""
    assert actor.school_id is not None  # noqa: S101 - the rule has seen to it
    name = " ".join(name.split())
    taken = db.session.scalar(
        db.select(ExcuseSender.id).where(
            ExcuseSender.school_id == actor.school_id, ExcuseSender.name == name, ExcuseSender.ended_at.is_(None)
        )
    )
    if taken:
        raise CannotDo(_("A sender with this name has a key. End it first."))
    key = f"{actor.school_id}-{secrets.token_urlsafe(32)}"
    made = ExcuseSender(
        school_id=actor.school_id,
        id=new_id(),
        name=name,
        key_hash=key_hash(key),
        key_end=key[-4:],
        made_at=clock.now(),
        made_by=actor.account_id,
    )
    db.session.add(made)
    db.session.flush()
    record(actor, "excuse_sender.made", school_id=actor.school_id, thing_id=made.id, payload={"name": name})
    return made, key


def end_sender(actor: Actor, sender: SeenSender) -> None:
    """Its key works no more; what it has sent stays."""
    if sender.ended_at is not None:
        return
    _update_sender(sender, ended_at=clock.now())
    record(actor, "excuse_sender.ended", school_id=sender.school_id, thing_id=sender.id, payload={"name": sender.name})


def note_use(sender: SeenSender) -> None:
    """A request has come with its key. Two requests of one sender wait for each other here."""
    _update_sender(sender, used_at=clock.now())


def give_codes(actor: Actor, pupils: Sequence[CodedPupil]) -> int:
    """A code for each of these pupils who has none; how many got one."""
    without = [one for one in pupils if not one.code]
    _give(actor, without)
    return len(without)


def replace_code(actor: Actor, pupil: CodedPupil) -> None:
    """A new code; the old one finds nobody any more."""
    db.session.execute(
        update(code_table)
        .where(
            code_table.c.school_id == pupil.school_id,
            code_table.c.pupil_id == pupil.id,
            code_table.c.ended_at.is_(None),
        )
        .values(ended_at=clock.now())
    )
    _give(actor, [pupil])


def accept_excuse(sender: SeenSender, pupil: CodedPupil, excuse: Excuse) -> tuple[Received, bool]:
    """Take a message in; whether it is new. The same one again changes and tells nothing.

    Absences noted in these days without a good reason get this one, and those still to be noted will. The family and the class
    teacher are told. Raises ``NumberUsed`` for a number that stands for another message, ``CannotDo`` for days out of bounds.
    """
    before = received(sender, excuse.number)
    if before is not None:
        if (before.pupil_id, before.first_on, before.last_on, before.reason) != (
            pupil.id,
            excuse.first_on,
            excuse.last_on,
            excuse.reason,
        ):
            raise NumberUsed
        return before, False
    _check(excuse)
    now, note_id = clock.now(), new_id()
    days = {"pupil_id": pupil.id, "first_on": excuse.first_on, "last_on": excuse.last_on, "reason": excuse.reason.value}
    db.session.execute(
        insert(note_table).values(
            school_id=sender.school_id, id=note_id, slots="", words="", made_at=now, made_by=sender.id, **days
        )
    )
    db.session.execute(
        insert(excuse_table).values(
            school_id=sender.school_id,
            id=new_id(),
            sender_id=sender.id,
            number=excuse.number,
            note_id=note_id,
            received_at=now,
            **days,
        )
    )
    told_by = {"sender": str(sender.id), "name": sender.name}
    told = {"first_on": str(excuse.first_on), "last_on": str(excuse.last_on), "reason": excuse.reason.value}
    record(
        sender,
        EXCUSED,
        school_id=sender.school_id,
        thing_id=note_id,
        pupil_id=pupil.id,
        payload={**told, "told_by": told_by},
    )
    explain_days(sender, pupil, excuse.first_on, excuse.last_on, excuse.reason, instead_of=GIVES_WAY, told_by=told_by)
    today = clock.today()
    if excuse.first_on <= today <= excuse.last_on:
        settle(sender.school_id, [family_key(pupil.id, today), f"{family_key(pupil.id, today)}:class"])
    _tell(sender, pupil, note_id, told)
    return Received(pupil.id, excuse.first_on, excuse.last_on, excuse.reason, now, sender.name), True


def _check(excuse: Excuse) -> None:
    today = clock.today()
    if excuse.reason not in REASONS:
        raise CannotDo(_("Choose a reason."))
    if excuse.last_on < excuse.first_on:
        raise CannotDo(_("The last day is before the first."))
    if excuse.last_on - excuse.first_on > LONGEST:
        raise CannotDo(_("At most two months at once."))
    if excuse.first_on < today - BACK or excuse.first_on > today + AHEAD:
        raise CannotDo(_("The first day must be within two months of today."))


def _tell(sender: SeenSender, pupil: CodedPupil, note_id: object, told: dict[str, str]) -> None:
    today = clock.today()
    family = family_accounts(sender.school_id, pupil.id, today)
    about = {**told, "sender": sender.name}
    key = f"excused:{note_id}"
    tell(family, News(sender.school_id, EXCUSED, key, {**about, "name": pupil.given_name}, pupil.id))
    leaders = leader_accounts(sender.school_id, [pupil.id], today).get(pupil.id, [])
    about["name"] = pupil.short_name
    tell(set(leaders) - set(family), News(sender.school_id, f"{EXCUSED}.class", f"{key}:class", about, pupil.id))


def _give(actor: Actor, pupils: Sequence[CodedPupil]) -> None:
    if not pupils:
        return
    rows: list[dict[str, Any]] = [
        {
            "school_id": one.school_id,
            "id": new_id(),
            "pupil_id": one.id,
            "code": new_code(),
            "made_at": clock.now(),
            "ended_at": None,
        }
        for one in pupils
    ]
    db.session.execute(insert(code_table), rows)
    happenings = [Happening(row["id"], {"code": "given"}, one.id) for row, one in zip(rows, pupils, strict=True)]
    record_many(actor, "pupil_code.given", school_id=pupils[0].school_id, happenings=happenings)


def _update_sender(sender: SeenSender, **values: object) -> None:
    db.session.execute(
        update(sender_table)
        .where(sender_table.c.school_id == sender.school_id, sender_table.c.id == sender.id)
        .values(**values)
    )
