"""How the questions of a homework did; putting a wrong key right, with a look at whom it changes first."""

import uuid

from flask import request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest

from content_library.models import Item
from school.core.access import Actor, requires
from school.core.languages import gettext as _
from school.core.languages import ngettext
from school.core.pages import go_to, page, toast
from school.core.shell import Crumb
from school.homework.policy import may_review, may_rule, may_take_late
from school.homework.queries import get_homework, thresholds_on, works
from school.homework.queries.loading import work_of
from school.homework.routes.blueprint import blueprint
from school.homework.scale import proposal
from school.homework.seen import SeenHomework, SeenWork
from school.tasks.actions import NothingChanges, let_late_answers_count, rule_on_key
from school.tasks.models import RulingKind
from school.tasks.queries.questions import (
    asked_within,
    changes_by,
    question_reports,
    recounted_within,
    with_late_answers,
)


def question_of(homework: SeenHomework, item_id: uuid.UUID) -> Item | None:
    """For addresses below a homework: a question that it asked."""
    return asked_within(homework.school_id, homework.id, item_id)


@blueprint.get("/homework/<uuid:homework_id>/questions")
@requires(may_review, opens="homework", homework=get_homework)
def questions(_actor: Actor, homework: SeenHomework) -> ResponseReturnValue:
    """Each question with its difficulty, discrimination and the answers given."""
    names = {one.pupil_id: one.name for one in works(homework)}
    late = with_late_answers(homework.school_id, homework.id)
    return page(
        "homework/questions.html",
        homework=homework,
        reports=question_reports(homework.school_id, homework.id),
        names=names,
        recounted=recounted_within(homework.school_id, homework.id),
        late=[(attempt.pupil_id, names.get(attempt.pupil_id, "—"), count) for attempt, count in late],
        where=(_back(homework), Crumb(_("Questions"))),
    )


@blueprint.get("/homework/<uuid:homework_id>/questions/<uuid:item_id>/ruling")
@requires(may_rule, opens="homework", homework=get_homework, item=question_of)
def ruling(_actor: Actor, homework: SeenHomework, item: Item) -> ResponseReturnValue:
    """Whose result would change, and by how much: nothing is changed yet."""
    kind, accepts = _asked()
    table = thresholds_on(homework.school_id, homework.due_on)
    names = {one.pupil_id: one.name for one in works(homework)}
    lines = [
        (
            names.get(one.attempt.pupil_id, "—"),
            one,
            proposal(one.before, one.attempt.max_points, table),
            proposal(one.after, one.attempt.max_points, table),
        )
        for one in changes_by(homework.school_id, homework.id, item, kind, accepts)
    ]
    return page(
        "homework/ruling.html",
        homework=homework,
        item=item,
        kind=kind,
        accepts=accepts,
        lines=sorted(lines, key=lambda one: one[0]),
        where=(_back(homework), Crumb(_("Questions"), _url(homework)), Crumb(_("Put the key right"))),
    )


@blueprint.post("/homework/<uuid:homework_id>/questions/<uuid:item_id>/ruling")
@requires(may_rule, homework=get_homework, item=question_of)
def rule(actor: Actor, homework: SeenHomework, item: Item) -> ResponseReturnValue:
    """Do it."""
    kind, accepts = _asked()
    try:
        changes = rule_on_key(actor, item, homework.id, kind, accepts, request.form.get("reason", ""))
    except NothingChanges:
        toast(_("Nobody's result would change."))
    else:
        count = len({one.attempt.pupil_id for one in changes})
        toast(
            ngettext(
                "The result of %(num)d pupil is counted anew.", "The results of %(num)d pupils are counted anew.", count
            )
        )
    return go_to("homework.questions", school_id=homework.school_id, homework_id=homework.id)


@blueprint.post("/homework/<uuid:homework_id>/late/<uuid:pupil_id>")
@requires(may_take_late, homework=get_homework, pupil=work_of)
def take_late(actor: Actor, homework: SeenHomework, pupil: SeenWork) -> ResponseReturnValue:
    """Let the answers of one pupil count that came after the closing."""
    for attempt, _count in with_late_answers(homework.school_id, homework.id):
        if attempt.pupil_id == pupil.pupil_id:
            let_late_answers_count(actor, attempt)
    toast(_("The late answers count: %(name)s", name=pupil.name))
    return go_to("homework.questions", school_id=homework.school_id, homework_id=homework.id)


def _asked() -> tuple[RulingKind, tuple[str, ...]]:
    try:
        kind = RulingKind(request.values.get("kind", ""))
    except ValueError:
        raise BadRequest from None
    return kind, tuple(request.values.getlist("accept"))[:40]


def _back(homework: SeenHomework) -> Crumb:
    return Crumb(homework.title, url_for("homework.review", school_id=homework.school_id, homework_id=homework.id))


def _url(homework: SeenHomework) -> str:
    return url_for("homework.questions", school_id=homework.school_id, homework_id=homework.id)
