"""A clinic that may send excuses, the codes of one class, and an illness that it has told of today."""

import random
from collections.abc import Iterable
from datetime import datetime, timedelta

from school.classes.models import AbsenceNote, ExcuseSender, OutsideExcuse, PupilCode
from school.classes.queries.excuses import key_hash
from school.core import clock
from school.demo.classes import DemoClass
from school.demo.people import Person
from school.demo.rows import Rows
from school.people.codes import ALPHABET, LENGTH

NAME = "Детская поликлиника № 12"


def write_clinic(rows: Rows, one: DemoClass, ill: Iterable[Person], admin: Person, now: datetime) -> None:
    """The key itself is nobody's: an administrator issues another to try the address out."""
    chance = random.Random(12)
    made = now - timedelta(days=40)
    sender = rows.id_at(made)
    key = f"{rows.school_id}-{chance.getrandbits(256):064x}"
    rows.add(
        ExcuseSender,
        id=sender,
        name=NAME,
        key_hash=key_hash(key),
        key_end=key[-4:],
        made_at=made,
        made_by=admin.account,
        used_at=now,
        ended_at=None,
    )
    for pupil in one.pupils:
        code = "".join(chance.choice(ALPHABET) for _ in range(LENGTH))
        rows.add(PupilCode, id=rows.id_at(made), pupil_id=pupil.member, code=code, made_at=made, ended_at=None)
    away = next((pupil for pupil in one.pupils if pupil in ill), None)
    if away is None:
        return
    today = clock.local(now).date()
    days = {"pupil_id": away.member, "first_on": today, "last_on": today + timedelta(days=4), "reason": "illness"}
    note = rows.add(AbsenceNote, id=rows.id_at(now), words="", made_at=now, made_by=sender, **days)
    rows.add(
        OutsideExcuse,
        id=rows.id_at(now),
        sender_id=sender,
        number="2026-118",
        note_id=note["id"],
        received_at=now,
        **days,
    )
