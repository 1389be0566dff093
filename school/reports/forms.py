"""Forms of the reports: what is unusual about a mark, and a question about a result."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, IntegerField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange

from school.reports.watch import Watch

_NEEDED = InputRequired(_l("Enter a number."))


class WatchForm(FlaskForm):  # type: ignore[misc]  # the library has no types
    """The figures of a rule and its first day."""

    from_hour = IntegerField(_l("Marks are usual from this hour"), [_NEEDED, NumberRange(0, 23, _l("From 0 to 23."))])
    to_hour = IntegerField(_l("until this hour"), [_NEEDED, NumberRange(1, 24, _l("From 1 to 24."))])
    new_device_hours = IntegerField(
        _l("A new device is unusual for so many hours"), [_NEEDED, NumberRange(0, 720, _l("From 0 to 720."))]
    )
    cover_days = IntegerField(
        _l("Who stood in for a lesson is expected for so many days after it"),
        [_NEEDED, NumberRange(0, 14, _l("From 0 to 14."))],
    )
    from_on = DateField(_l("First day"), [InputRequired(_l("Choose a day."))])

    @property
    def watch(self) -> Watch:
        """What was entered."""
        return Watch(self.from_hour.data, self.to_hour.data, self.new_device_hours.data, self.cover_days.data)


class ResultAskForm(FlaskForm):  # type: ignore[misc]
    """The words with which families are asked to acknowledge a result."""

    title = StringField(_l("Title"), [InputRequired(_l("Give it a title.")), Length(max=120)])
    text = TextAreaField(_l("Text"), [InputRequired(_l("Say what it is about.")), Length(max=4000)])
    due_on = DateField(_l("Last day to answer"), [InputRequired(_l("Choose a day."))])
