"""The load of all classes beside the norm, and the norms as dated data with an owner."""

from flask import request, url_for
from flask.typing import ResponseReturnValue

from school.classes.actions.norms import set_norms
from school.classes.errors import CannotDo
from school.classes.forms.norms import NormsForm, filled
from school.classes.load import IN_FORCE, LEVELS, norms_on
from school.classes.policy import may_set_norms, sees_all_groups
from school.classes.queries.norms import loads_of_classes, own_norms
from school.classes.routes.blueprint import blueprint
from school.core import clock
from school.core.access import Actor, requires
from school.core.languages import gettext as _
from school.core.pages import go_to, page, toast
from school.core.shell import Crumb, address_of


@blueprint.get("/norms")
@requires(sees_all_groups)
def norms(actor: Actor) -> ResponseReturnValue:
    """Which classes have more than the norm; what the norm is, since when, by whose word."""
    school_id, today = actor.school_id or 0, clock.today()
    own = own_norms(school_id)
    now = norms_on(today, own)
    return page(
        "classes/norms.html",
        classes=loads_of_classes(school_id, today, own),
        now=now,
        above=_above(now, norms_on(today)),
        versions=sorted((*own, *IN_FORCE), key=lambda one: (one.from_on, one.owner != ""), reverse=True),
        may_set=may_set_norms(actor),
        watch_url=address_of("reports.watch_rules", school_id=school_id),
        today=today,
        school_id=school_id,
        where=(Crumb(_("Classes"), url_for("classes.groups", school_id=school_id)), Crumb(_("Norms of load"))),
    )


@blueprint.route("/norms/new", methods=["GET", "POST"])
@requires(may_set_norms)
def new_norms(actor: Actor) -> ResponseReturnValue:
    """Norms from a day on; the form begins with those in force."""
    school_id, today = actor.school_id or 0, clock.today()
    now = norms_on(today, own_norms(school_id)) or IN_FORCE[-1]
    form = NormsForm(data=filled(now, today))
    if form.validate_on_submit():
        try:
            set_norms(actor, form.from_on.data, form.source.data, form.by_level())
        except CannotDo as refusal:
            form.from_on.errors = [refusal.why]
        else:
            toast(_("The norms are written down under your name."))
            return go_to("classes.norms", school_id=school_id)
    back = url_for("classes.norms", school_id=school_id)
    return page(
        "classes/new_norms.html",
        status=422 if request.method == "POST" else 200,
        form=form,
        levels=LEVELS,
        back=back,
        where=(Crumb(_("Norms of load"), back), Crumb(_("New norms"))),
    )


def _above(now: object, country: object) -> list[int]:
    """Year levels to which the school's norms give more than the country's."""
    ours, theirs = getattr(now, "by_level", {}), getattr(country, "by_level", {})
    return [level for level, one in ours.items() if level in theirs and one.exceeds(theirs[level])]
