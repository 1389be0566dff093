"""The list of reports: what the reader may open, and what they have ordered."""

from itertools import chain

from flask.typing import ResponseReturnValue

from school.classes.queries import courses_taught
from school.core.access import Actor, requires
from school.core.languages import gettext as _
from school.core.pages import page
from school.core.shell import Crumb
from school.reports.orders import SETS, set_name
from school.reports.papers import CLASS_PAPERS, paper_name
from school.reports.policy import may_list_reports, may_report_school
from school.reports.queries import (
    classes_of_school,
    led_classes,
    orders_of,
    period_among,
    periods_of_school,
    teachers_of_school,
)
from school.reports.routes.blueprint import blueprint


@blueprint.get("/reports")
@requires(may_list_reports)
def overview(actor: Actor) -> ResponseReturnValue:
    """Own classes and courses; for deputy head and head the school."""
    whole = may_report_school(actor)
    found = periods_of_school(actor.school_id or 0) if whole else []
    last = period_among(found[0], None) if found else None
    return page(
        "reports/overview.html",
        whole=whole,
        classes=classes_of_school(actor) if whole else [],
        led=led_classes(actor),
        teachers=teachers_of_school(actor) if whole else [],
        courses=courses_taught(actor),
        papers=[(name, paper_name(name)) for name in CLASS_PAPERS],
        periods=[(one.word, f"{one.name}, {one.year_name}") for one in chain.from_iterable(found)],
        last=last.word if last else "",
        sets=[(name, set_name(name)) for name in SETS],
        orders=orders_of(actor),
        member_id=actor.member_id,
        school_id=actor.school_id,
        where=(Crumb(_("Reports")),),
    )
