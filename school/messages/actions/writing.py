"""Writing a message and having read one. What a family writes in a teacher's quiet hours arrives when they are over."""

import uuid
from typing import Any, cast

from sqlalchemy import Table, and_, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from school.classes.queries.recipients import family_accounts
from school.core import clock
from school.core.access import Actor
from school.core.database import db, new_id
from school.core.jobs import enqueue, handler
from school.core.languages import gettext as _
from school.messages.actions.counting import count_unread
from school.messages.models import Talk, TalkMessage
from school.messages.policy import is_staff_of
from school.messages.seen import SeenTalk
from school.notices.actions import News, see_about, tell
from school.notices.queries import windows_of
from school.people.models import Member
from school.people.names import initials

ARRIVED = "message.arrived"
MOST = 3000

talk_table = cast("Table", Talk.__table__)
message = cast("Table", TalkMessage.__table__)
member = cast("Table", Member.__table__)
_INSERTS: dict[str, Any] = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}


class CannotWrite(Exception):
    """The message can't be sent so; ``why`` is for the writer."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def write(actor: Actor, talk: SeenTalk, text: str) -> uuid.UUID:
    """Send a message to the other side; the first one begins the talk. Raises ``CannotWrite``."""
    text = text.strip()
    if not text:
        raise CannotWrite(_("The message is empty."))
    if len(text) > MOST:
        raise CannotWrite(_("The message is too long: please keep it within 3,000 characters."))
    by_staff, now, made = is_staff_of(actor, talk), clock.now(), new_id()
    arrives_at = now if by_staff else windows_of(talk.staff.account_id).after_quiet(now)
    db.session.execute(
        insert(message).values(
            school_id=talk.school_id,
            id=made,
            talk_id=_begin(talk),
            from_id=actor.member_id,
            is_staff=by_staff,
            text=text,
            at=now,
            arrives_at=arrives_at,
        )
    )
    payload = {"school_id": talk.school_id, "message_id": made}
    enqueue(ARRIVED, payload, key=f"{ARRIVED}:{talk.school_id}:{made}", run_at=arrives_at)
    return made


def mark_read(actor: Actor, talk: SeenTalk) -> None:
    """The actor has what arrived from the other side on the screen: the first reader and the moment are kept."""
    if talk.id is None:
        return
    now = clock.now()
    db.session.execute(
        update(message)
        .where(
            message.c.school_id == talk.school_id,
            message.c.talk_id == talk.id,
            message.c.is_staff != is_staff_of(actor, talk),
            message.c.arrives_at <= now,
            message.c.read_at.is_(None),
        )
        .values(read_at=now, read_by=actor.member_id)
    )
    see_about(actor, talk.school_id, talk.id)
    count_unread(_side(talk.school_id, talk.pupil.id, talk.staff.id, is_staff=is_staff_of(actor, talk)))


@handler(ARRIVED)
def tell_of_message(payload: dict[str, Any]) -> None:
    """To the other side, once the message has arrived: that there is one, never what it says."""
    school_id, message_id = payload["school_id"], uuid.UUID(payload["message_id"])
    row = db.session.execute(
        select(
            message.c.talk_id,
            message.c.is_staff,
            talk_table.c.pupil_id,
            talk_table.c.staff_id,
            member.c.family_name,
            member.c.given_name,
            member.c.patronymic,
        )
        .join(talk_table, and_(talk_table.c.school_id == school_id, talk_table.c.id == message.c.talk_id))
        .join(member, and_(member.c.school_id == school_id, member.c.id == message.c.from_id))
        .where(message.c.school_id == school_id, message.c.id == message_id, message.c.read_at.is_(None))
    ).first()
    if row is None:
        return
    talk_id, by_staff, pupil_id, staff_id, *names = row
    about = {"from": initials(*names), "staff_id": staff_id}
    news = News(school_id, ARRIVED, f"message:{message_id}", about, pupil_id=pupil_id, thing_id=talk_id)
    told = _side(school_id, pupil_id, staff_id, is_staff=not by_staff)
    tell(told, news)
    count_unread(told)


def _side(school_id: int, pupil_id: uuid.UUID, staff_id: uuid.UUID, *, is_staff: bool) -> list[uuid.UUID]:
    """Accounts of one side of a talk."""
    if not is_staff:
        return family_accounts(school_id, pupil_id, clock.today())
    whose = select(member.c.account_id).where(member.c.school_id == school_id, member.c.id == staff_id)
    return list(db.session.scalars(whose))


def _begin(talk: SeenTalk) -> uuid.UUID:
    """The talk's id; made by whoever writes first, also when both do so at once."""
    values = {
        "school_id": talk.school_id,
        "id": new_id(),
        "pupil_id": talk.pupil.id,
        "staff_id": talk.staff.id,
        "last_at": clock.now(),
    }
    statement = _INSERTS[db.session.get_bind().dialect.name](talk_table).values(**values)
    statement = statement.on_conflict_do_update(
        index_elements=["school_id", "pupil_id", "staff_id"], set_={"last_at": values["last_at"]}
    )
    made: uuid.UUID = db.session.execute(statement.returning(talk_table.c.id)).scalar_one()
    return made
