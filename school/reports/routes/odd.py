"""Marks that were put by an odd author, at an odd hour or from an odd place, with their histories."""

from dataclasses import asdict
from datetime import date

from flask import request, url_for
from flask.typing import ResponseReturnValue

from school.core import clock
from school.core.access import Actor, requires
from school.core.days import short_day
from school.core.languages import gettext as _
from school.core.languages import ngettext
from school.core.pages import go_to, page, toast
from school.core.shell import Crumb, address_of
from school.notices.hooks import Said, Topic, says
from school.notices.seen import SeenNotice
from school.reports.actions.ruling import CannotRule, set_watch
from school.reports.actions.watching import KIND
from school.reports.forms import WatchForm
from school.reports.policy import may_report_school
from school.reports.queries.odd import odd_marks, refused_marks
from school.reports.queries.watching import watch_on
from school.reports.queries.watching import watch_rules as watches_of
from school.reports.routes.answering import trail
from school.reports.routes.blueprint import blueprint
from school.reports.watch import Watch


@blueprint.get("/reports/unusual-marks")
@requires(may_report_school)
def odd(actor: Actor) -> ResponseReturnValue:
    """The last thirty days."""
    return page(
        "reports/odd.html",
        found=odd_marks(actor),
        refused=refused_marks(actor),
        reasons=reasons(),
        school_id=actor.school_id,
        where=(*trail(actor.school_id or 0), Crumb(_("Unusual marks"))),
    )


@blueprint.route("/reports/unusual-marks/rules", methods=["GET", "POST"])
@requires(may_report_school)
def watch_rules(actor: Actor) -> ResponseReturnValue:
    """What is unusual, since when and by whose word; and a new rule from a day on."""
    school_id, today = actor.school_id or 0, clock.today()
    form = WatchForm(data={**asdict(watch_on(school_id, today)), "from_on": today})
    if form.validate_on_submit():
        try:
            set_watch(actor, form.from_on.data, form.watch)
        except CannotRule as refusal:
            form.form_errors.append(refusal.why)
        else:
            toast(_("The rule is written down under your name."))
            return go_to("reports.watch_rules", school_id=school_id)
    return page(
        "reports/watch_rules.html",
        status=422 if request.method == "POST" else 200,
        form=form,
        rules=watches_of(school_id),
        usual=Watch(),
        today=today,
        norms_url=address_of("classes.norms", school_id=school_id),
        where=(
            *trail(school_id),
            Crumb(_("Unusual marks"), url_for("reports.odd", school_id=school_id)),
            Crumb(_("Rules")),
        ),
    )


def reasons() -> dict[str, str]:
    """Why a mark is unusual."""
    return {
        "author": _("put by somebody who does not teach this course"),
        "hour": _("at an unusual hour"),
        "place": _("from a device this person had not used before"),
    }


@says(KIND, Topic.MARKS, brief=lambda _notice: _("Unusual marks: please look at them"))
def unusual(notice: SeenNotice) -> Said:
    """To deputy heads."""
    about = notice.about
    words = "; ".join(reasons()[why] for why in about["why"])
    named = [
        f"{one['pupil']}, {one['work']}, {short_day(date.fromisoformat(one['on']))}" for one in about.get("marks", [])
    ]
    left = int(about.get("number", 0)) - len(named)
    if left > 0:
        named.append(ngettext("%(num)s more", "%(num)s more", left))
    if named:
        words = f"{words}. {'; '.join(named)}."
    title = _("Unusual marks: %(group)s", group=notice.about["group"])
    return Said(title, words, url_for("reports.odd", school_id=notice.school_id), _("History of the marks"))
