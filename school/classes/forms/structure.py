"""Forms of buildings, bells, years, terms and holidays."""

import re
from collections.abc import Sequence
from datetime import date, time
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, RadioField, SelectField, StringField, TextAreaField, ValidationError
from wtforms.validators import InputRequired, Length, Optional

from school.classes.actions.calendar import Span
from school.classes.models import Regime
from school.classes.words import regime_kind_words
from school.core.languages import gettext as _

NAME = [InputRequired(_l("Give it a name.")), Length(max=80, message=_l("At most 80 characters."))]
A_DAY_NEEDED = InputRequired(_l("Choose a day."))
LAST_SLOT = 14

_BELL = re.compile(r"^(\d{1,2})\s*[.):]?\s+(\d{1,2})[:.](\d\d)\s*[-–—]\s*(\d{1,2})[:.](\d\d)$")
_TERM = re.compile(r"^(.+?)\s*:\s*(\d{1,2})\.(\d{1,2})\.(\d{4})\s*[-–—]\s*(\d{1,2})\.(\d{1,2})\.(\d{4})$")


class BuildingForm(FlaskForm):  # type: ignore[misc]  # the library has no types
    """A building."""

    name = StringField(_l("Its name"), NAME)
    address = StringField(_l("Address"), [Length(max=200, message=_l("At most 200 characters."))])


class BellsForm(FlaskForm):  # type: ignore[misc]
    """Bells of a building and shift."""

    name = StringField(_l("Its name"), NAME)
    shift = SelectField(_l("Shift"), choices=[("1", "1"), ("2", "2"), ("3", "3")])
    from_on = DateField(_l("First day"), [A_DAY_NEEDED])
    to_on = DateField(_l("Last day"), [Optional()])
    times = TextAreaField(_l("Bell times, one lesson a line"), [InputRequired(_l("Enter at least one lesson."))])

    def validate_times(self, field: Any) -> None:
        """Every line is a lesson."""
        read_bells(field.data)

    def bells(self) -> dict[int, tuple[time, time]]:
        """Number -> beginning and end."""
        return read_bells(self.times.data)


class YearForm(FlaskForm):  # type: ignore[misc]
    """A school year."""

    name = StringField(_l("Its name"), NAME)
    starts_on = DateField(_l("First day"), [A_DAY_NEEDED])
    ends_on = DateField(_l("Last day"), [A_DAY_NEEDED])


class RegimeForm(FlaskForm):  # type: ignore[misc]
    """How a year is cut into terms."""

    kind = RadioField(_l("Terms"), [InputRequired(_l("Choose how the year is divided."))])
    name = StringField(_l("Its name"), NAME)
    days_a_week = SelectField(_l("Days a week"), choices=[("5", "5"), ("6", "6")])
    terms = TextAreaField(_l("Terms, one a line"), [InputRequired(_l("Enter at least one term."))])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind.choices = [
            (kind, regime_kind_words(kind)) for kind in ("quarters", "trimesters", "modules", "half_years")
        ]

    def validate_terms(self, field: Any) -> None:
        """Every line is a term."""
        read_terms(field.data)

    def spans(self) -> list[Span]:
        """The terms in order."""
        return read_terms(self.terms.data)


class HolidayForm(FlaskForm):  # type: ignore[misc]
    """Days without lessons."""

    name = StringField(_l("Its name"), NAME)
    starts_on = DateField(_l("First day"), [A_DAY_NEEDED])
    ends_on = DateField(_l("Last day"), [A_DAY_NEEDED])
    regime = SelectField(_l("For whom"), [Optional()])

    def offer(self, regimes: Sequence[Regime]) -> None:
        """All classes, or those of one regime."""
        self.regime.choices = [("", _("all classes")), *((str(one.id), one.name) for one in regimes)]


def read_bells(text: str) -> dict[int, tuple[time, time]]:
    """«1. 8:30–9:15», a lesson on each line; raises ``ValidationError`` naming the line."""
    found: dict[int, tuple[time, time]] = {}
    for number, line in _lines(text):
        match = _BELL.match(line)
        try:
            if match is None:
                raise ValueError(line)
            slot, a, b, c, d = map(int, match.groups())
            times = time(a, b), time(c, d)
        except ValueError:
            raise ValidationError(_("Line %(line)s: write it as 1. 8:30–9:15.", line=number)) from None
        if slot > LAST_SLOT:
            raise ValidationError(_("The lesson number must be from 0 to %(last)s.", last=LAST_SLOT))
        if slot in found:
            raise ValidationError(_("Line %(line)s: lesson %(slot)s is there twice.", line=number, slot=slot))
        found[slot] = times
    return found


def read_terms(text: str) -> list[Span]:
    """«1-я четверть: 01.09.2026–25.10.2026», a term on each line; raises ``ValidationError`` naming the line."""
    found = []
    for number, line in _lines(text):
        match = _TERM.match(line)
        try:
            if match is None:
                raise ValueError(line)
            name, *rest = match.groups()
            a, b, c, d, e, f = map(int, rest)
            found.append(Span(name, date(c, b, a), date(f, e, d)))
        except ValueError:
            raise ValidationError(
                _("Line %(line)s: write it as Quarter 1: 01.09.2026–25.10.2026.", line=number)
            ) from None
    return found


def bells_text(times: dict[int, tuple[time, time]]) -> str:
    """What ``read_bells`` reads."""
    return "\n".join(
        f"{slot}. {starts.hour}:{starts.minute:02}–{ends.hour}:{ends.minute:02}"
        for slot, (starts, ends) in sorted(times.items())
    )


def terms_text(spans: Sequence[Any]) -> str:
    """What ``read_terms`` reads."""
    return "\n".join(f"{one.name}: {one.starts_on:%d.%m.%Y}–{one.ends_on:%d.%m.%Y}" for one in spans)


def _lines(text: str) -> list[tuple[int, str]]:
    lines = enumerate((text or "").splitlines(), start=1)
    return [(number, line.strip()) for number, line in lines if line.strip()]
