"""What deputy heads were asked to look at."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, and_, select

from school.core.access import Actor
from school.core.database import db
from school.messages.queries.talks import member, message, pupil_member, report, talk, writer
from school.people.names import initials, short_name

by = member.alias("by_whom")


@dataclass(frozen=True, slots=True)
class Report:
    """One request, with the message it is about."""

    school_id: int
    id: uuid.UUID
    by_account: uuid.UUID
    by: str
    why: str
    at: datetime
    writer_id: uuid.UUID
    writer: str
    text: str
    pupil_id: uuid.UUID
    staff_id: uuid.UUID
    pupil: str
    answer: str
    answered_at: datetime | None

    @property
    def looked_at(self) -> tuple[uuid.UUID | None, uuid.UUID | None]:
        """The pupil whose family's talk it is."""
        return self.pupil_id, None


def reports(actor: Actor) -> list[Report]:
    """Those of the school: unanswered first, then the latest."""
    rows = db.session.execute(
        _statement(actor).order_by(report.c.answered_at.is_not(None), report.c.at.desc()).limit(200)
    )
    return [_report(row) for row in rows]


def get_report(actor: Actor, report_id: uuid.UUID) -> Report | None:
    """One of the school."""
    row = db.session.execute(_statement(actor).where(report.c.id == report_id)).first()
    return _report(row) if row else None


def _statement(actor: Actor) -> Select[tuple[object, ...]]:
    school_id = actor.school_id
    return (
        select(
            report.c.school_id,
            report.c.id,
            by.c.account_id,
            by.c.family_name,
            by.c.given_name,
            by.c.patronymic,
            report.c.why,
            report.c.at,
            writer.c.id,
            writer.c.family_name,
            writer.c.given_name,
            writer.c.patronymic,
            message.c.text,
            talk.c.pupil_id,
            talk.c.staff_id,
            pupil_member.c.family_name,
            pupil_member.c.given_name,
            report.c.answer,
            report.c.answered_at,
        )
        .select_from(
            report.join(message, and_(message.c.school_id == school_id, message.c.id == report.c.message_id))
            .join(talk, and_(talk.c.school_id == school_id, talk.c.id == message.c.talk_id))
            .join(by, and_(by.c.school_id == school_id, by.c.id == report.c.by_id))
            .join(writer, and_(writer.c.school_id == school_id, writer.c.id == message.c.from_id))
            .join(pupil_member, and_(pupil_member.c.school_id == school_id, pupil_member.c.id == talk.c.pupil_id))
        )
        .where(report.c.school_id == school_id)
    )


def _report(row: object) -> Report:
    r = tuple(row)  # type: ignore[arg-type, var-annotated]
    by_whom, wrote, pupil = initials(r[3], r[4], r[5]), initials(r[9], r[10], r[11]), short_name(r[15], r[16])
    return Report(r[0], r[1], r[2], by_whom, r[6], r[7], r[8], wrote, r[12], r[13], r[14], pupil, r[17], r[18])
