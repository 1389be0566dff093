"""The deputy head's page of a term: what is not set, what differs from the act, and the lock."""

from flask import request
from flask.typing import ResponseReturnValue

from school.core import clock
from school.core.access import Actor, requires
from school.core.languages import gettext as _
from school.core.pages import go_to, page, toast
from school.core.shell import Crumb
from school.gradebook.actions.closing import close_term, reopen_term
from school.gradebook.errors import ReasonNeeded
from school.gradebook.policy import may_close_term, may_close_terms
from school.gradebook.queries.closing import SeenTerm, begun_terms, differences, get_term, unset_journals
from school.gradebook.queries.corrections import count_waiting
from school.gradebook.routes.blueprint import blueprint


@blueprint.get("/terms")
@requires(may_close_terms)
def terms(actor: Actor) -> ResponseReturnValue:
    """The newest term that has begun."""
    found = begun_terms(actor)
    if found:
        return go_to("gradebook.term", school_id=actor.school_id, term_id=found[0].term.id)
    return page("gradebook/term.html", seen=None, terms=[], where=(Crumb(_("Closing a term")),))


@blueprint.get("/terms/<uuid:term_id>")
@requires(may_close_term, opens="term marks", term=get_term)
def term(actor: Actor, term: SeenTerm) -> ResponseReturnValue:
    """What is missing and what differs, of the term and of its year; ``?of=`` shows one of them."""
    of = request.args.get("of", "")
    return page(
        "gradebook/term.html",
        seen=term,
        terms=begun_terms(actor),
        unset=unset_journals(term, actor.locale),
        different=differences(term, actor.locale, of),
        of=of,
        corrections=count_waiting(term.school_id),
        closed_on=clock.local(term.term.locked_at).date() if term.term.locked_at else None,
        is_locked=term.term.locked_at is not None and term.term.locked_at <= clock.now(),
        where=(Crumb(_("Closing a term")),),
    )


@blueprint.post("/terms/<uuid:term_id>/close", endpoint="close_term")
@requires(may_close_term, term=get_term)
def close_term_view(actor: Actor, term: SeenTerm) -> ResponseReturnValue:
    """Lock it."""
    close_term(actor, term)
    toast(_("The term is closed."))
    return go_to("gradebook.term", school_id=actor.school_id, term_id=term.term.id)


@blueprint.post("/terms/<uuid:term_id>/reopen", endpoint="reopen_term")
@requires(may_close_term, term=get_term)
def reopen_term_view(actor: Actor, term: SeenTerm) -> ResponseReturnValue:
    """Open it again, with the reason."""
    try:
        reopen_term(actor, term, request.form.get("reason", "").strip()[:300])
        toast(_("The term is open again."))
    except ReasonNeeded:
        toast(_("Name the order or the reason first."))
    return go_to("gradebook.term", school_id=actor.school_id, term_id=term.term.id)
