"""Results of an outside diagnostic, pasted."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length


class ResultsForm(FlaskForm):  # type: ignore[misc]  # the library has no types
    """One pupil a line."""

    subject = SelectField(_l("Subject"), coerce=int)
    name = StringField(_l("Name of the diagnostic"), [InputRequired(_l("Say what it was.")), Length(max=120)])
    on_date = DateField(_l("Day"), [InputRequired(_l("Say when it was."))])
    lines = TextAreaField(
        _l("Results, a line a pupil"), [InputRequired(_l("Paste at least one line.")), Length(max=60_000)]
    )
