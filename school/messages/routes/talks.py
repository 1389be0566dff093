"""One's talks, whom one may write to, and one talk."""

from datetime import datetime

from flask import Response, request
from flask.typing import ResponseReturnValue

from school.classes.queries import get_pupil
from school.classes.seen import SeenPupil
from school.core import clock, limits
from school.core.access import Actor, requires, signed_in
from school.core.languages import gettext as _
from school.core.pages import go_to, page, toast, wants_block
from school.core.shell import Crumb, address_of
from school.messages.actions import CannotWrite, mark_read
from school.messages.actions import write as write_message
from school.messages.forms import MessageForm
from school.messages.policy import is_staff_of, may_begin, may_read, may_report, may_write, takes_part
from school.messages.queries import messages_of, staff_of_pupil, talk_of, talks_of
from school.messages.routes.blueprint import blueprint
from school.messages.seen import SeenTalk
from school.notices.queries import windows_of
from school.people.queries import children_everywhere

MESSAGES = "60 per 1 hour"


@blueprint.get("/messages")
@requires(signed_in)
def mine(actor: Actor) -> ResponseReturnValue:
    """All talks of all schools; a parent finds whom to write to by child."""
    children = [one for one in children_everywhere(actor, clock.today()) if one.sees_progress]
    schools = sorted({one.school_id for one in actor.standings if one.kind in {"deputy", "head"} and one.school_id})
    teaches = sorted({one.school_id for one in actor.standings if one.kind == "teacher" and one.school_id})
    return page(
        "messages/mine.html",
        where=(Crumb(_("Messages")),),
        talks=talks_of(actor),
        children=children,
        judges=schools,
        teaches=teaches,
    )


@blueprint.get("/s/<int:school_id>/pupils/<uuid:pupil_id>/messages")
@requires(may_begin, pupil=get_pupil)
def begin(actor: Actor, pupil: SeenPupil) -> ResponseReturnValue:
    """A teacher goes on to the family, a family chooses among those who teach the child."""
    if not pupil.follows:
        return go_to("messages.talk", school_id=pupil.school_id, pupil_id=pupil.id, staff_id=actor.member_id)
    return page(
        "messages/begin.html",
        where=(Crumb(_("Messages"), address_of("messages.mine")), Crumb(pupil.given_name)),
        pupil=pupil,
        staff=[one for one in staff_of_pupil(pupil) if one.id != actor.member_id],
    )


@blueprint.route("/s/<int:school_id>/pupils/<uuid:pupil_id>/messages/<uuid:staff_id>", methods=["GET", "POST"])
@requires(may_read, opens="messages", pupil=get_pupil, staff=talk_of)
def talk(actor: Actor, pupil: SeenPupil, staff: SeenTalk) -> ResponseReturnValue:
    """What was written, and the field for more."""
    form = MessageForm()
    allowed = may_write(actor, pupil, staff)
    if form.validate_on_submit() and allowed:
        try:
            _send(actor, staff, form)
            return go_to("messages.talk", school_id=pupil.school_id, pupil_id=pupil.id, staff_id=staff.staff.id)
        except CannotWrite as refusal:
            form.text.errors = [refusal.why]
    return _shown(actor, pupil, staff, form, 422 if request.method == "POST" else 200)


def _send(actor: Actor, staff: SeenTalk, form: MessageForm) -> None:
    if not limits.allow(MESSAGES, "messages", actor.account_id.hex):
        raise CannotWrite(_("Too many messages in an hour. Please try later."))
    write_message(actor, staff, form.text.data)


def _shown(actor: Actor, pupil: SeenPupil, talk: SeenTalk, form: MessageForm, status: int) -> ResponseReturnValue:
    by_staff = is_staff_of(actor, talk)
    part = takes_part(actor, pupil, talk)
    found = messages_of(talk, by_staff=by_staff if part else None)
    return page(
        "messages/talk.html",
        status=status,
        where=(Crumb(_("Messages"), address_of("messages.mine")), Crumb(pupil.short_name)),
        pupil=pupil,
        talk=talk,
        messages=found,
        by_staff=by_staff,
        part=part,
        fresh=part and any(one.is_staff != by_staff and one.read_at is None for one in found),
        form=form,
        now=clock.now(),
        quiet_until=None if by_staff else _quiet_until(talk),
        may_write=may_write(actor, pupil, talk),
        may_report=may_report,
        actor=actor,
    )


def _quiet_until(talk: SeenTalk) -> datetime | None:
    """When a message of the family would arrive, if not now."""
    now = clock.now()
    until = windows_of(talk.staff.account_id).after_quiet(now)
    return until if until > now else None


@blueprint.post("/s/<int:school_id>/pupils/<uuid:pupil_id>/messages/<uuid:staff_id>/read")
@requires(takes_part, pupil=get_pupil, staff=talk_of)
def read(actor: Actor, pupil: SeenPupil, staff: SeenTalk) -> ResponseReturnValue:
    """The page says that it is on the screen; opening it is reading."""
    mark_read(actor, staff)
    if wants_block():
        return Response(status=204)
    toast(_("Read."))
    return go_to("messages.talk", school_id=pupil.school_id, pupil_id=pupil.id, staff_id=staff.staff.id)
