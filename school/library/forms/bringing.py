"""Bringing a file of another program, and saying where its drafts are to stand."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, SelectField

from content_library import Subject
from school.library.forms.units import YEARS, Years
from school.library.queries import MyUnit
from school.library.words import LICENCES


class BringForm(FlaskForm):  # type: ignore[misc]  # the library has no types
    """One file."""

    file = FileField(_l("File"), [FileRequired(_l("Choose a file."))])


class PlaceForm(Years, FlaskForm):  # type: ignore[misc]  # the library has no types
    """For whom the drafts are, and under which licence."""

    subject = SelectField(_l("Subject"), coerce=int)
    year_from = SelectField(_l("From year"), coerce=int, choices=YEARS, default=5)
    year_to = SelectField(_l("To year"), coerce=int, choices=YEARS, default=5)
    licence = SelectField(_l("Licence"), choices=list(LICENCES.items()), default="own")
    by_category = BooleanField(_l("A test for each folder of questions"))

    def offer(self, subjects: Sequence[Subject], locale: str) -> None:
        """Fill the list of subjects."""
        self.subject.choices = [(one.id, one.name_en if locale == "en" else one.name_ru) for one in subjects]

    def suggest(self, written: Sequence[MyUnit]) -> None:
        """Begin with the subject and years of what this author wrote last."""
        if written:
            last = written[0].unit
            self.subject.data, self.year_from.data, self.year_to.data = last.subject_id, last.year_from, last.year_to
