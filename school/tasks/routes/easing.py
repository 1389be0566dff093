"""The page where the class teacher or a deputy says what makes tasks easier for a pupil."""

from flask import request, url_for
from flask.typing import ResponseReturnValue

from school.classes.queries import get_pupil
from school.classes.seen import SeenPupil
from school.core.access import Actor, requires
from school.core.languages import gettext as _
from school.core.pages import go_to, page, toast
from school.core.shell import Crumb
from school.tasks.actions.easing import set_ease
from school.tasks.ease import Ease
from school.tasks.forms import EaseForm
from school.tasks.policy import may_ease
from school.tasks.queries.easing import ease_of, steps_of
from school.tasks.routes.blueprint import blueprint


@blueprint.route("/s/<int:school_id>/pupils/<uuid:pupil_id>/accommodations", methods=["GET", "POST"])
@requires(may_ease, opens="accommodations", pupil=get_pupil)
def easing(actor: Actor, pupil: SeenPupil) -> ResponseReturnValue:
    """What holds now, who said so and when, and the form to change it."""
    now = ease_of(pupil)
    form = EaseForm(more_time=str(now.more_time), larger_print=now.larger_print, fewer=str(now.fewer))
    if form.validate_on_submit():
        set_ease(actor, pupil, Ease(int(form.more_time.data), bool(form.larger_print.data), int(form.fewer.data)))
        toast(_("Saved. It holds for tasks that are begun from now on."))
        return go_to("tasks.easing", school_id=pupil.school_id, pupil_id=pupil.id)
    return page(
        "tasks/easing.html",
        status=422 if request.method == "POST" else 200,
        pupil=pupil,
        form=form,
        steps=steps_of(pupil),
        where=(*_class_of(pupil), Crumb(_("Conditions of tasks"))),
    )


def _class_of(pupil: SeenPupil) -> tuple[Crumb, ...]:
    """The way back: the page of the class, where the conditions of a pupil are opened."""
    if pupil.class_id is None:
        return ()
    return (Crumb(pupil.class_name, url_for("classes.group", school_id=pupil.school_id, group_id=pupil.class_id)),)
