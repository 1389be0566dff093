"""Highlights and notes of one's own in a textbook."""

from flask import request, url_for
from flask.typing import ResponseReturnValue

from content_library import Unit
from school.core.access import Actor, requires
from school.core.languages import gettext as _
from school.core.languages import language
from school.core.pages import go_to_address, toast
from school.library.actions import notes as actions
from school.library.models import ReaderNote
from school.library.places import chosen, places_of
from school.library.policy import may_keep, may_keep_note
from school.library.queries import get_unit, read_unit
from school.library.queries.notes import get_note
from school.library.routes.blueprint import blueprint
from school.library.routes.units import asked_version

LONGEST_QUOTE, LONGEST_NOTE = 600, 2000


@blueprint.post("/library/<uuid:unit_id>/notes")
@requires(may_keep, unit=get_unit)
def mark_passage(actor: Actor, unit: Unit) -> ResponseReturnValue:
    """Mark the words that were chosen, or write a note at a place."""
    quote = " ".join(request.form.get("quote", "").split())[:LONGEST_QUOTE]
    note = request.form.get("note", "").strip()[:LONGEST_NOTE]
    place = chosen(places_of(read_unit(unit, asked_version(unit), language())), request.form.get("place", ""))
    if not quote and not note:
        toast(_("Choose some words, or write a note."))
    elif actions.mark_passage(actor, unit, (place[0], place[1][:200]), quote, note) is None:
        toast(_("This book has 300 marks already. Take out some that are no more needed."))
    else:
        toast(_("Marked. Only you see it."))
    return _back(unit, place[0] if quote else "my-notes")


@blueprint.post("/library/<uuid:unit_id>/notes/<uuid:note_id>")
@requires(may_keep_note, unit=get_unit, note=get_note)
def change_note(actor: Actor, unit: Unit, note: ReaderNote) -> ResponseReturnValue:
    """Write the note anew, or take the mark out."""
    if request.form.get("then") == "drop":
        actions.drop_note(actor, note)
        toast(_("Taken out."))
    else:
        actions.rewrite_note(actor, note, request.form.get("note", "").strip()[:LONGEST_NOTE])
        toast(_("Saved."))
    return _back(unit, "my-notes")


def _back(unit: Unit, anchor: str) -> ResponseReturnValue:
    address = url_for(".unit", unit_id=unit.id, version=request.args.get("version"), _anchor=anchor or None)
    return go_to_address(address)
