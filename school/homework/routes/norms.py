"""The norms of homework beside those of load, and the form with which a school makes them stricter."""

from datetime import date
from typing import Any

from flask import request, url_for
from flask.typing import ResponseReturnValue

from school.classes.hooks import NormsPart, on_norms_page
from school.classes.policy import may_set_norms
from school.core import clock
from school.core.access import Actor, requires
from school.core.languages import gettext as _
from school.core.pages import go_to, page, toast
from school.core.shell import Crumb
from school.homework.actions import CannotSet
from school.homework.actions.norms import set_homework_norm
from school.homework.forms import HomeworkNormForm
from school.homework.norms import (
    EVENINGS,
    FREE_WEEKENDS,
    LESSON_SHARES,
    LEVELS,
    SCREENS,
    SET_IN_LESSON,
    SOURCES,
    evening_norm,
    free_weekends_to,
    own_on,
    screen_norm,
)
from school.homework.queries.norms import own_rules
from school.homework.routes.blueprint import blueprint


@on_norms_page
def homework_norms(school_id: int) -> NormsPart:
    """The country's numbers and the school's, each with its document and first day."""
    today, own = clock.today(), own_rules(school_id)
    lines = [(level, evening_norm(level, today), screen_norm(level, today)) for level in LEVELS]
    return NormsPart(
        "homework/_norms.html",
        {
            "lines": lines,
            "now": own_on(today, own),
            "versions": own,
            "weekends_to": free_weekends_to(today),
            "sources": SOURCES,
            "since": {
                "evening": _begun(EVENINGS, today),
                "screen": _begun(SCREENS, today),
                "rest": _begun(FREE_WEEKENDS, today),
                "share": _begun(LESSON_SHARES, today),
                "lesson": max(day for day in SET_IN_LESSON if day <= today),
            },
            "share": next(share for since, share in reversed(LESSON_SHARES) if since <= today),
        },
    )


@blueprint.route("/norms/homework", methods=["GET", "POST"])
@requires(may_set_norms)
def own_norms(actor: Actor) -> ResponseReturnValue:
    """What the school makes stricter; the form begins with what is in force."""
    school_id, today = actor.school_id or 0, clock.today()
    form = HomeworkNormForm(data=_filled(school_id, today))
    free = free_weekends_to(today)
    form.weekends_to.choices = [
        ("", _("up to year %(level)s, as in the country", level=free)),
        *((str(n), _("up to year %(level)s", level=n)) for n in LEVELS if n > free),
    ]
    if form.validate_on_submit():
        try:
            minutes = {n: form[f"minutes_{n}"].data for n in LEVELS if form[f"minutes_{n}"].data is not None}
            weekends = int(form.weekends_to.data) if form.weekends_to.data else None
            set_homework_norm(actor, form.from_on.data, form.source.data, minutes, weekends)
            toast(_("The norms are written down under your name."))
            return go_to("classes.norms", school_id=school_id)
        except CannotSet as refusal:
            form[refusal.field].errors = [refusal.why]
    back = url_for("classes.norms", school_id=school_id)
    return page(
        "homework/norms.html",
        status=422 if request.method == "POST" else 200,
        form=form,
        lines=[(n, evening_norm(n, today)) for n in LEVELS],
        back=back,
        where=(Crumb(_("Norms of load"), back), Crumb(_("Norms of homework"))),
    )


def _begun(rules: tuple[tuple[date, Any], ...], on: date) -> date:
    return max(day for day, _said in rules if day <= on)


def _filled(school_id: int, today: date) -> dict[str, Any]:
    now = own_on(today, own_rules(school_id))
    if now is None:
        return {"from_on": today}
    first = {"from_on": today, "source": now.source, "weekends_to": str(now.weekends_to or "")}
    return first | {f"minutes_{level}": number for level, number in now.minutes.items()}
