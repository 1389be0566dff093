"""A pupil changes school: closed there, opened here, under the same account.

Nothing points across schools: each side has its own ``Transfer`` row, and what the new school receives is copied into
``carried`` at that moment by the carriers that features register in ``school.classes.hooks``.
"""

import uuid
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import or_, select, update

from school.classes.errors import CannotDo
from school.classes.hooks import carriers, when_arrived
from school.classes.models import Enrolment, GroupKind, SchoolYear, StudyGroup
from school.classes.queries.absences import absence_counts
from school.classes.seen import SeenPupil
from school.core import clock
from school.core.database import db, new_id
from school.core.languages import gettext as _
from school.core.records.writing import Who
from school.core.scope import current_scope, hold_to
from school.people.models import Guardianship, Member, Role, RoleKind, School, Transfer

A_DAY = timedelta(days=1)
A_YEAR = timedelta(days=365)
"""How long a family reads the pages of the old school (docs/decisions/0008)."""


@dataclass(frozen=True, slots=True)
class Moved:
    """Who the pupil is in the new school."""

    member_id: uuid.UUID
    transfer: Transfer


def transfer_pupil(actor: Who, pupil: SeenPupil, to_school: School, to_group: StudyGroup, on: date) -> Moved:
    """From ``on`` the pupil learns in a class of another school; the day before is the last one in the old.

    Legal representatives go with the child: the same accounts, the same rights and limits. Marks and works stay in the
    old school's rows, and the family reads them there for a year more; ``carried`` tells the new school what it needs.
    """
    if to_school.id == pupil.school_id:
        raise CannotDo(_("The pupil is already in this school. Move them between classes instead."))
    if to_group.school_id != to_school.id or to_group.kind != GroupKind.CLASS:
        raise CannotDo(_("Choose a class of the new school."))
    if pupil.closed_on is not None and pupil.closed_on < on - A_DAY:
        raise CannotDo(_("The pupil has already left this school."))
    if current_scope() is not None:
        hold_to(frozenset({pupil.school_id, to_school.id}))  # the one act that has two schools
    _must_hold(to_group, on)
    carried = {name: carrier(pupil) for name, carrier in carriers.items()}
    carried["class"] = {"name": pupil.class_name, "year_level": pupil.year_level}
    carried["absences"] = absence_counts(pupil, on - A_YEAR, on)
    old = _member(pupil.school_id, pupil.id)
    new = _open(old, to_school.id, RoleKind.PUPIL, on)
    wards = _guardianships(old, on)
    for ward in wards:
        guardian = _open(_member(old.school_id, ward.guardian_id), to_school.id, RoleKind.PARENT, on)
        _hand_on(ward, guardian, new, on)
    _close(old, RoleKind.PUPIL, on - A_DAY)
    for guardian_id in {ward.guardian_id for ward in wards}:
        if not _has_other_wards(old.school_id, guardian_id, pupil.id):
            _close(_member(old.school_id, guardian_id), RoleKind.PARENT, on - A_DAY + A_YEAR)
    db.session.add(Enrolment(school_id=to_school.id, id=new_id(), group_id=to_group.id, pupil_id=new.id, from_on=on))
    arrived = _note(actor, old, new, on, carried)
    db.session.flush()
    for settle in when_arrived:
        settle(old, new)
    return Moved(new.id, arrived)


def _must_hold(to_group: StudyGroup, on: date) -> None:
    year = db.session.execute(
        select(SchoolYear.starts_on, SchoolYear.ends_on).where(
            SchoolYear.school_id == to_group.school_id, SchoolYear.id == to_group.year_id
        )
    ).one()
    if not year.starts_on <= on <= year.ends_on:
        raise CannotDo(_("That class is not running on the day of the transfer."))


def _member(school_id: int, member_id: uuid.UUID) -> Member:
    return db.session.scalars(select(Member).where(Member.school_id == school_id, Member.id == member_id)).one()


