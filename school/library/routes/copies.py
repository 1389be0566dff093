"""What changed between versions; a unit of one's own made of a colleague's, and what the original mended since."""

from flask import abort, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from content_library import Unit, WrongState, comparing, copies, drafts, shelf
from school.core.access import Actor, requires
from school.core.database import db
from school.core.languages import gettext as _
from school.core.pages import go_to, page, toast
from school.core.shell import Crumb
from school.library.actions.copying import copy_unit, follow_original
from school.library.differences import part_name, pieces_of, shown
from school.library.policy import may_copy, may_follow, may_read
from school.library.queries import get_unit
from school.library.routes.authoring import library_crumb, mine_crumb
from school.library.routes.blueprint import blueprint


@blueprint.get("/library/<uuid:unit_id>/changes")
@requires(may_read, unit=get_unit)
def changes(_actor: Actor, unit: Unit) -> ResponseReturnValue:
    """How a published version differs from an earlier one; keys of questions are not shown."""
    versions = [one for one in shelf.versions_of(db.session(), unit) if one.published_at is not None]
    numbers = {one.number: one for one in versions}
    newest = versions[0]
    after = numbers.get(request.args.get("to", newest.number, type=int)) or abort(404)
    earlier = max((number for number in numbers if number < after.number), default=after.number)
    before = numbers.get(request.args.get("from", earlier, type=int)) or abort(404)
    found = comparing.differences(drafts.text_of(db.session(), before), drafts.text_of(db.session(), after))
    here = url_for(".unit", unit_id=unit.id)
    return page(
        "library/changes.html",
        before=before,
        after=after,
        versions=versions,
        unit=unit,
        parts=shown(found),
        where=(library_crumb(), Crumb(after.title, here), Crumb(_("What changed"))),
    )


@blueprint.post("/library/<uuid:unit_id>/copy")
@requires(may_copy, unit=get_unit)
def copy(actor: Actor, unit: Unit) -> ResponseReturnValue:
    """Make something of one's own of it."""
    made = copy_unit(actor, unit)
    toast(_("It is yours to change now. The author and the licence of the original stay named."))
    return go_to("library.edit", draft_id=made.id)


@blueprint.get("/library/<uuid:unit_id>/original")
@requires(may_follow, unit=get_unit)
def original(_actor: Actor, unit: Unit) -> ResponseReturnValue:
    """What the original mended since the copy was made, part by part."""
    patch = copies.patch_for(db.session(), unit)
    chain = copies.chain_of(db.session(), unit)
    parts = [(one, part_name(one.difference), pieces_of(one.difference)) for one in (patch.changes if patch else ())]
    return page(
        "library/original.html",
        unit=unit,
        patch=patch,
        parts=parts,
        chain=chain,
        where=(library_crumb(), mine_crumb(), Crumb(_("What the original mended"))),
    )


@blueprint.post("/library/<uuid:unit_id>/original")
@requires(may_follow, unit=get_unit)
def follow(actor: Actor, unit: Unit) -> ResponseReturnValue:
    """Take the chosen parts; own changes stay whatever is chosen."""
    parts = request.form.getlist("part")
    try:
        taken = follow_original(actor, unit, parts)
    except WrongState:
        toast(_("There is nothing new in the original."))
        return go_to("library.mine")
    toast(ngettext("%(num)s part is taken.", "%(num)s parts are taken.", taken) if taken else _("It stays as it is."))
    return go_to("library.edit", draft_id=unit.id) if taken else go_to("library.mine")
