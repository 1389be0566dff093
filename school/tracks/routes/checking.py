"""A diagnostic as the pupil does it: part after part, until it stops."""

from flask.typing import ResponseReturnValue

from school.core.access import Actor, requires
from school.core.languages import gettext as _
from school.core.pages import go_to, toast
from school.tasks.queries import own_member
from school.tracks.actions.checking import next_part
from school.tracks.errors import CannotTrack
from school.tracks.models import Diagnostic
from school.tracks.policy import may_practise_own
from school.tracks.queries.practised import own_diagnostic
from school.tracks.routes.blueprint import blueprint


@blueprint.post("/diagnostics/<uuid:diagnostic_id>")
@requires(may_practise_own, diagnostic=own_diagnostic)
def check(actor: Actor, diagnostic: Diagnostic) -> ResponseReturnValue:
    """The part to go on with."""
    try:
        part = next_part(actor, own_member(actor), diagnostic)
    except CannotTrack as why:
        toast(why.why)
        part = None
    if part is None:
        toast(_("The check has come to its end. Your teacher sees what follows from it."))
        return go_to("tracks.mine", school_id=diagnostic.school_id)
    return go_to("tasks.attempt", school_id=part.school_id, attempt_id=part.attempt_id)
