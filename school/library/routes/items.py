"""The questions of a draft, each on a page of its own, in plain fields."""

from typing import Any

from flask import abort, request, url_for
from flask.typing import ResponseReturnValue

from content_library import Item, shelf
from school.core.access import Actor, requires
from school.core.database import db
from school.core.languages import gettext as _
from school.core.pages import go_to, page, toast
from school.core.shell import Crumb
from school.library import actions
from school.library.actions.surveying import ask_survey
from school.library.forms import ItemForm, item_form
from school.library.policy import may_see_draft, may_write
from school.library.queries import get_draft, get_draft_item, survey_of
from school.library.queries.reading import picture_addresses
from school.library.routes.blueprint import blueprint
from school.library.seen import Draft


@blueprint.route("/library/<uuid:draft_id>/questions/new/<kind>", methods=["GET", "POST"])
@requires(may_write, draft=get_draft)
def new_item(actor: Actor, draft: Draft, kind: str) -> ResponseReturnValue:
    """A new question; after saving, another one of the kind or back to the draft."""
    form = _form(draft, kind)
    if not form.validate_as_question():
        return _page(draft, form, 422 if form.is_submitted() else 200)
    actions.add_item(actor, draft, kind, form.spec())
    ask_survey(actor, kind, form.spec())
    toast(_("The question is saved."))
    if request.form.get("then") == "another":
        return go_to("library.new_item", draft_id=draft.unit.id, kind=kind)
    return _back(draft)


@blueprint.route("/library/<uuid:draft_id>/questions/<uuid:item_id>", methods=["GET", "POST"])
@requires(may_write, draft=get_draft, item=get_draft_item)
def item(actor: Actor, draft: Draft, item: Item) -> ResponseReturnValue:
    """A question with its key: for its author's eyes."""
    form = _form(draft, item.kind)
    form.keep_from(item.spec)
    if not form.is_submitted():
        form.show(item.spec)
        return _page(draft, form, 200, item)
    if not form.validate_as_question():
        return _page(draft, form, 422, item)
    actions.rewrite_item(actor, draft, item, form.spec())
    ask_survey(actor, item.kind, form.spec())
    toast(_("The question is saved."))
    return _back(draft)


@blueprint.get("/library/<uuid:draft_id>/questions/<uuid:item_id>/survey")
@requires(may_see_draft, draft=get_draft, item=get_draft_item)
def survey(_actor: Actor, draft: Draft, item: Item) -> ResponseReturnValue:
    """How far its variants are tried out: asked again every few seconds until it is done."""
    return page("library/_survey.html", draft=draft, item=item, survey=survey_of(item))


@blueprint.post("/library/<uuid:draft_id>/questions/<uuid:item_id>/move")
@requires(may_write, draft=get_draft, item=get_draft_item)
def move_item(actor: Actor, draft: Draft, item: Item) -> ResponseReturnValue:
    """One place up or down."""
    actions.move_item(actor, draft, item, -1 if request.form.get("where") == "up" else 1)
    return _back(draft)


@blueprint.post("/library/<uuid:draft_id>/questions/<uuid:item_id>/drop")
@requires(may_write, draft=get_draft, item=get_draft_item)
def drop_item(actor: Actor, draft: Draft, item: Item) -> ResponseReturnValue:
    """Take a question out."""
    actions.drop_item(actor, draft, item)
    return _back(draft)


def _form(draft: Draft, kind: str) -> ItemForm:
    form = item_form(kind)
    if form is None:
        abort(404)
    form.offer(shelf.files_of(db.session(), draft.version))
    return form


def _page(draft: Draft, form: ItemForm, status: int, item: Item | None = None) -> ResponseReturnValue:
    back = Crumb(draft.version.title, url_for("library.edit", draft_id=draft.unit.id))
    here = _("Question %(n)s", n=item.position) if item else _("New question")
    survey = survey_of(item) if item else None
    where = (back, Crumb(here))
    seen: dict[str, Any] = {"survey": survey, "addresses": picture_addresses(draft.version)}
    return page("library/item.html", status=status, draft=draft, form=form, item=item, where=where, **seen)


def _back(draft: Draft) -> ResponseReturnValue:
    return go_to("library.edit", draft_id=draft.unit.id, _anchor="questions")
