"""A family's word that a child will not be at lessons."""

from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, RadioField, SelectMultipleField, StringField, ValidationError
from wtforms.validators import InputRequired, Length, Optional

from school.classes.actions import FAMILY_REASONS
from school.classes.words import reason_words
from school.core.languages import gettext as _

Choice = tuple[str, str]


class AwayForm(FlaskForm):  # type: ignore[misc]  # the library has no types
    """Whole days by default; some lessons of one day if they are ticked."""

    reason = RadioField(_l("Reason"))
    first_on = DateField(_l("First day"), [InputRequired(_l("Choose a day."))])
    last_on = DateField(_l("Last day"), [Optional()])
    slots = SelectMultipleField(_l("Only these lessons"), validate_choice=False)
    words = StringField(_l("A few words for the teachers"), [Length(max=300, message=_l("At most 300 characters."))])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reason.choices = [(one.value, reason_words(one)) for one in FAMILY_REASONS]

    def offer(self, lessons: list[Choice]) -> None:
        """The lessons of the first day, as a choice."""
        self.slots.choices = lessons

    @property
    def until(self) -> date:
        """The last day; the first one where none was entered."""
        return self.last_on.data or self.first_on.data  # type: ignore[no-any-return]

    @property
    def numbers(self) -> list[int]:
        """The lessons ticked."""
        return [int(one) for one in self.slots.data or [] if one.isdecimal()]

    def validate_last_on(self, field: Any) -> None:
        """The days go forward."""
        if self.first_on.data and field.data and field.data < self.first_on.data:
            raise ValidationError(_("The last day is before the first."))
