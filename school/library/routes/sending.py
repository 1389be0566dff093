"""Files on their way: straight into the storage in parts, with progress, gone on with after a lost connection or a reload."""

from flask import abort, request, url_for
from flask.typing import ResponseReturnValue

from content_library import NoSuchFile, Purpose
from content_library.storage import PART
from school.core.access import Actor, requires
from school.core.languages import gettext as _
from school.core.pages import go_to, toast
from school.core.transactions import keep_despite_error
from school.library import actions
from school.library.actions.placing import ROLES
from school.library.models import Upload
from school.library.policy import may_write
from school.library.queries import get_draft, get_upload, sent_of
from school.library.routes.blueprint import blueprint
from school.library.seen import Draft
from school.library.words import FAILURES


@blueprint.post("/library/<uuid:draft_id>/uploads")
@requires(may_write, draft=get_draft)
def begin_upload(actor: Actor, draft: Draft) -> ResponseReturnValue:
    """Open the storage for a file of this size; refused here already when it is too large."""
    purpose = asked_purpose()
    if purpose is None:
        return _refusal("empty")
    size, name = request.form.get("size", 0, type=int), request.form.get("name", "file")
    try:
        upload = actions.begin_upload(actor, draft, purpose, name, size)
    except actions.FileRefused as refused:
        return _refusal(refused.why)
    unit_id = draft.unit.id
    return {
        "part": PART,
        "parts": url_for("library.parts", draft_id=unit_id, upload_id=upload.id),
        "end": url_for("library.end_upload", draft_id=unit_id, upload_id=upload.id),
    }


@blueprint.post("/library/<uuid:draft_id>/uploads/<uuid:upload_id>/parts")
@requires(may_write, draft=get_draft, upload=get_upload)
def parts(_actor: Actor, draft: Draft, upload: Upload) -> ResponseReturnValue:  # noqa: ARG001 - the rule asks for it
    """Which parts the storage has, and where the next ones go. Changes nothing; a POST because it hands out keys."""
    again = [int(number) for number in request.form.getlist("again") if number.isdecimal()]
    try:
        sent = sent_of(upload, again)
    except NoSuchFile:
        abort(404)
    missing = [
        {"number": part.number, "size": part.size, "url": part.link.url, "headers": part.link.headers}
        for part in sent.missing
    ]
    return {"arrived": sent.arrived, "missing": missing}


@blueprint.post("/library/<uuid:draft_id>/uploads/<uuid:upload_id>/end")
@requires(may_write, draft=get_draft, upload=get_upload)
def end_upload(actor: Actor, draft: Draft, upload: Upload) -> ResponseReturnValue:
    """The file lies in the storage: look at it and put it into its place."""
    alt = request.form.get("alt", "").strip()[:1000]
    try:
        actions.end_upload(actor, draft, upload, alt, request.form.get("sum", "")[:64])
    except actions.FileRefused as refused:
        keep_despite_error()
        return _refusal(refused.why)
    return {"next": url_for("library.edit", draft_id=draft.unit.id, _anchor="files")}


@blueprint.post("/library/<uuid:draft_id>/uploads/<uuid:upload_id>/drop")
@requires(may_write, draft=get_draft, upload=get_upload)
def drop_upload(actor: Actor, draft: Draft, upload: Upload) -> ResponseReturnValue:
    """Not to be sent any more."""
    actions.drop_upload(actor, draft, upload)
    toast(_("Not sent any more."))
    return go_to("library.edit", draft_id=draft.unit.id, _anchor="files")


def asked_purpose() -> Purpose | None:
    """What the form says the file is for."""
    known = {purpose.value: purpose for purpose in ROLES}
    return known.get(request.form.get("purpose", ""))


def _refusal(why: str) -> ResponseReturnValue:
    return {"error": _("Not taken: %(why)s.", why=FAILURES[why])}, 422
