"""Words on photographed pages, from the review."""

from flask import request
from flask.typing import ResponseReturnValue

from school.core.access import Actor, requires
from school.core.languages import gettext as _
from school.core.pages import go_to, toast
from school.homework.actions.noting import BadNote, note_photo, remove_note
from school.homework.models import PhotoNote, SubmissionPhoto
from school.homework.policy import may_note, may_remove_note
from school.homework.queries import get_homework, work_of
from school.homework.queries.review import get_note, get_photo
from school.homework.routes.blueprint import blueprint
from school.homework.seen import SeenHomework, SeenWork


@blueprint.post("/homework/<uuid:homework_id>/review/<uuid:pupil_id>/photos/<uuid:photo_id>/notes")
@requires(may_note, homework=get_homework, pupil=work_of, photo=get_photo)
def note(actor: Actor, homework: SeenHomework, pupil: SeenWork, photo: SubmissionPhoto) -> ResponseReturnValue:
    """Put words at a place of a page."""
    x, _comma, y = request.form.get("place", "").partition(",")
    try:
        note_photo(actor, photo, int(x), int(y), request.form.get("text", ""))
    except (BadNote, ValueError):
        toast(_("Write a few words and choose their place on the page."))
    return _back(homework, pupil)


@blueprint.post(
    "/homework/<uuid:homework_id>/review/<uuid:pupil_id>/photos/<uuid:photo_id>/notes/<uuid:note_id>/remove"
)
@requires(may_remove_note, homework=get_homework, pupil=work_of, photo=get_photo, note=get_note)
def unnote(
    actor: Actor, homework: SeenHomework, pupil: SeenWork, photo: SubmissionPhoto, note: PhotoNote
) -> ResponseReturnValue:
    """Take a word away."""
    del photo  # it is in the address
    remove_note(actor, note)
    return _back(homework, pupil)


def _back(homework: SeenHomework, pupil: SeenWork) -> ResponseReturnValue:
    return go_to("homework.review", school_id=homework.school_id, homework_id=homework.id, pupil=pupil.pupil_id)
