"""The forecast of the period's marks, with the curve that says how far such forecasts came true."""

from flask import request
from flask.typing import ResponseReturnValue

from school.classes.queries import get_course
from school.classes.seen import SeenCourse
from school.core.access import Actor, requires
from school.core.languages import gettext as _
from school.core.pages import page
from school.core.sheets import attached, to_xlsx
from school.core.shell import Crumb, address_of
from school.progress import words
from school.progress.policy import may_see_course_progress
from school.progress.queries.forecast import course_forecast
from school.progress.routes.blueprint import blueprint
from school.progress.sheets import of_forecast


@blueprint.get("/courses/<uuid:course_id>/forecast")
@requires(may_see_course_progress, opens="progress", course=get_course)
def forecast(_actor: Actor, course: SeenCourse) -> ResponseReturnValue:
    """Shown only where past forecasts of the subject in this school came true; ``?as=xlsx`` as a file."""
    found, title = course_forecast(course), f"{course.title}, {course.group}"
    if request.args.get("as") == "xlsx":
        return attached(to_xlsx(title, of_forecast(found)), f"{_('Forecast')} {title}")
    own = {"school_id": course.school_id, "course_id": course.id}
    return page(
        "progress/forecast.html",
        course=course,
        found=found,
        words=words,
        where=(
            Crumb(title, address_of("gradebook.grid", **own)),
            Crumb(_("Progress"), address_of("progress.course", **own)),
            Crumb(_("Forecast")),
        ),
    )
