"""The protocol, and the few words of amendments, answers and stops."""

from datetime import date, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    DateField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import InputRequired, Length, NumberRange

from school.core import clock
from school.core.languages import gettext as _
from school.pilots.models import Arm, Sitting
from school.pilots.words import arm_words, sitting_words

DAYS_TO_ANSWER, DAYS_TO_BEGIN = 10, 18
NO_TEST = ""


def _numbers(low: int, high: int) -> list[Any]:
    return [
        InputRequired(_l("Write a number.")),
        NumberRange(low, high, _l("A number from %(low)s to %(high)s.", low=low, high=high)),
    ]


class ProtocolForm(FlaskForm):  # type: ignore[misc]  # the library has no types
    """What is promised before it begins."""

    title = StringField(_l("Name of the pilot"), [InputRequired(_l("Give it a name.")), Length(max=200)])
    question = TextAreaField(_l("Question"), [InputRequired(_l("Say what is to be found out.")), Length(max=2000)])
    courses = SelectMultipleField(_l("Classes"), [InputRequired(_l("Choose at least one class."))])
    arms = SelectMultipleField(_l("Ways of practice"), [InputRequired(_l("Choose at least two."))])
    main_test = RadioField(_l("The answer rests on"), default=Sitting.DELAYED.value)
    consent_until = DateField(_l("Families answer until"), [InputRequired(_l("Choose a day."))])
    starts_on = DateField(_l("First day of practice"), [InputRequired(_l("Choose a day."))])
    weeks = IntegerField(_l("Weeks of practice"), _numbers(1, 20), default=8)
    sets = IntegerField(_l("Sets of tasks a week"), _numbers(1, 5), default=2)
    tasks = IntegerField(_l("Tasks in a set"), _numbers(2, 12), default=6)
    n_planned = IntegerField(_l("Pupils in each arm, at least"), _numbers(10, 5000), default=60)
    stop_rule = TextAreaField(
        _l("When it is stopped early"), [InputRequired(_l("Say when it is stopped.")), Length(max=2000)]
    )
    most_minutes = IntegerField(_l("Ring when an arm takes longer, by per cent"), _numbers(5, 100), default=25)
    most_lost = IntegerField(
        _l("Ring when more of an arm leave or leave work undone, by percentage points"), _numbers(5, 50), default=15
    )
    other_year = TextAreaField(_l("If a test is of another year: why"), [Length(max=500)])
    pre = SelectField(_l("Test before"))
    post = SelectField(_l("Test after"))
    delayed = SelectField(_l("Test four weeks later"))

    def offer(self, courses: list[tuple[str, str]], tests: list[tuple[str, str]]) -> "ProtocolForm":
        """Put in what there is to choose from."""
        self.courses.choices = courses
        self.arms.choices = [(one.value, arm_words(one)) for one in Arm]
        self.main_test.choices = [(one.value, sitting_words(one)) for one in (Sitting.DELAYED, Sitting.POST)]
        for field in (self.pre, self.post, self.delayed):
            field.choices = [(NO_TEST, _("choose later")), *tests]
        return self

    def begin(self) -> "ProtocolForm":
        """Usual values of a new one."""
        today = clock.today()
        self.arms.data = [Arm.SAME.value, Arm.HALF.value]
        self.consent_until.data = today + timedelta(DAYS_TO_ANSWER)
        self.starts_on.data = today + timedelta(DAYS_TO_BEGIN)
        self.stop_rule.data = _stop_rule()
        return self

    def validate_arms(self, field: Any) -> None:
        """Two at least: one way is no comparison."""
        if len(set(field.data or ())) < 2:
            raise ValidationError(_("Choose at least two."))


class SharedForm(ProtocolForm):
    """A protocol of the city: no classes and no days, which are each school's."""

    courses = None
    consent_until = None
    starts_on = None
    year_level = SelectField(
        _l("Year of the classes"), coerce=int, choices=[(n, str(n)) for n in range(1, 12)], default=7
    )

    def offer_tests(self, tests: list[tuple[str, str]]) -> "SharedForm":
        """Put in what there is to choose from."""
        self.arms.choices = [(one.value, arm_words(one)) for one in Arm]
        self.main_test.choices = [(one.value, sitting_words(one)) for one in (Sitting.DELAYED, Sitting.POST)]
        for field in (self.pre, self.post, self.delayed):
            field.choices = [(NO_TEST, _("not chosen yet")), *tests]
        return self

    def begin(self) -> "SharedForm":
        """Usual values of a new one."""
        self.arms.data = [Arm.SAME.value, Arm.HALF.value]
        self.n_planned.data = 350
        self.stop_rule.data = _stop_rule()
        return self

    def a_day(self) -> tuple[date, date]:
        """Days that stand for those of the schools while the rest is checked."""
        today = clock.today()
        return today + timedelta(DAYS_TO_ANSWER), today + timedelta(DAYS_TO_BEGIN)


class JoinForm(FlaskForm):  # type: ignore[misc]
    """What a school chooses of a protocol of the city."""

    courses = SelectMultipleField(_l("Classes"), [InputRequired(_l("Choose at least one class."))])
    consent_until = DateField(_l("Families answer until"), [InputRequired(_l("Choose a day."))])
    starts_on = DateField(_l("First day of practice"), [InputRequired(_l("Choose a day."))])

    def begin(self, courses: list[str]) -> "JoinForm":
        """All classes of the year, and days that leave time."""
        today = clock.today()
        self.courses.data = courses
        self.consent_until.data = today + timedelta(DAYS_TO_ANSWER)
        self.starts_on.data = today + timedelta(DAYS_TO_BEGIN)
        return self

    @property
    def days(self) -> tuple[date, date]:
        """The last to answer, and the first of practice."""
        return self.consent_until.data, self.starts_on.data


def _stop_rule() -> str:
    return str(
        _(
            "The head stops it when an alarm of the guard-rails is confirmed by looking at the works, or when three families complain of the load."
        )
    )


class WordsForm(FlaskForm):  # type: ignore[misc]
    """Words that are kept: of an amendment, an answer, a stop."""

    words = TextAreaField(_l("In a few words"), [InputRequired(_l("Say it in a few words.")), Length(max=500)])
