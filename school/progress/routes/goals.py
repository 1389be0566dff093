"""How far the goals were, week by week."""

from flask import request, url_for
from flask.typing import ResponseReturnValue

from school.core.access import Actor, requires
from school.core.languages import gettext as _
from school.core.pages import page
from school.core.sheets import attached, to_xlsx
from school.core.shell import Crumb
from school.progress import words
from school.progress.policy import may_see_progress
from school.progress.queries import get_learning
from school.progress.queries.goal_lines import goal_lines
from school.progress.routes.blueprint import blueprint
from school.progress.seen import SeenLearning
from school.progress.sheets import of_goals


@blueprint.get("/pupils/<uuid:pupil_id>/progress/goals")
@requires(may_see_progress, opens="progress", pupil=get_learning)
def goal_weeks(actor: Actor, pupil: SeenLearning) -> ResponseReturnValue:
    """A line a goal; ``?as=xlsx`` as a file."""
    lines = goal_lines(actor, pupil)
    name = pupil.pupil.short_name
    if request.args.get("as") == "xlsx":
        title = f"{_('Goals week by week')}: {name}"
        return attached(to_xlsx(title, of_goals(lines)), title)
    own = pupil.pupil.is_self
    of_pupil = url_for("progress.pupil", school_id=pupil.school_id, pupil_id=pupil.id)
    above = url_for("progress.mine", school_id=pupil.school_id) if own else of_pupil
    return page(
        "progress/goals.html",
        learning=pupil,
        lines=lines,
        words=words,
        where=(
            Crumb(_("Progress") if own else name, above),
            Crumb(_("Goals week by week")),
        ),
    )
