"""Forms of a reported error."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length


class ReportForm(FlaskForm):  # type: ignore[misc]  # the library has no types
    """What is wrong, and where."""

    place = SelectField(_l("Where"), validate_choice=False)
    moment = StringField(_l("Moment of the film"), [Length(max=10)])
    error = TextAreaField(_l("What is wrong"), [InputRequired(_l("Say what is wrong.")), Length(max=2000)])

    def offer(self, places: Sequence[tuple[str, str]]) -> "ReportForm":
        """Fill the list of places."""
        self.place.choices = list(places)
        return self
