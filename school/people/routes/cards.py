"""The printed card of a small child: `/qr/<secret>` asks «Это ты?», and only the answer signs in."""

import secrets

from flask import Response, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from school.core import limits
from school.core.access import public
from school.core.config import current_settings
from school.core.pages import go_to, page
from school.core.transactions import keep_despite_error
from school.people.actions import use_card
from school.people.errors import CardElsewhere
from school.people.models import Account, QrCard
from school.people.queries import find_card
from school.people.routes.blueprint import BY_ADDRESS, MISSES, blueprint

DEVICE = "device"
FOR_LONG = 400 * 86_400
"""Seconds; browsers keep no cookie longer."""


@blueprint.get("/qr/<secret>")
@public
def card(secret: str) -> ResponseReturnValue:
    """Whose card it is, and one button. Opening the address signs nobody in: links are opened by previews too."""
    found = _find(secret)
    if isinstance(found, Response):
        return found
    here = current_user.base if current_user.is_authenticated else None
    other = here.name if here is not None and here.account_id != found[1].id else ""
    return page("people/card.html", secret=secret, name=found[1].name, other=other)


@blueprint.post("/qr/<secret>")
@public
def enter_by_card(secret: str) -> ResponseReturnValue:
    """Sign in, and make this browser the card's own at its first use."""
    if not limits.allow(BY_ADDRESS, "card", request.remote_addr or ""):
        return page("people/card_wait.html", status=429)
    found = _find(secret)
    if isinstance(found, Response):
        return found
    device = request.cookies.get(DEVICE) or secrets.token_urlsafe(24)
    try:
        use_card(*found, device)
    except CardElsewhere:
        keep_despite_error()  # the teacher sees that the card was shown elsewhere
        return page("people/card_elsewhere.html", status=403, name=found[1].name)
    response = go_to("home.start")
    response.set_cookie(
        DEVICE, device, max_age=FOR_LONG, samesite="Lax", httponly=True, secure=current_settings().https
    )
    return response


def _find(secret: str) -> tuple[QrCard, Account] | Response:
    address = request.remote_addr or ""
    if not limits.is_open(MISSES, "card", address):
        return page("people/card_wait.html", status=429)
    found = find_card(secret)
    if found is None:
        limits.allow(MISSES, "card", address)
        return page("people/card_ended.html", status=404)
    return found
