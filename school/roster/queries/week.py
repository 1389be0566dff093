"""A school's week as an import finds it."""

from datetime import date
from typing import Any

from sqlalchemy import or_, select

from school.classes.models import TeachingPost, TimetableSlot
from school.core.database import db
from school.people.models import Account, Member, Role, RoleKind, School
from school.roster.models import RosterLink
from school.roster.planning.snapshot import LinkRow, MemberRow
from school.roster.planning.week import SOURCE
from school.roster.planning.week_snapshot import SlotRow, WeekSnapshot
from school.roster.queries.snapshot import course_rows, ground_of, group_rows, subject_rows

STAFF = (RoleKind.TEACHER, RoleKind.DEPUTY, RoleKind.HEAD, RoleKind.METHODOLOGIST, RoleKind.ADMIN)


def week_snapshot_of(school: School, today: date) -> WeekSnapshot:
    """What planning a timetable has to know."""
    snapshot = WeekSnapshot(today, school.id, school.name, ground_of(school.id, today), subjects=subject_rows())
    if snapshot.ground is None:
        return snapshot
    snapshot.groups = {row.id: row for row in group_rows(school.id, snapshot.ground.year_id)}
    snapshot.courses = course_rows(school.id, snapshot.ground.year_id)
    _add_staff(snapshot, today)
    still = or_(TeachingPost.to_on.is_(None), TeachingPost.to_on >= today)
    posts = select(TeachingPost.course_id, TeachingPost.teacher_id).where(TeachingPost.school_id == school.id, still)
    snapshot.posts = [(course_id, teacher_id) for course_id, teacher_id in db.session.execute(posts)]
    snapshot.slots = {row.id: row for row in _slots(school.id, today)}
    snapshot.links = _links(school.id)
    return snapshot


def _add_staff(snapshot: WeekSnapshot, today: date) -> None:
    columns = (
        Member.id,
        Member.school_id,
        Member.account_id,
        Member.family_name,
        Member.given_name,
        Member.patronymic,
        Member.closed_on,
        Account.login,
    )
    statement = (
        select(*columns)
        .join(Account, Account.id == Member.account_id)
        .join(Role, (Role.account_id == Member.account_id) & (Role.school_id == Member.school_id))
        .where(
            Member.school_id == snapshot.school_id,
            Role.school_id == snapshot.school_id,
            Role.kind.in_(STAFF),
            or_(Role.to_on.is_(None), Role.to_on >= today),
        )
    )
    rows: Any = db.session.execute(statement)
    for *member, login in rows:
        row = MemberRow(*member)
        snapshot.staff[row.id] = row
        if login:
            snapshot.logins[login] = row.id


def _slots(school_id: int, today: date) -> list[SlotRow]:
    columns = (
        TimetableSlot.id,
        TimetableSlot.course_id,
        TimetableSlot.weekday,
        TimetableSlot.slot,
        TimetableSlot.room,
        TimetableSlot.teacher_id,
        TimetableSlot.from_on,
        TimetableSlot.to_on,
    )
    still = or_(TimetableSlot.to_on.is_(None), TimetableSlot.to_on >= today)
    rows: Any = db.session.execute(select(*columns).where(TimetableSlot.school_id == school_id, still))
    return [SlotRow(*row) for row in rows]


def _links(school_id: int) -> dict[str, LinkRow]:
    columns = (
        RosterLink.id,
        RosterLink.kind,
        RosterLink.external_id,
        RosterLink.table,
        RosterLink.thing_id,
        RosterLink.said,
        RosterLink.is_open,
    )
    where = (RosterLink.school_id == school_id, RosterLink.source == SOURCE)
    rows: Any = db.session.execute(select(*columns).where(*where))
    return {row.external_id: LinkRow(*row) for row in rows}
