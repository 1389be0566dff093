"""Talks of one person, and the messages of a talk."""

import uuid
from typing import cast

from sqlalchemy import ColumnElement, Table, and_, case, exists, func, or_, select

from school.classes.seen import SeenPupil
from school.core import clock
from school.core.access import Actor, Standing
from school.core.database import db
from school.core.scope import hold_to
from school.messages.models import Talk, TalkMessage, TalkReport
from school.messages.queries.staff import get_staff, staff_of_pupil
from school.messages.seen import SeenMessage, SeenTalk, TalkLine
from school.people.models import Guardianship, Member
from school.people.names import initials, polite_name, short_name

talk = cast("Table", Talk.__table__)
message = cast("Table", TalkMessage.__table__)
report = cast("Table", TalkReport.__table__)
member = cast("Table", Member.__table__)
ward = cast("Table", Guardianship.__table__)
pupil_member = member.alias("pupil")
staff_member = member.alias("staff")
writer = member.alias("writer")
reader = member.alias("reader")


def talk_of(pupil: SeenPupil, staff_id: uuid.UUID) -> SeenTalk | None:
    """What stands or may begin between a member of staff and the family of the pupil."""
    near = next((one for one in staff_of_pupil(pupil) if one.id == staff_id), None)
    row = db.session.execute(
        select(
            talk.c.id,
            exists(
                select(1)
                .select_from(
                    report.join(
                        message, and_(message.c.school_id == pupil.school_id, message.c.id == report.c.message_id)
                    )
                )
                .where(report.c.school_id == pupil.school_id, message.c.talk_id == talk.c.id)
                .correlate(talk)
            ),
        ).where(talk.c.school_id == pupil.school_id, talk.c.pupil_id == pupil.id, talk.c.staff_id == staff_id)
    ).first()
    staff = near or (get_staff(pupil.school_id, staff_id) if row else None)
    if staff is None:
        return None
    return SeenTalk(pupil, staff, row[0] if row else None, bool(row and row[1]))


def messages_of(seen: SeenTalk, *, by_staff: bool | None) -> list[SeenMessage]:
    """In the order of writing: what one wrote, and what has arrived of the other side's. ``by_staff`` None: whatever has arrived."""
    return _messages(seen, or_(message.c.is_staff == by_staff, message.c.arrives_at <= clock.now()))


def message_of(seen: SeenTalk, message_id: uuid.UUID) -> SeenMessage | None:
    """One message of the talk that has arrived."""
    found = _messages(seen, and_(message.c.id == message_id, message.c.arrives_at <= clock.now()))
    return found[0] if found else None


def _messages(seen: SeenTalk, which: ColumnElement[bool]) -> list[SeenMessage]:
    if seen.id is None:
        return []
    school_id = seen.school_id
    rows = db.session.execute(
        select(
            message.c.id,
            message.c.from_id,
            writer.c.family_name,
            writer.c.given_name,
            writer.c.patronymic,
            message.c.is_staff,
            message.c.text,
            message.c.at,
            message.c.arrives_at,
            message.c.read_at,
            reader.c.given_name,
            reader.c.patronymic,
            report.c.id,
        )
        .select_from(
            message.join(writer, and_(writer.c.school_id == school_id, writer.c.id == message.c.from_id))
            .outerjoin(reader, and_(reader.c.school_id == school_id, reader.c.id == message.c.read_by))
            .outerjoin(report, and_(report.c.school_id == school_id, report.c.message_id == message.c.id))
        )
        .where(message.c.school_id == school_id, message.c.talk_id == seen.id, which)
        .order_by(message.c.at, message.c.id)
    )
    return [
        SeenMessage(
            row[0],
            seen,
            row[1],
            initials(row[2], row[3], row[4]),
            row[5],
            row[6],
            row[7],
            row[8],
            row[9],
            polite_name(row[10] or "", row[11] or ""),
            row[12] is not None,
        )
        for row in rows
    ]


def talks_of(actor: Actor) -> list[TalkLine]:
    """The actor's talks in all schools, the latest first; one statement for each role that has any."""
    found = []
    for standing in actor.standings:
        if standing.school_id is None or standing.member_id is None or standing.kind == "pupil":
            continue
        hold_to(frozenset({standing.school_id}))
        found += _lines(standing)
    unique = {(one.school_id, one.pupil_id, one.staff_id): one for one in found}
    return sorted(unique.values(), key=lambda one: one.last_at, reverse=True)


def _lines(standing: Standing) -> list[TalkLine]:
    school_id, today = standing.school_id, clock.today()
    is_family = standing.kind == "parent"
    mine: ColumnElement[bool] = talk.c.staff_id == standing.member_id
    if is_family:
        mine = exists().where(
            ward.c.school_id == school_id,
            ward.c.pupil_id == talk.c.pupil_id,
            ward.c.guardian_id == standing.member_id,
            ward.c.sees_progress,
            ward.c.from_on <= today,
            or_(ward.c.to_on.is_(None), ward.c.to_on >= today),
        )
    theirs = and_(
        message.c.school_id == school_id,
        message.c.talk_id == talk.c.id,
        message.c.is_staff == is_family,
        message.c.arrives_at <= clock.now(),
    )
    own = message.c.is_staff != is_family
    shown = and_(
        message.c.school_id == school_id,
        message.c.talk_id == talk.c.id,
        or_(own, message.c.arrives_at <= clock.now()),
    )
    # By the latest that this side may know of: a message of the teacher's quiet hours moves nothing before it arrives.
    last_at = (
        select(func.max(case((own, message.c.at), else_=message.c.arrives_at)))
        .where(shown)
        .correlate(talk)
        .scalar_subquery()
    )
    unread = select(func.count()).where(theirs, message.c.read_at.is_(None)).scalar_subquery()
    rows = db.session.execute(
        select(
            talk.c.school_id,
            talk.c.pupil_id,
            talk.c.staff_id,
            pupil_member.c.family_name,
            pupil_member.c.given_name,
            staff_member.c.family_name,
            staff_member.c.given_name,
            staff_member.c.patronymic,
            last_at,
            unread,
        )
        .select_from(
            talk.join(
                pupil_member, and_(pupil_member.c.school_id == school_id, pupil_member.c.id == talk.c.pupil_id)
            ).join(staff_member, and_(staff_member.c.school_id == school_id, staff_member.c.id == talk.c.staff_id))
        )
        .where(talk.c.school_id == school_id, mine, exists().where(shown))
        .order_by(last_at.desc())
        .limit(200)
    )
    return [
        TalkLine(row[0], row[1], row[2], short_name(row[3], row[4]), initials(row[5], row[6], row[7]), row[8], row[9])
        for row in rows
    ]
