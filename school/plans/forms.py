"""A plan typed or pasted."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import TextAreaField
from wtforms.validators import InputRequired, Length


class PlanForm(FlaskForm):  # type: ignore[misc]  # the library has no types
    """One topic a line."""

    text = TextAreaField(
        _l("Topics, one a line"),
        [
            InputRequired(_l("Write at least one topic.")),
            Length(max=60_000, message=_l("At most 60,000 characters.")),
        ],
    )
