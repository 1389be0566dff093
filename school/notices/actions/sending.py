"""Handing one message over: to the push servers of a person's devices, or to the mail server.

That it has begun is kept in a transaction of its own before the first byte leaves. A calm message whose sender died is not
sent again: one too few is better than two, and the news stand on the site. An urgent one is, under the same name, so that
devices put it in the place of the first.
"""

import logging
import uuid
from dataclasses import dataclass
from typing import Any, cast

from flask_babel import force_locale
from sqlalchemy import Table, delete, select, update

from school.core import clock
from school.core.config import Settings, current_settings
from school.core.database import db, write_engine
from school.core.jobs import enqueue, handler, outside_database
from school.notices.actions.letters import letter_of, site_of
from school.notices.actions.wording import Line
from school.notices.mail import Refused, Undelivered, letter, post
from school.notices.models import Channel, Dispatch, Notice, Outcome, PushSubscription
from school.notices.push import Answer, push
from school.notices.queries import Told, told_by
from school.people.models import School

log = logging.getLogger(__name__)

SEND = "notices.send"
dispatch = cast("Table", Dispatch.__table__)
notice = cast("Table", Notice.__table__)
school = cast("Table", School.__table__)
subscription = cast("Table", PushSubscription.__table__)


@dataclass(frozen=True, slots=True)
class Message:
    """A message as it is sent."""

    school_id: int
    id: uuid.UUID
    account_id: uuid.UUID
    channel: Channel
    is_urgent: bool
    title: str
    lines: list[Line]
    path: str
    locale: str
    school: str
    has_begun: bool


@handler(SEND, lane="slow", max_tries=6, lease=120.0)
def send(payload: dict[str, Any]) -> None:
    """Once. Raises when nobody took it now, and is tried again later; quiet hours that began meanwhile are kept."""
    settings = current_settings()
    message = _message(payload["school_id"], uuid.UUID(payload["dispatch_id"]))
    if message is None:
        return
    if message.has_begun and not message.is_urgent:
        _end(message, Outcome.LOST)
        return
    person = told_by([message.account_id]).get(message.account_id)
    if person is None:
        _end(message, Outcome.GONE)
        return
    if not message.is_urgent and person.windows.is_quiet(clock.now()):
        _take_back(message)
        return
    with outside_database():
        _begin(message, begins=True)
        try:
            answers = _hand_over(settings, message, person)
        except BaseException:
            _begin(message, begins=False)  # it certainly has not left, or was refused
            raise
    _forget([one for one, answer in answers.items() if answer is Answer.GONE])
    if Answer.TAKEN in answers.values():
        _end(message, Outcome.SENT)
    elif message.channel == Channel.PUSH and person.mail and settings.mail:
        _end(message, None, channel=Channel.MAIL)
        enqueue(SEND, payload)
    else:
        _end(message, Outcome.GONE)


def _hand_over(settings: Settings, message: Message, person: Told) -> dict[uuid.UUID, Answer]:
    """What each device's server said; a letter answers for the person. Raises ``Undelivered`` when all want it later."""
    if message.channel == Channel.MAIL:
        return {message.id: _mail(settings, message, person)}
    answers = {}
    body = {
        "title": message.title,
        "body": "\n".join(words for words, _path in message.lines),
        "url": message.path,
        "tag": message.id.hex,
        "urgent": message.is_urgent,
        "lang": message.locale,
    }
    for one in person.devices:
        answers[one.id] = push(
            settings, one.endpoint, one.p256dh, one.auth, body, topic=message.id.hex, urgent=message.is_urgent
        )
    if Answer.AGAIN in answers.values() and Answer.TAKEN not in answers.values():
        raise Undelivered(f"push servers of {len(answers)} devices took nothing")
    return answers


def _mail(settings: Settings, message: Message, person: Told) -> Answer:
    if settings.mail is None or person.mail is None:
        return Answer.GONE
    site = site_of(settings)
    with force_locale(message.locale):
        text, html = letter_of(message.title, message.lines, message.path, message.school, site, message.locale)
    made = letter(
        settings.mail.sender,
        person.mail,
        message.title,
        text,
        html,
        name=message.id.hex,
        more={"List-Unsubscribe": f"<{site}/notices/settings>"},
    )
    try:
        post(settings.mail, made)
    except Refused as why:
        log.warning("a letter was refused for good: %s", why)
        return Answer.GONE
    return Answer.TAKEN


def _message(school_id: int, dispatch_id: uuid.UUID) -> Message | None:
    row = db.session.execute(
        select(dispatch, school.c.name)
        .join(school, school.c.id == dispatch.c.school_id)
        .where(dispatch.c.school_id == school_id, dispatch.c.id == dispatch_id, dispatch.c.ended_at.is_(None))
    ).first()
    if row is None:
        return None
    return Message(
        row.school_id,
        row.id,
        row.account_id,
        Channel(row.channel),
        row.is_urgent,
        row.title,
        [(words, path) for words, path in row.lines],
        row.path,
        row.locale,
        row.name,
        row.begun_at is not None,
    )


def _begin(message: Message, *, begins: bool) -> None:
    this = (dispatch.c.school_id == message.school_id) & (dispatch.c.id == message.id)
    with write_engine().begin() as connection:
        connection.execute(update(dispatch).where(this).values(begun_at=clock.now() if begins else None))


def _end(message: Message, outcome: Outcome | None, *, channel: Channel | None = None) -> None:
    """Keep what became of it; with another channel it begins anew."""
    values: dict[str, Any] = {"outcome": outcome, "ended_at": clock.now() if outcome else None}
    if channel is not None:
        values |= {"channel": channel.value, "begun_at": None}
    this = (dispatch.c.school_id == message.school_id) & (dispatch.c.id == message.id)
    db.session.execute(update(dispatch).where(this).values(**values))


def _take_back(message: Message) -> None:
    """Nothing has left: what it carried waits again for its moment."""
    db.session.execute(
        update(notice)
        .where(notice.c.school_id == message.school_id, notice.c.dispatch_id == message.id)
        .values(dispatch_id=None, look_at=clock.now())
    )
    db.session.execute(delete(dispatch).where(dispatch.c.school_id == message.school_id, dispatch.c.id == message.id))


def _forget(gone: list[uuid.UUID]) -> None:
    """Browsers that their server no longer knows."""
    if gone:
        db.session.execute(delete(subscription).where(subscription.c.id.in_(gone)))
