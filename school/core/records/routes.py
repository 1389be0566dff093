"""The published roots, for anybody: schools, parents and newspapers keep copies, and so become witnesses; and the program that checks receipts."""

from pathlib import Path

from flask import Blueprint, Response, make_response

from school.core.access import public
from school.core.database import db
from school.core.records.canonical import canonical
from school.core.records.publishing import published_keys, published_roots

blueprint = Blueprint("records", __name__, url_prefix="/records")

SHOWN_DAYS = 400
VERIFIER = Path(__file__).parents[3] / "tools" / "verify_receipt.py"


@blueprint.get("/roots.json")
@public
def roots() -> Response:
    """The signed days of the last year and the keys they are signed by."""
    body = canonical({"keys": published_keys(db.session), "days": published_roots(db.session, SHOWN_DAYS)})
    response = make_response(body)
    response.content_type = "application/json"
    response.headers["Cache-Control"] = "public, max-age=300"
    return response


@blueprint.get("/verify_receipt.py")
@public
def verifier() -> Response:
    """The program that checks a receipt anywhere, for a family that has the receipt and nothing else of ours."""
    response = make_response(VERIFIER.read_bytes())
    response.content_type = "text/x-python; charset=utf-8"
    response.headers["Content-Disposition"] = f'attachment; filename="{VERIFIER.name}"'
    response.headers["Cache-Control"] = "public, max-age=300"
    return response
