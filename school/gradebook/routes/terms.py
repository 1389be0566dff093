"""Setting the marks of a term: one screen, only disputed cases ask."""

import uuid

from flask import abort, request
from flask.typing import ResponseReturnValue

from school.core import clock
from school.core.access import Actor, requires
from school.core.languages import gettext as _
from school.core.languages import ngettext
from school.core.pages import go_to, page, toast
from school.core.shell import Crumb
from school.gradebook.actions import Decision, set_term_marks
from school.gradebook.actions.period_corrections import MOST_ORDER, MOST_REASON
from school.gradebook.drawing import mean_text
from school.gradebook.entries import Status
from school.gradebook.forms import read_sign, sign_choices, wish_choices
from school.gradebook.journal import Journal, TermSpan
from school.gradebook.policy import may_see_journal, may_set_term_marks
from school.gradebook.queries import find_review, get_journal, term_among, terms_of_regime
from school.gradebook.queries.period_corrections import closing_of, period_corrections_of
from school.gradebook.queries.terms import Review
from school.gradebook.routes.blueprint import blueprint
from school.gradebook.routes.grid import trail


@blueprint.get("/courses/<uuid:course_id>/term-marks")
@requires(may_see_journal, opens="term marks", course=get_journal)
def term_marks(actor: Actor, course: Journal) -> ResponseReturnValue:
    """What the act proposes and what is decided, pupil by pupil."""
    terms, term = _terms(course)
    return _screen(actor, course, terms, find_review(course, term))


@blueprint.post("/courses/<uuid:course_id>/term-marks", endpoint="set_term_marks")
@requires(may_set_term_marks, course=get_journal)
def set_term_marks_view(actor: Actor, course: Journal) -> ResponseReturnValue:
    """Set all that is chosen; what needs a reason comes back with the question."""
    terms, term = _terms(course)
    if term.is_locked(clock.now()):
        toast(_("The term has been closed meanwhile: nothing was changed."))
        return go_to("gradebook.term_marks", school_id=course.school_id, course_id=course.id, term=term.number)
    review = find_review(course, term)
    answers = set_term_marks(actor, course, review, _decisions(review))
    asked = {one.decision.pupil_id: one.why for one in answers if one.status is not Status.SAVED}
    n = sum(one.is_changed for one in answers)
    if not asked:
        toast(
            ngettext("%(num)s mark is set.", "%(num)s marks are set.", n)
            if n
            else _("Nothing was changed: all of it stands already.")
        )
        return go_to("gradebook.term_marks", school_id=course.school_id, course_id=course.id, term=term.number)
    return _screen(actor, course, terms, find_review(course, term), asked, kept=n)


def _screen(
    actor: Actor,
    course: Journal,
    terms: list[TermSpan],
    review: Review,
    asked: dict[uuid.UUID, str] | None = None,
    kept: int = 0,
) -> ResponseReturnValue:
    """A partly answered form is saved as far as it went, so its answer is 200 and not 422. A closed term is read only."""
    closed = closing_of(course.school_id, review.term)
    may_set = bool(may_set_term_marks(actor, course))
    return page(
        "gradebook/term_marks.html",
        course=course.course,
        terms=terms,
        review=review,
        asked=asked or {},
        kept=kept,
        typed=request.form,
        choices=sign_choices(with_nothing=True),
        mean_text=lambda mean: mean_text(mean, actor.locale),
        may_set=may_set and closed is None and not review.is_unmarked,
        may_ask=may_set and closed is not None,
        closed=closed,
        year_unmarked=review.rules.is_unmarked(course.course.year_level, terms[-1].number),
        corrections=period_corrections_of(actor, course, review.term),
        wishes=wish_choices(),
        most=(MOST_REASON, MOST_ORDER),
        where=trail(course, Crumb(_("Marks of the term"))),
    )


def _terms(course: Journal) -> tuple[list[TermSpan], TermSpan]:
    terms = terms_of_regime(course.school_id, course.course.regime_id)
    return terms, term_among(terms, request.args.get("term", type=int)) or abort(404)


def _decisions(review: Review) -> list[Decision]:
    found = []
    for line in review.lines:
        text = request.form.get(f"sign-{line.pupil_id}", "")
        seen = request.form.get(f"seen-{line.pupil_id}", type=int, default=0)
        if text:
            reason = request.form.get(f"reason-{line.pupil_id}", "").strip()
            found.append(Decision(line.pupil_id, read_sign(text), reason, seen))
    return found
