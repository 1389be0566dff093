"""The deputy head's first page: what needs a decision now."""

from datetime import date, timedelta

from flask import url_for
from flask.typing import ResponseReturnValue

from school.core import clock
from school.core.access import Actor, requires
from school.core.days import week_of
from school.core.languages import gettext as _
from school.core.pages import page
from school.core.rows import Row
from school.home.queries.deputy import (
    Behind,
    absent_today,
    changes_today,
    control_loads,
    day_of_school,
    journals_behind,
)
from school.home.routes import blueprint
from school.home.words import lessons_words, pupils_words

SHOWN = 6
"""Lines of a list before the rest folds away."""
FRIDAY = 5


def runs_studies(actor: Actor) -> bool:
    """The rule of this page: deputy heads, and the head, whose own page leads here."""
    return actor.has("deputy", "head")


@blueprint.get("/s/<int:school_id>/deputy")
@requires(runs_studies)
def deputy(actor: Actor) -> ResponseReturnValue:
    """Lessons without anybody, substitutions, journals, absences without a word, check works."""
    today = clock.today()
    day = day_of_school(actor)
    if not day.classes:
        return page("home/deputy_new.html", today=today)
    monday, sunday = working_week(today)
    changes = changes_today(actor) if day.changed else []
    behind = journals_behind(actor)
    absent = absent_today(actor) if day.with_presence else []
    missing_url = url_for("home.missing", school_id=actor.school_id)
    unfilled_url = url_for("home.unfilled", school_id=actor.school_id)
    return page(
        "home/deputy.html",
        today=today,
        day=day,
        changes=changes,
        uncovered=[one for one in changes if one.is_uncovered],
        late_rows=[
            Row(one.teacher, _lacks(one), lessons_words(one.unfilled), unfilled_url) for one in behind if one.unfilled
        ],
        homework_rows=[Row(one.teacher, end=lessons_words(one.no_homework)) for one in behind if one.no_homework],
        without_homework=sum(one.no_homework for one in behind),
        unfilled=sum(one.unfilled for one in behind),
        shown=SHOWN,
        silent=sum(one.unexplained for one in absent),
        silent_rows=[
            Row(one.name, end=pupils_words(one.unexplained), url=missing_url) for one in absent if one.unexplained
        ],
        absent=sum(one.absent for one in absent),
        controls=control_loads(actor, monday, sunday),
        week_is_next=monday > today,
        school_id=actor.school_id,
    )


def _lacks(one: Behind) -> str:
    """«ещё нет: присутствие 2, тема 1»."""
    parts = []
    if one.no_presence:
        parts.append(_("attendance %(n)s", n=one.no_presence))
    if one.no_topic:
        parts.append(_("topic %(n)s", n=one.no_topic))
    return _("still missing: %(what)s", what=", ".join(parts))


def working_week(today: date) -> tuple[date, date]:
    """The running week; on its last two days the next one, for the running one can't be changed any more."""
    return week_of(today + timedelta(2) if today.isoweekday() > FRIDAY else today)