def _open(of: Member, school_id: int, kind: RoleKind, on: date) -> Member:
    """That human's member in the new school, with a role; one who has been there comes back as themselves."""
    member = db.session.scalar(select(Member).where(Member.school_id == school_id, Member.account_id == of.account_id))
    if member is None:
        member = Member(
            school_id=school_id,
            id=new_id(),
            account_id=of.account_id,
            family_name=of.family_name,
            given_name=of.given_name,
            patronymic=of.patronymic,
            sort_name=of.sort_name,
            opened_on=on,
        )
        db.session.add(member)
        db.session.flush()
    member.closed_on = None
    held = db.session.scalar(
        select(Role.id).where(
            Role.account_id == of.account_id,
            Role.school_id == school_id,
            Role.kind == kind,
            or_(Role.to_on.is_(None), Role.to_on >= on),
        )
    )
    if held is None:
        db.session.add(
            Role(id=new_id(), account_id=of.account_id, school_id=school_id, member_id=member.id, kind=kind, from_on=on)
        )
    return member


def _close(member: Member, kind: RoleKind, last_day: date) -> None:
    """The role ends; the member too, unless the person is something else there (a teacher with a child in the school)."""
    roles = db.session.scalars(
        select(Role).where(
            Role.account_id == member.account_id,
            Role.school_id == member.school_id,
            or_(Role.to_on.is_(None), Role.to_on > last_day),
        )
    ).all()
    for role in roles:
        if role.kind == kind:
            role.to_on = last_day
    if all(role.kind == kind for role in roles):
        member.closed_on = last_day
    if kind == RoleKind.PUPIL:
        db.session.execute(
            update(Enrolment)
            .where(
                Enrolment.school_id == member.school_id,
                Enrolment.pupil_id == member.id,
                or_(Enrolment.to_on.is_(None), Enrolment.to_on > last_day),
            )
            .values(to_on=last_day)
        )


def _guardianships(pupil: Member, on: date) -> list[Guardianship]:
    return list(
        db.session.scalars(
            select(Guardianship).where(
                Guardianship.school_id == pupil.school_id,
                Guardianship.pupil_id == pupil.id,
                or_(Guardianship.to_on.is_(None), Guardianship.to_on >= on),
            )
        )
    )


def _hand_on(ward: Guardianship, guardian: Member, pupil: Member, on: date) -> None:
    db.session.flush()
    db.session.add(
        Guardianship(
            school_id=pupil.school_id,
            id=new_id(),
            guardian_id=guardian.id,
            pupil_id=pupil.id,
            relation=ward.relation,
            sees_progress=ward.sees_progress,
            from_on=max(on, ward.from_on),
            to_on=ward.to_on,
            note=ward.note,
        )
    )
    last_look = on - A_DAY + A_YEAR
    ward.to_on = min(ward.to_on, last_look) if ward.to_on else last_look


def _has_other_wards(school_id: int, guardian_id: uuid.UUID, pupil_id: uuid.UUID) -> bool:
    statement = select(Guardianship.id).where(
        Guardianship.school_id == school_id,
        Guardianship.guardian_id == guardian_id,
        Guardianship.pupil_id != pupil_id,
        Guardianship.to_on.is_(None),
    )
    return db.session.scalar(statement.limit(1)) is not None


def _note(actor: Who, old: Member, new: Member, on: date, carried: dict[str, Any]) -> Transfer:
    shared = {"on_date": on, "done_at": clock.now(), "done_by": actor.account_id}
    gone = Transfer(
        school_id=old.school_id,
        id=new_id(),
        member_id=old.id,
        direction="out",
        other_school_id=new.school_id,
        other_member_id=new.id,
        **shared,
    )
    arrived = Transfer(
        school_id=new.school_id,
        id=new_id(),
        member_id=new.id,
        direction="in",
        other_school_id=old.school_id,
        other_member_id=old.id,
        carried=carried,
        **shared,
    )
    db.session.flush()
    db.session.add_all([gone, arrived])
    return arrived
