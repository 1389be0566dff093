"""Errors in published units: told by any reader with their exact place, answered by the author."""

import uuid

from flask import abort, request, url_for
from flask.typing import ResponseReturnValue

from content_library import Unit
from content_library.reports import Found, Reported
from school.core.access import Actor, requires, signed_in
from school.core.languages import gettext as _
from school.core.languages import language
from school.core.limits import allow
from school.core.pages import go_to, go_to_address, page, toast
from school.core.shell import Crumb
from school.library.actions.reports import accept_report, decline_report, tell_of_error
from school.library.forms.reports import ReportForm
from school.library.places import address_at, chosen, places_of
from school.library.policy import is_methodologist, may_answer, may_author, may_keep
from school.library.queries import get_unit, read_unit
from school.library.queries.reports import get_report, reported
from school.library.routes.authoring import library_crumb
from school.library.routes.blueprint import blueprint
from school.library.routes.units import asked_version

OFTEN = "20 per hour"


@blueprint.post("/library/<uuid:unit_id>/errors")
@requires(may_keep, unit=get_unit)
def report_error(actor: Actor, unit: Unit) -> ResponseReturnValue:
    """Tell the author of an error at a place of the version that is open."""
    if not allow(OFTEN, "library.report_error", str(actor.account_id)):
        abort(429)
    version = asked_version(unit)
    places = places_of(read_unit(unit, version, language()))
    form = ReportForm().offer(places)
    here = url_for(".unit", unit_id=unit.id, version=request.args.get("version"))
    if not form.validate_on_submit():
        toast(_("Say what is wrong."))
        return go_to_address(here)
    anchor, title = chosen(places, form.place.data or "", form.moment.data or "")
    tell_of_error(actor, unit, version, Found(text=form.error.data.strip(), place=anchor, place_title=title[:200]))
    toast(_("Thank you. The author will see it; the answer will stand under “Errors”."))
    return go_to_address(address_at(here, anchor))


@blueprint.get("/library/errors")
@requires(signed_in)
def errors(actor: Actor) -> ResponseReturnValue:
    """What I have reported, what was reported of my units, and for methodologists all that waits."""
    offered = ["sent", *(["mine"] if may_author(actor) else []), *(["all"] if is_methodologist(actor) else [])]
    asked = request.args.get("which", "")
    which = asked if asked in offered else offered[-1]
    rows, next_after = reported(actor, which, _mark(request.args.get("after")))
    names = {"sent": _("Reported by me"), "mine": _("Of my units"), "all": _("All without an answer")}
    return page(
        "library/errors.html",
        which=which,
        rows=rows,
        tabs=[(names[one], url_for(".errors", which=one), one == which) for one in offered] if len(offered) > 1 else [],
        next_url=url_for(".errors", which=which, after=next_after) if next_after else "",
        first_url=url_for(".errors", which=which) if request.args.get("after") else "",
        address_at=address_at,
        where=(library_crumb(), Crumb(_("Errors"))),
    )


@blueprint.post("/library/errors/<uuid:report_id>/answer")
@requires(may_answer, report=get_report)
def answer_report(actor: Actor, report: Reported) -> ResponseReturnValue:
    """Agree, or say why nothing is wrong."""
    words = request.form.get("answer", "").strip()[:2000]
    which = "mine" if report.unit.author_account_id == actor.account_id else "all"
    if request.form.get("then") == "accept":
        accept_report(actor, report, words)
        toast(_("Accepted. When the next version is published, the reader will see that it is mended."))
    elif not words:
        toast(_("Say in a sentence or two why."))
    else:
        decline_report(actor, report, words)
        toast(_("Answered."))
    return go_to("library.errors", which=which)


def _mark(after: str | None) -> uuid.UUID | None:
    try:
        return uuid.UUID(after or "")
    except ValueError:
        return None
