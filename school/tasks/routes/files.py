"""Pages of notebooks and recordings: sent straight to the storage, then kept; given out to those who see the attempt."""

from flask import jsonify, redirect, request
from flask.typing import ResponseReturnValue

from content_library.models import Item
from school.core.access import Actor, looking_at, requires
from school.core.files import storage
from school.core.languages import gettext as _
from school.tasks.actions import Finished
from school.tasks.actions.files import BadFile, keep_sent_file, link_for_file
from school.tasks.models import AnswerFile
from school.tasks.policy import may_answer, may_see_file
from school.tasks.queries import get_attempt, item_of
from school.tasks.queries.judging import get_answer_file
from school.tasks.routes.blueprint import blueprint
from school.tasks.seen import SeenAttempt

SHOWN_FOR = 3600
"""Seconds."""


@blueprint.post("/s/<int:school_id>/attempts/<uuid:attempt_id>/items/<uuid:item_id>/file-links")
@requires(may_answer, attempt=get_attempt, item=item_of)
def file_link(actor: Actor, attempt: SeenAttempt, item: Item) -> ResponseReturnValue:
    """Where the browser sends a page or a recording."""
    size = request.form.get("size", "")
    try:
        one = link_for_file(actor, attempt, item, storage(), int(size) if size.isdecimal() and len(size) < 12 else 0)
    except BadFile:
        return {"why": _("This file can't be taken: it is too large, or there are too many.")}, 422
    except Finished as why:
        return {"why": why.why, "finished": True}, 409
    return jsonify(incoming=one.incoming, url=one.url, headers=one.headers)


@blueprint.post("/s/<int:school_id>/attempts/<uuid:attempt_id>/items/<uuid:item_id>/files")
@requires(may_answer, attempt=get_attempt, item=item_of)
def keep(actor: Actor, attempt: SeenAttempt, item: Item) -> ResponseReturnValue:
    """Keep what has arrived; the answer is its name."""
    try:
        made = keep_sent_file(actor, attempt, item, storage(), request.form.get("incoming", ""))
    except BadFile:
        return {"why": bad_file()}, 422
    except Finished as why:
        return {"why": why.why, "finished": True}, 409
    return jsonify(id=str(made.id))


@blueprint.get("/s/<int:school_id>/attempts/<uuid:attempt_id>/files/<uuid:file_id>")
@requires(may_see_file, attempt=get_attempt, file=get_answer_file, opens="task")
def answer_file(_actor: Actor, attempt: SeenAttempt, file: AnswerFile) -> ResponseReturnValue:
    """A page or a recording, from the storage."""
    looking_at(pupil_id=attempt.pupil.id)
    name = "page.jpg" if file.content_type.startswith("image/") else "answer.webm"
    return redirect(storage().link(file.sha256, name, file.content_type, seconds=SHOWN_FOR))


def bad_file() -> str:
    """What is said about bytes that are no photograph and no sound."""
    return str(_("One of the files could not be read as a photo or a recording. Choose it once more."))
