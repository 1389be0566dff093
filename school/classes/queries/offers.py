"""Pupils between two schools: what one of them has handed over, what it is asked to take in."""

import uuid
from dataclasses import replace

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import aliased

from school.classes.models import GroupKind, SchoolYear, StudyGroup
from school.classes.queries.loading import get_pupil
from school.classes.seen import SeenPupil
from school.core.access import Actor
from school.core.database import db
from school.people.models import School, Transfer, TransferOffer

FEW = 20
SHOWN = 100


def get_offer(actor: Actor, offer_id: uuid.UUID) -> TransferOffer | None:
    """An offer from or to the actor's school."""
    return db.session.scalar(
        select(TransferOffer).where(
            TransferOffer.id == offer_id,
            or_(TransferOffer.from_school_id == actor.school_id, TransferOffer.to_school_id == actor.school_id),
        )
    )


def offers_of(actor: Actor) -> list[tuple[TransferOffer, str, str]]:
    """All from or to the actor's school with the names of both, those that wait first."""
    old, new = aliased(School), aliased(School)
    rows = db.session.execute(
        select(TransferOffer, old.short_name, new.short_name)
        .join(old, old.id == TransferOffer.from_school_id)
        .join(new, new.id == TransferOffer.to_school_id)
        .where(or_(TransferOffer.from_school_id == actor.school_id, TransferOffer.to_school_id == actor.school_id))
        .order_by(TransferOffer.state != "waiting", TransferOffer.offered_at.desc())
        .limit(SHOWN)
    )
    return [(offer, old_name, new_name) for offer, old_name, new_name in rows]


def waiting_offer_of(pupil: SeenPupil) -> TransferOffer | None:
    """The one that nobody has decided yet."""
    return db.session.scalar(
        select(TransferOffer).where(
            TransferOffer.from_school_id == pupil.school_id,
            TransferOffer.pupil_id == pupil.id,
            TransferOffer.state == "waiting",
        )
    )


def leaving_pupil(actor: Actor, offer: TransferOffer) -> SeenPupil | None:
    """The pupil of an offer in the school that hands over; the request must be held to both schools."""
    return get_pupil(replace(actor, school_id=offer.from_school_id, member_id=None), offer.pupil_id)


def schools_named(actor: Actor, words: str) -> list[School]:
    """Other schools whose name or number has these words; a few."""
    statement = select(School).where(School.id != actor.school_id)
    for word in words.split()[:5]:
        statement = statement.where(or_(School.short_name.icontains(word), School.name.icontains(word)))
    return list(db.session.scalars(statement.order_by(School.short_name, School.id).limit(FEW)))


def classes_for(offer: TransferOffer) -> list[StudyGroup]:
    """Classes of the receiving school that run on the day, those of the pupil's year level first."""
    return list(
        db.session.scalars(
            select(StudyGroup)
            .join(SchoolYear, and_(SchoolYear.school_id == StudyGroup.school_id, SchoolYear.id == StudyGroup.year_id))
            .where(
                StudyGroup.school_id == offer.to_school_id,
                SchoolYear.school_id == offer.to_school_id,
                StudyGroup.kind == GroupKind.CLASS.value,
                SchoolYear.starts_on <= offer.on_date,
                SchoolYear.ends_on >= offer.on_date,
            )
            .order_by(StudyGroup.year_level != offer.year_level, StudyGroup.year_level, StudyGroup.letter)
        )
    )


def arrival_of(offer: TransferOffer) -> Transfer | None:
    """What the new school received with the pupil."""
    return db.session.scalar(
        select(Transfer).where(
            Transfer.school_id == offer.to_school_id,
            Transfer.member_id == offer.new_member_id,
            Transfer.direction == "in",
        )
    )
