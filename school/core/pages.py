"""One address, one view, two shapes: a whole page, or the block of it that htmx asked for."""

import json
from typing import Any

from flask import (
    Response,
    current_app,
    flash,
    g,
    get_flashed_messages,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from jinja2_fragments.flask import render_block


def wants_block() -> bool:
    """Whether htmx asks for a part of the page: not when it boosts a link or restores history."""
    headers = request.headers
    return "HX-Request" in headers and "HX-Boosted" not in headers and "HX-History-Restore-Request" not in headers


def drawn(template: str, **context: Any) -> str:
    """A template that is no page of a request: a letter that a worker writes. Nothing is in it but ``context``."""
    return current_app.jinja_env.get_template(template).render(**context)


def page(template: str, block: str | None = None, status: int = 200, **context: Any) -> Response:
    """The whole page, or ``block`` of it when htmx asks and there is one to give. A wrong form answers 422.

    ``where`` in the context is the way from the role's home to this page: ``Crumb``s for the frame.
    """
    g.where = context.pop("where", ())
    if block is not None and wants_block():
        html = render_block(template, block, **context)
        said = get_flashed_messages()
    else:
        html = render_template(template, **context)
        said = []
    response = make_response(html, status)
    if said:
        response.headers["HX-Trigger"] = json.dumps({"toast": {"text": " ".join(map(str, said))}})
    response.headers["Vary"] = "HX-Request, Cookie"
    response.headers["Cache-Control"] = "no-store"
    return response


def go_to(endpoint: str, **values: Any) -> Response:
    """Go on to another page after a change: 303 for a browser, ``HX-Redirect`` for htmx."""
    return go_to_address(url_for(endpoint, **values))


def go_to_address(address: str) -> Response:
    """The same for an address of this site that is already made."""
    if "HX-Request" in request.headers and "HX-Boosted" not in request.headers:
        return Response(status=204, headers={"HX-Redirect": address})
    response = make_response(redirect(address, 303))
    response.headers["Cache-Control"] = "no-store"
    return response


def toast(text: str) -> None:
    """A short line shown once: over the page when htmx swaps a block, else above the next heading."""
    flash(text)


def local_address(address: str | None, default: str) -> str:
    """``address`` if it is a path of this site, else ``default``: a ``next`` parameter must not lead elsewhere."""
    if address and address.startswith("/") and not address.startswith(("//", "/\\")) and "\n" not in address:
        return address
    return default
