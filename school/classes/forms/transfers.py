"""Forms of a pupil's change of school."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, RadioField, SelectField, StringField
from wtforms.validators import InputRequired, Length

TEXT = Length(max=200, message=_l("At most 200 characters."))


class HandOverForm(FlaskForm):  # type: ignore[misc]  # the library has no types
    """Where to, from when, on what ground."""

    school = RadioField(_l("New school"), [InputRequired(_l("Choose a school."))])
    on_date = DateField(_l("First day in the new school"), [InputRequired(_l("Choose a day."))])
    ground = StringField(
        _l("The family's application, date and number"),
        [InputRequired(_l("Enter the family's application: its date and number.")), TEXT],
    )


class TakeInForm(FlaskForm):  # type: ignore[misc]
    """Into which class."""

    group = SelectField(_l("Class"), [InputRequired(_l("Choose a class."))])


class DeclineForm(FlaskForm):  # type: ignore[misc]
    """Why not."""

    why = StringField(_l("Why the school can't take the pupil"), [InputRequired(_l("Say in a few words why.")), TEXT])
