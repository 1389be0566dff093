"""One pupil of a course: the teacher's hand on each step, and the teacher's word on each topic."""

from typing import Any

from flask import request
from flask.typing import ResponseReturnValue

from school.classes.queries import Learner, get_course, pupil_of
from school.classes.seen import SeenCourse
from school.core import clock
from school.core.access import Actor, requires
from school.core.languages import gettext as _
from school.core.pages import go_to, page, toast
from school.core.shell import Crumb
from school.mastery.actions import lift_override, override_topic
from school.mastery.queries import NamedTopic, map_of, topics_named
from school.tracks import words
from school.tracks.actions import (
    add_step,
    approve_tracks,
    finish_held,
    finish_step,
    lock_step,
    move_step,
    pin_step,
    propose_anew,
    remove_step,
    replace_step,
    set_terms,
)
from school.tracks.errors import CannotTrack
from school.tracks.forms import day_of, kind_of, mode_of, number_of, uuid_of
from school.tracks.models import StepKind
from school.tracks.policy import may_make_tracks, may_see_pupil_here
from school.tracks.queries.instead import bases_of
from school.tracks.queries.materials import readings_on, topic_of, topics_with_questions
from school.tracks.queries.walking import step_of, track_of, tracks_of_course
from school.tracks.routes.blueprint import blueprint
from school.tracks.routes.making import trail
from school.tracks.seen import SeenStep, SeenTrack

TURNED = {"pin": "unpin", "unpin": "pin", "lock": "open", "open": "lock"}
"""What a button is called after its press: the focus goes back to it, so that the keyboard can press again."""


@blueprint.get("/courses/<uuid:course_id>/tracks/of/<uuid:pupil_id>")
@requires(may_see_pupil_here, opens="tracks", course=get_course, pupil=pupil_of)
def of_pupil(actor: Actor, course: SeenCourse, pupil: Learner) -> ResponseReturnValue:
    """A pupil's track in a course, and where they stand at its topics."""
    return _page(actor, course, pupil)


@blueprint.post("/courses/<uuid:course_id>/tracks/<uuid:track_id>")
@requires(may_make_tracks, course=get_course, track=track_of)
def change(actor: Actor, course: SeenCourse, track: SeenTrack) -> ResponseReturnValue:
    """One press on the track or on one of its steps."""
    verb, _colon, which = request.form.get("verb", "").partition(":")
    step = step_of(track, uuid_of(which) or track.id)
    try:
        if verb == "terms":
            set_terms(actor, track, mode_of("mode"), day_of("by", track.by_on))
        elif verb == "anew":
            propose_anew(actor, track)
        elif verb == "approve":
            approve_tracks(actor, [track])
        elif verb == "add":
            _add(actor, course, track)
        elif step is not None:
            _change_step(actor, course, track, step, verb)
    except CannotTrack as why:
        pupil = pupil_of(course, track.pupil_id)
        if pupil is not None:
            return _page(actor, course, pupil, why.why)
        toast(why.why)
    return go_to(
        "tracks.of_pupil",
        school_id=course.school_id,
        course_id=course.id,
        pupil_id=track.pupil_id,
        at=_focus(track, step, verb),
    )


def _focus(track: SeenTrack, step: SeenStep | None, verb: str) -> str | None:
    """Where the keyboard goes on: at the button that was pressed; when its step is gone, at that of the step that took its place."""
    if step is None:
        return f"add:{track.id}" if verb == "add" else None
    if verb != "remove":
        return f"{TURNED.get(verb, verb)}:{step.id}"
    place = track.steps.index(step)
    near = (*track.steps[place + 1 :], *track.steps[max(0, place - 1) : place])
    return f"remove:{near[0].id}" if near else None


