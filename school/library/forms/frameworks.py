"""Forms of the topic framework."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, FileField, HiddenField, IntegerField, SelectField, StringField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from content_library import Subject, Topic
from school.core.languages import gettext as _
from school.library.actions.frameworks import SaidOfTopic
from school.library.forms.units import YEARS


class TopicForm(FlaskForm):  # type: ignore[misc]  # the library has no types
    """A topic: its name, its code, its year and the days on which it holds."""

    title = StringField(_l("Title of the topic"), [InputRequired(_l("A topic needs a title.")), Length(max=300)])
    code = StringField(_l("Code"), [Length(max=64)])
    year_level = SelectField(_l("Year level"), coerce=int, choices=YEARS)
    since = DateField(_l("Taught since"), [Optional()])
    until = DateField(_l("Taught until"), [Optional()])

    @property
    def said(self) -> SaidOfTopic:
        """What is in the form."""
        return SaidOfTopic(
            title=" ".join(self.title.data.split()),
            code=(self.code.data or "").strip(),
            year_level=self.year_level.data,
            since=self.since.data,
            until=self.until.data,
        )


class NewTopicForm(TopicForm):
    """A new topic, under another one if it is said."""

    parent = SelectField(_l("Inside the topic"), coerce=int, validate_choice=False, default=0)

    def offer(self, topics: Sequence[tuple[int, str]]) -> "NewTopicForm":
        """Fill the list of wider topics."""
        self.parent.choices = [(0, _("at the top")), *topics]
        return self


class PlaceOfTopicForm(FlaskForm):  # type: ignore[misc]  # the library has no types
    """Where a topic moves to."""

    parent = SelectField(_l("Inside the topic"), coerce=int, validate_choice=False, default=0)

    def offer(self, topics: Sequence[tuple[int, str]], own: Topic) -> "PlaceOfTopicForm":
        """Fill the list of wider topics."""
        self.parent.choices = [(0, _("at the top")), *(one for one in topics if one[0] != own.id)]
        return self


class BringTopicsForm(FlaskForm):  # type: ignore[misc]  # the library has no types
    """A file of topics; after the look at it, its text travels with the form."""

    file = FileField(_l("File"))
    name = HiddenField()
    text = HiddenField()
    subject = SelectField(_l("Subject of rows that name none"), coerce=int)
    year_level = IntegerField(
        _l("Year level of rows that name none"), [Optional(), NumberRange(1, 11, _l("From 1 to 11."))]
    )

    def offer(self, subjects: Sequence[Subject], locale: str) -> "BringTopicsForm":
        """Fill the list of subjects."""
        self.subject.choices = [(one.id, one.name_en if locale == "en" else one.name_ru) for one in subjects]
        return self

    def sent(self) -> tuple[str, bytes] | None:
        """The file that came now, or the one that was looked at; its name and bytes."""
        file: Any = self.file.data
        if file is not None and file.filename:
            return file.filename, file.stream.read()
        if self.text.data:
            return self.name.data or "", self.text.data.encode()
        return None
