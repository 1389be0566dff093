"""The first page of a city analyst: twelve figures with their changes, and the tree of districts, schools and year levels."""

from datetime import timedelta
from typing import Any

from flask import abort, request, url_for
from flask.typing import ResponseReturnValue

from school.core.access import Actor, requires
from school.core.languages import gettext as _
from school.core.pages import page
from school.core.sheets import attached, to_xlsx
from school.core.shell import Crumb
from school.home.city import Figure, area_number, area_share, below_by, of_area
from school.home.queries.analyst import units_on
from school.home.queries.areas import Branch, city_branch, district_branch, school_branch
from school.home.routes import blueprint
from school.home.sheets import of_branch
from school.home.weeks import WEEK


def watches_city(actor: Actor, *_things: object) -> bool:
    """The rule of these pages: an analyst of the city."""
    return actor.has("analyst")


@blueprint.get("/city")
@requires(watches_city)
def analyst(_actor: Actor) -> ResponseReturnValue:
    """State of the city in the last seven full days, against the seven before; ``?as=xlsx`` as a file."""
    branch = city_branch()
    if branch is None:
        return page("home/analyst.html", branch=None)
    title = str(_("The city over seven days"))
    return _shown("home/analyst.html", title, branch, of_area(branch, units_on(branch.here.on_date)))


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
    where = (Crumb(_("City"), url_for("home.analyst")), *above, Crumb(title))
    return _shown("home/area.html", title, branch, of_area(branch), where=where)


def _shown(template: str, title: str, branch: Branch, figures: list[Figure], **more: Any) -> ResponseReturnValue:
    last = branch.here.on_date
    week = (last - timedelta(WEEK - 1), last)
    if request.args.get("as") == "xlsx":
        stem = f"{title}, {week[0]} – {week[1]}"
        return attached(to_xlsx(stem, of_branch(branch, figures)), stem)
    asked = request.args.get("figure")
    figure = next((one for one in figures if one.opens and one.key == asked), None)
    if asked and figure is None:
        abort(404)
    return page(
        template,
        figure=figure,
        by_figure=below_by(branch, figure.key) if figure else [],
        title=title,
        branch=branch,
        figures=figures,
        week=week,
        area_number=area_number,
        area_share=area_share,
        **more,
    )
