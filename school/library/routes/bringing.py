"""Files of other programs: bring one, look at what is in it, make drafts of it; and tests saved as their files."""

from typing import BinaryIO, cast
from urllib.parse import quote

from flask import Response, abort, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from content_library import NoSuchFile, Unit, interchange, shelf, subjects
from school.core.access import Actor, requires
from school.core.database import db
from school.core.files import storage
from school.core.languages import gettext as _
from school.core.languages import language
from school.core.limits import allow
from school.core.pages import go_to, page, toast
from school.core.shell import Crumb
from school.library.actions.bringing import accept, put_aside
from school.library.actions.bringing import bring as bring_file
from school.library.actions.landing import Wanted
from school.library.forms.bringing import BringForm, PlaceForm
from school.library.interchange.outgoing import as_test
from school.library.interchange.sentences import place_said, sentence
from school.library.models import BroughtFile
from school.library.policy import may_author, may_decide, may_export
from school.library.queries import get_unit, my_units
from school.library.queries.brought import SHOWN, brought_by, exported_version, get_brought, preview_of
from school.library.routes.authoring import library_crumb, mine_crumb
from school.library.routes.blueprint import blueprint

OFTEN = "30 per 10 minute"
"""Reading a file may take a minute of processor time."""


@blueprint.route("/library/import", methods=["GET", "POST"])
@requires(may_author)
def bring(actor: Actor) -> ResponseReturnValue:
    """Bring a file; files that wait for a decision."""
    form = BringForm()
    if form.validate_on_submit():
        if not allow(OFTEN, "library.bring", str(actor.account_id)):
            abort(429)
        sent = form.file.data
        try:
            brought = bring_file(actor, cast("BinaryIO", sent.stream), sent.filename or "")
        except interchange.Refused as problem:
            refusal = problem.at(interchange.Place())
            form.file.errors = [sentence(refusal), *filter(None, [place_said(refusal.place)])]
        else:
            return go_to("library.brought", brought_id=brought.id)
    status = 422 if form.is_submitted() else 200
    where = (library_crumb(), mine_crumb(), Crumb(_("From another program")))
    return page("library/bring.html", form=form, waiting=brought_by(actor), status=status, where=where)


@blueprint.get("/library/import/<uuid:brought_id>")
@requires(may_decide, brought=get_brought)
def brought(actor: Actor, brought: BroughtFile) -> ResponseReturnValue:
    """What is in the file, what is not taken and why."""
    form = _place_form()
    form.suggest(my_units(actor))
    return _look(brought, form, 200)


@blueprint.post("/library/import/<uuid:brought_id>/accept")
@requires(may_decide, brought=get_brought)
def accept_brought(actor: Actor, brought: BroughtFile) -> ResponseReturnValue:
    """Make the drafts."""
    form = _place_form()
    if not form.validate_on_submit():
        return _look(brought, form, 422)
    first, last = form.years
    subject = subjects.get_subject(db.session(), form.subject.data)
    if subject is None:
        abort(404)
    wanted = Wanted(
        subject=subject, year_from=first, year_to=last, licence=form.licence.data, by_category=form.by_category.data
    )
    db.session.expunge(subject)  # reading the file lets go of the database meanwhile
    try:
        landed = accept(actor, brought, wanted)
    except (interchange.Refused, NoSuchFile):
        toast(_("The file can't be read any more. Please bring it again."))
        return go_to("library.bring")
    toast(ngettext("%(num)s draft is made.", "%(num)s drafts are made.", len(landed.units)))
    return go_to("library.mine")


@blueprint.post("/library/import/<uuid:brought_id>/put-aside")
@requires(may_decide, brought=get_brought)
def put_brought_aside(actor: Actor, brought: BroughtFile) -> ResponseReturnValue:
    """Forget the file."""
    put_aside(actor, brought)
    toast(_("The file has been discarded. Nothing was changed."))
    return go_to("library.bring")


@blueprint.get("/library/<uuid:unit_id>/save-as/<form>")
@requires(may_export, unit=get_unit)
def save_as(_actor: Actor, unit: Unit, form: str) -> ResponseReturnValue:
    """The questions of a unit as a file of another program, keys and all."""
    version, chosen = exported_version(unit), interchange.FORMATS.get(form)
    if version is None or chosen is None:
        abort(404)
    files = {file.name: file.sha256 for file in shelf.files_of(db.session(), version)}
    made, lacking = as_test(version.title, [(one.kind, one.spec) for one in shelf.items_of(db.session(), version)])
    if not made.questions and not lacking:
        abort(404)

    def picture(name: str) -> bytes | None:
        if name not in files:
            return None
        with storage().open(files[name]) as stream:
            return stream.read()

    data, refused = chosen.write(made, picture)
    if (lacking or refused) and (request.args.get("partly") != "1" or not made.questions):
        reasons = [(place_said(one.place), sentence(one)) for one in (*lacking, *refused)]
        rest = len(made.questions) - len(refused)
        where = (library_crumb(), Crumb(version.title, url_for("library.unit", unit_id=unit.id)))
        return page("library/not_saved.html", reasons=reasons, rest=rest, unit=unit, form=form, where=where)
    name = f"{version.title[:80]}.{chosen.ending}"
    answer = Response(data, content_type=chosen.content_type)
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _place_form() -> PlaceForm:
    form = PlaceForm()
    form.offer(subjects.all_subjects(db.session()), language())
    return form


def _look(brought: BroughtFile, form: PlaceForm, status: int) -> ResponseReturnValue:
    preview = preview_of(brought)
    return page(
        "library/brought.html",
        status=status,
        brought=brought,
        preview=preview,
        refused=[(place_said(one.place) or brought.name, sentence(one)) for one in preview.refused],
        form=form,
        shown=SHOWN,
        where=(library_crumb(), mine_crumb(), Crumb(brought.name)),
    )
