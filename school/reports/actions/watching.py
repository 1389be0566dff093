"""Looking through what the record has sealed since the last time, and telling deputy heads of odd marks."""

import json
import uuid
from collections import defaultdict
from datetime import date, timedelta
from typing import Any

from sqlalchemy import and_, exists, or_, select

from school.classes.models import Course, Lesson, StudyGroup, Substitution, TeachingPost
from school.core import clock
from school.core.database import db, read_engine
from school.core.jobs import every
from school.core.records.models import RecordEvent, RecordHead
from school.core.transactions import unit_of_work
from school.gradebook.models import Column, Mark, WorkType
from school.notices.actions import News, tell
from school.people.models import Member, Role, School, SignIn
from school.people.names import short_name
from school.reports.models import OddMark, WatchedUntil
from school.reports.queries.watching import watch_on
from school.reports.watch import Entry, oddities

KIND = "odd mark"
MARKS = "mark.set"
AT_ONCE = 1000
NAMED = 3
"""Marks that one notice names."""


def has_new() -> bool:
    """Whether any school's record has grown since it was looked through."""
    grown = (
        select(1)
        .select_from(RecordHead)
        .join(School, School.id == RecordHead.school_id)
        .outerjoin(WatchedUntil, WatchedUntil.school_id == School.id)
        .where(or_(WatchedUntil.position.is_(None), WatchedUntil.position < RecordHead.size))
    )
    with read_engine().connect() as reading:
        return bool(reading.execute(select(grown.exists())).scalar())


@every(60, "reports.watch", when=has_new)
def watch() -> int:
    """Each school in a transaction of its own; the answer is how many odd marks were found."""
    with read_engine().connect() as reading:
        ends = reading.execute(
            select(School.id, RecordHead.size).join(RecordHead, RecordHead.school_id == School.id)
        ).all()
    found = 0
    for school_id, end in ends:
        with unit_of_work():
            found += _watch_school(school_id, end)
    return found


def _watch_school(school_id: int, end: int) -> int:
    """A school that was never looked through begins at its present end: what is long past alerts nobody."""
    done = db.session.get(WatchedUntil, school_id)
    if done is None:
        db.session.add(WatchedUntil(school_id=school_id, position=end))
        return 0
    until = min(end, done.position + AT_ONCE)
    rows = db.session.execute(
        select(
            RecordEvent.id,
            RecordEvent.at,
            RecordEvent.actor_account_id,
            RecordEvent.actor_member_id,
            Mark.id,
            Mark.course_id,
            Column.lesson_id,
            RecordEvent.payload,
        )
        .join(Mark, and_(Mark.school_id == school_id, Mark.id == RecordEvent.thing_id))
        .join(Column, and_(Column.school_id == school_id, Column.id == Mark.column_id))
        .where(
            RecordEvent.school_id == school_id,
            RecordEvent.position > done.position,
            RecordEvent.position <= until,
            RecordEvent.kind == MARKS,
            RecordEvent.actor_account_id.is_not(None),
        )
    ).all()
    done.position = until
    odd = [one for row in rows if (one := _odd(school_id, row)) is not None]
    db.session.add_all(one for one, _course in odd)
    db.session.flush()
    _tell(school_id, odd)
    return len(odd)


def _odd(school_id: int, row: Any) -> tuple[OddMark, uuid.UUID] | None:
    event_id, at, account_id, member_id, mark_id, course_id, lesson_id, payload = row
    entries = [
        Entry(device, started)
        for device, started in db.session.execute(
            select(SignIn.device, SignIn.started_at).where(SignIn.account_id == account_id)
        )
    ]
    day = clock.local(at).date()
    rule = watch_on(school_id, day)
    agreed = "asked_by" in json.loads(payload)  # one asked and another, who need not teach the course, agreed
    expected = agreed or _is_expected(school_id, member_id, course_id, lesson_id, day, rule.cover_days)
    why = oddities(at, is_expected=expected, entries=entries, rule=rule)
    if not why:
        return None
    return OddMark(school_id=school_id, id=event_id, mark_id=mark_id, at=at, account_id=account_id, why=why), course_id


def _is_expected(
    school_id: int, member_id: uuid.UUID | None, course_id: uuid.UUID, lesson_id: uuid.UUID, day: date, cover_days: int
) -> bool:
    """Teaches the course on that day, or stands in for the lesson on its day or soon after."""
    post = exists().where(
        TeachingPost.school_id == school_id,
        TeachingPost.course_id == course_id,
        TeachingPost.teacher_id == member_id,
        TeachingPost.from_on <= day,
        or_(TeachingPost.to_on.is_(None), TeachingPost.to_on >= day),
    )
    cover = exists(
        select(1)
        .select_from(Substitution)
        .join(Lesson, and_(Lesson.school_id == school_id, Lesson.id == Substitution.lesson_id))
        .where(
            Substitution.school_id == school_id,
            Substitution.lesson_id == lesson_id,
            Substitution.teacher_id == member_id,
            Lesson.on_date.between(day - timedelta(days=cover_days), day),
        )
    )
    return bool(db.session.execute(select(or_(post, cover))).scalar())


def _named(school_id: int, some: list[OddMark]) -> list[dict[str, Any]]:
    """Whose marks and of which work; what stands there is on the page, behind the sign-in."""
    rows = db.session.execute(
        select(Member.family_name, Member.given_name, Column.title, WorkType.name, Column.on_date)
        .select_from(Mark)
        .join(Member, and_(Member.school_id == school_id, Member.id == Mark.pupil_id))
        .join(Column, and_(Column.school_id == school_id, Column.id == Mark.column_id))
        .join(WorkType, and_(WorkType.school_id == school_id, WorkType.id == Column.work_type_id))
        .where(Mark.school_id == school_id, Mark.id.in_({one.mark_id for one in some}))
        .order_by(Column.on_date, Member.sort_name)
    )
    return [
        {"pupil": short_name(family, given), "work": title or work, "on": str(on)}
        for family, given, title, work, on in rows
    ]


def _tell(school_id: int, odd: list[tuple[OddMark, uuid.UUID]]) -> None:
    """One notice for each author, course and day, to every deputy head and head but the author."""
    groups: dict[tuple[uuid.UUID, uuid.UUID, str], list[OddMark]] = defaultdict(list)
    for one, course_id in odd:
        groups[one.account_id, course_id, clock.local(one.at).date().isoformat()].append(one)
    if not groups:
        return
    today = clock.today()
    deputies = db.session.scalars(
        select(Role.account_id).where(
            Role.school_id == school_id,
            Role.kind.in_(("deputy", "head")),
            Role.from_on <= today,
            or_(Role.to_on.is_(None), Role.to_on >= today),
        )
    ).all()
    for (account_id, course_id, day), some in groups.items():
        name = db.session.execute(
            select(StudyGroup.name)
            .join(Course, and_(Course.school_id == school_id, Course.group_id == StudyGroup.id))
            .where(StudyGroup.school_id == school_id, Course.id == course_id)
        ).scalar_one()
        about = {
            "group": name,
            "why": sorted({why for one in some for why in one.why}),
            "marks": _named(school_id, some[:NAMED]),
            "number": len(some),
        }
        key = f"odd:{account_id}:{course_id}:{day}"
        tell(set(deputies) - {account_id}, News(school_id, KIND, key, about, thing_id=course_id, urgent=True))
