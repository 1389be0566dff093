"""The head's first page: the school today in plain sentences, and what needs a decision first."""

from datetime import timedelta

from flask.typing import ResponseReturnValue

from school.core import clock
from school.core.access import Actor, requires
from school.core.pages import page
from school.home.queries.deputy import day_of_school
from school.home.queries.head import Presence, counted_days, levels_of, presence_today, unfilled_lessons
from school.home.routes import blueprint
from school.home.weeks import WEEK, percent

NOBODY_LOOKED = Presence(expected=0, missed=0, absent=0, unexplained=0)
"""Before the first presence of the day is taken there is nothing to ask the database."""


def heads_school(actor: Actor) -> bool:
    """The rule of this page."""
    return actor.has("head")


@blueprint.get("/s/<int:school_id>/head")
@requires(heads_school)
def head(actor: Actor) -> ResponseReturnValue:
    """Presence, changes of the day, journals, marks of the week, results by year level."""
    today = clock.today()
    day = day_of_school(actor)
    if not day.classes:
        return page("home/head_new.html", today=today)
    presence = presence_today(actor) if day.with_presence else NOBODY_LOOKED
    days, last = counted_days(actor, today - timedelta(2 * WEEK)), today - timedelta(1)
    return page(
        "home/head.html",
        today=today,
        day=day,
        presence=presence,
        present=percent(presence.expected - presence.missed, presence.expected),
        unfilled=unfilled_lessons(actor),
        marks=days.total("marks", last) if days.has_week(last) else None,
        marks_before=days.total("marks", last - timedelta(WEEK)) if days.has_week(last - timedelta(WEEK)) else None,
        week=(last - timedelta(WEEK - 1), last),
        counted_at=days.counted_at,
        levels=[(one, percent(one.passing, one.pupils), percent(one.good, one.pupils)) for one in levels_of(actor)],
        school_id=actor.school_id,
    )
