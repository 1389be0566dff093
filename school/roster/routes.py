"""Bringing rosters and timetables in through the page: bring, look, decide; and take the last one back."""

from flask import Blueprint, flash
from flask.typing import ResponseReturnValue

from content_library.storage import NoSuchFile
from school.core.access import Actor, requires
from school.core.languages import gettext as _
from school.core.pages import go_to, page, toast
from school.core.shell import Crumb
from school.roster import queries
from school.roster.actions import CannotUndo, apply_upload, discard, keep_upload, preview_upload, take_back
from school.roster.formats import UnreadableError
from school.roster.forms import UploadForm
from school.roster.models import ImportKind, RosterRun, RosterUpload
from school.roster.planning.steps import Verb
from school.roster.policy import may_decide, may_import, may_see_run
from school.roster.said import Said

blueprint = Blueprint("roster", __name__, template_folder="templates")
SHOWN = 60
"""Lines of each list on the preview; the rest is counted."""


@blueprint.app_template_filter("in_words")
def in_words(said: Said) -> str:
    """A sentence of the import in the reader's language."""
    values = {name: in_words(one) if isinstance(one, Said) else one for name, one in said.values}
    return str(_(said.text, **values))


def _crumbs(actor: Actor, *more: Crumb) -> tuple[Crumb, ...]:
    return (Crumb(_("Import"), f"/s/{actor.school_id}/roster"), *more)


@blueprint.route("/s/<int:school_id>/roster", methods=["GET", "POST"])
@requires(may_import)
def imports(actor: Actor) -> ResponseReturnValue:
    """Bring a file; files that wait; what was imported."""
    form = UploadForm()
    if form.validate_on_submit():
        kind = ImportKind(form.kind.data)
        upload = keep_upload(actor, kind, form.file.data.filename or "", form.file.data.read())
        return go_to("roster.look", school_id=actor.school_id, upload_id=upload.id)
    return page(
        "roster/imports.html",
        status=422 if form.is_submitted() else 200,
        where=_crumbs(actor),
        form=form,
        uploads=queries.uploads_of(actor),
        runs=queries.runs_of(actor),
    )


@blueprint.get("/s/<int:school_id>/roster/files/<uuid:upload_id>")
@requires(may_decide, upload=queries.get_upload)
def look(actor: Actor, upload: RosterUpload) -> ResponseReturnValue:
    """What applying the file would do."""
    preview, problem = None, None
    try:
        preview = preview_upload(actor, upload)
    except UnreadableError as error:
        problem = error.bad_row
    except NoSuchFile:
        flash(_("The file was kept for a while and has been deleted. Please upload it again."), "warn")
    crumbs = _crumbs(actor, Crumb(upload.file_name))
    return page(
        "roster/look.html", where=crumbs, upload=upload, preview=preview, problem=problem, verbs=list(Verb), shown=SHOWN
    )


@blueprint.post("/s/<int:school_id>/roster/files/<uuid:upload_id>/apply")
@requires(may_decide, upload=queries.get_upload)
def apply(actor: Actor, upload: RosterUpload) -> ResponseReturnValue:
    """Do what was shown; a file applied already is not applied again."""
    try:
        run = apply_upload(actor, upload)
    except (UnreadableError, NoSuchFile):
        return go_to("roster.look", school_id=actor.school_id, upload_id=upload.id)
    if run is None:
        toast(_("Nothing needed changing."))
        return go_to("roster.imports", school_id=actor.school_id)
    toast(_("Done. You can undo this import as long as nothing has been built on it."))
    return go_to("roster.result", school_id=actor.school_id, run_id=run.id)


@blueprint.post("/s/<int:school_id>/roster/files/<uuid:upload_id>/discard")
@requires(may_decide, upload=queries.get_upload)
def throw_away(actor: Actor, upload: RosterUpload) -> ResponseReturnValue:
    """Forget a file that waits."""
    discard(actor, upload)
    toast(_("The file has been discarded. Nothing was changed."))
    return go_to("roster.imports", school_id=actor.school_id)


@blueprint.get("/s/<int:school_id>/roster/runs/<uuid:run_id>")
@requires(may_see_run, run=queries.get_run)
def result(actor: Actor, run: RosterRun) -> ResponseReturnValue:
    """What an import did."""
    crumbs = _crumbs(actor, Crumb(run.files))
    return page("roster/result.html", where=crumbs, run=run, can_undo=queries.can_undo(run))


@blueprint.post("/s/<int:school_id>/roster/runs/<uuid:run_id>/undo")
@requires(may_see_run, run=queries.get_run)
def undo(actor: Actor, run: RosterRun) -> ResponseReturnValue:
    """Take an import back, or say what stands on it."""
    try:
        take_back(actor, run)
    except CannotUndo as refusal:
        crumbs = _crumbs(actor, Crumb(run.files))
        return page("roster/result.html", status=409, where=crumbs, run=run, can_undo=False, refusal=refusal)
    toast(_("The import has been undone. Everything is as it was before."))
    return go_to("roster.imports", school_id=actor.school_id)
