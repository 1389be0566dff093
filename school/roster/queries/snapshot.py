"""A school as an import finds it. A dozen statements whatever the school's size."""

import uuid
from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select

from content_library import Subject, subjects
from school.classes.models import (
    Building,
    ClassLeadership,
    Course,
    Enrolment,
    Regime,
    SchoolYear,
    StudyGroup,
    TeachingPost,
)
from school.core.database import db
from school.people.models import Account, Guardianship, Member, Role
from school.roster.formats.records import Roster
from school.roster.models import RosterLink
from school.roster.planning.snapshot import (
    AccountRow,
    CourseRow,
    Ground,
    GroupRow,
    LinkRow,
    MemberRow,
    RoleRow,
    Snapshot,
    TieRow,
)
from school.roster.subjects import SubjectRow

AT_ONCE = 500
"""Values in one IN list: both databases take more, but not without end."""

TIES: tuple[tuple[Any, str, str], ...] = (
    (Enrolment, "group_id", "pupil_id"),
    (ClassLeadership, "class_id", "teacher_id"),
    (TeachingPost, "course_id", "teacher_id"),
    (Guardianship, "pupil_id", "guardian_id"),
)


def snapshot_of(school_id: int | None, name: str, roster: Roster, today: date) -> Snapshot:
    """What planning the import of ``roster`` into a school has to know; of a school to be founded, only accounts."""
    snapshot = Snapshot(today, school_id, name)
    snapshot.subjects = subject_rows()
    if school_id is not None:
        snapshot.links = {(link.kind, link.external_id): link for link in _links(school_id, roster.source.key)}
        snapshot.members = {row.id: row for row in _members(school_id)}
        snapshot.ground = ground_of(school_id, today)
        if snapshot.ground is not None:
            _add_groups(snapshot, school_id, snapshot.ground.year_id)
        snapshot.ties = {tie.id: tie for tie in _ties(school_id, snapshot)}
    _add_accounts(snapshot, roster)
    return snapshot


def _rows(statement: Any) -> Iterable[Any]:
    """Plain tuples; the statements are typed where they are built, the rows by what they become."""
    return db.session.execute(statement).all()


def _chunks(values: Collection[Any]) -> Iterator[list[Any]]:
    whole = list(values)
    for start in range(0, len(whole), AT_ONCE):
        yield whole[start : start + AT_ONCE]


def subject_rows() -> list[SubjectRow]:
    """The city's subjects, with every name they go by. The reference list counts even before it is in the database."""
    rows = _rows(
        select(Subject.id, Subject.code, Subject.name_ru, Subject.name_en, Subject.short_ru).order_by(Subject.sort)
    )
    found = {id_: SubjectRow(id_, code, (*names, code)) for id_, code, *names in rows}
    for row in subjects.SUBJECTS:
        found[row.id] = SubjectRow(row.id, row.code, (row.name_ru, row.name_en, row.short_ru, row.code))
    return list(found.values())


def _links(school_id: int, source: str) -> Iterator[LinkRow]:
    columns = (
        RosterLink.id,
        RosterLink.kind,
        RosterLink.external_id,
        RosterLink.table,
        RosterLink.thing_id,
        RosterLink.said,
        RosterLink.is_open,
    )
    where = (RosterLink.school_id == school_id, RosterLink.source == source)
    for row in _rows(select(*columns).where(*where).order_by(RosterLink.kind, RosterLink.external_id)):
        yield LinkRow(*row)


MEMBER = (
    Member.id,
    Member.school_id,
    Member.account_id,
    Member.family_name,
    Member.given_name,
    Member.patronymic,
    Member.closed_on,
)


def _members(school_id: int) -> Iterator[MemberRow]:
    for row in _rows(select(*MEMBER).where(Member.school_id == school_id)):
        yield MemberRow(*row)


def ground_of(school_id: int, today: date) -> Ground | None:
    """The running school year; in summer the next one; with its first regime and building."""
    years = list(
        _rows(
            select(SchoolYear.id, SchoolYear.starts_on, SchoolYear.ends_on)
            .where(SchoolYear.school_id == school_id)
            .order_by(SchoolYear.starts_on)
        )
    )
    if not years:
        return None
    running = [year for year in years if year.starts_on <= today <= year.ends_on]
    coming = [year for year in years if year.starts_on > today]
    year = (running or coming[:1] or years)[-1]
    regime_id = db.session.scalar(
        select(Regime.id).where(Regime.school_id == school_id, Regime.year_id == year.id).order_by(Regime.id).limit(1)
    )
    building_id = db.session.scalar(
        select(Building.id).where(Building.school_id == school_id).order_by(Building.id).limit(1)
    )
    if regime_id is None or building_id is None:
        return None
    return Ground(year.id, year.starts_on, year.ends_on, regime_id, building_id)


