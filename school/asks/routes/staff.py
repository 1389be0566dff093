"""Asking, and seeing who has not answered yet."""

from datetime import timedelta

from flask import request
from flask.typing import ResponseReturnValue

from school.asks.actions import CannotAsk, ask_class
from school.asks.actions import remind as remind_families
from school.asks.forms import AskForm
from school.asks.models import AskKind
from school.asks.policy import may_ask, sees_answers
from school.asks.queries import answers_of, ask_of
from school.asks.routes.blueprint import blueprint
from school.asks.seen import SeenAsk
from school.classes.queries import get_group
from school.classes.seen import SeenGroup
from school.core import clock
from school.core.access import Actor, requires
from school.core.languages import gettext as _
from school.core.languages import ngettext
from school.core.pages import go_to, page, toast
from school.core.shell import Crumb, address_of

USUAL_DAYS = timedelta(days=5)


@blueprint.route("/s/<int:school_id>/classes/<uuid:group_id>/asks/new", methods=["GET", "POST"])
@requires(may_ask, group=get_group)
def new(actor: Actor, group: SeenGroup) -> ResponseReturnValue:
    """Written once: its words stay."""
    form = AskForm(data={"kind": AskKind.CONSENT.value, "due_on": clock.today() + USUAL_DAYS})
    if form.validate_on_submit():
        try:
            kind = AskKind(form.kind.data)
            made = ask_class(actor, group, kind, form.title.data, form.text.data, form.due_on.data)
            toast(_("The families have been told."))
            return go_to("asks.answers", school_id=group.school_id, group_id=group.id, ask_id=made)
        except CannotAsk as refusal:
            form.form_errors.append(refusal.why)
    where = (Crumb(_("The school asks"), address_of("asks.mine")), Crumb(group.name))
    status = 422 if request.method == "POST" else 200
    return page("asks/new.html", status=status, where=where, form=form, group=group)


@blueprint.get("/s/<int:school_id>/classes/<uuid:group_id>/asks/<uuid:ask_id>")
@requires(sees_answers, opens="asks", group=get_group, ask=ask_of)
def answers(_actor: Actor, group: SeenGroup, ask: SeenAsk) -> ResponseReturnValue:
    """Those who have not answered come first."""
    lines = answers_of(ask)
    return page(
        "asks/answers.html",
        where=(Crumb(_("The school asks"), address_of("asks.mine")), Crumb(group.name)),
        group=group,
        ask=ask,
        silent=[one for one in lines if one.answered is None],
        replied=[one for one in lines if one.answered is not None],
        today=clock.today(),
    )


@blueprint.post("/s/<int:school_id>/classes/<uuid:group_id>/asks/<uuid:ask_id>/remind")
@requires(sees_answers, group=get_group, ask=ask_of)
def remind(actor: Actor, group: SeenGroup, ask: SeenAsk) -> ResponseReturnValue:
    """Once a day at most."""
    told = remind_families(actor, ask)
    said = ngettext("%(num)s person was reminded.", "%(num)s people were reminded.", told)
    toast(said if told else _("Everybody was reminded today already."))
    return go_to("asks.answers", school_id=group.school_id, group_id=group.id, ask_id=ask.id)
