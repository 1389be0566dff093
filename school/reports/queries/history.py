"""All that ever happened to one mark, from the record: for a talk about it, whoever is right."""

import json
import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table, and_, select

from school.classes.seen import LookedAt, SeenPupil
from school.core.database import db
from school.core.languages import language
from school.core.records.models import RecordEvent
from school.gradebook.models import MarkStep
from school.people.models import Account
from school.reports.queries.tables import course, group, mark, subject

event = cast("Table", RecordEvent.__table__)
step = cast("Table", MarkStep.__table__)
account = cast("Table", Account.__table__)
MARKS, REFUSED = "mark.set", "mark.refused"


@dataclass(frozen=True, slots=True)
class DisputedMark:
    """A mark of a pupil, and where it stands."""

    school_id: int
    id: uuid.UUID
    pupil_id: uuid.UUID
    course_id: uuid.UUID
    subject: str
    group: str
    on: Any
    """Day of the lesson."""

    @property
    def looked_at(self) -> LookedAt:
        """The pupil."""
        return self.pupil_id, None


@dataclass(frozen=True, slots=True)
class Event:
    """One change, as the record has it."""

    at: datetime
    who: str
    """Name of the account; empty for the program itself."""
    how: str
    """set, undo or redo."""
    old: str
    new: str
    words: str
    """The teacher's reason, while it is kept."""
    second: str
    """Who asked for it, where a second person agreed."""
    seen_at: datetime | None
    """When the family could see it; None where a later change came before."""
    position: int | None
    """In the school's record; None for the seconds before it is sealed."""
    is_refused: bool = False
    """Not saved: somebody else was first. ``old`` is what stood there, ``new`` what was wished."""


def disputed_mark(pupil: SeenPupil, mark_id: uuid.UUID) -> DisputedMark | None:
    """A mark of this pupil, also one that was taken back."""
    row = db.session.execute(
        select(mark.c.course_id, subject.c.name_ru, subject.c.name_en, group.c.name, mark.c.on_date)
        .join(course, and_(course.c.school_id == pupil.school_id, course.c.id == mark.c.course_id))
        .join(group, and_(group.c.school_id == pupil.school_id, group.c.id == course.c.group_id))
        .join(subject, subject.c.id == mark.c.subject_id)
        .where(mark.c.school_id == pupil.school_id, mark.c.id == mark_id, mark.c.pupil_id == pupil.id)
    ).first()
    if row is None:
        return None
    name = row[1] if language() == "ru" else row[2]
    return DisputedMark(pupil.school_id, mark_id, pupil.id, row[0], name, row[3], row[4])


def history_of(disputed: DisputedMark) -> list[Event]:
    """In the order in which it happened; two statements and one for the names of second persons."""
    school_id = disputed.school_id
    rows = db.session.execute(
        select(event.c.at, account.c.name, event.c.payload, event.c.position, event.c.kind)
        .outerjoin(account, account.c.id == event.c.actor_account_id)
        .where(event.c.school_id == school_id, event.c.thing_id == disputed.id, event.c.kind.in_((MARKS, REFUSED)))
        .order_by(event.c.at, event.c.id)
    ).all()
    steps = {
        str(row[0]): row
        for row in db.session.execute(
            select(step.c.id, step.c.new_comment, step.c.released_at, step.c.at).where(
                step.c.school_id == school_id, step.c.mark_id == disputed.id
            )
        )
    }
    told = [(at, who, json.loads(payload), position, kind == REFUSED) for at, who, payload, position, kind in rows]
    names = _names({payload["asked_by"] for _at, _who, payload, *_rest in told if payload.get("asked_by")})
    found = []
    for n, (at, who, payload, position, is_refused) in enumerate(told):
        later = next((one[0] for one in told[n + 1 :] if not one[4]), None)
        _id, words, released_at, _at = steps.get(str(payload.get("step")), (None, "", None, None))
        seen_at = released_at if released_at and (later is None or released_at <= later) else None
        second = names.get(str(payload.get("asked_by")), "")
        how, old, new = payload.get("how", "set"), _text(payload.get("old")), _text(payload.get("new"))
        if is_refused:
            seen_at, words = None, ""
        found.append(Event(at, who or "", how, old, new, words or "", second, seen_at, position, is_refused))
    return found


def _text(sign: dict[str, Any] | None) -> str:
    if not sign:
        return ""
    return str(sign.get("origin") or sign.get("value") or sign.get("code") or "")


def _names(accounts: set[str]) -> dict[str, str]:
    ids = [uuid.UUID(one) for one in accounts]
    rows = db.session.execute(select(account.c.id, account.c.name).where(account.c.id.in_(ids))) if ids else ()
    return {str(row[0]): row[1] for row in rows}
