"""The blueprint of tasks."""

from flask import Blueprint
from markupsafe import Markup

from school.core.languages import gettext as _
from school.tasks.kinds.drawings import Drawing, alt_of, svg_of

blueprint = Blueprint("tasks", __name__, template_folder="../templates")


@blueprint.app_template_filter("drawn")
def drawn(drawing: Drawing) -> Markup:
    """A picture made from a variant's numbers, with its words in the reader's language."""
    told = alt_of(drawing)
    return Markup(svg_of(drawing, _(told.msgid, **told.values)))  # noqa: S704 - texts in it are escaped where it is made
