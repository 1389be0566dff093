"""What is asked in forms, and how a browser's queue of marks is read."""

import uuid
from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.exceptions import BadRequest
from wtforms import DateField, HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional, ValidationError

from school.core.languages import gettext as _
from school.gradebook.actions import MOST_AT_ONCE, LetterEntry
from school.gradebook.actions.verdicts import MOST_WORDS
from school.gradebook.entries import Entry
from school.gradebook.models import MarkCode
from school.gradebook.release import Sign
from school.gradebook.scale import VALUES
from school.gradebook.systems import MOST_CRITERIA, MOST_POINTS, Criterion, System

SIGNS = tuple(str(value) for value in VALUES) + tuple(code.value for code in MarkCode)
MOST_TITLE = 200
MOST_ORIGIN = 20


class ColumnForm(FlaskForm):  # type: ignore[misc]  # the library has no types
    """A column: of which lesson, for what work, what about."""

    client_id = HiddenField()
    lesson = SelectField(_l("Lesson"), validators=[DataRequired()])
    work = SelectField(_l("Kind of work"), validators=[DataRequired()])
    title = StringField(_l("What about"), validators=[Optional(), Length(max=MOST_TITLE)])
    system = SelectField(_l("Marks are put"), validators=[Optional()])
    criteria = TextAreaField(
        _l("Criteria, one a line, with the most points"), validators=[Optional(), Length(max=1000)]
    )

    def validate_criteria(self, field: Any) -> None:
        """By criteria there must be some, each with its points."""
        if self.system.data == System.CRITERIA and not read_criteria(field.data or ""):
            raise ValidationError(
                _("Write one criterion a line and end it with its most points, from 1 to 9; eight lines at most.")
            )


def read_criteria(text: str) -> tuple[Criterion, ...]:
    """«Знание 8» line by line; none where a line does not end with its points."""
    made = []
    for line in filter(None, (line.strip() for line in text.splitlines())):
        name, _space, most = line.rpartition(" ")
        if not name or not most.isdigit() or not 1 <= int(most) <= MOST_POINTS:
            return ()
        made.append(Criterion(name.strip(" –-:")[:60], int(most)))
    return tuple(made) if len(made) <= MOST_CRITERIA else ()


class OneMarkForm(FlaskForm):  # type: ignore[misc]
    """One mark without JavaScript."""

    client_id = HiddenField()
    pupil = SelectField(_l("Pupil"), validators=[DataRequired()])
    column = SelectField(_l("Column"), validators=[DataRequired()])
    sign = SelectField(_l("Mark"))
    place = SelectField(_l("It stands"))
    origin = StringField(
        _l("Points, in a column with another system"), validators=[Optional(), Length(max=MOST_ORIGIN)]
    )
    due = DateField(_l("The work is owed by"), validators=[Optional()])
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
    place, origin, due = one.get("place", 0), one.get("origin") or None, one.get("due") or None
    if type(place) is not int or not (origin is None or (isinstance(origin, str) and len(origin) <= MOST_ORIGIN)):
        raise ValueError("place")
    sign = Sign(value, code, comment.strip(), origin, date.fromisoformat(due) if due else None)
    return Entry(client_id, lesson_id, column_id, pupil_id, sign, seen, place=place)


def wish_choices() -> Sequence[tuple[str, str]]:
    """What a mark of a period can be changed into: never nothing, and no work that is owed."""
    return [("", _("Choose a mark")), *(one for one in sign_choices(with_nothing=False) if one[0] != MarkCode.DOT)]


def sign_choices(*, with_nothing: bool) -> Sequence[tuple[str, str]]:
    """Digits and codes to choose from."""
    words = {
        "н/а": _("not attested"),
        "осв": _("exempt"),
        "зч": _("passed"),
        "нз": _("not passed"),
        "•": _("owed by a day"),
    }
    made = [(sign, f"{sign} – {words[sign]}" if sign in words else sign) for sign in SIGNS]
    return [("", _("No mark")), *made] if with_nothing else made
