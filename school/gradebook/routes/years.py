"""Setting the marks of the year, of exams and of the certificate: one screen."""

from flask import request
from flask.typing import ResponseReturnValue

from school.core.access import Actor, requires
from school.core.languages import gettext as _
from school.core.languages import ngettext
from school.core.pages import go_to, page, toast
from school.core.shell import Crumb
from school.gradebook.actions.period_corrections import MOST_ORDER, MOST_REASON
from school.gradebook.actions.years import YearDecision, set_year_marks
from school.gradebook.entries import Status
from school.gradebook.forms import read_sign, sign_choices, wish_choices
from school.gradebook.journal import Journal
from school.gradebook.policy import may_see_journal, may_set_term_marks
from school.gradebook.queries import get_journal
from school.gradebook.queries.period_corrections import closing_of, period_corrections_of
from school.gradebook.queries.years import YearReview, find_year
from school.gradebook.release import DOT
from school.gradebook.routes.blueprint import blueprint
from school.gradebook.routes.grid import trail


@blueprint.get("/courses/<uuid:course_id>/year-marks")
@requires(may_see_journal, opens="term marks", course=get_journal)
def year_marks(actor: Actor, course: Journal) -> ResponseReturnValue:
    """What the terms make and what is decided."""
    return _screen(actor, course, {})


@blueprint.post("/courses/<uuid:course_id>/year-marks", endpoint="set_year_marks")
@requires(may_set_term_marks, course=get_journal)
def set_year_marks_view(actor: Actor, course: Journal) -> ResponseReturnValue:
    """Set all that is chosen; what needs a reason comes back with the question."""
    review = find_year(course)
    answers = set_year_marks(actor, course, review, _decisions(review)) if review else []
    asked = {
        f"{one.decision.kind}-{one.decision.pupil_id}": one.why for one in answers if one.status is not Status.SAVED
    }
    n = sum(one.is_changed for one in answers)
    if asked:
        return _screen(actor, course, asked, n)
    toast(
        ngettext("%(num)s mark is set.", "%(num)s marks are set.", n)
        if n
        else _("Nothing was changed: all of it stands already.")
    )
    return go_to("gradebook.year_marks", school_id=course.school_id, course_id=course.id)


def _screen(actor: Actor, course: Journal, asked: dict[str, str], kept: int = 0) -> ResponseReturnValue:
    review = find_year(course)
    may_set = bool(may_set_term_marks(actor, course))
    closed = closing_of(course.school_id, review.terms[-1]) if review else None
    return page(
        "gradebook/year_marks.html",
        course=course.course,
        review=review,
        asked=asked,
        kept=kept,
        closed=closed,
        corrections=period_corrections_of(actor, course, None),
        wishes=wish_choices(),
        most=(MOST_REASON, MOST_ORDER),
        account_id=actor.account_id,
        typed=request.form,
        choices=[one for one in sign_choices(with_nothing=True) if one[0] != DOT],
        may_set=may_set and not (review and review.is_unmarked),
        names={"year": _("Year"), "exam": _("Exam"), "final": _("Certificate")},
        where=trail(course, Crumb(_("Marks of the year"))),
    )


def _decisions(review: YearReview) -> list[YearDecision]:
    found = []
    for line in review.lines:
        for kind in review.kinds:
            key = f"{kind}-{line.pupil_id}"
            text = request.form.get(f"sign-{key}", "")
            if text:
                reason = request.form.get(f"reason-{line.pupil_id}", "").strip()
                seen = request.form.get(f"seen-{key}", type=int, default=0)
                found.append(YearDecision(line.pupil_id, kind, read_sign(text), reason if kind != "exam" else "", seen))
    return found
