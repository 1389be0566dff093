"""A pupil changes school by two acts: the administrator of the old school hands over, the one of the new school takes in.

Events: ``transfer.offered``, ``transfer.withdrawn``, ``transfer.declined``, ``transfer.accepted``, each in the record of the
school that acted, ``thing_id`` = the offer.
"""

import uuid
from datetime import date

from sqlalchemy import or_, select, update

from school.classes.actions.transfers import Moved, transfer_pupil
from school.classes.errors import CannotDo
from school.classes.models import StudyGroup
from school.classes.queries.offers import leaving_pupil, waiting_offer_of
from school.classes.queries.recipients import family_accounts
from school.classes.seen import SeenPupil
from school.core import clock
from school.core.access import Actor
from school.core.database import db, new_id
from school.core.languages import gettext as _
from school.core.records import record
from school.core.scope import hold_to
from school.notices.actions import News, tell
from school.people.models import Role, RoleKind, School, TransferOffer

OFFERED, DECIDED, FAMILY = "transfer.offered", "transfer.decided", "transfer.family"


def offer_transfer(actor: Actor, pupil: SeenPupil, to_school: School, on: date, ground: str) -> TransferOffer:
    """Hand a pupil over from a day on. Nothing changes until the new school takes the pupil in.

    Raises ``CannotDo`` for the same school, a past day, a missing ground, and a pupil who is being handed over already.
    """
    if to_school.id == pupil.school_id:
        raise CannotDo(_("The pupil is already in this school. Move them between classes instead."))
    if on < clock.today():
        raise CannotDo(_("The first day in the new school can't be in the past."))
    if not ground.strip():
        raise CannotDo(_("Enter the family's application: its date and number."))
    if waiting_offer_of(pupil) is not None:
        raise CannotDo(_("This pupil is being handed over already. Take that back first."))
    offer = TransferOffer(
        id=new_id(),
        from_school_id=pupil.school_id,
        to_school_id=to_school.id,
        pupil_id=pupil.id,
        pupil_name=f"{pupil.family_name} {pupil.given_name} {pupil.patronymic}".strip(),
        class_name=pupil.class_name,
        year_level=pupil.year_level,
        on_date=on,
        ground=ground.strip(),
        state="waiting",
        offered_at=clock.now(),
        offered_by=actor.account_id,
    )
    db.session.add(offer)
    db.session.flush()
    _note(actor, "transfer.offered", offer, {"to_school": to_school.id, "on": str(on)})
    about = {"name": offer.pupil_name, "class": offer.class_name, "on": str(on)}
    tell(_admins(to_school.id), News(to_school.id, OFFERED, f"offer:{offer.id}", about, thing_id=offer.id))
    return offer


def withdraw_offer(actor: Actor, offer: TransferOffer) -> None:
    """The pupil stays after all."""
    _decide(actor, offer, "withdrawn")
    _note(actor, "transfer.withdrawn", offer, {})


def decline_offer(actor: Actor, offer: TransferOffer, why: str) -> None:
    """The new school can't take the pupil; the leaving school reads why."""
    if not why.strip():
        raise CannotDo(_("Say in a few words why."))
    _decide(actor, offer, "declined")
    offer.why = why.strip()
    db.session.flush()
    _note(actor, "transfer.declined", offer, {})
    _tell_leaving(offer, "declined")


def accept_offer(actor: Actor, offer: TransferOffer, group: StudyGroup) -> Moved:
    """Take the pupil into a class. From the day of the offer (or today, if that has passed) the pupil learns here."""
    _decide(actor, offer, "accepted")
    hold_to(frozenset({offer.from_school_id, offer.to_school_id}))
    pupil = leaving_pupil(actor, offer)
    school = db.session.get(School, offer.to_school_id)
    if pupil is None or school is None:
        raise CannotDo(_("The pupil has already left this school."))
    family = family_accounts(offer.from_school_id, offer.pupil_id, clock.today())
    on = max(offer.on_date, clock.today())
    moved = transfer_pupil(actor, pupil, school, group, on)
    offer.new_member_id, offer.on_date = moved.member_id, on
    db.session.flush()
    _note(actor, "transfer.accepted", offer, {"on": str(on), "group": str(group.id)})
    _tell_leaving(offer, "accepted")
    about = {"name": pupil.given_name, "school": school.short_name, "class": group.name, "on": str(on)}
    # In the old school: the family is part of the new one only from the day of the move.
    tell(family, News(offer.from_school_id, FAMILY, f"offer:{offer.id}", about, offer.pupil_id, offer.id))
    return moved


def _decide(actor: Actor, offer: TransferOffer, state: str) -> None:
    """Once only, whoever is first."""
    done = db.session.execute(
        update(TransferOffer)
        .where(TransferOffer.id == offer.id, TransferOffer.state == "waiting")
        .values(state=state, decided_at=clock.now(), decided_by=actor.account_id)
    )
    if not done.rowcount:  # type: ignore[attr-defined]
        raise CannotDo(_("This transfer has been decided already."))
    db.session.refresh(offer)


def _tell_leaving(offer: TransferOffer, state: str) -> None:
    about = {"name": offer.pupil_name, "state": state, "why": offer.why, "on": str(offer.on_date)}
    news = News(offer.from_school_id, DECIDED, f"offer:{offer.id}:{state}", about, offer.pupil_id, offer.id)
    hold_to(frozenset({offer.from_school_id, offer.to_school_id}))
    tell(_admins(offer.from_school_id), news)


def _note(actor: Actor, kind: str, offer: TransferOffer, payload: dict[str, object]) -> None:
    here = actor.school_id or offer.from_school_id
    mine = offer.pupil_id if here == offer.from_school_id else offer.new_member_id
    record(actor, kind, school_id=here, thing_id=offer.id, pupil_id=mine, payload={"state": offer.state, **payload})


def _admins(school_id: int) -> list[uuid.UUID]:
    today = clock.today()
    return list(
        db.session.scalars(
            select(Role.account_id).where(
                Role.school_id == school_id,
                Role.kind == RoleKind.ADMIN.value,
                Role.from_on <= today,
                or_(Role.to_on.is_(None), Role.to_on >= today),
            )
        )
    )