def _change_step(actor: Actor, course: SeenCourse, track: SeenTrack, step: SeenStep, verb: str) -> None:
    if verb in {"up", "down"}:
        move_step(actor, track, step, -1 if verb == "up" else 1)
    elif verb in {"pin", "unpin"}:
        pin_step(actor, track, step, is_pinned=verb == "pin")
    elif verb in {"lock", "open"}:
        lock_step(actor, track, step, is_locked=verb == "lock")
    elif verb == "remove":
        remove_step(actor, track, step)
    elif verb == "done":
        finish_step(actor, track, step)
    elif verb == "replace":
        kind, topic = _chosen(course)
        replace_step(actor, track, step, kind, topic, readings_on([topic.id]).get(topic.id))


def _add(actor: Actor, course: SeenCourse, track: SeenTrack) -> None:
    kind, topic = _chosen(course)
    add_step(actor, track, kind, topic, readings_on([topic.id]).get(topic.id))


def _chosen(course: SeenCourse) -> tuple[StepKind, NamedTopic]:
    known = {topic for topic, _title in topics_with_questions(course.subject_id, course.year_level)}
    topic = topics_named([number_of(request.form.get("topic"))])
    named = next(iter(topic.values()), None)
    if named is None or not (named.id in known or named.year_level <= course.year_level):
        raise CannotTrack(_("Choose a topic first."))
    kind = kind_of("kind")
    if kind is StepKind.UNIT and named.id not in readings_on([named.id]):
        raise CannotTrack(_("The library has nothing to read on this topic yet."))
    return kind, named


@blueprint.post("/courses/<uuid:course_id>/tracks/of/<uuid:pupil_id>/word")
@requires(may_make_tracks, course=get_course, pupil=pupil_of)
def say(actor: Actor, course: SeenCourse, pupil: Learner) -> ResponseReturnValue:
    """The teacher's word on a topic, beside the estimate; or no word any more."""
    topic = topic_of(course, number_of(request.form.get("topic")))
    says = request.form.get("says", "")
    if topic is not None and says in {"yes", "no"}:
        reason = (request.form.get("reason") or "").strip()[:300]
        override_topic(actor, pupil, topic, mastered=says == "yes", reason=reason)
        finish_held(pupil)
        toast(_("Your word is kept beside the estimate."))
    elif topic is not None:
        lift_override(actor, pupil, topic)
        toast(_("The estimate counts again."))
    return go_to(
        "tracks.of_pupil", school_id=course.school_id, course_id=course.id, pupil_id=pupil.id, _anchor="topics"
    )


def _page(actor: Actor, course: SeenCourse, pupil: Learner, why: str = "") -> ResponseReturnValue:
    tracks = [one for one in tracks_of_course(course) if one.pupil_id == pupil.id]
    topics = map_of(course.school_id, pupil.id, clock.now())
    instead = bases_of(course.school_id, pupil.id, topics)
    below = {step.topic_id for one in tracks for step in one.steps} | {one.topic.id for one in instead.values() if one.waiting.subject_id == course.subject_id}  # fmt: skip
    known = [one for one in topics if one.topic.subject_id == course.subject_id or one.topic.id in below]
    choice = topics_with_questions(course.subject_id, course.year_level)
    context: dict[str, Any] = {
        "course": course,
        "pupil": pupil,
        "tracks": tracks,
        "known": known,
        "instead": instead,
        "choice": choice,
        "kinds": [
            (StepKind.TASK.value, _("A question a day")),
            (StepKind.UNIT.value, _("Read and look")),
            (StepKind.TEST.value, _("Short test")),
            (StepKind.EXTRA.value, _("Extra lesson")),
        ],
        "modes": words.modes(),
        "words": words,
        "at": request.args.get("at", ""),
        "why": why,
        "typed": request.form,
        "typed_at": f"{request.form.get('verb', '')}@{request.path}" if why else "",
        "makes": may_make_tracks(actor, course),
    }
    return page(
        "tracks/pupil.html", where=(*trail(course), Crumb(pupil.short_name)), status=422 if why else 200, **context
    )
