"""The history of one mark, for whoever must settle a quarrel about it."""

from flask.typing import ResponseReturnValue

from school.classes.queries import get_pupil
from school.classes.seen import SeenPupil
from school.core import clock
from school.core.access import Actor, requires
from school.core.languages import gettext as _
from school.core.pages import page
from school.core.shell import Crumb, address_of
from school.reports.policy import may_settle
from school.reports.queries.history import DisputedMark, disputed_mark, history_of
from school.reports.routes.blueprint import blueprint


@blueprint.get("/pupils/<uuid:pupil_id>/marks/<uuid:mark_id>/history")
@requires(may_settle, opens="journal", pupil=get_pupil, mark=disputed_mark)
def mark_history(_actor: Actor, pupil: SeenPupil, mark: DisputedMark) -> ResponseReturnValue:
    """Each change with its author, reason and second person, and when the family saw it."""
    at = {"school_id": pupil.school_id, "pupil_id": pupil.id}
    return page(
        "reports/mark_history.html",
        where=(Crumb(pupil.short_name, address_of("gradebook.pupil_marks", **at)), Crumb(_("History of the mark"))),
        pupil=pupil,
        mark=mark,
        events=history_of(mark),
        now=clock.now(),
        receipt_url=address_of("progress.receipt", mark_id=mark.id, **at),
        journal_url=address_of("gradebook.grid", school_id=pupil.school_id, course_id=mark.course_id),
        how={"set": _("put"), "undo": _("by undoing"), "redo": _("by redoing")},
    )
