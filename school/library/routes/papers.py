"""Questions on paper: as many variants as are wanted, right answers on a sheet apart; also how an author looks at them solved."""

from flask import request, url_for
from flask.typing import ResponseReturnValue

from content_library import Unit, UnitVersion
from school.core.access import Actor, requires
from school.core.languages import gettext as _
from school.core.pages import page
from school.core.shell import Crumb
from school.library.policy import may_print, may_see_draft
from school.library.queries import get_draft, get_unit
from school.library.queries.papers import MOST_VARIANTS, papers_of
from school.library.routes.blueprint import blueprint
from school.library.routes.units import asked_version
from school.library.seen import Draft


@blueprint.get("/library/<uuid:unit_id>/paper")
@requires(may_print, unit=get_unit)
def paper(_actor: Actor, unit: Unit) -> ResponseReturnValue:
    """For the class: variants and their answers."""
    return _paper(asked_version(unit), unit, url_for("library.unit", unit_id=unit.id))


@blueprint.get("/library/<uuid:draft_id>/draft/paper")
@requires(may_see_draft, draft=get_draft)
def draft_paper(_actor: Actor, draft: Draft) -> ResponseReturnValue:
    """For the author: the same of what is being written."""
    return _paper(draft.version, draft.unit, url_for("library.draft", draft_id=draft.unit.id))


def _paper(version: UnitVersion, unit: Unit, back: str) -> ResponseReturnValue:
    count = min(max(request.args.get("variants", 1, type=int), 1), MOST_VARIANTS)
    return page(
        "library/paper.html",
        version=version,
        unit=unit,
        papers=papers_of(version, count),
        count=count,
        most=MOST_VARIANTS,
        with_answers=request.args.get("answers", "yes") != "no",
        where=(Crumb(version.title, back), Crumb(_("On paper"))),
    )
