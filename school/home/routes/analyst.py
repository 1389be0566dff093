"""The first page of a city analyst: twelve figures with their changes, and the tree of districts, schools and year levels."""

from datetime import timedelta
from typing import Any

from flask import url_for
from flask.typing import ResponseReturnValue

from school.core import clock
from school.core.access import Actor, requires
from school.core.languages import gettext as _
from school.core.pages import page
from school.core.shell import Crumb
from school.home.city import area_number, area_share, of_area, twelve
from school.home.queries.analyst import city_days
from school.home.queries.areas import Branch, city_branch, district_branch, school_branch
from school.home.routes import blueprint
from school.home.weeks import WEEK


def watches_city(actor: Actor, *_things: object) -> bool:
    """The rule of these pages: an analyst of the city."""
    return actor.has("analyst")


@blueprint.get("/city")
@requires(watches_city)
def analyst(_actor: Actor) -> ResponseReturnValue:
    """State of the city in the last seven full days, against the seven before."""
    today = clock.today()
    last = today - timedelta(1)
    days = city_days(today - timedelta(2 * WEEK))
    return page(
        "home/analyst.html",
        figures=twelve(days, today) if days.by_date else [],
        week=(last - timedelta(WEEK - 1), last),
        counted_at=days.counted_at,
        branch=city_branch(),
        **_drawing(),
    )


@blueprint.get("/city/districts/<string:area_id>")
@requires(watches_city, area=district_branch)
def district(_actor: Actor, area: Branch) -> ResponseReturnValue:
    """A district and its schools by name."""
    return _area(area, _("District %(name)s", name=area.here.district), ())


@blueprint.get("/city/schools/<int:area_id>")
@requires(watches_city, area=school_branch)
def school_figures(_actor: Actor, area: Branch) -> ResponseReturnValue:
    """A school and its year levels."""
    here = area.here
    above = Crumb(_("District %(name)s", name=here.district), url_for("home.district", area_id=here.district))
    return _area(area, here.name, (above,))


def _area(branch: Branch, title: str, above: tuple[Crumb, ...]) -> ResponseReturnValue:
    last = branch.here.on_date
    return page(
        "home/area.html",
        title=title,
        branch=branch,
        figures=of_area(branch),
        week=(last - timedelta(WEEK - 1), last),
        where=(Crumb(_("City"), url_for("home.analyst")), *above, Crumb(title)),
        **_drawing(),
    )


def _drawing() -> dict[str, Any]:
    return {"area_number": area_number, "area_share": area_share}
