"""The leak watch: each night over all schools; a leaked question is not given any more, and its author is asked to change it."""

import uuid
from collections import defaultdict
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, bindparam, select

from content_library import reports, shelf
from content_library.models import ErrorReport, Item, ReportState
from content_library.reports import Found
from school.core import clock
from school.core.database import db, read
from school.core.transactions import unit_of_work
from school.homework.leaks import Leak, Try, leak_in
from school.people.models import School
from school.tasks.models import Answer, Attempt, ItemWatch, Verdict

PROGRAM = uuid.UUID(int=0)
"""Who reports, in place of a reader's account."""
LOOKED_BACK = timedelta(days=180)

_TRIES = (
    select(
        Attempt.id,
        Attempt.started_at,
        Verdict.item_id,
        Verdict.points,
        Verdict.max_points,
        Answer.received_at,
    )
    .join(Verdict, and_(Verdict.school_id == Attempt.school_id, Verdict.attempt_id == Attempt.id))
    .join(Answer, and_(Answer.school_id == Attempt.school_id, Answer.id == Verdict.answer_id))
    .where(
        Attempt.school_id == bindparam("school"),
        Verdict.school_id == bindparam("school"),
        Answer.school_id == bindparam("school"),
        Attempt.started_at > bindparam("since"),
        Attempt.corrects_id.is_(None),
        Attempt.finished_at.is_not(None),
        ~Verdict.waits,
        ~Answer.late,
    )
    .order_by(Attempt.id, Answer.received_at)
)


def watch_for_leaks() -> int:
    """Look at all answers of the last half year; how many questions are found to have leaked."""
    now = clock.now()
    tries: dict[uuid.UUID, list[Try]] = defaultdict(list)
    for school in db.session.scalars(select(School).order_by(School.id)).all():
        _of_school(school, now - LOOKED_BACK, tries)
    known = set(db.session.scalars(select(ItemWatch.item_id)))
    found = {item: leak for item, some in tries.items() if item not in known and (leak := leak_in(some, now))}
    db.session.rollback()
    with unit_of_work():
        for item_id, leak in found.items():
            _burn(item_id, leak, now)
        _lift(now)
    return len(found)


def _of_school(school: School, since: datetime, tries: dict[uuid.UUID, list[Try]]) -> None:
    attempt_id, before = None, since
    for attempt, started_at, item_id, points, most, received_at in read(_TRIES, {"school": school.id, "since": since}):
        if attempt != attempt_id:
            attempt_id, before = attempt, started_at
        seconds = max(0.0, (received_at - before).total_seconds())
        tries[item_id].append(Try(received_at, float(points) / float(most) if most else 0.0, seconds))
        before = received_at


def _burn(item_id: uuid.UUID, leak: Leak, now: datetime) -> None:
    """Mark it, and ask its author in the way in which readers report errors."""
    item = db.session.get_one(Item, item_id)
    fields: dict[str, Any] = {name: getattr(leak, name) for name in leak.__slots__}
    db.session.add(ItemWatch(item_id=item_id, burnt_at=now, **fields))
    version = shelf.get_version(db.session(), item.version_id)
    unit = shelf.get_unit(db.session(), version.unit_id) if version is not None else None
    if version is None or unit is None:
        return
    text = (
        f"Похоже, вопрос {item.position + 1} утёк: раньше его решали на {leak.share_before:.0%}, в последние две недели — "
        f"на {leak.share_since:.0%}, и быстрее: {leak.seconds_since:.0f} с вместо {leak.seconds_before:.0f} с. "
        "В наборы он больше не попадает. Замените его или, если всё в порядке, отклоните это сообщение."
    )
    title = str(item.spec.get("prompt", ""))[:200]
    reports.tell(
        db.session(), unit, version, Found(text=text, place=item_id.hex, place_title=title), PROGRAM, "program", now
    )


def _lift(now: datetime) -> None:
    """What its author has looked at and found to be all right may be given again."""
    declined = select(ErrorReport.place, ErrorReport.answered_by).where(
        ErrorReport.made_by == PROGRAM, ErrorReport.state == ReportState.DECLINED
    )
    for place, by in db.session.execute(declined):
        row = db.session.get(ItemWatch, uuid.UUID(place))
        if row is not None and row.kept_at is None:
            row.kept_at, row.kept_by = now, by
