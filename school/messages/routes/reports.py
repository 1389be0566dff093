"""Asking deputy heads to look at a message, and their page."""

from flask import request
from flask.typing import ResponseReturnValue

from school.classes.queries import get_pupil
from school.classes.seen import SeenPupil
from school.core.access import Actor, requires
from school.core.languages import gettext as _
from school.core.pages import go_to, page, toast
from school.core.shell import Crumb, address_of
from school.messages.actions import answer_report, report_message
from school.messages.forms import AnswerForm, ReportForm
from school.messages.policy import judges_reports, may_report
from school.messages.queries import Report, get_report, message_of, talk_of
from school.messages.queries import reports as all_reports
from school.messages.routes.blueprint import blueprint
from school.messages.seen import SeenMessage, SeenTalk


@blueprint.route(
    "/s/<int:school_id>/pupils/<uuid:pupil_id>/messages/<uuid:staff_id>/<uuid:message_id>/report",
    methods=["GET", "POST"],
)
@requires(may_report, pupil=get_pupil, staff=talk_of, message=message_of)
def report(actor: Actor, pupil: SeenPupil, staff: SeenTalk, message: SeenMessage) -> ResponseReturnValue:
    """Why, in a few words."""
    form = ReportForm()
    back = {"school_id": pupil.school_id, "pupil_id": pupil.id, "staff_id": staff.staff.id}
    if form.validate_on_submit():
        report_message(actor, message, form.why.data)
        toast(_("The deputy heads have been told. You will hear what came of it."))
        return go_to("messages.talk", **back)
    return page(
        "messages/report.html",
        status=422 if request.method == "POST" else 200,
        where=(Crumb(_("Messages"), address_of("messages.talk", **back)), Crumb(_("Ask a deputy head to look"))),
        form=form,
        message=message,
    )


@blueprint.get("/s/<int:school_id>/messages/reports")
@requires(judges_reports)
def reports(actor: Actor) -> ResponseReturnValue:
    """What people asked to look at."""
    where = (Crumb(_("Messages"), address_of("messages.mine")), Crumb(_("Reported messages")))
    return page("messages/reports.html", where=where, reports=all_reports(actor))


@blueprint.route("/s/<int:school_id>/messages/reports/<uuid:report_id>", methods=["GET", "POST"])
@requires(judges_reports, opens="messages", report=get_report)
def judge(actor: Actor, report: Report) -> ResponseReturnValue:
    """The message, who wrote it, the whole talk a press away, and the answer; not one's own message."""
    form = AnswerForm()
    own = report.writer_id == actor.member_id
    if not own and report.answered_at is None and form.validate_on_submit():
        answer_report(actor, report, form.answer.data)
        toast(_("Answered."))
        return go_to("messages.reports", school_id=report.school_id)
    return page(
        "messages/judge.html",
        status=422 if request.method == "POST" else 200,
        where=(
            Crumb(_("Reported messages"), address_of("messages.reports", school_id=report.school_id)),
            Crumb(report.pupil),
        ),
        report=report,
        form=form,
        own=own,
    )
