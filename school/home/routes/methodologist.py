"""The methodologist's first page: what waits for review, and where the library is thin."""

from flask.typing import ResponseReturnValue

from school.core import clock
from school.core.access import Actor, requires
from school.core.languages import gettext as _
from school.core.pages import page
from school.home.queries.methodologist import YEARS, newest_units, stock, waiting_units
from school.home.routes import blueprint


def reviews_library(actor: Actor) -> bool:
    """The rule of this page: a methodologist of the city."""
    return actor.has("methodologist")


@blueprint.get("/methodologist")
@requires(reviews_library)
def methodologist(actor: Actor) -> ResponseReturnValue:
    """Units under review with their days, the newest ones, the library by kind, and its gaps."""
    waiting, how_many = waiting_units(actor.locale)
    today = clock.today()
    return page(
        "home/methodologist.html",
        waiting=[(one, (today - clock.local(one.at).date()).days) for one in waiting],
        how_many=how_many,
        newest=newest_units(actor.locale),
        stock=stock(actor.locale),
        kinds=kind_words(),
        years=YEARS,
    )


def kind_words() -> dict[str, tuple[str, str]]:
    """Kinds of units: one, and many."""
    return {
        "assignment": (_("Assignment"), _("Assignments")),
        "test": (_("Test"), _("Tests")),
        "scenario": (_("Lesson scenario"), _("Lesson scenarios")),
        "presentation": (_("Presentation"), _("Presentations")),
        "video": (_("Video"), _("Videos")),
        "textbook": (_("Textbook"), _("Textbooks")),
    }
