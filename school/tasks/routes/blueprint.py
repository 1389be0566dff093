"""The blueprint of tasks."""

from datetime import datetime

from flask import Blueprint
from flask_babel import format_datetime
from markupsafe import Markup

from school.core.languages import gettext as _
from school.tasks.kinds.drawings import Drawing, alt_of, svg_of

blueprint = Blueprint("tasks", __name__, template_folder="../templates")


@blueprint.app_template_filter("drawn")
def drawn(drawing: Drawing) -> Markup:
    """A picture made from a variant's numbers, with its words in the reader's language."""
    told = alt_of(drawing)
    return Markup(svg_of(drawing, _(told.msgid, **told.values)))  # noqa: S704 - texts in it are escaped where it is made


@blueprint.app_template_filter("moment_words")
def moment_words(moment: datetime) -> str:
    """«24 ноября, 18:05»."""
    return str(format_datetime(moment, "d MMMM, HH:mm"))
