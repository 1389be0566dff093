"""New marks reach pupils and families as news once their quiet window is over; a slip taken back in time is told nobody.

Saving a mark pays nothing for it: a worker reads the record afterwards, by position, so nothing is told twice or left out.
"""

import uuid
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import cast

from sqlalchemy import Table, and_, or_, select

from content_library.models import Subject
from school.classes.queries.recipients import family_accounts
from school.core import clock
from school.core.config import current_settings
from school.core.database import db, read_engine
from school.core.jobs import every
from school.core.records.models import RecordEvent, RecordHead
from school.core.transactions import unit_of_work
from school.gradebook.actions.writing import EVENT
from school.gradebook.models import Mark, MarksToldUntil
from school.gradebook.release import Sign
from school.notices.actions import News, tell
from school.people.models import Member, School

NEW, CHANGED, REMOVED = "mark.new", "mark.changed", "mark.removed"
AT_ONCE = 2000
STALE = timedelta(days=3)
"""What was released longer ago is no news: a long record may be chained only after a school was first read."""

event = cast("Table", RecordEvent.__table__)
head = cast("Table", RecordHead.__table__)
mark = cast("Table", Mark.__table__)
member = cast("Table", Member.__table__)
subject = cast("Table", Subject.__table__)


@dataclass(frozen=True, slots=True)
class Fresh:
    """A mark that the record has an event of, as it stands now."""

    position: int
    id: uuid.UUID
    pupil_id: uuid.UUID
    account_id: uuid.UUID
    pupil: str
    subject_ru: str
    subject_en: str
    on_date: date
    version: int
    released_at: datetime
    stands: Sign
    was_seen: Sign

    @property
    def kind(self) -> str | None:
        """What there is to tell; nothing where a family sees what it saw before."""
        if self.stands.same_mark(self.was_seen):
            return None
        if self.was_seen.is_empty:
            return NEW
        return REMOVED if self.stands.is_empty else CHANGED


def has_news() -> bool:
    """Whether any school's record has grown since it was read."""
    told = MarksToldUntil.__table__
    grown = (
        select(School.id)
        .join(head, head.c.school_id == School.id)
        .outerjoin(told, told.c.school_id == School.id)
        .where(or_(told.c.position.is_(None), told.c.position < head.c.size))
    )
    with read_engine().connect() as reading:
        return reading.execute(select(grown.exists())).scalar_one()


@every(30, "gradebook.news", when=has_news)
def tell_of_marks() -> int:
    """Each school in a transaction of its own; the answer is how many marks were told of."""
    with read_engine().connect() as reading:
        ends = reading.execute(select(School.id, head.c.size).join(head, head.c.school_id == School.id)).all()
    told = 0
    for school_id, end in ends:
        with unit_of_work():
            told += _tell_in(school_id, end)
    return told


def _tell_in(school_id: int, end: int) -> int:
    """A school that was never read begins at its present end: marks of the past are no news."""
    done = db.session.get(MarksToldUntil, school_id)
    if done is None:
        db.session.add(MarksToldUntil(school_id=school_id, position=end))
        return 0
    until = _ripe(school_id, done.position, min(end, done.position + AT_ONCE))
    if until == done.position:
        return 0
    families: dict[uuid.UUID, list[uuid.UUID]] = {}
    told = 0
    now = clock.now()
    for one in _fresh(school_id, done.position, until):
        if one.kind is None or not now - STALE < one.released_at <= now:
            continue  # a later change has its own event, and its own window
        if one.pupil_id not in families:
            families[one.pupil_id] = family_accounts(school_id, one.pupil_id, clock.today())
        tell([one.account_id], _news(school_id, one.kind, one, to_family=False))
        family = [who for who in families[one.pupil_id] if who != one.account_id]
        tell(family, _news(school_id, one.kind, one, to_family=True), pupil_first=True)
        told += 1
    done.position = until
    return told


def _ripe(school_id: int, position: int, end: int) -> int:
    """How far to read: up to the first change whose quiet window is still open."""
    closed = clock.now() - timedelta(minutes=current_settings().quiet_minutes)
    first: int | None = db.session.scalar(
        select(event.c.position)
        .where(
            event.c.school_id == school_id,
            event.c.position > position,
            event.c.position <= end,
            event.c.kind == EVENT,
            event.c.at > closed,
        )
        .order_by(event.c.position)
        .limit(1)
    )
    return end if first is None else first - 1


def _fresh(school_id: int, position: int, until: int) -> list[Fresh]:
    rows = db.session.execute(
        select(
            event.c.position,
            mark.c.id,
            mark.c.pupil_id,
            member.c.account_id,
            member.c.given_name,
            subject.c.name_ru,
            subject.c.name_en,
            mark.c.on_date,
            mark.c.version,
            mark.c.released_at,
            mark.c.value,
            mark.c.code,
            mark.c.origin,
            mark.c.released_value,
            mark.c.released_code,
            mark.c.released_origin,
        )
        .join(mark, and_(mark.c.school_id == school_id, mark.c.id == event.c.thing_id))
        .join(member, and_(member.c.school_id == school_id, member.c.id == mark.c.pupil_id))
        .join(subject, subject.c.id == mark.c.subject_id)
        .where(
            event.c.school_id == school_id,
            event.c.position > position,
            event.c.position <= until,
            event.c.kind == EVENT,
        )
        .order_by(event.c.position)
    )
    return [
        Fresh(*row[:10], Sign(row[10], row[11], origin=row[12]), Sign(row[13], row[14], origin=row[15])) for row in rows
    ]


def _news(school_id: int, kind: str, one: Fresh, *, to_family: bool) -> News:
    """Told once for each version of a mark, however many events led to it. Pupils need not be told their own name."""
    about = {
        "pupil": one.pupil if to_family else "",
        "version": one.version,
        "subject_ru": one.subject_ru,
        "subject_en": one.subject_en,
        "lesson_on": one.on_date,
    }
    return News(school_id, kind, f"mark:{one.id}:{one.version}", about, one.pupil_id, one.id)
