"""Forms of classes, courses, enrolment and the week of a class."""

import uuid
from collections.abc import Iterable, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, IntegerField, SelectField, SelectMultipleField, StringField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from school.classes.words import weekday_words
from school.core.languages import gettext as _

Choice = tuple[str, str]
A_DAY_NEEDED = InputRequired(_l("Choose a day."))


def chosen_id(field: Any) -> uuid.UUID | None:
    """The id a select stands on; None on its empty line."""
    return uuid.UUID(field.data) if field.data else None


class PlaceForm(FlaskForm):  # type: ignore[misc]  # the library has no types
    """Where, when and by which terms a class learns."""

    building = SelectField(_l("Building"), [InputRequired(_l("Choose a building."))])
    shift = SelectField(_l("Shift"), choices=[("1", "1"), ("2", "2"), ("3", "3")])
    regime = SelectField(_l("Terms"), [InputRequired(_l("Choose the terms."))])

    def offer(self, buildings: Sequence[Choice], regimes: Sequence[Choice]) -> None:
        """The school's buildings and the year's regimes."""
        self.building.choices = list(buildings)
        self.regime.choices = list(regimes)


class ClassForm(PlaceForm):
    """A new class."""

    year_level = SelectField(_l("Year level"), choices=[(str(n), str(n)) for n in range(1, 12)])
    letter = StringField(_l("Letter"), [Length(max=8, message=_l("At most 8 characters."))])


class CrossForm(PlaceForm):
    """A new group across classes."""

    name = StringField(
        _l("Its name"), [InputRequired(_l("Give it a name.")), Length(max=60, message=_l("At most 60 characters."))]
    )
    year_level = SelectField(_l("Lowest year"), choices=[(str(n), str(n)) for n in range(1, 12)])


class PartForm(FlaskForm):  # type: ignore[misc]
    """A new part of a class."""

    name = StringField(
        _l("Name, such as “English 1”"),
        [InputRequired(_l("Give it a name.")), Length(max=40, message=_l("At most 40 characters."))],
    )


class CourseForm(FlaskForm):  # type: ignore[misc]
    """A new course of a group."""

    group = SelectField(_l("Who is in it"), [InputRequired(_l("Choose a group."))])
    subject = SelectField(_l("Subject"), [InputRequired(_l("Choose a subject."))])
    name = StringField(_l("Name shown beside the subject"), [Length(max=60, message=_l("At most 60 characters."))])
    hours_a_week = IntegerField(
        _l("Hours a week"),
        [
            InputRequired(_l("Enter the hours a week.")),
            NumberRange(1, 20, message=_l("Hours a week are from 1 to 20.")),
        ],
    )
    teacher = SelectField(_l("Teacher"), [Optional()])

    def offer(self, groups: Sequence[Choice], subjects: Sequence[Choice], teachers: Sequence[Choice]) -> None:
        """The class and its parts, all subjects, all teachers."""
        self.group.choices = list(groups)
        self.subject.choices = [("", _("choose a subject")), *subjects]
        self.teacher.choices = [("", _("nobody yet")), *teachers]


class TeacherForm(FlaskForm):  # type: ignore[misc]
    """Who teaches from a day on."""

    teacher = SelectField(_l("Teacher"), [InputRequired(_l("Choose a teacher."))])
    from_on = DateField(_l("From"), [A_DAY_NEEDED])
    instead_of = SelectField(_l("Instead of"), [Optional()])

    def offer(self, teachers: Sequence[Choice], now: Sequence[Choice] = ()) -> None:
        """All teachers, and who teaches now."""
        self.teacher.choices = [("", _("choose a teacher")), *teachers]
        self.instead_of.choices = [("", _("nobody: they teach together")), *now]


class LeaderForm(FlaskForm):  # type: ignore[misc]
    """Who leads the class from a day on."""

    teacher = SelectField(_l("Class teacher"), [InputRequired(_l("Choose a teacher."))])
    from_on = DateField(_l("From"), [A_DAY_NEEDED])

    def offer(self, teachers: Sequence[Choice]) -> None:
        """All teachers."""
        self.teacher.choices = [("", _("choose a teacher")), *teachers]


class EnrolForm(FlaskForm):  # type: ignore[misc]
    """Pupils who come into a class or group."""

    pupils = SelectMultipleField(_l("Pupils"), [InputRequired(_l("Choose at least one pupil."))])
    from_on = DateField(_l("From"), [A_DAY_NEEDED])

    def offer(self, pupils: Iterable[Choice]) -> None:
        """Who may be enrolled."""
        self.pupils.choices = list(pupils)


class MovePupilForm(FlaskForm):  # type: ignore[misc]
    """From which day, and into which parts of the new class."""

    on = DateField(_l("From"), [A_DAY_NEEDED])
    parts = SelectMultipleField(_l("Teaching groups for this pupil"))

    def offer(self, parts: Sequence[Choice]) -> None:
        """The parts of the new class."""
        self.parts.choices = list(parts)


class SlotForm(FlaskForm):  # type: ignore[misc]
    """A place in the week."""

    course = SelectField(_l("Lesson"), [InputRequired(_l("Choose a subject."))])
    weekday = SelectField(_l("Day"))
    slot = IntegerField(
        _l("Lesson number"),
        [
            InputRequired(_l("Enter the lesson's number.")),
            NumberRange(0, 14, message=_l("The lesson number must be from 0 to 14.")),
        ],
    )
    room = StringField(_l("Room"), [Length(max=20, message=_l("At most 20 characters."))])
    teacher = SelectField(_l("Teacher"), [InputRequired(_l("Choose a teacher."))])
    from_on = DateField(_l("From"), [A_DAY_NEEDED])

    def offer(self, courses: Sequence[Choice], teachers: Sequence[Choice]) -> None:
        """The courses of the class and its parts; all teachers."""
        self.course.choices = [("", _("choose a subject")), *courses]
        self.teacher.choices = [("", _("choose a teacher")), *teachers]
        self.weekday.choices = [(str(n), weekday_words(n)) for n in range(1, 8)]
