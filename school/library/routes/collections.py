"""Collections: units kept together, shared with the teachers of a subject or a whole school."""

from flask import request, url_for
from flask.typing import ResponseReturnValue

from content_library import Unit, shelf
from school.core.access import Actor, requires
from school.core.database import db
from school.core.languages import gettext as _
from school.core.languages import language
from school.core.pages import go_to, page, toast
from school.core.shell import Crumb
from school.library.actions import collections as actions
from school.library.policy import may_collect, may_collect_unit, may_keep_collection, may_open_collection
from school.library.queries import get_unit
from school.library.queries.collections import (
    Circle,
    cards_in,
    circles_of,
    collections_for,
    collections_with,
    get_collection,
    unit_in,
)
from school.library.routes.authoring import library_crumb
from school.library.routes.blueprint import blueprint
from school.library.seen import SeenCollection

LONGEST_TITLE = 200


@blueprint.get("/library/collections")
@requires(may_collect)
def collections(actor: Actor) -> ResponseReturnValue:
    """One's own, and those that colleagues share."""
    own, shared = collections_for(actor)
    return page("library/collections.html", own=own, shared=shared, where=(library_crumb(), Crumb(_("Collections"))))


@blueprint.post("/library/collections")
@requires(may_collect)
def begin_collection(actor: Actor) -> ResponseReturnValue:
    """A new collection."""
    title = _title()
    if not title:
        toast(_("Give the collection a title."))
        return go_to("library.collections")
    made = actions.begin_collection(actor, title)
    return go_to("library.collection", collection_id=made.id)


@blueprint.get("/library/collections/<uuid:collection_id>")
@requires(may_open_collection, collection=get_collection)
def collection(actor: Actor, collection: SeenCollection) -> ResponseReturnValue:
    """The units of a collection."""
    keeps = may_keep_collection(actor, collection)
    circles = circles_of(actor) if keeps else []
    return page(
        "library/collection.html",
        collection=collection,
        cards=cards_in(collection),
        keeps=keeps,
        circles=[(one, _circle_name(one), _is_shared(collection, one)) for one in circles],
        where=(library_crumb(), Crumb(_("Collections"), url_for(".collections")), Crumb(collection.title)),
    )


@blueprint.post("/library/collections/<uuid:collection_id>/rename")
@requires(may_keep_collection, collection=get_collection)
def rename_collection(actor: Actor, collection: SeenCollection) -> ResponseReturnValue:
    """Call it otherwise."""
    title = _title()
    if title:
        actions.rename_collection(actor, collection, title)
    return go_to("library.collection", collection_id=collection.id)


@blueprint.post("/library/collections/<uuid:collection_id>/share")
@requires(may_keep_collection, collection=get_collection)
def share_collection(actor: Actor, collection: SeenCollection) -> ResponseReturnValue:
    """Let colleagues open it, or make it one's own again: one act."""
    wanted = request.form.get("with", "")
    circle = next((one for one in circles_of(actor) if one.key == wanted), None)
    actions.share(actor, collection, circle)
    toast(_("Shared: %(circle)s", circle=_circle_name(circle)) if circle else _("Only you see it now."))
    return go_to("library.collection", collection_id=collection.id)


@blueprint.post("/library/collections/<uuid:collection_id>/copy")
@requires(may_open_collection, collection=get_collection)
def copy_collection(actor: Actor, collection: SeenCollection) -> ResponseReturnValue:
    """A colleague's collection as one's own."""
    made = actions.copy_collection(actor, collection)
    toast(_("It is among yours now."))
    return go_to("library.collection", collection_id=made.id)


@blueprint.post("/library/collections/<uuid:collection_id>/drop")
@requires(may_keep_collection, collection=get_collection)
def drop_collection(actor: Actor, collection: SeenCollection) -> ResponseReturnValue:
    """Forget it."""
    actions.drop_collection(actor, collection)
    toast(_("The collection is gone; its units stay in the library."))
    return go_to("library.collections")


@blueprint.get("/library/<uuid:unit_id>/collect")
@requires(may_collect_unit, unit=get_unit)
def collect(actor: Actor, unit: Unit) -> ResponseReturnValue:
    """In which of my collections the unit is, and in which it shall be."""
    version = shelf.published_version(db.session(), unit)
    own, _shared = collections_for(actor)
    title = version.title if version else ""
    return page(
        "library/collect.html",
        unit=unit,
        title=title,
        own=own,
        inside=collections_with(actor, unit),
        where=(library_crumb(), Crumb(title, url_for(".unit", unit_id=unit.id)), Crumb(_("Into a collection"))),
    )


@blueprint.post("/library/<uuid:unit_id>/collect")
@requires(may_collect_unit, unit=get_unit)
def change_collections(actor: Actor, unit: Unit) -> ResponseReturnValue:
    """Put the unit into the ticked collections and a new one, take it out of the others."""
    wanted = set(request.form.getlist("in"))
    own, _shared = collections_for(actor)
    inside = collections_with(actor, unit)
    has_room = True
    for one in own:
        if str(one.id) in wanted:
            has_room = actions.put_in(actor, one, unit) and has_room
        elif inside.get(one.id):
            actions.take_out(actor, one, unit)
    if _title():
        actions.put_in(actor, actions.begin_collection(actor, _title()), unit)
    toast(_("Saved.") if has_room else _("A collection holds at most 200 units."))
    return go_to("library.unit", unit_id=unit.id)


@blueprint.post("/library/collections/<uuid:collection_id>/units/<uuid:unit_id>/drop")
@requires(may_keep_collection, collection=get_collection, unit=unit_in)
def take_out(actor: Actor, collection: SeenCollection, unit: Unit) -> ResponseReturnValue:
    """Take a unit out."""
    actions.take_out(actor, collection, unit)
    return go_to("library.collection", collection_id=collection.id)


def _title() -> str:
    return " ".join(request.form.get("title", "").split())[:LONGEST_TITLE]


def _circle_name(circle: Circle) -> str:
    if circle.subject is None:
        return str(_("All colleagues, %(school)s", school=circle.school))
    name = circle.subject.name_en if language() == "en" else circle.subject.name_ru
    return str(_("%(subject)s, teachers of %(school)s", subject=name, school=circle.school))


def _is_shared(collection: SeenCollection, circle: Circle) -> bool:
    subject = circle.subject.id if circle.subject else None
    return (collection.shared_with, collection.shared_subject) == (circle.school_id, subject)
