"""Looking through works: the list of those that wait, and one pupil after another by the keyboard."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import Response, g, make_response, request, url_for
from flask.typing import ResponseReturnValue

from school.core import clock
from school.core.access import Actor, looking_at, requires
from school.core.database import db
from school.core.errors import error_page
from school.core.languages import gettext as _
from school.core.pages import go_to, page, toast
from school.core.shell import Crumb
from school.homework.actions import NeedsComment, Overtaken, accept_work, excuse, extend, return_work, score_work
from school.homework.chips import chips
from school.homework.forms import ReviewForm, uuid_of, whole_number
from school.homework.hooks import parts_of_review
from school.homework.models import AssignmentState
from school.homework.policy import may_review, may_review_work, reviews
from school.homework.queries import (
    common_mistakes,
    get_homework,
    handed_in,
    proposals,
    waiting_for_review,
    work_of,
    works,
)
from school.homework.queries.review import thresholds_on
from school.homework.queries.watching import film_watched, package_played
from school.homework.routes.blueprint import blueprint
from school.homework.routes.doing import photo_url
from school.homework.scale import BadPoints, most_points, points_in, proposal, table_of
from school.homework.seen import SeenHomework, SeenWork
from school.tasks.queries.judging import answers_of_rounds


@blueprint.get("/to-review")
@requires(reviews)
def to_review(actor: Actor) -> ResponseReturnValue:
    """Works that wait, course by course."""
    courses: dict[Any, list[Any]] = {}
    for one in waiting_for_review(actor):
        courses.setdefault(one.course_id, []).append(one)
    return page("homework/to_review.html", courses=list(courses.values()), where=(Crumb(_("To review")),))


@blueprint.get("/homework/<uuid:homework_id>/review")
@requires(may_review, opens="homework", homework=get_homework)
def review(actor: Actor, homework: SeenHomework) -> ResponseReturnValue:
    """One work beside the list of all; without ``pupil``, the first that waits."""
    everybody = works(homework)
    wanted = uuid_of(request.args.get("pupil"))
    chosen = next((one for one in everybody if one.pupil_id == wanted), None) or _first(everybody)
    return _review(actor, homework, everybody, chosen)


@blueprint.post("/homework/<uuid:homework_id>/review/<uuid:pupil_id>")
@requires(may_review_work, homework=get_homework, pupil=work_of)
def judge(actor: Actor, homework: SeenHomework, pupil: SeenWork) -> ResponseReturnValue:
    """Accepted, returned, excused or given more time; then the next work that waits."""
    form, verb = ReviewForm(), request.form.get("verb", "")
    if not form.validate():
        return _review(actor, homework, works(homework), pupil, form)
    comment, version = form.comment.data or "", whole_number(form.version.data)
    try:
        points = points_in(homework.rubric or [], request.form)
        version = score_work(actor, homework, pupil, points, version=version)
        if verb == "points":
            toast(_("The points are kept: %(name)s", name=pupil.name))
            return _to(homework, pupil)
        if verb == "return":
            return_work(actor, pupil, comment, version=version)
        elif verb == "excuse":
            excuse(actor, pupil, comment, version=version)
        elif verb == "extend":
            extend(actor, pupil, _later_day(form), version=version)
        else:
            accept_work(actor, pupil, comment, version=version)
    except NeedsComment:
        form.comment.errors = [_("Say in a few words what to mend.")]
        return _review(actor, homework, works(homework), pupil, form)
    except BadPoints:
        form.version.errors = [_("Give points for each criterion, not more than stand beside it.")]
        return _review(actor, homework, works(homework), pupil, form)
    except ValueError:
        form.due_on.errors = [_("Choose a day that is still to come.")]
        return _review(actor, homework, works(homework), pupil, form)
    toast(_said(verb, pupil))
    following = pupil if verb == "extend" else _after(works(homework), pupil)
    return _to(homework, following)


@blueprint.app_errorhandler(Overtaken)
def overtaken(why: Overtaken) -> Response:
    """The review once more, as the work stands now, with the words and points that were typed: nobody types them again."""
    db.session.rollback()
    actor: Actor = g.actor
    asked = request.view_args or {}
    homework = get_homework(actor, asked["homework_id"]) if "pupil_id" in asked else None
    everybody = works(homework) if homework is not None else []
    work = next((one for one in everybody if one.pupil_id == asked["pupil_id"]), None)
    if homework is None or work is None or not may_review_work(actor, homework, work):
        return error_page(409, why.why)
    form = ReviewForm()
    form.version.data = str(work.state.version)
    return make_response(_review(actor, homework, everybody, work, form, why.why))


@blueprint.get("/homework/<uuid:homework_id>/review/<uuid:pupil_id>/points")
@requires(may_review_work, opens="homework", homework=get_homework, pupil=work_of)
def counted(_actor: Actor, homework: SeenHomework, pupil: SeenWork) -> ResponseReturnValue:
    """The sum of the points as they are typed and the mark that they suggest; nothing is kept."""
    try:
        points = points_in(homework.rubric or [], request.args)
    except BadPoints:
        points = None
    looking_at(pupil_id=pupil.pupil_id)
    return page("homework/_counted.html", **_rubric(homework, points))


def _rubric(homework: SeenHomework, points: Sequence[int] | None) -> dict[str, Any]:
    """What the rubric makes of these points, with the table that says so."""
    rubric = homework.rubric or []
    most, table = most_points(rubric), thresholds_on(homework.school_id, homework.due_on)
    got = sum(points) if points is not None else None
    return {
        "most": most,
        "got": got,
        "table": table_of(most, table),
        "suggested": proposal(got, most, table) if got is not None else None,
    }


def _to(homework: SeenHomework, work: SeenWork) -> ResponseReturnValue:
    return go_to("homework.review", school_id=homework.school_id, homework_id=homework.id, pupil=work.pupil_id)


def _later_day(form: ReviewForm) -> date:
    day = form.due_on.data
    if not isinstance(day, date) or day < clock.today():
        raise ValueError
    return day


def _said(verb: str, work: SeenWork) -> str:
    words = {
        "return": _("Returned for another try: %(name)s", name=work.name),
        "excuse": _("Excused: %(name)s", name=work.name),
        "extend": _("More time: %(name)s", name=work.name),
    }
    return str(words.get(verb) or _("Accepted: %(name)s", name=work.name))


def _waits(work: SeenWork) -> bool:
    return work.state.state == AssignmentState.HANDED_IN


def _first(everybody: list[SeenWork]) -> SeenWork | None:
    return next((one for one in everybody if _waits(one)), everybody[0] if everybody else None)


def _after(everybody: list[SeenWork], work: SeenWork) -> SeenWork:
    """The next that waits, from here on and then from the top; else the neighbour."""
    here = next((n for n, one in enumerate(everybody) if one.pupil_id == work.pupil_id), 0)
    turned = [*everybody[here + 1 :], *everybody[:here]]
    return next((one for one in turned if _waits(one)), turned[0] if turned else work)


def _review(
    actor: Actor,
    homework: SeenHomework,
    everybody: list[SeenWork],
    work: SeenWork | None,
    form: ReviewForm | None = None,
    overtaken_by: str = "",
) -> ResponseReturnValue:
    where = (Crumb(_("To review"), url_for("homework.to_review", school_id=homework.school_id)), Crumb(homework.title))
    if work is None:
        return page("homework/review.html", homework=homework, everybody=[], work=None, where=where)
    looking_at(pupil_id=work.pupil_id)
    at = everybody.index(next(one for one in everybody if one.pupil_id == work.pupil_id))
    results = proposals(homework)
    attempt_id = results[work.pupil_id].task.attempt_id if work.pupil_id in results else None
    if form is None:
        form = ReviewForm(formdata=None)
        form.version.data, form.comment.data = str(work.state.version), work.state.comment
    return page(
        "homework/review.html",
        status=409 if overtaken_by else 422 if form.errors else 200,
        overtaken_by=overtaken_by,
        homework=homework,
        everybody=everybody,
        work=work,
        at=at,
        before=everybody[at - 1] if at else None,
        after=everybody[at + 1] if at + 1 < len(everybody) else None,
        waiting=sum(_waits(one) for one in everybody),
        sent=handed_in(work.school_id, work.state),
        results=results,
        mistakes=common_mistakes(homework) if results else [],
        result=results.get(work.pupil_id),
        judging=answers_of_rounds(work.school_id, attempt_id) if attempt_id else [],
        files_of=lambda attempt: (
            lambda name: url_for("tasks.answer_file", school_id=work.school_id, attempt_id=attempt, file_id=name)
        ),
        film=film_watched(homework, work),
        practice=package_played(homework, work),
        parts=parts_of_review(actor, homework, work),
        chips=chips(),
        note_places=_places(),
        form=form,
        photo_url=photo_url,
        where=where,
        points=_typed_points(homework, work),
        **(_rubric(homework, work.state.rubric_points) if homework.rubric else {}),
    )


def _places() -> list[tuple[str, str]]:
    """Nine places of a page, for who can't press on it."""
    names = (
        (_("upper left"), _("upper middle"), _("upper right")),
        (_("middle left"), _("the very middle"), _("middle right")),
        (_("lower left"), _("lower middle"), _("lower right")),
    )
    steps = (167, 500, 833)
    return [(f"{x},{y}", name) for y, row in zip(steps, names, strict=True) for x, name in zip(steps, row, strict=True)]


def _typed_points(homework: SeenHomework, work: SeenWork) -> list[str]:
    """What stands in the fields of the rubric: as it was typed, or as it was kept."""
    kept = work.state.rubric_points or []
    if len(kept) != len(homework.rubric or []):
        kept = []
    found = [str(kept[n]) if kept else "" for n in range(len(homework.rubric or []))]
    return [request.form.get(f"points-{n}", one) for n, one in enumerate(found)]
