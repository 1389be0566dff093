"""The administrator's pages about excuses from outside: who may send them, and by which codes pupils are known there."""

from flask import request, url_for
from flask.typing import ResponseReturnValue

from school.classes.actions import CannotDo
from school.classes.actions.excuses import add_sender, end_sender, give_codes, replace_code
from school.classes.forms.excuses import SenderForm
from school.classes.policy import may_manage_group, may_manage_structure
from school.classes.queries import get_group
from school.classes.queries.excuses import (
    CodedPupil,
    SeenSender,
    classes_with_codes,
    get_sender,
    pupil_of_class,
    pupils_with_codes,
    senders_of,
)
from school.classes.routes.blueprint import blueprint
from school.classes.seen import SeenGroup
from school.core.access import Actor, requires
from school.core.languages import gettext as _
from school.core.languages import ngettext
from school.core.pages import go_to, page, toast
from school.core.shell import Crumb


@blueprint.route("/excuses", methods=["GET", "POST"])
@requires(may_manage_structure)
def excuses(actor: Actor) -> ResponseReturnValue:
    """The senders; a new one's key is in the answer to the press that made it, and nowhere else."""
    form, key, name = SenderForm(), "", ""
    if form.validate_on_submit():
        try:
            made, key = add_sender(actor, form.name.data)
            name, form = made.name, SenderForm(formdata=None)
        except CannotDo as refusal:
            form.name.errors = [refusal.why]
    return page(
        "classes/excuses.html",
        status=422 if request.method == "POST" and not key else 200,
        form=form,
        key=key,
        name=name,
        senders=senders_of(actor),
        classes=classes_with_codes(actor),
        address=url_for("excuse_api.send_excuse", _external=True),
        school_id=actor.school_id,
        where=(
            Crumb(_("Settings"), url_for("classes.structure", school_id=actor.school_id)),
            Crumb(_("Excuses from outside")),
        ),
    )


@blueprint.post("/excuses/senders/<uuid:sender_id>/end")
@requires(lambda actor, _sender: may_manage_structure(actor), sender=get_sender)
def end_excuse_sender(actor: Actor, sender: SeenSender) -> ResponseReturnValue:
    """The key stops working."""
    end_sender(actor, sender)
    toast(_("The key of “%(name)s” no longer works.", name=sender.name))
    return go_to("classes.excuses", school_id=sender.school_id)


@blueprint.route("/excuses/codes/<uuid:group_id>", methods=["GET", "POST"])
@requires(may_manage_group, opens="class", group=get_group)
def pupil_codes(actor: Actor, group: SeenGroup) -> ResponseReturnValue:
    """The codes of a class; a press gives one to each who has none."""
    pupils = pupils_with_codes(group)
    if request.method == "POST":
        given = give_codes(actor, pupils)
        toast(ngettext("%(num)s pupil has got a code.", "%(num)s pupils have got a code.", given))
        return go_to("classes.pupil_codes", school_id=group.school_id, group_id=group.id)
    return page(
        "classes/pupil_codes.html",
        group=group,
        pupils=pupils,
        without=sum(not one.code for one in pupils),
        where=(
            Crumb(_("Excuses from outside"), url_for("classes.excuses", school_id=group.school_id)),
            Crumb(group.name),
        ),
    )


@blueprint.post("/excuses/codes/<uuid:group_id>/pupils/<uuid:pupil_id>")
@requires(lambda actor, group, _pupil: may_manage_group(actor, group), group=get_group, pupil=pupil_of_class)
def new_pupil_code(actor: Actor, group: SeenGroup, pupil: CodedPupil) -> ResponseReturnValue:
    """Another code for one pupil; the old one finds nobody."""
    replace_code(actor, pupil)
    toast(_("%(name)s has a new code; the old one no longer works.", name=pupil.short_name))
    return go_to("classes.pupil_codes", school_id=group.school_id, group_id=group.id)
