"""Files of a draft: sent with an ordinary form, described, taken out, opened. Scripts send them in parts (``sending``)."""

from typing import BinaryIO, cast

from flask import request
from flask.typing import ResponseReturnValue

from content_library import FileOfVersion, Purpose
from school.core.access import Actor, requires
from school.core.languages import gettext as _
from school.core.pages import go_to, page, toast
from school.library import actions
from school.library.policy import may_see_draft, may_write
from school.library.queries import get_draft, get_draft_file, previews_of
from school.library.routes.blueprint import blueprint
from school.library.routes.sending import asked_purpose
from school.library.routes.units import send
from school.library.seen import Draft
from school.library.words import FAILURES


@blueprint.post("/library/<uuid:draft_id>/files")
@requires(may_write, draft=get_draft)
def send_file(actor: Actor, draft: Draft) -> ResponseReturnValue:
    """A file with an ordinary form, without JavaScript."""
    sent, purpose = request.files.get("file"), asked_purpose()
    alt = request.form.get("alt", "").strip()[:1000]
    try:
        if sent is None or not sent.filename or purpose is None:
            raise actions.FileRefused("empty")
        source = cast("BinaryIO", sent.stream)
        if purpose is Purpose.VIDEO:
            actions.film_given(actor, draft, source, sent.filename)
        else:
            actions.take_file(actor, draft, source, sent.filename, purpose, alt)
    except actions.FileRefused as refused:
        toast(_("Not taken: %(why)s.", why=FAILURES[refused.why]))
    return go_to("library.edit", draft_id=draft.unit.id, _anchor="files")


@blueprint.post("/library/<uuid:draft_id>/files/<int:position>/describe")
@requires(may_write, draft=get_draft)
def describe_file(actor: Actor, draft: Draft, position: int) -> ResponseReturnValue:
    """Say what a picture shows."""
    actions.describe(actor, draft, position, request.form.get("alt", "").strip()[:1000])
    toast(_("Saved."))
    return go_to("library.edit", draft_id=draft.unit.id, _anchor="files")


@blueprint.post("/library/<uuid:draft_id>/files/<int:position>/drop")
@requires(may_write, draft=get_draft)
def drop_file(actor: Actor, draft: Draft, position: int) -> ResponseReturnValue:
    """Take a file out."""
    actions.drop_file(actor, draft, position)
    return go_to("library.edit", draft_id=draft.unit.id, _anchor="files")


@blueprint.get("/library/<uuid:draft_id>/draft/files/<int:position>")
@requires(may_see_draft, draft=get_draft)
def draft_file(_actor: Actor, draft: Draft, position: int) -> ResponseReturnValue:
    """A file of the open version."""
    return send(draft.version, position)


@blueprint.get("/library/<uuid:draft_id>/files/<int:file_id>/small")
@requires(may_write, draft=get_draft, file=get_draft_file)
def small_picture(_actor: Actor, draft: Draft, file: FileOfVersion) -> ResponseReturnValue:
    """How far the small picture of a file is."""
    return page("library/_small.html", draft=draft, file=file, small=previews_of(draft).get(file.sha256))


@blueprint.post("/library/<uuid:draft_id>/files/<int:file_id>/small")
@requires(may_write, draft=get_draft, file=get_draft_file)
def small_picture_again(actor: Actor, draft: Draft, file: FileOfVersion) -> ResponseReturnValue:
    """Let the server try to make it once more."""
    actions.try_preview_again(actor, draft, file)
    return go_to("library.edit", draft_id=draft.unit.id, _anchor="files")
