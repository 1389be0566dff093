"""``POST /api/excuses``: a clinic or an office says that a pupil's absence is excused. Told to programs in docs/excuse-api.md.

Errors are problems of RFC 9457. The answer never tells who the pupil is, nor whether there were absences.
"""

import json
from typing import Any

from flask import Blueprint, Response, request
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import RequestEntityTooLarge

from school.classes.actions import CannotDo
from school.classes.actions.excuses import NumberUsed, accept_excuse, note_use
from school.classes.forms.excuses import ExcuseForm
from school.classes.queries.excuses import Received, SeenSender, find_pupil, find_sender, school_of_key
from school.core import limits
from school.core.access import public
from school.core.languages import gettext as _
from school.core.scope import hold_to
from school.core.transactions import keep_despite_error

api = Blueprint("excuse_api", __name__)

MOST_BYTES = 4096
SENDS = "120 per 1 minute"
"""Of one sender: a clinic sends what came in since its last round."""
WRONG_KEYS = "20 per 5 minute"
"""Of one address on the network."""
WRONG_CODES = "60 per 60 minute"
"""Of one sender: codes are not to be guessed."""


@api.record_once
def _needs_no_token(state: BlueprintSetupState) -> None:
    """A program has no page to take a CSRF token from, and sends no cookie: its key is in a header."""
    state.app.extensions["csrf"].exempt(api)


@api.post("/api/excuses")
@public
def send_excuse() -> ResponseReturnValue:
    """One message; the same one again is answered as before with 200."""
    here = request.remote_addr or ""
    if not limits.is_open(WRONG_KEYS, "excuse key", here):
        return _problem(429, "too-many-requests", _("Too many requests with wrong keys."), retry=300)
    sender = _sender()
    if sender is None:
        limits.allow(WRONG_KEYS, "excuse key", here)
        answer = _problem(401, "wrong-key", _("The key is missing, wrong or was ended by the school."))
        answer.headers["WWW-Authenticate"] = "Bearer"
        return answer
    if not limits.allow(SENDS, "excuse", str(sender.id)):
        return _problem(429, "too-many-requests", _("At most 120 messages a minute."), retry=60)
    note_use(sender)
    keep_despite_error()  # that the key was used is seen by the school, whatever came of it; nothing else is written before the answer
    return _take(sender)


def _take(sender: SeenSender) -> ResponseReturnValue:
    if request.mimetype != "application/json":
        return _problem(415, "not-json", _("Send JSON with the header Content-Type: application/json."))
    request.max_content_length = MOST_BYTES
    try:
        form = ExcuseForm(json.loads(request.get_data()))
    except RequestEntityTooLarge:
        return _problem(413, "too-large", _("A message has at most 4096 bytes."))
    except ValueError:
        return _problem(400, "not-json", _("The body is not JSON."))
    if form.errors:
        return _problem(422, "invalid-fields", _("Some fields can't be read."), errors=form.errors)
    if not limits.is_open(WRONG_CODES, "excuse code", str(sender.id)):
        return _problem(429, "too-many-requests", _("Too many codes that stand for nobody."), retry=3600)
    pupil = find_pupil(sender.school_id, form.code)
    if pupil is None:
        limits.allow(WRONG_CODES, "excuse code", str(sender.id))
        words = _("This code stands for no pupil of the school. The family knows the right one.")
        return _problem(422, "unknown-pupil", words, errors={"pupil": words})
    try:
        taken, is_new = accept_excuse(sender, pupil, form.excuse())
    except NumberUsed:
        return _problem(409, "number-used", _("This number already stands for another message. Nothing was changed."))
    except CannotDo as refusal:
        return _problem(422, "invalid-days", refusal.why, errors={"from": refusal.why})
    return _answer(form.number, taken), 201 if is_new else 200


def _sender() -> SeenSender | None:
    scheme, _gap, key = request.headers.get("Authorization", "").partition(" ")
    school_id = school_of_key(key.strip()) if scheme.lower() == "bearer" else None
    if school_id is None:
        return None
    hold_to(frozenset({school_id}))
    return find_sender(school_id, key.strip())


def _answer(number: str, taken: Received) -> dict[str, Any]:
    return {
        "number": number,
        "from": taken.first_on.isoformat(),
        "to": taken.last_on.isoformat(),
        "reason": taken.reason,
        "received_at": taken.at.isoformat(timespec="seconds"),
    }


def _problem(status: int, kind: str, detail: str, *, errors: dict[str, str] | None = None, retry: int = 0) -> Response:
    body: dict[str, Any] = {
        "type": f"urn:school:problem:{kind}",
        "title": kind.replace("-", " "),
        "status": status,
        "detail": str(detail),
    }
    if errors:
        body["errors"] = [{"field": name, "detail": str(words)} for name, words in errors.items()]
    answer = Response(json.dumps(body, ensure_ascii=False), status, mimetype="application/problem+json")
    answer.headers["Cache-Control"] = "no-store"
    if retry:
        answer.headers["Retry-After"] = str(retry)
    return answer
