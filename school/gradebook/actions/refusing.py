"""Keeping what was not saved because somebody else was first: whoever must settle a quarrel sees both wishes.

Kept once for each wish and version it lost against, however often a browser sends it again. Event: ``mark.refused``.
"""

import uuid
from collections.abc import Iterable
from typing import Any, cast

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite

from school.core import clock
from school.core.access import Actor
from school.core.database import db
from school.core.records import Happening, record_many
from school.gradebook.entries import Answer, Status
from school.gradebook.journal import Journal
from school.gradebook.models import RefusedMark

EVENT = "mark.refused"
refused = cast("Table", RefusedMark.__table__)
_INSERTS: dict[str, Any] = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}


def keep_refused(actor: Actor, journal: Journal, answers: Iterable[Answer]) -> None:
    """Write down the conflicts among these answers; the teacher's words are not kept, for no mark came of them."""
    lost = {_id(one): one for one in answers if one.status is Status.CONFLICT and one.cell and one.cell.mark}
    if not lost:
        return
    insert = _INSERTS[db.session.get_bind().dialect.name](refused).on_conflict_do_nothing()
    new = set(db.session.scalars(insert.returning(refused.c.id), [_row(actor, journal, one) for one in lost.values()]))
    happenings = [_happening(one) for key, one in lost.items() if key in new]
    record_many(actor, EVENT, school_id=journal.school_id, happenings=happenings)


def _id(answer: Answer) -> uuid.UUID:
    return uuid.uuid5(answer.entry.client_id, f"refused {answer.version}")


def _row(actor: Actor, journal: Journal, answer: Answer) -> dict[str, Any]:
    assert answer.cell and answer.cell.mark  # noqa: S101, PT018 - there is a mark to lose against
    wanted, stands = answer.entry.sign, answer.stands
    return {
        "school_id": journal.school_id,
        "id": _id(answer),
        "mark_id": answer.cell.mark.id,
        "account_id": actor.account_id,
        "at": clock.now(),
        "seen": answer.entry.seen,
        "stood": answer.version,
        "wanted_value": wanted.value,
        "wanted_code": wanted.code,
        "stood_value": stands.value,
        "stood_code": stands.code,
    }


def _happening(answer: Answer) -> Happening:
    assert answer.cell and answer.cell.mark  # noqa: S101, PT018 - see above
    wanted, stands = answer.entry.sign, answer.stands
    payload = {
        "step": answer.entry.client_id,
        "how": answer.entry.kind.value,
        "seen": answer.entry.seen,
        "version": answer.version,
        "old": {"value": stands.value, "code": stands.code, "origin": stands.origin},
        "new": {"value": wanted.value, "code": wanted.code, "origin": wanted.origin},
    }
    return Happening(answer.cell.mark.id, payload, answer.cell.pupil_id)
