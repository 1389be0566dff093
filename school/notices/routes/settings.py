"""How one wishes to be told: devices, mail, quiet hours, a way for each topic; and the worker that shows pushes."""

from flask import Response, current_app, request, send_from_directory, url_for
from flask.typing import ResponseReturnValue

from school.core import limits
from school.core.access import Actor, public, requires, signed_in
from school.core.config import current_settings
from school.core.languages import gettext as _
from school.core.pages import go_to, page, toast
from school.core.shell import Crumb, address_of
from school.notices.actions import (
    TRIAL,
    NotAPushServer,
    choose,
    confirm_mail,
    end_device,
    forget_mail,
    mail_of,
    send_confirmation,
    subscribe,
    try_out,
)
from school.notices.forms import HoursForm, MailForm, way_words
from school.notices.hooks import Said, says, topic_words
from school.notices.push import public_key
from school.notices.queries import Way, get_device, told_by
from school.notices.queries.ways import Device
from school.notices.routes.blueprint import blueprint
from school.notices.seen import SeenNotice

LETTERS = "5 per 1 hour"


@blueprint.route("/notices/settings", methods=["GET", "POST"])
@requires(signed_in)
def settings(actor: Actor) -> ResponseReturnValue:
    """One page; each part of it is saved by its own button."""
    told = told_by([actor.account_id])[actor.account_id]
    form = HoursForm(actor, told)
    if form.validate_on_submit():
        choose(actor, form.windows, told.ways | _ways(form))
        toast(_("Saved."))
        return go_to("notices.settings")
    return _shown(actor, form, MailForm(formdata=None), 422 if request.method == "POST" else 200)


def _shown(actor: Actor, form: HoursForm, mail_form: MailForm, status: int = 200) -> ResponseReturnValue:
    told = told_by([actor.account_id])[actor.account_id]
    mail, asked = mail_of(actor)
    topics = [(topic.value, topic_words(topic), told.way_of(topic).value) for topic in form.topics]
    return page(
        "notices/settings.html",
        status=status,
        where=(Crumb(_("Notices"), address_of("notices.mine")), Crumb(_("How I am told"))),
        form=form,
        mail_form=mail_form,
        topics=topics,
        ways=way_words(),
        devices=told.devices,
        here=actor.sign_in_id,
        push_key=public_key(current_settings()),
        has_mail=current_settings().mail is not None,
        mail=mail,
        asked=asked,
    )


def _ways(form: HoursForm) -> dict[str, str]:
    known = {one.value for one in Way}
    given = {topic.value: request.form.get(f"way_{topic.value}", "") for topic in form.topics}
    return {topic: way for topic, way in given.items() if way in known}


@blueprint.post("/notices/devices")
@requires(signed_in)
def connect(actor: Actor) -> ResponseReturnValue:
    """This browser asks to be told: its owner has pressed the button and allowed it."""
    try:
        subscribe(actor, *(request.form.get(name, "") for name in ("endpoint", "p256dh", "auth")))
    except NotAPushServer:
        toast(_("This browser sends its notices by a server that the school does not know. Letters work anywhere."))
        return go_to("notices.settings")
    toast(_("This device is told from now on."))
    return go_to("notices.settings")


@blueprint.post("/notices/devices/<uuid:device_id>/end")
@requires(lambda _actor, _device: True, device=get_device)
def end(actor: Actor, device: Device) -> ResponseReturnValue:
    """Tell that device no more."""
    end_device(actor, device)
    toast(_("That device is told no more."))
    return go_to("notices.settings")


@blueprint.post("/notices/trial")
@requires(signed_in)
def trial(actor: Actor) -> ResponseReturnValue:
    """To see that it arrives: on a device, or by mail."""
    if limits.allow(LETTERS, "notices.trial", actor.account_id.hex) and try_out(actor):
        toast(_("On its way: it should be here in a few seconds."))
    else:
        toast(_("Too many letters in an hour. Please try later."))
    return go_to("notices.settings")


@says(TRIAL, brief=lambda _notice: _("Notices of the school arrive here"))
def trial_words(_notice: SeenNotice) -> Said:
    """Nothing but that."""
    return Said(_("Notices of the school arrive here"), "", url_for("notices.settings"), _("How I am told"))


@blueprint.post("/notices/mail")
@requires(signed_in)
def mail(actor: Actor) -> ResponseReturnValue:
    """A letter with a link goes to the address; it counts once the link was opened."""
    form = MailForm()
    if not form.validate_on_submit():
        return _shown(actor, HoursForm(actor, told_by([actor.account_id])[actor.account_id], formdata=None), form, 422)
    if not limits.allow(LETTERS, "notices.mail", actor.account_id.hex):
        toast(_("Too many letters in an hour. Please try later."))
        return go_to("notices.settings")
    send_confirmation(actor, form.mail.data.strip())
    toast(_("A letter is on its way. Open its link on a device where you are signed in."))
    return go_to("notices.settings")


@blueprint.post("/notices/mail/forget")
@requires(signed_in)
def forget(actor: Actor) -> ResponseReturnValue:
    """No letters any more."""
    forget_mail(actor)
    toast(_("No letters will come any more."))
    return go_to("notices.settings")


@blueprint.route("/notices/mail/confirm/<token>", methods=["GET", "POST"])
@requires(signed_in)
def confirm(actor: Actor, token: str) -> ResponseReturnValue:
    """A page with one button, since mail programs open links by themselves."""
    if request.method == "POST":
        toast(
            _("The address is yours. News come there.")
            if confirm_mail(actor, token)
            else _("This link is old or not for you. Ask for another letter.")
        )
        return go_to("notices.settings")
    where = (Crumb(_("How I am told"), address_of("notices.settings")), Crumb(_("Mail address")))
    return page("notices/confirm.html", where=where, token=token, asked=mail_of(actor)[1])


@blueprint.get("/push-worker.js")
@public
def worker() -> ResponseReturnValue:
    """The script that shows pushes while no page is open. At the root, since a worker rules what lies below its address."""
    assets = current_app.extensions["assets"]
    made: Response = send_from_directory(assets.folder, assets.manifest["worker/push.js"], mimetype="text/javascript")
    made.headers["Cache-Control"] = "no-cache"
    return made
