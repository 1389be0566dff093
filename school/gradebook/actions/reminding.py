"""Dots speak up: the pupil and the family two days before a work is owed, its teacher on the day; nothing happens by itself."""

import uuid
from collections.abc import Mapping
from datetime import date, time, timedelta
from typing import Any

from sqlalchemy import select

from school.classes.queries.recipients import family_accounts
from school.core import clock
from school.core.database import db
from school.core.jobs import enqueue, handler
from school.gradebook.journal import Journal
from school.gradebook.models import Column, Mark
from school.notices.actions import News, tell
from school.people.models import Member
from school.people.names import short_name

OWED, DUE = "dot.owed", "dot.due"
BEFORE = timedelta(days=2)
AT = time(15)
"""After lessons, before the evening."""


def remind_of_dot(journal: Journal, written: Mapping[str, Any]) -> None:
    """Ask for both reminders of a mark's row just written; a dot taken away, done or put off meanwhile is told nobody."""
    mark_id, due_on = written["id"], written["due_on"]
    for kind, on in ((OWED, due_on - BEFORE), (DUE, due_on)):
        moment = max(clock.moscow(on, AT), clock.now() + timedelta(minutes=30))
        payload = {"school_id": journal.school_id, "mark_id": str(mark_id), "due_on": due_on.isoformat()}
        enqueue(kind, payload, key=f"{kind}:{journal.school_id}:{mark_id}:{due_on}", run_at=moment)


@handler(OWED)
def tell_family_of_dot(payload: dict[str, Any]) -> None:
    """To the pupil and the representatives, of what they can see already."""
    found = _standing(payload)
    if found is None or found[0].released_at > clock.now():
        return
    mark, column, pupil = found
    accounts = [one for one in family_accounts(mark.school_id, mark.pupil_id, clock.today()) if one is not None]
    if pupil.account_id is not None:
        accounts.append(pupil.account_id)
    tell(accounts, _news(OWED, mark, column, pupil))


@handler(DUE)
def ask_teacher_about_dot(payload: dict[str, Any]) -> None:
    """To whoever put it: what becomes of the work?"""
    found = _standing(payload)
    if found is not None:
        mark, column, pupil = found
        tell([mark.set_by], _news(DUE, mark, column, pupil))


def _standing(payload: dict[str, Any]) -> tuple[Mark, Column, Member] | None:
    mark = db.session.get(Mark, (payload["school_id"], uuid.UUID(payload["mark_id"])))
    if mark is None or mark.due_on is None or mark.due_on != date.fromisoformat(payload["due_on"]):
        return None
    column = db.session.get(Column, (mark.school_id, mark.column_id))
    pupil = db.session.scalars(
        select(Member).where(Member.school_id == mark.school_id, Member.id == mark.pupil_id)
    ).first()
    return (mark, column, pupil) if column and pupil else None


def _news(kind: str, mark: Mark, column: Column, pupil: Member) -> News:
    about = {
        "pupil": short_name(pupil.family_name, pupil.given_name),
        "title": column.title,
        "lesson_on": column.on_date,
        "due_on": mark.due_on,
    }
    key = f"{kind}:{mark.id}:{mark.due_on}"
    return News(mark.school_id, kind, key, about, pupil_id=mark.pupil_id, thing_id=mark.course_id)
