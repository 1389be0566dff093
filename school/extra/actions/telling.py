"""Notices about extra lessons: to the pupil, the family, the teacher."""

import uuid
from collections.abc import Collection
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table, and_, select

from content_library.models import Subject, Topic
from school.classes.models import Course, ExtraLesson
from school.classes.queries.recipients import family_accounts
from school.core import clock
from school.core.database import db
from school.extra.queries import Gap
from school.extra.seen import SeenExtra, SeenInvitation
from school.notices.actions import News, settle, tell
from school.people.models import Member
from school.people.names import short_name

INVITED = "extra.invited"
CANCELLED = "extra.cancelled"
CANNOT = "extra.cannot"
PROPOSED = "extra.proposed"
MOVED = "extra.moved"
CLASH = "extra.clash"

member = cast("Table", Member.__table__)
course = cast("Table", Course.__table__)
subject = cast("Table", Subject.__table__)


def _key_of(extra_id: uuid.UUID, pupil_id: uuid.UUID) -> str:
    """The news that a pupil is invited."""
    return f"extra:{extra_id}:{pupil_id}"


def _clash_key(extra_id: uuid.UUID) -> str:
    """The news that an arranged hour can't be."""
    return f"extra:{extra_id}:clash"


def _about(lesson: ExtraLesson) -> dict[str, Any]:
    title = db.session.scalar(select(Topic.title).where(Topic.id == lesson.topic_id))
    names = db.session.execute(
        select(subject.c.name_ru, subject.c.name_en)
        .join(course, course.c.subject_id == subject.c.id)
        .where(course.c.school_id == lesson.school_id, course.c.id == lesson.course_id)
    ).one()
    return {
        "topic": title, "ru": names.name_ru, "en": names.name_en, "at": lesson.starts_at, "ends": lesson.ends_at,
        "room": lesson.room,
    }  # fmt: skip


def tell_invited(lesson: ExtraLesson, pupils: Collection[uuid.UUID]) -> None:
    """The pupils and their families: what about, when and where."""
    about = _about(lesson)
    for pupil_id, name, accounts, own in _people(lesson.school_id, pupils):
        news = {**about, "name": name}
        key = _key_of(lesson.id, pupil_id)
        tell(own, News(lesson.school_id, INVITED, key, news, pupil_id, lesson.id))
        tell(accounts, News(lesson.school_id, f"{INVITED}.family", key, news, pupil_id, lesson.id))


def tell_moved(lesson: ExtraLesson, was: datetime, pupils: Collection[uuid.UUID]) -> None:
    """The same people: the hour is another one. What was said of the old hour need not be read."""
    about = {**_about(lesson), "was": was}
    settle(lesson.school_id, [_clash_key(lesson.id), *(_key_of(lesson.id, one) for one in pupils)])
    urgent = clock.today() in {clock.local(was).date(), lesson.on_date}
    for pupil_id, name, accounts, own in _people(lesson.school_id, pupils):
        key = f"{_key_of(lesson.id, pupil_id)}:to:{lesson.starts_at:%Y%m%d%H%M}"
        settle(lesson.school_id, [f"{_clash_key(lesson.id)}:{pupil_id}"])
        news = News(lesson.school_id, MOVED, key, {**about, "name": name}, pupil_id, lesson.id, urgent)
        tell({*accounts, *own}, news)


def tell_clash(lesson: ExtraLesson, pupils: Collection[uuid.UUID]) -> None:
    """The teacher must choose another hour; ``pupils`` and their families hear that it will change, and need do nothing."""
    about = _about(lesson)
    account = db.session.scalar(
        select(member.c.account_id).where(member.c.school_id == lesson.school_id, member.c.id == lesson.teacher_id)
    )
    if account is not None:
        tell([account], News(lesson.school_id, CLASH, _clash_key(lesson.id), about, thing_id=lesson.id))
    for pupil_id, name, accounts, own in _people(lesson.school_id, pupils) if pupils else ():
        key = f"{_clash_key(lesson.id)}:{pupil_id}"
        news = News(lesson.school_id, f"{CLASH}.family", key, {**about, "name": name}, pupil_id, lesson.id)
        tell({*accounts, *own}, news)


def tell_cancelled(extra: SeenExtra, why: str, pupils: Collection[uuid.UUID]) -> None:
    """The same people: it does not take place. Who has not read the invitation need not."""
    off = [_key_of(extra.id, one) for one in pupils] + [f"{_clash_key(extra.id)}:{one}" for one in pupils]
    settle(extra.school_id, [_clash_key(extra.id), *off])
    for pupil_id, name, accounts, own in _people(extra.school_id, pupils):
        about = {"topic": extra.topic, "at": extra.starts_at, "why": why, "name": name}
        key = f"{_key_of(extra.id, pupil_id)}:off"
        urgent = clock.local(extra.starts_at).date() == clock.today()
        tell({*accounts, *own}, News(extra.school_id, CANCELLED, key, about, pupil_id, extra.id, urgent))


def tell_reply(invitation: SeenInvitation, *, can: bool, says: str) -> None:
    """The invitation has been read; the teacher hears of a no, for there may be somebody else to invite."""
    pupil = invitation.pupil
    settle(pupil.school_id, [_key_of(invitation.extra_id, pupil.id)])
    if can:
        return
    account = db.session.scalar(
        select(member.c.account_id).where(member.c.school_id == pupil.school_id, member.c.id == invitation.teacher_id)
    )
    about = {"name": pupil.short_name, "topic": invitation.topic, "at": invitation.starts_at, "says": says}
    key = f"{_key_of(invitation.extra_id, pupil.id)}:no"
    if account is not None:
        tell([account], News(pupil.school_id, CANNOT, key, about, pupil.id, invitation.extra_id))


def tell_proposed(gap: Gap, people: Collection[uuid.UUID]) -> int:
    """Once a month for a topic of a course, or of parallel ones: so many pupils share this gap. Answers how many were told."""
    about = {
        "topic": gap.title, "topic_id": gap.topic_id, "group": gap.groups, "pupils": len(gap.to_invite),
        "also": [one.id for one in gap.others],
    }  # fmt: skip
    of = f"{gap.course.subject_id}-{gap.course.year_level}" if gap.others else str(gap.course.id)
    key = f"gap:{of}:{gap.topic_id}:{clock.today():%Y-%m}"
    return tell(people, News(gap.course.school_id, PROPOSED, key, about, thing_id=gap.course.id))


def _people(
    school_id: int, pupils: Collection[uuid.UUID]
) -> list[tuple[uuid.UUID, str, list[uuid.UUID], list[uuid.UUID]]]:
    """Of each pupil: the given name, accounts of the family, the own account."""
    rows = db.session.execute(
        select(member.c.id, member.c.family_name, member.c.given_name, member.c.account_id).where(
            and_(member.c.school_id == school_id, member.c.id.in_(list(pupils)))
        )
    )
    today = clock.today()
    return [
        (
            pupil_id,
            short_name(family, given),
            [one for one in family_accounts(school_id, pupil_id, today) if one is not None],
            [account] if account is not None else [],
        )
        for pupil_id, family, given, account in rows
    ]
