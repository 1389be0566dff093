"""A pupil's own tasks: plain forms that work without a script."""

from flask import request, url_for
from flask.typing import ResponseReturnValue

from school.core.access import Actor, requires
from school.core.database import new_id
from school.core.languages import gettext as _
from school.core.pages import go_to, page, toast
from school.core.shell import Crumb
from school.homework.actions import CannotKeep, OwnWish, add_own, change_own, remove_own, tick_own
from school.homework.forms import OwnForm, day_in, uuid_of
from school.homework.models import OwnTask
from school.homework.policy import keeps_own, may_keep_own
from school.homework.queries.own import get_own
from school.homework.routes.blueprint import blueprint
from school.homework.routes.doing import list_of_mine


@blueprint.post("/homework/own", endpoint="add_own")
@requires(keeps_own)
def add_own_view(actor: Actor) -> ResponseReturnValue:
    """Put one more into the list."""
    form = OwnForm()
    try:
        if form.validate():
            add_own(actor, _wish(form), uuid_of(form.client_id.data) or new_id())
            toast(_("It is in your list."))
            return go_to("homework.mine", school_id=actor.school_id)
    except CannotKeep as why:
        form[why.field].errors = [why.why]
    return list_of_mine(actor, form)


@blueprint.post("/homework/own/<uuid:task_id>/tick", endpoint="tick_own")
@requires(may_keep_own, task=get_own)
def tick_own_view(actor: Actor, task: OwnTask) -> ResponseReturnValue:
    """Done, or not after all."""
    tick_own(actor, task, is_done=request.form.get("done") == "1")
    return go_to("homework.mine", school_id=task.school_id)


@blueprint.route("/homework/own/<uuid:task_id>", methods=["GET", "POST"], endpoint="change_own")
@requires(may_keep_own, task=get_own)
def change_own_view(actor: Actor, task: OwnTask) -> ResponseReturnValue:
    """Other words, another day."""
    form = OwnForm(obj=task) if request.method == "GET" else OwnForm()
    if request.method == "GET":
        form.minutes.data = task.minutes or None  # what was left empty stays empty
    try:
        if form.validate_on_submit():
            change_own(actor, task, _wish(form))
            return go_to("homework.mine", school_id=task.school_id)
    except CannotKeep as why:
        form[why.field].errors = [why.why]
    back = Crumb(_("Homework tasks"), url_for("homework.mine", school_id=task.school_id))
    status = 422 if form.errors else 200
    return page("homework/own.html", status=status, form=form, task=task, where=(back, Crumb(_("A task of your own"))))


@blueprint.post("/homework/own/<uuid:task_id>/remove", endpoint="remove_own")
@requires(may_keep_own, task=get_own)
def remove_own_view(actor: Actor, task: OwnTask) -> ResponseReturnValue:
    """Out of the list."""
    remove_own(actor, task)
    toast(_("Removed from your list."))
    return go_to("homework.mine", school_id=task.school_id)


def _wish(form: OwnForm) -> OwnWish:
    return OwnWish(form.text.data or "", day_in(form.due_on.data), form.minutes.data or 0)
