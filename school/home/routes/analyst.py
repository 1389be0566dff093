"""The city analyst's first page: twelve figures of the city, and its schools by name."""

from datetime import timedelta

from flask import request
from flask.typing import ResponseReturnValue

from school.core import clock
from school.core.access import Actor, requires
from school.core.pages import page
from school.home.city import number, share, twelve
from school.home.queries.analyst import city_days, school_weeks
from school.home.routes import blueprint
from school.home.weeks import WEEK


def watches_city(actor: Actor) -> bool:
    """The rule of this page: an analyst of the city."""
    return actor.has("analyst")


@blueprint.get("/city")
@requires(watches_city)
def analyst(_actor: Actor) -> ResponseReturnValue:
    """State of the city in the last seven full days, against the seven before."""
    today = clock.today()
    last = today - timedelta(1)
    days = city_days(today - timedelta(2 * WEEK))
    name, school = request.args.get("after", ""), request.args.get("school", 0, type=int)
    return page(
        "home/analyst.html",
        figures=twelve(days, today) if days.by_date else [],
        week=(last - timedelta(WEEK - 1), last),
        counted_at=days.counted_at,
        weeks=school_weeks(last, name, school),
        is_first=not name,
        number=number,
        share=share,
    )
