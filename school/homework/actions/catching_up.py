"""The catch-up pack: by the last bell of an absent pupil's day, pupil and family are told where it is. Nobody types it."""

import uuid
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select

from school.classes.hooks import on_absence
from school.classes.models import AbsenceFact
from school.classes.queries.days import lessons_of_pupils
from school.classes.queries.recipients import family_accounts
from school.classes.seen import SeenLesson
from school.core import clock
from school.core.database import db
from school.core.jobs import enqueue, handler
from school.homework.queries.catching_up import away_on
from school.notices.actions import News, tell
from school.people.models import Member

CATCH_UP = "homework.catch_up"
NOT_OLDER = timedelta(days=3)
"""Presence that is written down later than this is put in order, not news."""


@on_absence
def ask_for_packs(lesson: SeenLesson, _away: Sequence[uuid.UUID]) -> None:
    """At the bell of the lesson we look whose day is over."""
    if lesson.on_date >= clock.today() - NOT_OLDER:
        _ask(lesson.school_id, lesson.on_date, max(clock.now(), lesson.ends_at))


def _ask(school_id: int, on: date, at: datetime) -> None:
    key = f"{CATCH_UP}:{school_id}:{on}:{clock.local(at):%H%M}"
    enqueue(CATCH_UP, {"school_id": school_id, "on": on}, key=key, run_at=at)


@handler(CATCH_UP)
def tell_of_packs(payload: dict[str, Any]) -> None:
    """Tell those whose last bell has rung; look again at the bells that are still to come."""
    school_id, on, now = int(payload["school_id"]), date.fromisoformat(payload["on"]), clock.now()
    away = away_on(school_id, on)
    if not away:
        return
    later: set[datetime] = set()
    for pupil_id, lessons in lessons_of_pupils(school_id, away, on, on).items():
        held = [one for one in lessons if one.is_held]
        missed = [one for one in held if one.absence_fact == AbsenceFact.ABSENT]
        if not missed:
            continue
        last_bell = max(one.ends_at for one in held)
        if last_bell > now:
            later.add(last_bell)
        else:
            _tell(school_id, pupil_id, on, len(missed))
    for bell in later:
        _ask(school_id, on, bell)


def _tell(school_id: int, pupil_id: uuid.UUID, on: date, count: int) -> None:
    pupil = db.session.execute(
        select(Member.account_id, Member.given_name).where(Member.school_id == school_id, Member.id == pupil_id)
    ).one()
    about = {"name": pupil.given_name, "on": on, "lessons": count}
    news = News(school_id, CATCH_UP, f"{CATCH_UP}:{pupil_id}:{on}", about, pupil_id=pupil_id)
    tell([one for one in (pupil.account_id, *family_accounts(school_id, pupil_id, on)) if one is not None], news)
