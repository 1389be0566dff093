"""Interactive packages: their parts behind signed addresses that end by themselves, their player, and what they report."""

from hashlib import sha256
from typing import BinaryIO, cast
from urllib.parse import quote

from flask import Response, abort, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from content_library import NoSuchFile, Unit, UnitKind, interchange, packages, shelf
from school.core import sandbox
from school.core.access import Actor, public, requires
from school.core.config import current_settings
from school.core.database import db
from school.core.errors import Conflict
from school.core.files import storage
from school.core.languages import language
from school.core.limits import allow
from school.core.pages import go_to, toast
from school.library import actions
from school.library.actions.bringing import take_package
from school.library.interchange.sentences import place_said, sentence
from school.library.playing import BadState, listened_to
from school.library.policy import may_read, may_write
from school.library.queries import get_draft, get_unit
from school.library.queries.packages import package_in
from school.library.routes.blueprint import blueprint
from school.library.routes.bringing import OFTEN
from school.library.routes.stage import TURN, opened, result_said
from school.library.routes.units import asked_version
from school.library.seen import Draft

PLAYERS = {"SCORM 1.2": "scorm12", "SCORM 2004": "scorm2004", "H5P": "h5p", "cmi5": "cmi5"}
_SANDBOX = "sandbox allow-scripts allow-forms allow-modals allow-pointer-lock"


@blueprint.get("/packages/<token>/~player")
@public
def package_player(token: str) -> ResponseReturnValue:
    """The page around a package, which speaks with the page of the unit; the address is the right to open it, for hours."""
    package, site = opened(token)
    facts = shelf.facts_of(db.session(), package)
    if not facts:
        abort(404)
    about = packages.About.from_facts(facts)
    html = render_template(
        "library/player.html",
        about=about,
        player=PLAYERS[about.standard],
        site=site,
        is_own=sandbox.is_own_host(),
        language=language(),
        base=url_for("library.package_part", token=token, path=""),
    )
    return _guarded(Response(html, content_type="text/html; charset=utf-8"), token, site)


@blueprint.get("/packages/<token>/<path:path>")
@blueprint.get("/packages/<token>/", defaults={"path": ""})
@public
def package_part(token: str, path: str) -> ResponseReturnValue:
    """A part of a package. Sound and films are answered by the storage itself, which can be asked for a piece of them."""
    package, site = opened(token)
    part = packages.part_of(db.session(), package, path)
    if part is None:
        return _guarded(Response(status=404), token, site)
    name = path.rpartition("/")[2]
    if part.content_type.startswith(("audio/", "video/")):
        answer = redirect(storage().link(part.sha256, name, part.content_type, TURN), 302)
        answer.headers["Cache-Control"] = "private, max-age=3600"
        return _guarded(Response(response=b"", status=302, headers=answer.headers), token, site)
    tag = f'"{part.sha256}"'
    script = ""
    if part.content_type == "text/html" and (shelf.facts_of(db.session(), package) or {}).get("standard") == "cmi5":
        script = str(current_app.extensions["assets"].address("sandbox/cmi5-page.js"))
        tag = f'"{part.sha256}-{sha256(script.encode()).hexdigest()[:8]}"'
    if request.headers.get("If-None-Match") == tag:
        answer = Response(status=304)
    else:
        try:
            with storage().open(part.sha256) as stream:
                said = stream.read()
        except NoSuchFile:
            abort(404)
        answer = Response(listened_to(said, script) if script else said, content_type=part.content_type)
    if part.content_type == "application/octet-stream":
        answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    answer.headers["ETag"] = tag
    answer.headers["Cache-Control"] = f"private, max-age={TURN}"
    return _guarded(answer, token, site)


@blueprint.post("/library/<uuid:draft_id>/package")
@requires(may_write, draft=get_draft)
def send_package(actor: Actor, draft: Draft) -> ResponseReturnValue:
    """A package for a draft of this kind, in the place of the one before."""
    sent, unit_id = request.files.get("file"), draft.unit.id
    if not allow(OFTEN, "library.bring", str(actor.account_id)):
        abort(429)
    try:
        if sent is None or not sent.filename or draft.unit.kind is not UnitKind.PACKAGE:
            raise interchange.Refused(interchange.Why.EMPTY)
        take_package(actor, draft, cast("BinaryIO", sent.stream), sent.filename)
    except interchange.Refused as problem:
        refusal = problem.at(interchange.Place())
        words = sentence(refusal), place_said(refusal.place)
        toast(" ".join(filter(None, words)))
    return go_to("library.edit", draft_id=unit_id, _anchor="package-file")


@blueprint.post("/library/<uuid:unit_id>/played")
@requires(may_read, unit=get_unit)
def played(actor: Actor, unit: Unit) -> ResponseReturnValue:
    """What the package says of this person's work: kept to go on from, and shown as the package's own words."""
    file = package_in(shelf.files_of(db.session(), asked_version(unit)))
    if file is None:
        abort(404)
    revision = request.form.get("revision", 0, type=int)
    try:
        work = actions.note_playing(actor, file.sha256, file.scene_keys, request.form.get("state", ""), revision)
    except BadState:
        abort(422)
    except Conflict as conflict:
        return {"error": conflict.why}, 409
    if work is None:
        return {"revision": revision, "result": ""}
    return {"revision": work.revision, "result": result_said(work.percent, is_complete=work.is_complete)}


def _guarded(answer: Response, token: str, site: str) -> Response:
    """Shut the answer in: it may load its own package and nothing else, and belongs to the site in nothing."""
    host = sandbox.site_origin()
    own = f"{host}{url_for('library.package_part', token=token, path='')}"
    settings = current_settings()
    stored = f"{host}/files/" if settings.s3 is None else settings.s3.public_endpoint.rstrip("/") + "/"
    is_own = sandbox.is_own_host()
    # With an origin that is nobody's, its own frames are strangers to each other and can't be named as ancestors.
    frames = f"; frame-ancestors {site} {host}" if is_own else ""
    answer.headers["Content-Security-Policy"] = (
        f"{_SANDBOX}{' allow-same-origin' if is_own else ''}; default-src 'none'; "
        f"script-src {own} {host}/static/build/ 'unsafe-inline' 'unsafe-eval' blob:; "
        f"style-src {own} {host}/static/build/ 'unsafe-inline'; font-src {own} {host}/static/build/ data:; "
        f"img-src {own} {host}/static/build/ data: blob:; media-src {own} {stored} data: blob:; "
        f"connect-src {own} {stored} data: blob:; worker-src {own} blob:; frame-src {own} data: blob:; "
        f"form-action 'none'; base-uri {own}; object-src 'none'{frames}"
    )
    # An origin that is nobody's asks for its own files as a stranger; no cookie comes with such a question.
    answer.headers["Access-Control-Allow-Origin"] = "*"
    answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return answer
