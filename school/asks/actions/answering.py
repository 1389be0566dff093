"""A family answers; each answer is an event of the record, so it has a receipt. Event: ``ask.answered``."""

import uuid
from typing import Any, cast

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite

from school.asks.actions.counting import count_open
from school.asks.hooks import result_of
from school.asks.models import AskAnswer
from school.asks.seen import PupilAsk
from school.classes.queries.recipients import family_accounts
from school.core import clock
from school.core.access import Actor
from school.core.database import db, new_id
from school.core.records import record
from school.notices.actions import settle_about

ANSWERED = "ask.answered"
ANSWERS = {"note": ("read",), "consent": ("yes", "no")}
"""What may be said to each kind."""

answer_table = cast("Table", AskAnswer.__table__)
_INSERTS: dict[str, Any] = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}


class NotAnAnswer(Exception):
    """Such an answer was not asked for."""


def give_answer(actor: Actor, ask: PupilAsk, answer: str) -> uuid.UUID:
    """Keep the family's word, in the place of an earlier one; the answer is the event's id. The other parent need not answer."""
    if answer not in ANSWERS[ask.ask.kind]:
        raise NotAnAnswer(answer)
    school_id = ask.ask.school_id
    before = ask.answered.answer if ask.answered else None
    payload = {"ask": ask.ask.id, "text": ask.ask.text_hash, "answer": answer, "before": before}
    if ask.ask.about:
        payload["result"] = result_of(ask)
    event = record(actor, ANSWERED, school_id=school_id, thing_id=ask.ask.id, pupil_id=ask.pupil_id, payload=payload)
    values = {"by_id": actor.member_id, "answer": answer, "at": clock.now(), "event_id": event}
    key = {"school_id": school_id, "id": new_id(), "ask_id": ask.ask.id, "pupil_id": ask.pupil_id}
    statement = _INSERTS[db.session.get_bind().dialect.name](answer_table).values(**key, **values)
    db.session.execute(statement.on_conflict_do_update(index_elements=["school_id", "ask_id", "pupil_id"], set_=values))
    settle_about(school_id, ask.ask.id, ask.pupil_id)
    count_open(family_accounts(school_id, ask.pupil_id, clock.today()))
    return event
