"""What is asked in forms, and how a browser's queue of marks is read."""

import uuid
from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.exceptions import BadRequest
from wtforms import HiddenField, SelectField, StringField
from wtforms.validators import DataRequired, Length, Optional

from school.core.languages import gettext as _
from school.gradebook.actions import MOST_AT_ONCE, LetterEntry
from school.gradebook.actions.verdicts import MOST_WORDS
from school.gradebook.entries import Entry
from school.gradebook.models import MarkCode
from school.gradebook.release import Sign
from school.gradebook.scale import VALUES

SIGNS = tuple(str(value) for value in VALUES) + tuple(code.value for code in MarkCode)
MOST_TITLE = 200


class ColumnForm(FlaskForm):  # type: ignore[misc]  # the library has no types
    """A column: of which lesson, for what work, what about."""

    client_id = HiddenField()
    lesson = SelectField(_l("Lesson"), validators=[DataRequired()])
    work = SelectField(_l("Kind of work"), validators=[DataRequired()])
    title = StringField(_l("What about"), validators=[Optional(), Length(max=MOST_TITLE)])


class OneMarkForm(FlaskForm):  # type: ignore[misc]
    """One mark without JavaScript."""

    client_id = HiddenField()
    pupil = SelectField(_l("Pupil"), validators=[DataRequired()])
    column = SelectField(_l("Column"), validators=[DataRequired()])
    sign = SelectField(_l("Mark"))
    comment = StringField(_l("A few words for the family"), validators=[Optional(), Length(max=MOST_WORDS)])


def read_entries(data: Any) -> list[Entry]:
    """The marks of a request's JSON; a request that is not a queue of marks is a 400."""
    try:
        marks = data.get("marks") or []
        if not isinstance(marks, list) or len(marks) > MOST_AT_ONCE:
            raise ValueError("marks")
        return [_entry(one) for one in marks]
    except (KeyError, TypeError, ValueError, AttributeError) as why:
        raise BadRequest from why


def read_letters(data: Any) -> list[LetterEntry]:
    """The presence of a request's JSON."""
    try:
        letters = data.get("presence") or []
        if len(letters) > MOST_AT_ONCE:
            raise ValueError("presence")
        return [
            LetterEntry(uuid.UUID(one["id"]), uuid.UUID(one["lesson"]), uuid.UUID(one["pupil"]), str(one["letter"]))
            for one in letters
        ]
    except (KeyError, TypeError, ValueError, AttributeError) as why:
        raise BadRequest from why


def read_client_id(data: Any) -> uuid.UUID:
    """The id a browser gave to an undo."""
    try:
        return uuid.UUID(data["id"])
    except (KeyError, TypeError, ValueError, AttributeError) as why:
        raise BadRequest from why


def read_sign(text: str, comment: str = "") -> Sign:
    """A digit, a code, or nothing."""
    if text.isdigit():
        return Sign(int(text), None, comment)
    return Sign(None, text or None, comment)


def _entry(one: dict[str, Any]) -> Entry:
    value, code, comment, seen = one.get("value"), one.get("code"), one.get("comment") or "", one["seen"]
    if not (value is None or type(value) is int) or not (code is None or isinstance(code, str)):
        raise ValueError("value")
    if type(seen) is not int or not isinstance(comment, str):
        raise ValueError("seen")
    client_id, lesson_id, column_id, pupil_id = (uuid.UUID(one[name]) for name in ("id", "lesson", "column", "pupil"))
    return Entry(client_id, lesson_id, column_id, pupil_id, Sign(value, code, comment.strip()), seen)


def sign_choices(*, with_nothing: bool) -> Sequence[tuple[str, str]]:
    """Digits and codes to choose from."""
    words = {"н/а": _("not attested"), "осв": _("exempt"), "зч": _("passed"), "нз": _("not passed")}
    made = [(sign, f"{sign} – {words[sign]}" if sign in words else sign) for sign in SIGNS]
    return [("", _("No mark")), *made] if with_nothing else made
