"""What the browser sends of one answer."""

import uuid
from collections.abc import Mapping

from werkzeug.exceptions import BadRequest

MOST = 1_000_000


def uuid_in(form: Mapping[str, str], name: str) -> uuid.UUID:
    """An id made by the browser; anything else can't be a form of ours."""
    try:
        return uuid.UUID(form.get(name, ""))
    except ValueError:
        raise BadRequest from None


def number_in(form: Mapping[str, str], name: str) -> int:
    """The browser's number of an answer, from 1."""
    text = form.get(name, "")
    if not text.isdecimal() or not 1 <= int(text) <= MOST:
        raise BadRequest
    return int(text)


def age_in(form: Mapping[str, str], name: str) -> float:
    """Seconds that an answer has waited on its device; 0 where the browser says nothing sensible."""
    try:
        age = float(form.get(name, "0"))
    except ValueError:
        return 0.0
    return age if 0 <= age <= MOST * 10 else 0.0
