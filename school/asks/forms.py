"""What is asked of families."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, RadioField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from school.asks.models import AskKind
from school.core.languages import gettext as _


class AskForm(FlaskForm):  # type: ignore[misc]  # the library has no types
    """Kind, title, words and the last day."""

    kind = RadioField(_l("What is asked"), default=AskKind.CONSENT.value)
    title = StringField(_l("Title"), [InputRequired(_l("Give it a title.")), Length(max=120)])
    text = TextAreaField(_l("Text"), [InputRequired(_l("Say what it is about.")), Length(max=4000)])
    due_on = DateField(_l("Last day to answer"), [InputRequired(_l("Choose a day."))])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind.choices = [
            (AskKind.CONSENT.value, _("consent: yes or no")),
            (AskKind.NOTE.value, _("only that they have read it")),
        ]
