"""The form of norms: three numbers for each year level."""

from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, IntegerField, SelectMultipleField, StringField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from school.classes.heavy import MOST
from school.classes.load import LEVELS, Norm, Norms

_BETWEEN = NumberRange(1, 60, _l("A number from 1 to 60."))


class NormsForm(FlaskForm):  # type: ignore[misc]  # the library has no types
    """Norms from a day on, with the document that says them."""

    from_on = DateField(_l("First day"), [InputRequired(_l("Choose a day."))])
    source = StringField(
        _l("Document"),
        [InputRequired(_l("Name the document.")), Length(max=200, message=_l("At most 200 characters."))],
    )

    def by_level(self) -> dict[int, Norm]:
        """What was entered."""
        return {n: Norm(self[f"five_{n}"].data, self[f"six_{n}"].data, self[f"day_{n}"].data) for n in LEVELS}


class HeavyForm(FlaskForm):  # type: ignore[misc]
    """Which subjects must not meet on one day."""

    subjects = SelectMultipleField(_l("Subjects with heavy homework"), coerce=int)
    most = IntegerField(
        _l("At most on one day of a pupil"),
        [InputRequired(_l("Enter a number.")), NumberRange(1, MOST, _l("A number from 1 to 4."))],
    )
    source = StringField(
        _l("Document"),
        [InputRequired(_l("Name the document.")), Length(max=200, message=_l("At most 200 characters."))],
    )
    from_on = DateField(_l("First day"), [InputRequired(_l("Choose a day."))])


for _n in LEVELS:
    setattr(
        NormsForm, f"five_{_n}", IntegerField(_l("five days a week"), [InputRequired(_l("Enter a number.")), _BETWEEN])
    )
    setattr(NormsForm, f"six_{_n}", IntegerField(_l("six days a week"), [Optional(), _BETWEEN]))
    setattr(NormsForm, f"day_{_n}", IntegerField(_l("in one day"), [InputRequired(_l("Enter a number.")), _BETWEEN]))


def filled(norms: Norms, from_on: date) -> dict[str, Any]:
    """The form's first contents: what is in force, from another day on."""
    made: dict[str, Any] = {"from_on": from_on, "source": norms.source}
    for level, one in norms.by_level.items():
        made |= {f"five_{level}": one.week_of_five, f"six_{level}": one.week_of_six, f"day_{level}": one.day}
    return made
