"""A pupil's own page of goals; the family reads it."""

from flask import request
from flask.typing import ResponseReturnValue

from school.classes.queries import get_pupil
from school.classes.seen import SeenPupil
from school.core.access import Actor, requires
from school.core.languages import gettext as _
from school.core.pages import go_to, page, toast
from school.core.shell import Crumb
from school.gradebook.actions.goals import TARGETS, set_goals
from school.gradebook.drawing import mean_text
from school.gradebook.policy import may_see_goals, may_set_goals
from school.gradebook.queries.goals import GoalLine, goals_of
from school.gradebook.routes.blueprint import blueprint
from school.gradebook.wording import ways_words


@blueprint.get("/pupils/<uuid:pupil_id>/goals")
@requires(may_see_goals, pupil=get_pupil)
def goals(actor: Actor, pupil: SeenPupil) -> ResponseReturnValue:
    """Each subject with its mean, the goal and the shortest way there."""
    return page(
        "gradebook/goals.html",
        where=(Crumb(_("My goals")),) if pupil.is_self else (Crumb(pupil.short_name), Crumb(_("Goals"))),
        pupil=pupil,
        lines=goals_of(pupil, actor.locale),
        choices=[("", _("no goal")), *((str(one), str(one)) for one in TARGETS)],
        mean_text=lambda mean: mean_text(mean, actor.locale),
        ways_words=ways_words,
    )


@blueprint.post("/pupils/<uuid:pupil_id>/goals")
@requires(may_set_goals, pupil=get_pupil)
def keep_goals(actor: Actor, pupil: SeenPupil) -> ResponseReturnValue:
    """The goals of the subjects on the page."""
    set_goals(actor, pupil, {line.term.subject_id: _target(line) for line in goals_of(pupil, actor.locale)})
    toast(_("Saved."))
    return go_to("gradebook.goals", school_id=pupil.school_id, pupil_id=pupil.id)


def _target(line: GoalLine) -> int | None:
    given = request.form.get(f"goal_{line.term.subject_id}", "")
    return int(given) if given.isdecimal() else None
