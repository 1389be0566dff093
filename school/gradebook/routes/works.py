"""Marking homework from its review page, which belongs to the feature below and shows our part."""

from typing import Any

from flask import request
from flask.typing import ResponseReturnValue

from school.core.access import Actor, requires
from school.core.database import new_id
from school.core.languages import gettext as _
from school.core.languages import ngettext
from school.core.pages import go_to, toast
from school.gradebook.actions import confirm_proposed, mark_work
from school.gradebook.entries import Status
from school.gradebook.errors import MarkConflict, NotNow
from school.gradebook.forms import read_sign
from school.gradebook.journal import Journal
from school.gradebook.policy import may_mark_homework, may_mark_work
from school.gradebook.queries import get_journal, mark_in_review
from school.gradebook.routes.blueprint import blueprint
from school.homework.actions import score_work
from school.homework.hooks import REVIEW_PARTS, ReviewPart
from school.homework.queries import get_homework, work_of, works
from school.homework.scale import BadPoints, points_in
from school.homework.seen import SeenHomework, SeenWork


@blueprint.post("/homework/<uuid:homework_id>/marks/<uuid:pupil_id>", endpoint="mark_work")
@requires(may_mark_work, homework=get_homework, pupil=work_of)
def mark_work_view(actor: Actor, homework: SeenHomework, pupil: SeenWork) -> ResponseReturnValue:
    """Accept the work and put the mark that was pressed; then the next work that waits."""
    sign = read_sign(request.form.get("sign", ""), request.form.get("comment", "").strip())
    version = request.form.get("version", type=int, default=pupil.state.version)
    try:
        points = points_in(homework.rubric or [], request.form)
        version = score_work(actor, homework, pupil, points, version=version)
        mark_work(actor, _journal(actor, homework), homework, pupil, sign, version=version, client_id=new_id())
    except (MarkConflict, NotNow) as why:
        toast(why.why)
        return _to_review(homework, pupil)
    except BadPoints:
        toast(_("Give points for each criterion, not more than stand beside it."))
        return _to_review(homework, pupil)
    toast(_("%(name)s: %(mark)s, accepted", name=pupil.name, mark=sign.text))
    following = next((one for one in works(homework) if one.state.state == "handed_in"), pupil)
    return _to_review(homework, following)


@blueprint.post("/homework/<uuid:homework_id>/marks", endpoint="confirm_proposed")
@requires(may_mark_homework, homework=get_homework)
def confirm_proposed_view(actor: Actor, homework: SeenHomework) -> ResponseReturnValue:
    """Put all the marks that the machine's points suggest."""
    try:
        answers = confirm_proposed(actor, _journal(actor, homework), homework)
    except NotNow as why:
        toast(why.why)
    else:
        n = sum(one.status is Status.SAVED for one in answers)
        toast(ngettext("%(num)s mark is in the journal.", "%(num)s marks are in the journal.", n))
    return go_to("homework.review", school_id=homework.school_id, homework_id=homework.id)


def _journal(actor: Actor, homework: SeenHomework) -> Journal:
    found = get_journal(actor, homework.course.id)
    if found is None:
        raise LookupError("a homework has a course")
    return found


def _to_review(homework: SeenHomework, work: SeenWork) -> ResponseReturnValue:
    return go_to("homework.review", school_id=homework.school_id, homework_id=homework.id, pupil=work.pupil_id)


def _part(_actor: Actor, homework: SeenHomework, work: SeenWork) -> dict[str, Any]:
    """What the review shows of the journal: the mark that stands, the keys, and the proposals that wait."""
    mark, waiting = mark_in_review(homework, work)
    return {"mark": mark, "waiting": waiting}


REVIEW_PARTS.append(ReviewPart("gradebook/_review_part.html", _part))
