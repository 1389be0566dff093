"""Files of a draft: straight into the storage with a line of progress, or with an ordinary form."""

from typing import Any, BinaryIO, cast

from flask import current_app, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from itsdangerous import BadData, URLSafeTimedSerializer

from content_library import NoSuchFile, Purpose, uploads
from school.core.access import Actor, requires
from school.core.files import storage
from school.core.pages import go_to, page, toast
from school.library import actions
from school.library.actions.placing import ROLES
from school.library.policy import may_see_draft, may_write
from school.library.queries import films_of, get_draft, readiness_of
from school.library.routes.blueprint import blueprint
from school.library.routes.units import send
from school.library.seen import Draft
from school.library.words import FAILURES

SENT_WITHIN = 6 * 3600
"""Seconds: a large film over a slow line."""


@blueprint.post("/library/<uuid:draft_id>/uploads")
@requires(may_write, draft=get_draft)
def begin_upload(_actor: Actor, draft: Draft) -> ResponseReturnValue:
    """Where the browser may put a file of this size; refused here already when it is too large."""
    purpose = _purpose()
    size = request.form.get("size", 0, type=int)
    if purpose is None or size <= 0:
        return _refusal("empty")
    if size > uploads.RULES[purpose].limit:
        return _refusal("too_large")
    place = storage().upload_link("application/octet-stream", size, SENT_WITHIN)
    note = {"incoming": place.incoming, "purpose": purpose.value, "draft": draft.version.id.hex}
    return {"url": place.url, "headers": place.headers, "ticket": _tickets().dumps(note)}


@blueprint.post("/library/<uuid:draft_id>/files/arrived")
@requires(may_write, draft=get_draft)
def finish_upload(actor: Actor, draft: Draft) -> ResponseReturnValue:
    """The file lies in the storage: look at it and put it into its place."""
    note = _read_ticket(request.form.get("ticket", ""), draft)
    name, alt = request.form.get("name", "file")[:300], request.form.get("alt", "").strip()[:1000]
    try:
        if note is None:
            raise actions.FileRefused("gone")
        purpose, incoming = Purpose(note["purpose"]), note["incoming"]
        if purpose is Purpose.VIDEO:
            actions.film_arrived(actor, draft, incoming, name)
        elif purpose is Purpose.PICTURE:
            actions.picture_arrived(actor, draft, incoming, name, alt)
        else:
            actions.document_arrived(actor, draft, incoming, name, purpose, alt)
    except actions.FileRefused as refused:
        return _refusal(refused.why)
    except NoSuchFile:
        return _refusal("gone")
    return {"next": _address(draft)}


@blueprint.post("/library/<uuid:draft_id>/files")
@requires(may_write, draft=get_draft)
def send_file(actor: Actor, draft: Draft) -> ResponseReturnValue:
    """The same with an ordinary form, without JavaScript."""
    sent, purpose = request.files.get("file"), _purpose()
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


@blueprint.get("/library/<uuid:draft_id>/films")
@requires(may_see_draft, draft=get_draft)
def films(actor: Actor, draft: Draft) -> ResponseReturnValue:
    """How far the films are: asked again every few seconds while one is being made."""
    return page(
        "library/_films.html",
        draft=draft,
        films=films_of(draft),
        readiness=readiness_of(draft),
        is_asked=True,
        is_edited=may_write(actor, draft) is True,
    )


def _purpose() -> Purpose | None:
    known = {purpose.value: purpose for purpose in ROLES}
    return known.get(request.form.get("purpose", ""))


def _refusal(why: str) -> ResponseReturnValue:
    return {"error": _("Not taken: %(why)s.", why=FAILURES[why])}, 422


def _address(draft: Draft) -> str:
    return url_for("library.edit", draft_id=draft.unit.id, _anchor="files")


def _tickets() -> URLSafeTimedSerializer:
    """What was promised to a browser comes back signed: nobody names another's bytes."""
    return URLSafeTimedSerializer(str(current_app.secret_key), salt="library.upload")


def _read_ticket(ticket: str, draft: Draft) -> dict[str, Any] | None:
    try:
        note: dict[str, Any] = _tickets().loads(ticket, max_age=SENT_WITHIN)
    except BadData:
        return None
    return note if note["draft"] == draft.version.id.hex else None
