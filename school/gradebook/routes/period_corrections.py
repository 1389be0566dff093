"""After the close of a term: asking for another mark of it or of the year, and the second person's answer."""

import uuid

from flask import abort, request
from flask.typing import ResponseReturnValue

from school.core.access import Actor, requires
from school.core.languages import gettext as _
from school.core.pages import go_to, toast
from school.gradebook.actions.period_corrections import (
    MOST_ORDER,
    MOST_REASON,
    TERM,
    Wish,
    agree_on_period,
    ask_of_term,
    ask_of_year,
    refuse_on_period,
)
from school.gradebook.entries import Status
from school.gradebook.errors import NotNow
from school.gradebook.forms import read_sign
from school.gradebook.journal import Journal
from school.gradebook.models import PeriodCorrection
from school.gradebook.policy import may_agree, may_set_term_marks
from school.gradebook.queries import find_review, get_journal, term_among, terms_of_regime
from school.gradebook.queries.period_corrections import period_correction_of
from school.gradebook.queries.years import find_year
from school.gradebook.routes.blueprint import blueprint


@blueprint.post("/courses/<uuid:course_id>/term-marks/ask")
@requires(may_set_term_marks, course=get_journal)
def ask_term_mark(actor: Actor, course: Journal) -> ResponseReturnValue:
    """For another mark of a closed term."""
    terms = terms_of_regime(course.school_id, course.course.regime_id)
    term = term_among(terms, request.args.get("term", type=int)) or abort(404)
    try:
        ask_of_term(actor, course, find_review(course, term), _wish(request.form.get("pupil", ""), TERM))
        toast(_said())
    except NotNow as why_not:
        toast(why_not.why)
    return go_to("gradebook.term_marks", school_id=course.school_id, course_id=course.id, term=term.number)


@blueprint.post("/courses/<uuid:course_id>/year-marks/ask")
@requires(may_set_term_marks, course=get_journal)
def ask_year_mark(actor: Actor, course: Journal) -> ResponseReturnValue:
    """For another mark of the year after its close."""
    kind, _dot, pupil = request.form.get("pupil", "").partition(".")
    try:
        ask_of_year(actor, course, find_year(course) or abort(404), _wish(pupil, kind))
        toast(_said())
    except NotNow as why_not:
        toast(why_not.why)
    return go_to("gradebook.year_marks", school_id=course.school_id, course_id=course.id)


@blueprint.post("/courses/<uuid:course_id>/period-corrections/<uuid:correction_id>/agree")
@requires(may_agree, course=get_journal, correction=period_correction_of)
def agree_period(actor: Actor, course: Journal, correction: PeriodCorrection) -> ResponseReturnValue:
    """The mark changes."""
    status = agree_on_period(actor, course, correction)
    toast(_("The mark is changed.") if status is Status.SAVED else _("Somebody changed this mark before you."))
    return go_to("gradebook.corrections", school_id=course.school_id)


@blueprint.post("/courses/<uuid:course_id>/period-corrections/<uuid:correction_id>/refuse")
@requires(may_agree, course=get_journal, correction=period_correction_of)
def refuse_period(actor: Actor, course: Journal, correction: PeriodCorrection) -> ResponseReturnValue:
    """The mark stays."""
    refuse_on_period(actor, correction)
    toast(_("The mark stays as it is."))
    return go_to("gradebook.corrections", school_id=course.school_id)


def _wish(pupil: str, kind: str) -> Wish:
    try:
        pupil_id = uuid.UUID(pupil)
    except ValueError:
        abort(400)
    form = request.form
    reason, by_order = form.get("reason", "").strip()[:MOST_REASON], form.get("order", "").strip()[:MOST_ORDER]
    return Wish(pupil_id, kind, read_sign(form.get("sign", "")), reason, by_order)


def _said() -> str:
    return str(_("It is sent: the mark changes when a second person agrees."))
