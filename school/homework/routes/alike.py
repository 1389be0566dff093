"""Pairs of works that are nearly the same, for the teacher to look at."""

from flask import url_for
from flask.typing import ResponseReturnValue

from school.core.access import Actor, requires
from school.core.languages import gettext as _
from school.core.pages import page
from school.core.shell import Crumb
from school.homework.policy import may_review
from school.homework.queries import get_homework
from school.homework.queries.alike import alike_in_parallel
from school.homework.routes.blueprint import blueprint
from school.homework.seen import SeenHomework


@blueprint.get("/homework/<uuid:homework_id>/alike")
@requires(may_review, opens="homework", homework=get_homework)
def alike(actor: Actor, homework: SeenHomework) -> ResponseReturnValue:
    """Counted when the page is opened; nothing of it is kept."""
    review = url_for("homework.review", school_id=homework.school_id, homework_id=homework.id)
    return page(
        "homework/alike.html",
        homework=homework,
        pairs=alike_in_parallel(actor, homework),
        where=(Crumb(homework.title, review), Crumb(_("Works that are alike"))),
    )
