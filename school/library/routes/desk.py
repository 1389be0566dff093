"""The methodologist's desk: what waits for review, and the two answers to it."""

from flask import request
from flask.typing import ResponseReturnValue

from school.core.access import Actor, requires
from school.core.languages import gettext as _
from school.core.pages import go_to, page, toast
from school.core.shell import Crumb
from school.library import actions
from school.library.forms import NoteForm
from school.library.policy import is_methodologist, may_review
from school.library.queries import get_draft, waiting
from school.library.routes.blueprint import blueprint
from school.library.seen import Draft


@blueprint.get("/library/review")
@requires(is_methodologist)
def desk(_actor: Actor) -> ResponseReturnValue:
    """What waits, the longest first."""
    rows = waiting(request.args.get("subject", type=int))
    return page("library/desk.html", rows=rows, where=(Crumb(_("Units to review")),))


@blueprint.post("/library/<uuid:draft_id>/publish")
@requires(may_review, draft=get_draft)
def publish(actor: Actor, draft: Draft) -> ResponseReturnValue:
    """Let schools see it."""
    try:
        actions.publish(actor, draft)
    except actions.NotReady:
        toast(_("Not yet: something is to be mended first."))
        return go_to("library.draft", draft_id=draft.unit.id)
    toast(_("Published: every school sees it now."))
    return go_to("library.unit", unit_id=draft.unit.id)


@blueprint.post("/library/<uuid:draft_id>/send-back")
@requires(may_review, draft=get_draft)
def send_back(actor: Actor, draft: Draft) -> ResponseReturnValue:
    """Return it to its author with a note."""
    form = NoteForm()
    if not form.validate_on_submit():
        toast(_("Say in a sentence or two what to mend."))
        return go_to("library.draft", draft_id=draft.unit.id, _anchor="send-back")
    actions.send_back(actor, draft, form.note.data)
    toast(_("Sent back with your note."))
    return go_to("library.desk")
