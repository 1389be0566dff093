"""School marks beside outside diagnostics, and value added, for deputy head and head; bringing results in."""

from flask import abort, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from content_library.models import Subject
from school.classes.queries import get_group
from school.classes.seen import SeenGroup
from school.core import clock
from school.core.access import Actor, requires
from school.core.database import db
from school.core.languages import gettext as _
from school.core.pages import go_to, page, toast
from school.core.sheets import attached, to_xlsx
from school.core.shell import Crumb, address_of
from school.progress.actions import bring_results
from school.progress.drawing import funnel
from school.progress.forms import ResultsForm
from school.progress.pasted import Fault, read_lines
from school.progress.policy import may_compare_school, may_open_class
from school.progress.queries.outside import behind, compared, pupils_by_name, sittings_of
from school.progress.routes.blueprint import blueprint
from school.progress.sheets import of_diagnostics, of_pupils

MOST_FAULTS = 10


@blueprint.get("/diagnostics")
@requires(may_compare_school)
def diagnostics(actor: Actor) -> ResponseReturnValue:
    """The newest diagnostic, or the one that ``?of`` names by its place; ``?as=xlsx`` as a file."""
    school_id = actor.school_id or 0
    sittings = sittings_of(school_id, actor.locale)
    place = request.args.get("of", 0, type=int)
    if place and not 0 <= place < len(sittings):
        abort(404)
    found = compared(school_id, sittings[place], sittings) if sittings else None
    if found and request.args.get("as") == "xlsx":
        title = f"{found.sitting.subject}: {found.sitting.name}, {found.sitting.on_date}"
        return attached(to_xlsx(title, of_diagnostics(found)), title)
    return page(
        "progress/diagnostics.html",
        sittings=sittings,
        place=place,
        found=found,
        funnel=funnel(found) if found else None,
        school_id=school_id,
        where=(Crumb(_("Reports"), address_of("reports.overview", school_id=school_id)), Crumb(_("Diagnostics"))),
    )


@blueprint.get("/diagnostics/classes/<uuid:group_id>")
@requires(may_open_class, opens="progress", group=get_group)
def diagnostic_rows(actor: Actor, group: SeenGroup) -> ResponseReturnValue:
    """The pupils behind the figures of a class, by name; ``?as=xlsx`` as a file."""
    sittings = sittings_of(group.school_id, actor.locale)
    place = request.args.get("of", 0, type=int)
    if not 0 <= place < len(sittings):
        abort(404)
    sitting = sittings[place]
    earlier, lines = behind(group, sitting, sittings)
    title = f"{group.name}, {sitting.subject}: {sitting.name}, {sitting.on_date}"
    if request.args.get("as") == "xlsx":
        return attached(to_xlsx(title, of_pupils(lines)), title)
    return page(
        "progress/diagnostic_rows.html",
        group=group,
        sitting=sitting,
        earlier=earlier,
        lines=lines,
        place=place,
        where=(
            Crumb(_("Diagnostics"), url_for("progress.diagnostics", school_id=group.school_id, of=place)),
            Crumb(group.name),
        ),
    )


@blueprint.route("/diagnostics/new", methods=["GET", "POST"])
@requires(may_compare_school)
def bring(actor: Actor) -> ResponseReturnValue:
    """Paste the results of one; nothing is kept while a line is wrong."""
    school_id = actor.school_id or 0
    subjects = {one.id: one for one in db.session.scalars(select(Subject).order_by(Subject.sort, Subject.id))}
    form = ResultsForm(on_date=clock.today())
    form.subject.choices = [(one.id, one.name_en if actor.locale == "en" else one.name_ru) for one in subjects.values()]
    faults: list[Fault] = []
    if form.validate_on_submit():
        results, faults = read_lines(form.lines.data, pupils_by_name(school_id))
        if results and not faults:
            kept = bring_results(actor, subjects[form.subject.data], form.name.data, form.on_date.data, results)
            toast(_("Results brought in: %(n)s.", n=kept))
            return go_to("progress.diagnostics", school_id=school_id)
    return page(
        "progress/bring.html",
        status=422 if request.method == "POST" else 200,
        form=form,
        faults=faults[:MOST_FAULTS],
        left=max(0, len(faults) - MOST_FAULTS),
        school_id=school_id,
        where=(
            Crumb(_("Diagnostics"), url_for("progress.diagnostics", school_id=school_id)),
            Crumb(_("Bring results in")),
        ),
    )
