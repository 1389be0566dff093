"""A teacher judges one answer by its rubric, beside the work or on the page of the attempt."""

import uuid

from flask import request, url_for
from flask.typing import ResponseReturnValue

from content_library.models import Item
from school.core.access import Actor, requires
from school.core.errors import error_page
from school.core.languages import gettext as _
from school.core.pages import go_to_address, local_address, toast
from school.tasks.actions.by_rubric import NotByHand, judge_answer
from school.tasks.kinds.contract import Unreadable
from school.tasks.policy import may_judge
from school.tasks.queries import item_of
from school.tasks.queries.judging import get_attempt_to_judge
from school.tasks.routes.blueprint import blueprint
from school.tasks.routes.playing import phrase
from school.tasks.seen import SeenAttempt

MOST_LEVELS = 10


@blueprint.post("/s/<int:school_id>/attempts/<uuid:attempt_id>/items/<uuid:item_id>/judgement")
@requires(may_judge, attempt=get_attempt_to_judge, item=item_of)
def judge(actor: Actor, attempt: SeenAttempt, item: Item) -> ResponseReturnValue:
    """Keep the levels that were chosen and a word to the pupil."""
    form = request.form
    try:
        judge_answer(actor, attempt, item, _levels(), form.get("says", ""), before=_id(form.get("before", "")))
    except Unreadable as why:
        return error_page(422, phrase(why.reason))
    except NotByHand:
        return error_page(404)
    toast(_("The answer is judged."))
    here = url_for("tasks.attempt", school_id=attempt.school_id, attempt_id=attempt.id)
    return go_to_address(local_address(form.get("next"), here))


def _levels() -> list[int]:
    """The level of each criterion, in their order; what was not chosen is no level at all."""
    levels = []
    for place in range(MOST_LEVELS):
        chosen = request.form.get(f"level-{place}")
        if chosen is None and f"level-{place + 1}" not in request.form:
            break
        levels.append(int(chosen) if chosen and chosen.isdecimal() and len(chosen) < 3 else -1)
    return levels


def _id(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
