"""A class at once: what to lead to, one press, the table of who gets what and why, one press more."""

from datetime import date, timedelta
from typing import Any

from flask import request, url_for
from flask.typing import ResponseReturnValue

from school.classes.queries import get_course, learners
from school.classes.seen import SeenCourse
from school.core import clock
from school.core.access import Actor, requires
from school.core.languages import gettext as _
from school.core.languages import ngettext
from school.core.pages import go_to, page, toast
from school.core.shell import Crumb
from school.tracks import words
from school.tracks.actions import Wish, approve_tracks, end_track, propose_tracks
from school.tracks.actions.checking import ask_check
from school.tracks.errors import CannotTrack
from school.tracks.forms import day_of, mode_of, number_of
from school.tracks.models import Mode, Source, TrackState
from school.tracks.next_step import open_step
from school.tracks.policy import may_make_tracks, may_see_tracks
from school.tracks.queries.class_track import class_track
from school.tracks.queries.materials import topics_with_questions
from school.tracks.queries.planning import coming_topics, taught_topics
from school.tracks.queries.practised import checked_in, practised_of
from school.tracks.queries.walking import track_of, tracks_of_course
from school.tracks.routes.blueprint import blueprint
from school.tracks.seen import SeenTrack

FOUR_WEEKS = timedelta(28)
TYPED = ("goal", "by", "mode")
THIS_WEEK = "plan"
"""In the select of goals: what the coming lessons are about."""


@blueprint.get("/courses/<uuid:course_id>/tracks")
@requires(may_see_tracks, opens="tracks", course=get_course)
def of_course(_actor: Actor, course: SeenCourse) -> ResponseReturnValue:
    """Every pupil with their track; proposals stand above until they are approved."""
    return _page(course)


@blueprint.post("/courses/<uuid:course_id>/tracks")
@requires(may_make_tracks, course=get_course)
def propose(actor: Actor, course: SeenCourse) -> ResponseReturnValue:
    """Propose a track to everybody who needs one; or let everybody show first where they are."""
    try:
        if request.form.get("verb") == "check":
            return _check(actor, course)
        made = propose_tracks(actor, course, learners(course, clock.today()), _wish(course))
    except CannotTrack as why:
        return _page(course, why.why)
    if not made:
        toast(_("Everybody holds this goal already: nobody needs a track to it."))
        return _back(course)
    return go_to("tracks.of_course", school_id=course.school_id, course_id=course.id, _anchor="proposed")


@blueprint.post("/courses/<uuid:course_id>/tracks/approve")
@requires(may_make_tracks, course=get_course)
def approve(actor: Actor, course: SeenCourse) -> ResponseReturnValue:
    """Approve those that are ticked."""
    chosen = set(request.form.getlist("track"))
    n = approve_tracks(actor, [one for one in _proposed(tracks_of_course(course)) if str(one.id) in chosen])
    toast(ngettext("%(num)d track is approved.", "%(num)d tracks are approved.", n))
    return go_to("tracks.of_course", school_id=course.school_id, course_id=course.id)


@blueprint.post("/courses/<uuid:course_id>/tracks/<uuid:track_id>/end")
@requires(may_make_tracks, course=get_course, track=track_of)
def end(actor: Actor, course: SeenCourse, track: SeenTrack) -> ResponseReturnValue:
    """Take a track away."""
    end_track(actor, track)
    toast(_("The track is taken away. What was practised stays."))
    return go_to("tracks.of_course", school_id=course.school_id, course_id=course.id)


def _check(actor: Actor, course: SeenCourse) -> ResponseReturnValue:
    wish = _wish(course)
    if not wish.topics:
        raise CannotTrack(_("Choose a goal first: a topic that the tracks lead to."))
    n = ask_check(actor, course, learners(course, clock.today()), wish.topics)
    said = ngettext("%(num)d pupil is asked to do a short check.", "%(num)d pupils are asked to do a short check.", n)
    toast(said if n else _("Everybody has a check open already."))
    return _back(course)


def _back(course: SeenCourse) -> ResponseReturnValue:
    """To the form with what was typed into it."""
    typed = {name: value for name in TYPED if (value := request.form.get(name))}
    return go_to("tracks.of_course", school_id=course.school_id, course_id=course.id, **typed)


def _wish(course: SeenCourse) -> Wish:
    goal, by_on = request.form.get("goal", THIS_WEEK), day_of("by", clock.today() + FOUR_WEEKS)
    mode = mode_of("mode")
    if goal == THIS_WEEK:
        return Wish(topics=tuple(near_topics(course)), by_on=by_on, source=Source.PLAN, mode=mode)
    known = {topic_id for topic_id, _title in topics_with_questions(course.subject_id, course.year_level)}
    topic = number_of(goal)
    return Wish(topics=(topic,) if topic in known else (), by_on=by_on, source=Source.GOAL, mode=mode)


def near_topics(course: SeenCourse) -> list[int]:
    """What the coming lessons are about; without a plan, what the last ones were."""
    return coming_topics(course) or taught_topics(course)[:1]


def _proposed(tracks: list[SeenTrack]) -> list[SeenTrack]:
    return [one for one in tracks if one.state == TrackState.PROPOSED]


def _page(course: SeenCourse, why: str = "") -> ResponseReturnValue:
    tracks = tracks_of_course(course)
    titles = topics_with_questions(course.subject_id, course.year_level)
    near = near_topics(course)
    named = [title for topic, title in titles if topic in near]
    goals: list[tuple[Any, str]] = [(topic, title) for topic, title in titles]
    if near:
        goals.insert(0, (THIS_WEEK, _("The coming lessons: %(topics)s", topics="; ".join(named)) if named else _("The coming lessons")))  # fmt: skip
    proposed = {one.pupil_id: one for one in _proposed(tracks)}
    pupils = learners(course, clock.today())
    approved = {one.pupil_id: one for one in tracks if one.state == TrackState.APPROVED}
    practised = practised_of(course.school_id, list(approved.values()))
    return page(
        "tracks/course.html",
        status=422 if why else 200,
        course=course,
        pupils=pupils,
        ahead=class_track(course, pupils),
        proposed=proposed,
        checked=checked_in(course),
        approved=approved,
        coming={pupil: open_step(one, practised[pupil]) for pupil, one in approved.items()},
        goals=goals,
        goal=request.values.get("goal", THIS_WEEK),
        mode=request.values.get("mode", Mode.HALF),
        by=_iso(clock.today() + FOUR_WEEKS),
        modes=words.modes(),
        words=words,
        why=why,
        makes=course.teaches,
        where=trail(course),
    )


def trail(course: SeenCourse) -> tuple[Crumb, ...]:
    """The way to the tracks of a course."""
    own = url_for("tracks.of_course", school_id=course.school_id, course_id=course.id)
    return (Crumb(f"{course.group}, {course.title}"), Crumb(_("Tracks"), own))


def _iso(day: date) -> str:
    return request.values.get("by") or day.isoformat()
