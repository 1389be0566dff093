"""Marks that were put by an odd author, at an odd hour or from an odd place, with their histories."""

from datetime import date

from flask import url_for
from flask.typing import ResponseReturnValue

from school.core.access import Actor, requires
from school.core.days import short_day
from school.core.languages import gettext as _
from school.core.languages import ngettext
from school.core.pages import page
from school.core.shell import Crumb
from school.notices.hooks import Said, Topic, says
from school.notices.seen import SeenNotice
from school.reports.actions.watching import KIND
from school.reports.policy import may_report_school
from school.reports.queries.odd import odd_marks, refused_marks
from school.reports.routes.answering import trail
from school.reports.routes.blueprint import blueprint


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
