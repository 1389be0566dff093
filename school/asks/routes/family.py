"""What a family is asked, its answer and the receipt; and the list of both sides."""

import logging
from typing import Any

from flask import Response, abort, request, url_for
from flask.typing import ResponseReturnValue

from school.asks.actions import ANSWERS, ASKED, NotAnAnswer, give_answer
from school.asks.hooks import result_of
from school.asks.policy import may_answer, may_read
from school.asks.queries import asks_of_child, asks_of_classes, classes_led, pupil_ask_of
from school.asks.routes.blueprint import blueprint
from school.asks.seen import PupilAsk
from school.classes.queries import get_pupil
from school.classes.seen import SeenPupil
from school.core import clock
from school.core.access import Actor, requires, signed_in
from school.core.database import db
from school.core.languages import gettext as _
from school.core.pages import go_to, page, toast
from school.core.records import NotSealedYet, RecordBroken, as_file, receipt_for
from school.core.scope import hold_to
from school.core.shell import Crumb, address_of
from school.notices.hooks import Said, Topic, says
from school.notices.seen import SeenNotice
from school.people.queries import children_everywhere

log = logging.getLogger(__name__)


@blueprint.get("/asks")
@requires(signed_in)
def mine(actor: Actor) -> ResponseReturnValue:
    """By child for a parent; by question for who asks."""
    children = []
    for child in children_everywhere(actor, clock.today()):
        if child.sees_progress:
            hold_to(frozenset({child.school_id}))
            children.append((child, asks_of_child(child.school_id, child.id, child.given_name)))
    classes = classes_led(actor)
    return page(
        "asks/mine.html",
        where=(Crumb(_("The school asks")),),
        children=children,
        classes=classes,
        lines=asks_of_classes(classes),
        today=clock.today(),
    )


@blueprint.get("/s/<int:school_id>/pupils/<uuid:pupil_id>/asks/<uuid:ask_id>")
@requires(may_read, pupil=get_pupil, ask=pupil_ask_of)
def ask(actor: Actor, pupil: SeenPupil, ask: PupilAsk) -> ResponseReturnValue:
    """The words, and one press to answer."""
    state, _made = _receipt(ask)
    return page(
        "asks/ask.html",
        where=(Crumb(_("The school asks"), address_of("asks.mine")), Crumb(pupil.given_name)),
        pupil=pupil,
        ask=ask,
        result=result_of(ask),
        may_answer=may_answer(actor, pupil, ask),
        answers=ANSWERS[ask.ask.kind],
        state=state,
    )


@blueprint.post("/s/<int:school_id>/pupils/<uuid:pupil_id>/asks/<uuid:ask_id>")
@requires(may_answer, pupil=get_pupil, ask=pupil_ask_of)
def answer(actor: Actor, pupil: SeenPupil, ask: PupilAsk) -> ResponseReturnValue:
    """The family's word, kept in the record."""
    try:
        give_answer(actor, ask, request.form.get("answer", ""))
    except NotAnAnswer:
        abort(422)
    toast(_("Your answer is written down. The receipt is ready in a minute."))
    return go_to("asks.ask", school_id=pupil.school_id, pupil_id=pupil.id, ask_id=ask.ask.id)


@blueprint.get("/s/<int:school_id>/pupils/<uuid:pupil_id>/asks/<uuid:ask_id>/receipt.json")
@requires(may_read, pupil=get_pupil, ask=pupil_ask_of)
def receipt(_actor: Actor, pupil: SeenPupil, ask: PupilAsk) -> ResponseReturnValue:
    """Proves the answer and the words it was given to, offline and for ever."""
    _state, made = _receipt(ask)
    if made is None:
        abort(404)
    response = Response(as_file(made), mimetype="application/json")
    response.headers["Content-Disposition"] = f'attachment; filename="answer-{ask.ask.due_on}-{pupil.id.hex[-6:]}.json"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _brief(notice: SeenNotice) -> str:
    """Without its title, which may speak of health."""
    if notice.about["again"]:
        return _("The school still waits for your answer")
    return _("The school asks for your answer")


@says(ASKED, Topic.ASKS, brief=_brief)
def asked(notice: SeenNotice) -> Said:
    """To the representatives, with the last day."""
    url = url_for("asks.ask", school_id=notice.school_id, pupil_id=notice.pupil_id, ask_id=notice.thing_id)
    return Said(notice.about["title"], _brief(notice), url, _("Give an answer"))


def _receipt(ask: PupilAsk) -> tuple[str, dict[str, Any] | None]:
    """How it stands with the proof (none, waiting, broken, ready), and the receipt when it is ready."""
    if ask.answered is None:
        return "none", None
    try:
        made = receipt_for(db.session, ask.ask.school_id, ask.answered.event_id)
    except NotSealedYet:
        return "waiting", None
    except RecordBroken:
        log.exception("the record does not lead to what was signed")
        return "broken", None
    return ("ready", made) if made else ("none", None)
