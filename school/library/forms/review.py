"""Forms of the review: a remark at its place, a second reader, an appeal."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from content_library import Criterion
from school.library.words import CRITERIA


class RemarkForm(FlaskForm):  # type: ignore[misc]  # the library has no types
    """What to mend, and where."""

    place = SelectField(_l("Where"), validate_choice=False)
    moment = StringField(_l("Moment of the film"), [Length(max=10)])
    criterion = SelectField(
        _l("Criterion"), coerce=Criterion, choices=[(one.value, CRITERIA[one]) for one in Criterion]
    )
    text = TextAreaField(_l("What to fix"), [InputRequired(_l("Say what to mend.")), Length(max=2000)])

    def offer(self, places: Sequence[tuple[str, str]]) -> "RemarkForm":
        """Fill the list of places."""
        self.place.choices = list(places)
        return self


class WordsForm(FlaskForm):  # type: ignore[misc]  # the library has no types
    """Some words: to a second reader, or against an answer."""

    words = TextAreaField(_l("Why"), [InputRequired(_l("Say in a sentence or two why.")), Length(max=4000)])
