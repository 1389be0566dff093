"""The shape and wording of a new homework and of a review."""

import re
import uuid
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateField,
    DateTimeLocalField,
    HiddenField,
    IntegerField,
    MultipleFileField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from school.homework.models import HandInWay
from school.homework.norms import LEVELS

ANOTHER_DAY = "day"
EVERYBODY, SOME = "all", "some"
WAYS = (
    (HandInWay.TICK.value, _l("Tick when done")),
    (HandInWay.TEXT.value, _l("Write an answer")),
    (HandInWay.PHOTO.value, _l("Photos of the exercise book")),
    (HandInWay.TASK.value, _l("Solve on the screen")),
)


def uuid_of(text: str | None) -> uuid.UUID | None:
    """The id in a field, None for anything else."""
    try:
        return uuid.UUID(text or "")
    except ValueError:
        return None


SHOWN = (
    ("finish", _l("as soon as it is handed in")),
    ("close", _l("after the test has closed for everybody")),
    ("never", _l("not at all: points only")),
)
LAYOUTS = (("one", _l("one at a time")), ("all", _l("all on one page")))
_LINE = re.compile(r"(.+?)[\s:—–-]+(\d{1,3})\s*(?:балл\w*|б\.?|points?)?", re.IGNORECASE)


class HomeworkForm(FlaskForm):  # type: ignore[misc]  # the library has no types
    """One form for the class, the group or single pupils."""

    client_id = HiddenField(validators=[InputRequired()])
    text = TextAreaField(
        _l("What to do"), [Optional(), Length(max=5000, message=_l("The text is longer than 5,000 characters."))]
    )
    words = StringField(_l("Find in the library"), [Optional(), Length(max=200)])
    unit = HiddenField(validators=[Optional()])
    due = SelectField(_l("For the lesson"), validate_choice=False)
    due_on = DateField(_l("Or by this day"), [Optional()])
    way = RadioField(_l("How to hand in"), choices=WAYS, default=HandInWay.TICK.value)
    minutes = IntegerField(
        _l("Minutes of work"), [Optional(), NumberRange(0, 240, _l("Minutes are a number from 0 to 240."))], default=20
    )
    files = MultipleFileField(_l("Files"))
    rubric = TextAreaField(
        _l("What you will look at"),
        [Optional(), Length(max=1000, message=_l("The text is longer than 1,000 characters."))],
    )
    limit = IntegerField(
        _l("Time, minutes"), [Optional(), NumberRange(1, 240, _l("Minutes are a number from 1 to 240."))]
    )
    opens = DateTimeLocalField(_l("Opens"), [Optional()], format=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"])
    closes = DateTimeLocalField(_l("Closes"), [Optional()], format=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"])
    attempts = IntegerField(
        _l("Attempts"),
        [Optional(), NumberRange(0, 10, _l("Attempts are a number from 0 to 10; 0 means any number."))],
        default=1,
    )
    shows = SelectField(_l("Right answers are shown"), choices=SHOWN, default="finish")
    layout = SelectField(_l("Questions on the screen"), choices=LAYOUTS, default="one")
    draws = HiddenField(_l("How many questions each pupil gets"))
    """Holds what is wrong with the numbers to draw, whose fields are those of the chosen unit."""
    is_shuffled = BooleanField(_l("Each pupil has an order of their own"))
    whom = RadioField(_l("For whom"), choices=[(EVERYBODY, ""), (SOME, _l("Only for these pupils"))], default=EVERYBODY)
    pupils = SelectMultipleField(_l("Pupils"), validate_choice=False)
    refused = ""
    """Why a file that came with it can't be taken."""

    def validate_files(self, _field: Any) -> None:
        """Say at the field what was found when the files were taken."""
        if self.refused:
            raise ValidationError(self.refused)

    def offer(self, lessons: list[tuple[str, str]], pupils: list[tuple[str, str]], everybody: str) -> "HomeworkForm":
        """Put in what this course has to choose from."""
        self.due.choices = [*lessons, (ANOTHER_DAY, _l("another day"))]
        self.pupils.choices = pupils
        self.whom.choices = [(EVERYBODY, everybody), (SOME, _l("Only for these pupils"))]
        return self

    @property
    def is_test(self) -> bool:
        """Whether any condition is other than usual."""
        plain = (self.attempts.data in (None, 1), self.shows.data == "finish", self.layout.data == "one")
        return not all(plain) or any((self.limit.data, self.opens.data, self.closes.data, self.is_shuffled.data))


def criteria_in(text: str) -> list[tuple[str, int]]:
    """The lines of a rubric, «Содержание — 3»; a line without a number is worth one point."""
    found = []
    for line in filter(None, (one.strip() for one in text.splitlines())):
        parts = _LINE.fullmatch(line)
        found.append((parts[1].strip()[:120], int(parts[2])) if parts else (line[:120], 1))
    return found


class OwnForm(FlaskForm):  # type: ignore[misc]
    """A task of the pupil's own."""

    client_id = HiddenField()
    text = StringField(
        _l("What to do"),
        [InputRequired(_l("Write what you want to remember.")), Length(max=300, message=_l("At most 300 characters."))],
    )
    due_on = DateField(_l("By which day"), [InputRequired(_l("Choose a day that is still to come."))])
    minutes = IntegerField(_l("Minutes"), [Optional(), NumberRange(0, 240, _l("Minutes are a number from 0 to 240."))])


class ReviewForm(FlaskForm):  # type: ignore[misc]
    """A word to the pupil and what happens to the work."""

    version = HiddenField(validators=[InputRequired()])
    comment = TextAreaField(
        _l("A word to the pupil"),
        [Optional(), Length(max=2000, message=_l("The comment is longer than 2,000 characters."))],
    )
    due_on = DateField(_l("More time, until"), [Optional()])


def whole_number(text: Any, default: int = -1) -> int:
    """The number in a hidden field; ``default`` for anything else."""
    return int(text) if isinstance(text, str) and text.isdecimal() else default


def day_in(value: Any) -> date | None:
    """The day of a date field."""
    return value if isinstance(value, date) else None


class HomeworkNormForm(FlaskForm):  # type: ignore[misc]
    """What the school's document makes stricter; an empty field leaves the country's number."""

    source = StringField(
        _l("Document"),
        [InputRequired(_l("Name the document.")), Length(max=200, message=_l("At most 200 characters."))],
    )
    from_on = DateField(_l("First day"), [InputRequired(_l("Choose a day."))])
    weekends_to = SelectField(_l("Weekends are free of homework"))


for _n in LEVELS:
    setattr(
        HomeworkNormForm,
        f"minutes_{_n}",
        IntegerField(_l("the school's, minutes"), [Optional(), NumberRange(0, 600, _l("A number from 0 to 600."))]),
    )
