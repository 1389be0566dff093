"""Invitations as pupils and families meet them."""

from typing import Any

from flask import Response, request, url_for
from flask.typing import ResponseReturnValue

from school.classes.models import Reply
from school.classes.queries import get_pupil
from school.classes.seen import SeenPupil
from school.core import clock
from school.core.access import Actor, requires
from school.core.languages import gettext as _
from school.core.pages import go_to, page, toast
from school.core.shell import Crumb, address_of
from school.extra import words
from school.extra.actions import reply_to_invitation
from school.extra.forms import ReplyForm
from school.extra.policy import may_reply, sees_invitation, sees_invitations
from school.extra.queries import invitation_of, invitations_of
from school.extra.routes.blueprint import blueprint
from school.extra.seen import SeenInvitation


@blueprint.get("/pupils/<uuid:pupil_id>/extra")
@requires(sees_invitations, opens="extra", pupil=get_pupil)
def of_pupil(_actor: Actor, pupil: SeenPupil) -> ResponseReturnValue:
    """All of a pupil's, those to come first."""
    found, now = invitations_of(pupil), clock.now()
    coming = [one for one in reversed(found) if one.ends_at > now and not one.cancelled_at]
    return page(
        "extra/of_pupil.html",
        pupil=pupil,
        coming=coming,
        over=[one for one in found if one not in coming],
        words=words,
        where=(*_trail(pupil), Crumb(_("Extra lessons"))),
    )


@blueprint.get("/pupils/<uuid:pupil_id>/extra/<uuid:extra_id>")
@requires(sees_invitation, opens="extra", pupil=get_pupil, extra=invitation_of)
def invitation(actor: Actor, pupil: SeenPupil, extra: SeenInvitation) -> ResponseReturnValue:
    """What about, when, where, and two buttons."""
    return _invitation(actor, pupil, extra, ReplyForm(data={"says": extra.says}))


@blueprint.post("/pupils/<uuid:pupil_id>/extra/<uuid:extra_id>")
@requires(may_reply, pupil=get_pupil, extra=invitation_of)
def reply(actor: Actor, pupil: SeenPupil, extra: SeenInvitation) -> ResponseReturnValue:
    """Yes, or can't; it may be changed until the lesson begins."""
    form = ReplyForm()
    said = request.form.get("reply")
    if said not in {Reply.YES, Reply.NO} or not form.validate_on_submit():
        return _invitation(actor, pupil, extra, form, 422)
    reply_to_invitation(actor, extra, Reply(said), (form.says.data or "").strip())
    toast(
        _("The teacher knows that you will come.")
        if said == Reply.YES
        else _("The teacher knows that it does not suit.")
    )
    return go_to("extra.invitation", school_id=pupil.school_id, pupil_id=pupil.id, extra_id=extra.extra_id)


def _invitation(actor: Actor, pupil: SeenPupil, extra: SeenInvitation, form: Any, status: int = 200) -> Response:
    answer = may_reply(actor, pupil, extra)
    return page(
        "extra/invitation.html",
        status=status,
        pupil=pupil,
        one=extra,
        form=form,
        replies=bool(answer),
        why_not=getattr(answer, "why", "") if not extra.cancelled_at else "",
        words=words,
        where=(
            *_trail(pupil),
            Crumb(_("Extra lessons"), url_for("extra.of_pupil", school_id=pupil.school_id, pupil_id=pupil.id)),
            Crumb(extra.topic),
        ),
    )


def _trail(pupil: SeenPupil) -> tuple[Crumb, ...]:
    if pupil.is_self:
        return (Crumb(_("Progress"), address_of("progress.mine", school_id=pupil.school_id)),)
    return (Crumb(pupil.short_name, address_of("progress.pupil", school_id=pupil.school_id, pupil_id=pupil.id)),)