def group_rows(school_id: int, year_id: uuid.UUID) -> list[GroupRow]:
    """The classes and groups of a year."""
    columns = (StudyGroup.id, StudyGroup.kind, StudyGroup.name, StudyGroup.year_level, StudyGroup.class_id)
    where = (StudyGroup.school_id == school_id, StudyGroup.year_id == year_id)
    return [GroupRow(*row) for row in _rows(select(*columns).where(*where).order_by(StudyGroup.id))]


def course_rows(school_id: int, year_id: uuid.UUID) -> list[CourseRow]:
    """The courses of a year."""
    joined = (StudyGroup.school_id == Course.school_id) & (StudyGroup.id == Course.group_id)
    statement = (
        select(Course.id, Course.group_id, Course.subject_id, Course.name)
        .join(StudyGroup, joined)
        .where(Course.school_id == school_id, StudyGroup.school_id == school_id, StudyGroup.year_id == year_id)
        .order_by(Course.id)
    )
    return [CourseRow(*row) for row in _rows(statement)]


def _add_groups(snapshot: Snapshot, school_id: int, year_id: uuid.UUID) -> None:
    snapshot.groups = {row.id: row for row in group_rows(school_id, year_id)}
    snapshot.courses = course_rows(school_id, year_id)


def _ties(school_id: int, snapshot: Snapshot) -> Iterator[TieRow]:
    """Open ties, and closed ones that the source brought: they may be opened again."""
    linked: dict[str, list[uuid.UUID]] = {}
    for link in snapshot.links.values():
        linked.setdefault(link.table, []).append(link.thing_id)
    for model, holder, member in TIES:
        columns = (model.id, getattr(model, holder), getattr(model, member), model.from_on, model.to_on)
        still_open = or_(model.to_on.is_(None), model.to_on >= snapshot.today - timedelta(days=1))
        yield from _tie_rows(model, columns, school_id, still_open)
        for chunk in _chunks(linked.get(model.__tablename__, [])):
            yield from _tie_rows(model, columns, school_id, model.id.in_(chunk))


def _tie_rows(model: Any, columns: tuple[Any, ...], school_id: int, where: ColumnElement[bool]) -> Iterator[TieRow]:
    for row in _rows(select(*columns).where(model.school_id == school_id, where)):
        yield TieRow(model.__tablename__, *row)


def _add_accounts(snapshot: Snapshot, roster: Roster) -> None:
    """Accounts of the members that the source brought, and those that share a login or an e-mail with the set."""
    people = [person for person in roster.people if person.is_open]
    logins = {person.login.strip().lower() for person in people} - {""}
    emails = {person.email.strip().lower() for person in people} - {""}
    linked = {link.thing_id for link in snapshot.links.values() if link.kind == "person"}
    mine = {member.account_id for member in snapshot.members.values() if member.id in linked}
    for column, values in ((Account.id, mine), (Account.login, logins), (func.lower(Account.email), emails)):
        for chunk in _chunks(sorted(values)):
            rows = _rows(select(Account.id, Account.login, Account.name, Account.email).where(column.in_(chunk)))
            snapshot.accounts.update({row.id: AccountRow(*row) for row in rows})
    _add_roles(snapshot)


def _add_roles(snapshot: Snapshot) -> None:
    roles: list[RoleRow] = []
    columns = (Role.id, Role.account_id, Role.school_id, Role.kind, Role.from_on, Role.to_on)
    last_day = snapshot.today - timedelta(days=1)
    for chunk in _chunks(sorted(snapshot.accounts)):
        still_open = or_(Role.to_on.is_(None), Role.to_on > last_day)
        found = _rows(select(*columns).where(Role.account_id.in_(chunk), Role.school_id.is_not(None), still_open))
        roles += [RoleRow(*row) for row in found]
    snapshot.roles = roles
    schools = sorted({role.school_id for role in roles} - {snapshot.school_id})
    accounts = sorted({role.account_id for role in roles if role.school_id in schools})
    snapshot.elsewhere = [
        MemberRow(*row)
        for chunk in _chunks(accounts)
        for row in _rows(select(*MEMBER).where(Member.school_id.in_(schools), Member.account_id.in_(chunk)))
    ]
