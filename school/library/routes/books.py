"""A textbook at its places: pages of the paper book, and bookmarks."""

import re

from flask import request, url_for
from flask.typing import ResponseReturnValue

from content_library import Unit
from school.core.access import Actor, requires
from school.core.languages import gettext as _
from school.core.languages import language
from school.core.pages import go_to, go_to_address, toast
from school.library import actions
from school.library.policy import may_keep, may_read
from school.library.queries import get_unit, read_unit
from school.library.routes.blueprint import blueprint
from school.library.routes.units import asked_version


@blueprint.get("/library/<uuid:unit_id>/page")
@requires(may_read, unit=get_unit)
def book_page(_actor: Actor, unit: Unit) -> ResponseReturnValue:
    """The page of the paper book with this number, or the nearest before it: what «стр. 45» leads to.

    A textbook that does not say where its pages begin is opened at its beginning.
    """
    version = asked_version(unit)
    pages = read_unit(unit, version, language()).body.pages
    wanted = request.args.get("n", 0, type=int)
    before = [page for page in pages if page <= wanted] or list(pages[:1])
    anchor = f"page-{before[-1]}" if before else None
    return go_to_address(url_for("library.unit", unit_id=unit.id, version=version.number, _anchor=anchor))


@blueprint.post("/library/<uuid:unit_id>/bookmarks")
@requires(may_keep, unit=get_unit)
def turn_bookmark(actor: Actor, unit: Unit) -> ResponseReturnValue:
    """Put a bookmark at a heading or a page of the paper book, or take it out."""
    body = read_unit(unit, asked_version(unit), language()).body
    titles = {heading.anchor: heading.title for heading in body.contents}
    titles |= {f"page-{page}": _("page %(n)s", n=page) for page in body.pages}
    place = request.form.get("place", "")
    if request.form.get("then") == "open":
        return go_to("library.book_page", unit_id=unit.id, n=request.form.get("n"), version=request.args.get("version"))
    if re.fullmatch(r"\d{1,4}", request.form.get("n", "").strip()):
        place = f"page-{int(request.form['n'])}"
    if place not in titles:
        toast(_("There is no such page in this textbook."))
    else:
        is_put = actions.turn_bookmark(actor, unit, place, titles[place][:200])
        toast(_("Bookmark put.") if is_put else _("Bookmark taken out."))
    return go_to_address(
        url_for("library.unit", unit_id=unit.id, version=request.args.get("version"), _anchor="contents")
    )
