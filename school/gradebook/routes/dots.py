"""Works that were owed and whose day has come: the teacher is asked, nothing turns into a 2 by itself."""

from dataclasses import replace
from datetime import timedelta

from flask import abort, request
from flask.typing import ResponseReturnValue

from school.core import clock
from school.core.access import Actor, requires
from school.core.database import new_id
from school.core.languages import gettext as _
from school.core.languages import ngettext
from school.core.pages import go_to, page, toast
from school.core.shell import Crumb
from school.gradebook.actions import save_marks
from school.gradebook.days import day_and_month
from school.gradebook.entries import Entry, Status
from school.gradebook.forms import read_sign, sign_choices
from school.gradebook.journal import Journal
from school.gradebook.policy import may_write_journal
from school.gradebook.queries import find_grid, get_journal
from school.gradebook.release import DOT, EMPTY, Sign
from school.gradebook.reminding import DueDot, due_dots
from school.gradebook.routes.blueprint import blueprint
from school.gradebook.routes.grid import trail

WEEK, REMOVE = "week", "remove"


@blueprint.get("/courses/<uuid:course_id>/journal/dots")
@requires(may_write_journal, opens="journal", course=get_journal)
def dots(actor: Actor, course: Journal) -> ResponseReturnValue:
    """Each with what can become of it."""
    return page(
        "gradebook/dots.html",
        course=course.course,
        term=request.args.get("term", type=int),
        dots=_dots(course),
        choices=_choices(),
        day=lambda on: day_and_month(on, actor.locale),
        where=trail(course, Crumb(_("Works owed"))),
    )


@blueprint.post("/courses/<uuid:course_id>/journal/dots", endpoint="decide_dots")
@requires(may_write_journal, course=get_journal)
def decide_dots_view(actor: Actor, course: Journal) -> ResponseReturnValue:
    """Put, put off or take away what was chosen; dots without a choice stay."""
    entries = []
    for one in _dots(course):
        chosen = request.form.get(_name(one), "")
        if chosen in dict(_choices()) and chosen:
            at = (one.lesson_id, one.column_id, one.pupil_id)
            entries.append(Entry(new_id(), *at, _sign(chosen), one.version, place=one.place))
    answers = save_marks(actor, course, entries)
    refused = [one.why for one in answers if one.status is not Status.SAVED]
    n = len(answers) - len(refused)
    toast(" ".join([ngettext("%(num)s work is decided.", "%(num)s works are decided.", n), *refused[:1]]))
    return go_to("gradebook.dots", school_id=course.school_id, course_id=course.id, term=request.args.get("term"))


def _dots(course: Journal) -> list[DueDot]:
    return due_dots(find_grid(course, request.args.get("term", type=int)) or abort(404))


def _name(one: DueDot) -> str:
    return f"dot-{one.column_id}-{one.pupil_id}-{one.place}"


def _sign(chosen: str) -> Sign:
    if chosen == REMOVE:
        return EMPTY
    if chosen == WEEK:
        return Sign(None, DOT, due_on=clock.today() + timedelta(days=7))
    return replace(read_sign(chosen), due_on=None)


def _choices() -> list[tuple[str, str]]:
    marks = [choice for choice in sign_choices(with_nothing=False) if choice[0] != DOT]
    return [("", _("Not decided yet")), (WEEK, _("Give one more week")), *marks, (REMOVE, _("Take the dot away"))]
