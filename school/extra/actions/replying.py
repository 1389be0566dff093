"""A pupil or a family answers an invitation."""

from sqlalchemy import select

from school.classes.models import ExtraPlace, Reply
from school.core import clock
from school.core.access import Actor
from school.core.database import db
from school.core.records import record
from school.extra.actions.telling import tell_reply
from school.extra.seen import SeenInvitation


def reply_to_invitation(actor: Actor, invitation: SeenInvitation, reply: Reply, says: str = "") -> None:
    """Yes or no, which may be changed until the lesson; the same answer again changes nothing."""
    place = db.session.scalars(
        select(ExtraPlace)
        .where(ExtraPlace.school_id == invitation.school_id, ExtraPlace.id == invitation.place_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()
    by_family = invitation.pupil.follows and not invitation.pupil.is_self
    if (place.reply, place.says, place.by_family) == (reply, says, by_family):
        return
    was, place.reply, place.says, place.by_family = place.reply, reply.value, says, by_family
    place.replied_at = clock.now()
    db.session.flush()
    record(
        actor,
        "extra.reply",
        school_id=invitation.school_id,
        thing_id=place.id,
        pupil_id=invitation.pupil.id,
        payload={"was": was, "is": reply.value, "by_family": by_family},
    )
    tell_reply(invitation, can=reply == Reply.YES, says=says)
