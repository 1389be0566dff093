"""Asking the deputy heads to look at a message, and their answer. Events: ``message.reported``, ``message.report_answered``."""

import uuid
from collections.abc import Sequence
from typing import cast

from sqlalchemy import Table, insert, or_, select, update

from school.core import clock
from school.core.access import Actor
from school.core.database import db, new_id
from school.core.records import record
from school.messages.models import TalkReport
from school.messages.queries import Report
from school.messages.seen import SeenMessage
from school.notices.actions import News, settle, tell
from school.people.models import Role

REPORTED, REPORT_ANSWERED = "message.reported", "message.report_answered"
MOST = 500

report_table = cast("Table", TalkReport.__table__)


def report_message(actor: Actor, message: SeenMessage, why: str) -> None:
    """Deputy heads and the head may read the talk from now on; the writer of the message is not among those told."""
    school_id, made = message.talk.school_id, new_id()
    db.session.execute(
        insert(report_table).values(
            school_id=school_id,
            id=made,
            message_id=message.id,
            by_id=actor.member_id,
            why=" ".join(why.split())[:MOST],
            at=clock.now(),
        )
    )
    pupil_id = message.talk.pupil.id
    payload = {"message": message.id}
    record(actor, REPORTED, school_id=school_id, thing_id=made, pupil_id=pupil_id, payload=payload)
    accounts = set(_deputies(school_id)) - {actor.account_id}
    if message.is_staff:
        accounts -= {message.talk.staff.account_id}
    tell(accounts, News(school_id, REPORTED, _key(made), {}, pupil_id=pupil_id, thing_id=made))


def answer_report(actor: Actor, report: Report, answer: str) -> None:
    """What came of it; who asked is told."""
    db.session.execute(
        update(report_table)
        .where(report_table.c.school_id == report.school_id, report_table.c.id == report.id)
        .values(answer=" ".join(answer.split())[:MOST], answered_at=clock.now(), answered_by=actor.member_id)
    )
    payload = {"report": report.id}
    record(
        actor,
        REPORT_ANSWERED,
        school_id=report.school_id,
        thing_id=report.id,
        pupil_id=report.pupil_id,
        payload=payload,
    )
    settle(report.school_id, [_key(report.id)])
    about = {"staff_id": report.staff_id}
    news = News(report.school_id, REPORT_ANSWERED, f"{_key(report.id)}:answer", about, report.pupil_id, report.id)
    tell([report.by_account], news)


def _key(report_id: uuid.UUID) -> str:
    return f"message report:{report_id}"


def _deputies(school_id: int) -> Sequence[uuid.UUID]:
    today = clock.today()
    return db.session.scalars(
        select(Role.account_id).where(
            Role.school_id == school_id,
            Role.kind.in_(("deputy", "head")),
            Role.from_on <= today,
            or_(Role.to_on.is_(None), Role.to_on >= today),
        )
    ).all()
