"""Asking the families of a class to acknowledge the results of a work, out of its report."""

from datetime import timedelta

from flask import abort, request, url_for
from flask.typing import ResponseReturnValue

from school.asks.actions import CannotAsk, ask_class
from school.asks.actions.asking import MOST_TITLE
from school.asks.hooks import tells_results
from school.asks.models import AskKind
from school.asks.policy import may_ask
from school.classes.queries import get_group
from school.classes.seen import SeenGroup
from school.core import clock
from school.core.access import Actor, requires
from school.core.days import short_day
from school.core.languages import gettext as _
from school.core.pages import go_to, page, toast
from school.core.shell import Crumb
from school.reports.forms import ResultAskForm
from school.reports.queries import class_book, period_among, periods_of_class
from school.reports.queries.results import EXAM, WORK, exam_result, results_of, work_result
from school.reports.routes.answering import trail
from school.reports.routes.blueprint import blueprint

USUAL_DAYS = timedelta(days=5)

tells_results(WORK)(work_result)
tells_results(EXAM)(exam_result)


@blueprint.route("/groups/<uuid:group_id>/results/<about>/ask", methods=["GET", "POST"])
@requires(may_ask, opens="report", group=get_group)
def ask_result(actor: Actor, group: SeenGroup, about: str) -> ResponseReturnValue:
    """The words are there; one press asks every family, and each sees its own child's result beside them."""
    period = period_among(periods_of_class(group), request.args.get("period")) or abort(404)
    found = next((one for one in results_of(class_book(group, period, actor.locale)) if one.about == about), None)
    if found is None:
        abort(404)
    if found.ask_id is not None:
        return go_to("asks.answers", school_id=group.school_id, group_id=group.id, ask_id=found.ask_id)
    form = ResultAskForm(
        data={
            "title": _(
                "Result: %(work)s, %(day)s", work=f"{found.subject}. {found.title}", day=short_day(found.on_date)
            )[:MOST_TITLE],
            "text": _("Please look at your child's result below and say that you have seen it."),
            "due_on": clock.today() + USUAL_DAYS,
        }
    )
    if form.validate_on_submit():
        try:
            made = ask_class(
                actor, group, AskKind.NOTE, form.title.data, form.text.data, form.due_on.data, about=found.about
            )
            toast(_("The families have been told."))
            return go_to("asks.answers", school_id=group.school_id, group_id=group.id, ask_id=made)
        except CannotAsk as refusal:
            form.form_errors.append(refusal.why)
    back = url_for(
        "reports.of_class", school_id=group.school_id, group_id=group.id, kind="acknowledgement", period=period.word
    )
    return page(
        "reports/ask_result.html",
        status=422 if request.method == "POST" else 200,
        form=form,
        group=group,
        found=found,
        back=back,
        where=(*trail(group.school_id), Crumb(_("Acknowledgement of results"), back), Crumb(_("Ask"))),
    )
