"""The first page of each role; each answers the role's first question without a click."""

from flask import Blueprint, redirect
from flask.typing import ResponseReturnValue

from school.core.access import Actor, requires, signed_in
from school.core.pages import page
from school.home.shell import home_of, order_of

blueprint = Blueprint("home", "school.home", template_folder="templates")


@blueprint.get("/")
@requires(signed_in)
def start(actor: Actor) -> ResponseReturnValue:
    """Go on to the home of the first role this person has."""
    standing = min(actor.standings, key=order_of, default=None)
    if standing is None:
        return page("home/nowhere.html")
    return redirect(home_of(standing))
