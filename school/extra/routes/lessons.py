"""Extra lessons for staff: the list, one lesson, who came, one more invitation, calling off."""

import uuid

from flask import request, url_for
from flask.typing import ResponseReturnValue

from school.classes.policy import runs_school
from school.classes.queries import courses_taught
from school.core import clock
from school.core.access import Actor, requires
from school.core.languages import gettext as _
from school.core.pages import go_to, page, toast
from school.core.shell import Crumb
from school.extra import words
from school.extra.actions import cancel_extra, invite_more, take_presence
from school.extra.errors import CannotOffer
from school.extra.forms import CancelForm
from school.extra.policy import may_run, may_see_extra, may_take_presence, sees_extras
from school.extra.queries import MOST, Gap, PupilGap, extras_of, gains_of, gap_of, gaps_of, get_extra, places_of
from school.extra.routes.blueprint import blueprint
from school.extra.seen import SeenExtra


def pupil_in_course(extra: SeenExtra, pupil_id: uuid.UUID) -> PupilGap | None:
    """A pupil of the lesson's course, by what is known on its topic."""
    gap = gap_of(extra.course, extra.topic_id)
    return next((one for one in gap.pupils if one.id == pupil_id), None) if gap else None


@blueprint.get("/extra")
@requires(sees_extras)
def lessons(actor: Actor) -> ResponseReturnValue:
    """A teacher: proposed, to come, over. Deputy head and head: those of the whole school."""
    whole = runs_school(actor)
    found = extras_of(actor, whole_school=whole)
    now = clock.now()
    return page(
        "extra/lessons.html",
        whole=whole,
        proposed=_proposed(actor),
        coming=[one for one in reversed(found) if not one.is_over(now) and not one.cancelled_at],
        over=[one for one in found if one.is_over(now) and not one.cancelled_at],
        off=[one for one in found if one.cancelled_at],
        school_id=actor.school_id,
        words=words,
        where=(Crumb(_("Extra lessons")),),
    )


@blueprint.get("/extra/<uuid:extra_id>")
@requires(may_see_extra, opens="extra", extra=get_extra)
def lesson(actor: Actor, extra: SeenExtra) -> ResponseReturnValue:
    """The invited with their answers, the scenario; from its beginning who came; then what has changed."""
    places = places_of(extra)
    begun = clock.now() >= extra.starts_at
    return page(
        "extra/lesson.html",
        extra=extra,
        places=places,
        runs=may_run(actor, extra),
        begun=begun,
        gains=gains_of(extra, places) if begun and not extra.cancelled_at else None,
        more=[] if begun or extra.cancelled_at else _more(extra, {one.pupil_id for one in places}),
        room_left=sum(one.is_expected for one in places) < MOST,
        cancel=CancelForm(),
        words=words,
        where=(Crumb(_("Extra lessons"), url_for("extra.lessons", school_id=extra.school_id)), Crumb(extra.topic)),
    )


@blueprint.post("/extra/<uuid:extra_id>/presence")
@requires(may_take_presence, extra=get_extra)
def presence(actor: Actor, extra: SeenExtra) -> ResponseReturnValue:
    """Who came."""
    try:
        take_presence(actor, extra, {one for one in map(_id, request.form.getlist("came")) if one is not None})
        toast(_("Written down."))
    except CannotOffer as refusal:
        toast(refusal.why)
    return go_to("extra.lesson", school_id=extra.school_id, extra_id=extra.id)


@blueprint.post("/extra/<uuid:extra_id>/invite/<uuid:pupil_id>")
@requires(may_run, extra=get_extra, pupil=pupil_in_course)
def invite(actor: Actor, extra: SeenExtra, pupil: PupilGap) -> ResponseReturnValue:
    """One more."""
    try:
        invite_more(actor, extra, pupil)
        toast(_("Invited: %(name)s.", name=pupil.name))
    except CannotOffer as refusal:
        toast(refusal.why)
    return go_to("extra.lesson", school_id=extra.school_id, extra_id=extra.id)


@blueprint.post("/extra/<uuid:extra_id>/cancel")
@requires(may_run, extra=get_extra)
def cancel(actor: Actor, extra: SeenExtra) -> ResponseReturnValue:
    """It does not take place."""
    form = CancelForm()
    if not form.validate_on_submit():
        toast(_("At most 300 characters."))
        return go_to("extra.lesson", school_id=extra.school_id, extra_id=extra.id)
    try:
        cancel_extra(actor, extra, (form.why.data or "").strip())
        toast(_("Called off. Pupils and families have been told."))
    except CannotOffer as refusal:
        toast(refusal.why)
    return go_to("extra.lesson", school_id=extra.school_id, extra_id=extra.id)


def _proposed(actor: Actor) -> list[Gap]:
    """Gaps that enough pupils share, in the courses the actor teaches."""
    return [gap for course in courses_taught(actor) for gap in gaps_of(course) if gap.is_proposed]


def _more(extra: SeenExtra, there: set[uuid.UUID]) -> list[PupilGap]:
    """Who shares the gap and is not invited."""
    gap = gap_of(extra.course, extra.topic_id)
    return [one for one in gap.sharing if one.id not in there and not one.invited] if gap else []


def _id(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
