"""The second person's page: changes of marks outside their window."""

from flask.typing import ResponseReturnValue

from school.core.access import Actor, requires
from school.core.languages import gettext as _
from school.core.pages import go_to, page, toast
from school.core.shell import Crumb
from school.gradebook.actions.corrections import agree, refuse
from school.gradebook.entries import Status
from school.gradebook.journal import Journal
from school.gradebook.models import MarkCorrection
from school.gradebook.policy import may_agree, may_list_journals
from school.gradebook.queries import get_journal
from school.gradebook.queries.corrections import correction_of, waiting_corrections
from school.gradebook.queries.period_corrections import decided_corrections, waiting_period_corrections
from school.gradebook.routes.blueprint import blueprint


@blueprint.get("/corrections")
@requires(may_list_journals)
def corrections(actor: Actor) -> ResponseReturnValue:
    """What waits, with who asked and why."""
    return page(
        "gradebook/corrections.html",
        waiting=waiting_corrections(actor),
        periods=waiting_period_corrections(actor),
        decided=decided_corrections(actor),
        account_id=actor.account_id,
        school_id=actor.school_id,
        where=(Crumb(_("Changes that wait")),),
    )


@blueprint.post("/courses/<uuid:course_id>/corrections/<uuid:correction_id>/agree")
@requires(may_agree, course=get_journal, correction=correction_of)
def agree_correction(actor: Actor, course: Journal, correction: MarkCorrection) -> ResponseReturnValue:
    """The mark changes."""
    answer = agree(actor, course, correction)
    toast(_("The mark is changed.") if answer.status is Status.SAVED else answer.why)
    return go_to("gradebook.corrections", school_id=course.school_id)


@blueprint.post("/courses/<uuid:course_id>/corrections/<uuid:correction_id>/refuse")
@requires(may_agree, course=get_journal, correction=correction_of)
def refuse_correction(actor: Actor, course: Journal, correction: MarkCorrection) -> ResponseReturnValue:
    """The mark stays."""
    refuse(actor, correction)
    toast(_("The mark stays as it is."))
    return go_to("gradebook.corrections", school_id=course.school_id)
