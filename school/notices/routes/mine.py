"""The list of one's own notices, and the link that a message carries."""

from flask import Flask, Response, current_app, make_response
from flask.typing import ResponseReturnValue

from school.core import clock
from school.core.access import Actor, requires, signed_in
from school.core.pages import go_to, go_to_address, page, wants_block
from school.core.transactions import unit_of_work
from school.notices.actions import see, see_all
from school.notices.bursts import bursts
from school.notices.hooks import completed, likeness, said, said_together
from school.notices.queries import notices_of, own_notice
from school.notices.routes.blueprint import blueprint
from school.notices.seen import SeenNotice


@blueprint.get("/notices")
@requires(signed_in)
def mine(actor: Actor) -> ResponseReturnValue:
    """What one was told, of all schools; opening the list is reading it (the page says so to the server)."""
    lines = bursts(completed(actor, notices_of(actor)), likeness)
    found = [(one, words) for one in lines if (words := said_together(one.notices)) is not None]
    return page(
        "notices/mine.html",
        found=found,
        fresh=any(one.unseen for one, _ in found),
        writes=any(
            one.kind != "pupil" for one in actor.standings
        ),  # talks and questions are the families' and the staff's
        today=clock.today(),
    )


@blueprint.post("/notices/seen")
@requires(signed_in)
def seen(actor: Actor) -> ResponseReturnValue:
    """Everything in the list is seen."""
    see_all(actor)
    return Response(status=204) if wants_block() else go_to("notices.mine")


@blueprint.get("/s/<int:school_id>/notices/<uuid:notice_id>")
@requires(lambda _actor, _notice: True, notice=own_notice)
def one(actor: Actor, notice: SeenNotice) -> ResponseReturnValue:
    """From a push or a letter straight to what it speaks of; that it was seen is written after the answer has left."""
    words = said(notice)
    response = make_response(go_to_address(words.url) if words and words.url else go_to("notices.mine"))
    if notice.seen_at is None:
        app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001 - Flask's own way
        response.call_on_close(lambda: _note(app, actor, notice))
    return response


def _note(app: Flask, actor: Actor, notice: SeenNotice) -> None:
    """When the answer has left, the request's context is gone."""
    with app.app_context(), unit_of_work():
        see(actor, notice)
