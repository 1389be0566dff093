"""Hints: opened one after another at the price that stands on the button."""

from flask import abort, jsonify, request
from flask.typing import ResponseReturnValue

from content_library.models import Item
from school.core.access import Actor, requires
from school.core.errors import error_page
from school.core.pages import go_to
from school.tasks.actions import Finished
from school.tasks.actions.hinting import open_hint
from school.tasks.policy import may_answer
from school.tasks.queries import get_attempt, item_of
from school.tasks.routes.blueprint import blueprint
from school.tasks.seen import SeenAttempt


@blueprint.post("/s/<int:school_id>/attempts/<uuid:attempt_id>/items/<uuid:item_id>/hints")
@requires(may_answer, attempt=get_attempt, item=item_of)
def hint(actor: Actor, attempt: SeenAttempt, item: Item) -> ResponseReturnValue:
    """The words of one hint: for the script as JSON, for a plain form the question again."""
    number, plain = request.form.get("hint", ""), request.accept_mimetypes.best != "application/json"
    try:
        words = open_hint(actor, attempt, item, int(number) if number.isdecimal() and len(number) < 3 else 0)
    except LookupError:
        abort(404)
    except Finished as why:
        return error_page(409, why.why) if plain else ({"why": why.why, "finished": True}, 409)
    if plain:
        place = request.form.get("position", "")
        return go_to("tasks.attempt", school_id=attempt.school_id, attempt_id=attempt.id, item=place)
    return jsonify(says=words)
