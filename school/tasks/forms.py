"""What the browser sends of one answer."""

import uuid
from collections.abc import Mapping

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.exceptions import BadRequest
from wtforms import BooleanField, RadioField

from school.tasks.ease import FEWER, TIMES

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


class EaseForm(FlaskForm):  # type: ignore[misc]  # the library has no types
    """What makes tasks easier for a pupil."""

    more_time = RadioField(
        _l("Time of tests"),
        choices=[("0", _l("as for all")), *((str(one), _l("%(n)s %% more", n=one)) for one in TIMES[1:])],
    )
    fewer = RadioField(
        _l("Number of questions"),
        choices=[("0", _l("as for all")), *((str(one), _l("%(n)s %% fewer", n=one)) for one in FEWER[1:])],
    )
    larger_print = BooleanField(_l("Larger print"))
