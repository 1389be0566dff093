"""What people write to each other."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import TextAreaField
from wtforms.validators import InputRequired, Length


class MessageForm(FlaskForm):  # type: ignore[misc]  # the library has no types
    """One message."""

    text = TextAreaField(_l("Message"), [InputRequired(_l("The message is empty.")), Length(max=3000)])


class ReportForm(FlaskForm):  # type: ignore[misc]
    """Why a deputy head should look."""

    why = TextAreaField(_l("What is wrong with it?"), [InputRequired(_l("Say it in a few words.")), Length(max=500)])


class AnswerForm(FlaskForm):  # type: ignore[misc]
    """What came of it."""

    answer = TextAreaField(_l("What came of it?"), [InputRequired(_l("Say it in a few words.")), Length(max=500)])
