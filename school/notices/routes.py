"""The list of one's own notices."""

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue

from school.core import clock
from school.core.access import Actor, requires, signed_in
from school.core.pages import go_to, page, wants_block
from school.notices.actions import see_all
from school.notices.hooks import said
from school.notices.queries import notices_of

blueprint = Blueprint("notices", __name__, template_folder="templates")


@blueprint.get("/notices")
@requires(signed_in)
def mine(actor: Actor) -> ResponseReturnValue:
    """What one was told, of all schools; opening the list is reading it (the page says so to the server)."""
    found = [(one, words) for one in notices_of(actor) if (words := said(one)) is not None]
    return page(
        "notices/mine.html", found=found, fresh=any(one.seen_at is None for one, _ in found), today=clock.today()
    )


@blueprint.post("/notices/seen")
@requires(signed_in)
def seen(actor: Actor) -> ResponseReturnValue:
    """Everything in the list is seen."""
    see_all(actor)
    return Response(status=204) if wants_block() else go_to("notices.mine")
