"""The load of all classes beside the norm, and the norms as dated data with an owner."""

from flask import request, url_for
from flask.typing import ResponseReturnValue

from school.classes.actions.norms import set_heavy, set_norms
from school.classes.errors import CannotDo
from school.classes.forms.norms import HeavyForm, NormsForm, filled
from school.classes.heavy import heavy_on
from school.classes.hooks import norms_parts
from school.classes.load import IN_FORCE, LEVELS, norms_on
from school.classes.policy import may_set_norms, sees_all_groups
from school.classes.queries.heavy import heavy_meetings, own_heavy, subject_names
from school.classes.queries.norms import loads_of_classes, own_norms
from school.classes.routes.blueprint import blueprint
from school.classes.routes.forms_page import FormPage, form_page
from school.classes.words import weekday_words
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
    heavy_own = own_heavy(school_id)
    heavy_now = heavy_on(today, heavy_own)
    return page(
        "classes/norms.html",
        classes=loads_of_classes(school_id, today, own),
        now=now,
        above=_above(now, norms_on(today)),
        heavy=heavy_now,
        heavy_versions=heavy_own,
        meetings=heavy_meetings(school_id, today, heavy_now),
        names=subject_names(actor.locale),
        parts=[maker(school_id) for maker in norms_parts],
        weekdays={n: weekday_words(n).lower() for n in range(1, 8)},
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


@blueprint.route("/norms/heavy", methods=["GET", "POST"])
@requires(may_set_norms)
def heavy(actor: Actor) -> ResponseReturnValue:
    """Which subjects must not meet on one day; the form begins with what is in force."""
    school_id, today = actor.school_id or 0, clock.today()
    now = heavy_on(today, own_heavy(school_id))
    start = {"subjects": sorted(now.subjects), "most": now.most, "source": now.source} if now else {"most": 1}
    form = HeavyForm(data={**start, "from_on": today})
    form.subjects.choices = list(subject_names(actor.locale).items())
    return form_page(
        FormPage(
            _("Subjects with heavy homework"),
            _("Write down"),
            url_for("classes.norms", school_id=school_id),
            (Crumb(_("Norms of load"), url_for("classes.norms", school_id=school_id)), Crumb(_("Heavy homework"))),
            about=_(
                "The timetable warns where more of them than this meet on one day of a pupil. No subject chosen: the rule ends."
            ),
        ),
        form,
        [("subjects", "", True), "most", "source", "from_on"],
        lambda: _heavy_set(actor, form),
    )


def _heavy_set(actor: Actor, form: HeavyForm) -> str:
    set_heavy(actor, form.from_on.data, form.source.data, form.subjects.data or [], form.most.data)
    return _("The norms are written down under your name.")


def _above(now: object, country: object) -> list[int]:
    """Year levels to which the school's norms give more than the country's."""
    ours, theirs = getattr(now, "by_level", {}), getattr(country, "by_level", {})
    return [level for level, one in ours.items() if level in theirs and one.exceeds(theirs[level])]
