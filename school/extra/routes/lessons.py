"""Extra lessons for staff: the list, one lesson, who came, one more invitation, calling off."""

import uuid
from datetime import timedelta

from flask import request, url_for
from flask.typing import ResponseReturnValue

from school.classes.policy import runs_school
from school.classes.queries import courses_taught
from school.core import clock
from school.core.access import Actor, looking_at, requires
from school.core.languages import gettext as _
from school.core.pages import go_to, page, toast
from school.core.shell import Crumb
from school.extra import words
from school.extra.actions import cancel_extra, invite_more, move_extra, take_presence
from school.extra.errors import CannotOffer
from school.extra.forms import CancelForm, MoveForm
from school.extra.policy import may_move, may_run, may_see_extra, may_take_presence, sees_extras, sees_place
from school.extra.queries import (
    MOST,
    Gap,
    Place,
    PupilGap,
    buildings_of,
    extras_of,
    gains_of,
    gap_of,
    gaps_of,
    get_extra,
    hours_for,
    places_of,
    proposals_among,
    together,
    trouble_of,
)
from school.extra.routes.blueprint import blueprint
from school.extra.routes.hours import asked_after, best_of, not_free
from school.extra.seen import SeenExtra
from school.extra.times import Span, Trouble


def pupil_in_course(extra: SeenExtra, pupil_id: uuid.UUID) -> PupilGap | None:
    """A pupil of the lesson's courses, by what is known on its topic."""
    return next((one for one in _pupils(extra) if one.id == pupil_id), None)


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
    places = [one for one in places_of(extra) if sees_place(actor, extra, one.course_id)]
    begun = clock.now() >= extra.starts_at
    groups = {one.group_id for one in extra.courses if sees_place(actor, extra, one.id)}
    own_id = extra.course.group_id
    looking_at(group_id=own_id if own_id in groups else None, and_groups=groups - {own_id})
    still_to_come = not begun and not extra.cancelled_at
    trouble = _trouble(extra, places) if still_to_come and may_run(actor, extra) else None
    return page(
        "extra/lesson.html",
        extra=extra,
        places=places,
        runs=may_run(actor, extra),
        begun=begun,
        trouble=trouble,
        busy=[one.name for one in places if trouble and one.pupil_id in trouble.pupils],
        gains=gains_of(extra, places) if begun and not extra.cancelled_at else None,
        more=[] if not still_to_come else _more(extra, {one.pupil_id for one in places}),
        room_left=sum(one.is_expected for one in places) < MOST,
        cancel=CancelForm(),
        words=words,
        where=(Crumb(_("Extra lessons"), url_for("extra.lessons", school_id=extra.school_id)), Crumb(extra.topic)),
    )


@blueprint.route("/extra/<uuid:extra_id>/move", methods=["GET", "POST"])
@requires(may_move, opens="extra", extra=get_extra)
def move(actor: Actor, extra: SeenExtra) -> ResponseReturnValue:
    """Another hour for the same pupils."""
    places = places_of(extra)
    hours = hours_for(extra.course, extra.teacher_id, [one.pupil_id for one in places], asked_after(), extra.id)
    hours = [one for one in hours if one.starts_at != extra.starts_at]
    form = MoveForm(data={"hour": best_of(hours)})
    form.hour.choices = [(one.key, words.hour_words(one)) for one in hours]
    if form.validate_on_submit():
        try:
            move_extra(actor, extra, next(one for one in hours if one.key == form.hour.data))
            toast(_("Moved. Pupils and families have been told and asked anew."))
            return go_to("extra.lesson", school_id=extra.school_id, extra_id=extra.id)
        except CannotOffer as refusal:
            form.form_errors.append(refusal.why)
    looking_at(group_id=extra.course.group_id, and_groups=[one.group_id for one in extra.others])
    here = url_for("extra.lesson", school_id=extra.school_id, extra_id=extra.id)
    return page(
        "extra/move.html",
        status=422 if request.method == "POST" else 200,
        extra=extra,
        form=form,
        hours=hours,
        after=asked_after() if "after" in request.args else None,
        later=hours[-1].starts_at if hours else clock.now() + timedelta(days=14),
        not_free=not_free(hours, {one.pupil_id: one.name for one in places}),
        words=words,
        where=(
            Crumb(_("Extra lessons"), url_for("extra.lessons", school_id=extra.school_id)),
            Crumb(extra.topic, here),
            Crumb(_("Another hour")),
        ),
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
    """Gaps that enough pupils share, in the courses the actor teaches, one by one or parallel ones together."""
    courses = courses_taught(actor)
    gaps = [gap for course in courses for gap in gaps_of(course)]
    return proposals_among(gaps, buildings_of(actor.school_id or 0, courses))


def _trouble(extra: SeenExtra, places: list[Place]) -> Trouble:
    """Why it can't be at its hour any more."""
    pupils = [one.pupil_id for one in places if one.is_expected]
    span = Span(extra.starts_at, extra.ends_at)
    return trouble_of(extra.course, extra.id, extra.teacher_id, extra.room, span, pupils)


def _more(extra: SeenExtra, there: set[uuid.UUID]) -> list[PupilGap]:
    """Who shares the gap and is not invited."""
    return [one for one in _pupils(extra) if one.shares and one.id not in there and not one.invited]


def _pupils(extra: SeenExtra) -> tuple[PupilGap, ...]:
    gaps = [gap for one in extra.courses if (gap := gap_of(one, extra.topic_id)) is not None]
    return together(gaps).pupils if gaps else ()


def _id(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
