"""An offer, an answer, a calling off."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import RadioField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

NO_SCENARIO = "none"


class OfferForm(FlaskForm):  # type: ignore[misc]  # the library has no types
    """Who, when, by which scenario. The choices are what the page has found."""

    pupils = SelectMultipleField(_l("Whom to invite"), [InputRequired(_l("Choose at least one pupil."))])
    hour = RadioField(_l("When"), [InputRequired(_l("Choose an hour."))])
    scenario = RadioField(_l("Scenario"), [InputRequired(_l("Choose a scenario, or none."))])
    words = TextAreaField(
        _l("A few words for pupils and families"), [Length(max=500, message=_l("At most 500 characters."))]
    )


class MoveForm(FlaskForm):  # type: ignore[misc]  # the library has no types
    """Another hour. The choices are what the page has found."""

    hour = RadioField(_l("When"), [InputRequired(_l("Choose an hour."))])


class ReplyForm(FlaskForm):  # type: ignore[misc]  # the library has no types
    """A few words beside yes or no."""

    says = StringField(_l("A few words for the teacher"), [Length(max=200, message=_l("At most 200 characters."))])


class CancelForm(FlaskForm):  # type: ignore[misc]  # the library has no types
    """Why it does not take place, as families will read it."""

    why = StringField(_l("What to tell the families"), [Length(max=300, message=_l("At most 300 characters."))])
