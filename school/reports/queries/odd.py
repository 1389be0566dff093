"""Odd marks with the history of each: what stood there, who changed it, when."""

import uuid
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import cast

from sqlalchemy import Table, and_, bindparam, select

from school.classes.queries.relations import SCHOOL
from school.core import clock
from school.core.access import Actor
from school.core.database import Id, Moment, read
from school.gradebook.models import Column, MarkStep, RefusedMark, WorkType
from school.people.models import Account
from school.people.names import short_name
from school.reports.models import OddMark
from school.reports.queries.tables import course, group, mark, member, subject

odd = cast("Table", OddMark.__table__)
step = cast("Table", MarkStep.__table__)
column = cast("Table", Column.__table__)
work_type = cast("Table", WorkType.__table__)
refused = cast("Table", RefusedMark.__table__)
account = cast("Table", Account.__table__)
SHOWN_DAYS = 30
MOST = 100

_ODD = (
    select(
        odd.c.mark_id,
        odd.c.at,
        odd.c.why,
        account.c.name,
        member.c.family_name,
        member.c.given_name,
        subject.c.name_ru,
        subject.c.name_en,
        group.c.name,
        course.c.id,
        mark.c.pupil_id,
        column.c.title,
        work_type.c.name,
        column.c.on_date,
    )
    .select_from(
        odd.join(mark, and_(mark.c.school_id == SCHOOL, mark.c.id == odd.c.mark_id))
        .join(course, and_(course.c.school_id == SCHOOL, course.c.id == mark.c.course_id))
        .join(group, and_(group.c.school_id == SCHOOL, group.c.id == course.c.group_id))
        .join(subject, subject.c.id == course.c.subject_id)
        .join(member, and_(member.c.school_id == SCHOOL, member.c.id == mark.c.pupil_id))
        .join(account, account.c.id == odd.c.account_id)
        .join(column, and_(column.c.school_id == SCHOOL, column.c.id == mark.c.column_id))
        .join(work_type, and_(work_type.c.school_id == SCHOOL, work_type.c.id == column.c.work_type_id))
    )
    .where(odd.c.school_id == SCHOOL, odd.c.at >= bindparam("since", type_=Moment))
    .order_by(odd.c.at.desc(), odd.c.id)
    .limit(MOST)
)
_REFUSED = (
    select(
        refused.c.mark_id,
        refused.c.at,
        account.c.name,
        refused.c.wanted_value,
        refused.c.wanted_code,
        refused.c.stood_value,
        refused.c.stood_code,
        mark.c.pupil_id,
        member.c.family_name,
        member.c.given_name,
        subject.c.name_ru,
        subject.c.name_en,
        group.c.name,
        column.c.title,
        work_type.c.name,
        column.c.on_date,
    )
    .select_from(
        refused.join(mark, and_(mark.c.school_id == SCHOOL, mark.c.id == refused.c.mark_id))
        .join(course, and_(course.c.school_id == SCHOOL, course.c.id == mark.c.course_id))
        .join(group, and_(group.c.school_id == SCHOOL, group.c.id == course.c.group_id))
        .join(subject, subject.c.id == course.c.subject_id)
        .join(member, and_(member.c.school_id == SCHOOL, member.c.id == mark.c.pupil_id))
        .join(account, account.c.id == refused.c.account_id)
        .join(column, and_(column.c.school_id == SCHOOL, column.c.id == mark.c.column_id))
        .join(work_type, and_(work_type.c.school_id == SCHOOL, work_type.c.id == column.c.work_type_id))
    )
    .where(refused.c.school_id == SCHOOL, refused.c.at >= bindparam("since", type_=Moment))
    .order_by(refused.c.at.desc(), refused.c.id)
    .limit(MOST)
)
_STEPS = (
    select(
        step.c.mark_id, step.c.at, account.c.name, step.c.old_value, step.c.old_code, step.c.new_value, step.c.new_code
    )
    .select_from(step.outerjoin(account, account.c.id == step.c.account_id))
    .where(step.c.school_id == SCHOOL, step.c.mark_id.in_(bindparam("marks", expanding=True, type_=Id)))
    .order_by(step.c.at)
)


@dataclass(frozen=True, slots=True)
class Change:
    """One line of a mark's history."""

    at: datetime
    who: str
    old: str
    new: str
    is_odd: bool


@dataclass(frozen=True, slots=True)
class OddOne:
    """An odd mark."""

    at: datetime
    why: tuple[str, ...]
    who: str
    pupil: str
    subject: str
    group: str
    course_id: uuid.UUID
    mark_id: uuid.UUID
    pupil_id: uuid.UUID
    work: str
    """The column: its title, or the kind of work."""
    on_date: date
    history: tuple[Change, ...]

    @property
    def change(self) -> Change | None:
        """What was odd: old and new."""
        return next((one for one in self.history if one.is_odd), None)


def odd_marks(actor: Actor) -> list[OddOne]:
    """Those of the last thirty days, the latest first; two statements."""
    rows = read(_ODD, {"school": actor.school_id, "since": clock.now() - timedelta(days=SHOWN_DAYS)})
    if not rows:
        return []
    moments = {(row[0], row[1]) for row in rows}
    steps: dict[uuid.UUID, list[Change]] = defaultdict(list)
    for mark_id, at, who, old, old_code, new, new_code in read(
        _STEPS, {"school": actor.school_id, "marks": sorted({row[0] for row in rows})}
    ):
        is_odd = any(one == mark_id and abs(at - moment) < timedelta(seconds=1) for one, moment in moments)
        steps[mark_id].append(Change(at, who or "", str(old or old_code or ""), str(new or new_code or ""), is_odd))
    return [
        OddOne(
            at, tuple(why), who, short_name(family, given), in_english if actor.locale == "en" else in_russian, name,
            course_id, mark_id, pupil_id, title or work, on_date, tuple(steps[mark_id]),
        )
        for (
            mark_id, at, why, who, family, given, in_russian, in_english, name, course_id,
            pupil_id, title, work, on_date,
        ) in rows
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class RefusedOne:
    """A save that came too late."""

    mark_id: uuid.UUID
    pupil_id: uuid.UUID
    at: datetime
    who: str
    wanted: str
    stood: str
    pupil: str
    subject: str
    group: str
    work: str
    on_date: date


def refused_marks(actor: Actor) -> list[RefusedOne]:
    """Those of the last thirty days, the latest first; one statement."""
    return [
        RefusedOne(
            mark_id, pupil_id, at, who, str(wanted or wanted_code or ""), str(stood or stood_code or ""),
            short_name(family, given), in_english if actor.locale == "en" else in_russian, name, title or work, on_date,
        )
        for (
            mark_id, at, who, wanted, wanted_code, stood, stood_code, pupil_id, family, given,
            in_russian, in_english, name, title, work, on_date,
        ) in read(_REFUSED, {"school": actor.school_id, "since": clock.now() - timedelta(days=SHOWN_DAYS)})
    ]  # fmt: skip
