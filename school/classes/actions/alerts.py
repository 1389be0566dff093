"""What absences set going: the family of a child missing without a word within ten minutes, the class teacher when days add up.

Both are jobs: written with the presence itself, done by a worker at their hour, told once.
"""

import uuid
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, cast

from sqlalchemy import Table, and_, select

from school.classes.hooks import when_absent
from school.classes.models import Absence, AbsenceFact, AbsenceReason, Lesson
from school.classes.patterns import WINDOW, find_patterns
from school.classes.queries.days import lessons_of_pupils
from school.classes.queries.recipients import family_accounts, leader_accounts
from school.classes.seen import SeenLesson
from school.core import clock
from school.core.database import db
from school.core.jobs import enqueue, handler
from school.notices.actions import News, tell
from school.people.models import Member
from school.people.names import short_name

MISSING = "absence.missing"
PATTERNS = "absence.patterns"

absence = cast("Table", Absence.__table__)
lesson_table = cast("Table", Lesson.__table__)
member = cast("Table", Member.__table__)

SLIP = timedelta(minutes=3)
"""Time to take a slip of the finger back before a family is frightened by it."""
AT_LATEST = timedelta(minutes=10)
"""After the bell of the lesson; no window or quiet hour holds this news."""
LOOKED_AT = time(16)
"""Patterns are looked for when the school's day is over."""


def family_key(pupil: uuid.UUID, on: date) -> str:
    """The news that a pupil is missing without a word on a day."""
    return f"missing:{pupil}:{on}"


def absences_noted(lesson: SeenLesson, away: Sequence[uuid.UUID], silent: Sequence[uuid.UUID]) -> None:
    """Ask for what follows from absences of a lesson; ``silent`` are those whose reason nobody knows."""
    now = clock.now()
    on = lesson.on_date
    if on == clock.local(now).date():
        for pupil_id in silent:
            payload = {"school_id": lesson.school_id, "pupil_id": pupil_id, "on": on}
            enqueue(MISSING, payload, key=f"{lesson.school_id}:{family_key(pupil_id, on)}", run_at=tell_at(lesson, now))
    if away:
        evening = max(now, clock.moscow(on, LOOKED_AT))
        key = f"patterns:{lesson.school_id}:{on}"
        enqueue(PATTERNS, {"school_id": lesson.school_id, "on": on}, key=key, run_at=evening)
        for prepare in when_absent:
            prepare(lesson, away)


def tell_at(lesson: SeenLesson, noted_at: datetime) -> datetime:
    """A little later, in case it was a slip; but by ten minutes of the lesson, and at once after them."""
    return max(noted_at, min(noted_at + SLIP, lesson.starts_at + AT_LATEST))


@handler(MISSING)
def tell_family(payload: dict[str, Any]) -> None:
    """If nobody has given a reason meanwhile, tell the representatives, and the class teacher beside them."""
    school_id, pupil_id, on = payload["school_id"], uuid.UUID(payload["pupil_id"]), date.fromisoformat(payload["on"])
    first = db.session.execute(
        select(lesson_table.c.slot, lesson_table.c.starts_at)
        .join(absence, and_(absence.c.school_id == school_id, absence.c.lesson_id == lesson_table.c.id))
        .where(
            lesson_table.c.school_id == school_id,
            absence.c.pupil_id == pupil_id,
            absence.c.on_date == on,
            absence.c.fact == AbsenceFact.ABSENT.value,
            absence.c.reason == AbsenceReason.UNKNOWN.value,
        )
        .order_by(lesson_table.c.slot)
    ).first()
    if first is None:
        return
    name = db.session.execute(
        select(member.c.given_name, member.c.family_name).where(
            member.c.school_id == school_id, member.c.id == pupil_id
        )
    ).one()
    about = {"name": name.given_name, "slot": first.slot, "at": first.starts_at.isoformat(), "on": str(on)}
    key = family_key(pupil_id, on)
    family = family_accounts(school_id, pupil_id, on)
    tell(family, News(school_id, MISSING, key, about, pupil_id=pupil_id, urgent=True))
    about = {**about, "name": short_name(name.family_name, name.given_name)}
    leaders = leader_accounts(school_id, [pupil_id], on).get(pupil_id, [])
    # A class teacher whose own child is missing hears of it as a parent, once.
    tell(
        set(leaders) - set(family),
        News(school_id, f"{MISSING}.class", f"{key}:class", about, pupil_id=pupil_id, urgent=True),
    )


@handler(PATTERNS)
def look_for_patterns(payload: dict[str, Any]) -> None:
    """Of the pupils who were away or late that day, tell class teachers what their month shows."""
    school_id, on = payload["school_id"], date.fromisoformat(payload["on"])
    touched = db.session.execute(
        select(member.c.id, member.c.family_name, member.c.given_name)
        .join(absence, and_(absence.c.school_id == school_id, absence.c.pupil_id == member.c.id))
        .where(
            member.c.school_id == school_id,
            absence.c.on_date == on,
            absence.c.fact.in_((AbsenceFact.ABSENT.value, AbsenceFact.LATE.value)),
        )
        .distinct()
    )
    names = {pupil_id: short_name(family, given) for pupil_id, family, given in touched}
    if not names:
        return
    leaders = leader_accounts(school_id, list(names), on)
    for pupil_id, lessons in lessons_of_pupils(school_id, list(names), on - WINDOW, on).items():
        for one in find_patterns(lessons, on):
            about = {
                "name": names[pupil_id],
                "pattern": one.kind.value,
                "times": one.times,
                "since": str(one.since),
                "subject": one.subject,
                "weekday": one.weekday,
            }
            news = News(school_id, PATTERNS, f"{pupil_id}:{one.key}", about, pupil_id=pupil_id)
            tell(leaders.get(pupil_id, []), news)
