"""The pupil's own way: one next step, ten minutes in one tap, the map, and what changed."""

from collections import Counter
from datetime import time

from flask import abort, request, url_for
from flask.typing import ResponseReturnValue

from school.core import clock
from school.core.access import Actor, requires
from school.core.languages import gettext as _
from school.core.pages import go_to, page, toast
from school.core.shell import Crumb, address_of
from school.mastery.queries import map_of_hour
from school.tasks.hooks import PLACES, Place
from school.tasks.queries import own_member
from school.tasks.seen import SeenAttempt
from school.tracks import drawn, words
from school.tracks.actions import begin_ten, begin_test, finish_step
from school.tracks.errors import CannotTrack
from school.tracks.forms import number_of
from school.tracks.models import Practice, StepKind
from school.tracks.next_step import basis_first, next_step, practised_today, subjects_of
from school.tracks.policy import may_practise, may_practise_own, may_see_own, walks
from school.tracks.queries.instead import bases_of_hour
from school.tracks.queries.materials import subject_of
from school.tracks.queries.practised import (
    beside_the_way,
    moved_by,
    own_diagnostic,
    own_practice,
    practice_of,
    under_way,
)
from school.tracks.queries.walking import own_track, step_of, tracks_of_pupil
from school.tracks.routes.blueprint import blueprint
from school.tracks.seen import SeenStep, SeenTrack


@blueprint.get("/track")
@requires(walks)
def mine(actor: Actor) -> ResponseReturnValue:
    """One next step and why; ten minutes of any subject; the tracks; the map."""
    now = clock.now()
    moment, morning = now.timestamp(), clock.moscow(clock.local(now).date(), time()).timestamp()
    school_id, pupil_id = actor.school_id or 0, actor.member_id or abort(404)
    topics, _model, stamp = map_of_hour(school_id, pupil_id, now, actor.locale)
    tracks = tracks_of_pupil(school_id, pupil_id, actor.locale)
    check, doors = beside_the_way(school_id, pupil_id)
    bases = bases_of_hour(school_id, pupil_id, topics, stamp, now)
    practised = practised_today(topics, bases, morning)
    subjects = subjects_of(topics, tracks, practised, moment)
    shelves = words.shelves(topics, moment)
    coming = next_step(tracks, subjects, practised, is_checked=check is not None)
    return page(
        "tracks/mine.html",
        school_id=school_id,
        next=coming,
        basis=basis_first(coming, bases, practised),
        check=under_way(school_id, pupil_id, check) if check is not None else None,
        doors=doors,
        subjects=subjects,
        tracks=tracks,
        shelves=shelves,
        again=Counter(one.topic.subject_id for key, _name, some in shelves if key == words.AGAIN for one in some),
        words=words,
        drawn=drawn,
        where=(Crumb(_("My way")),),
    )


@blueprint.post("/track/ten")
@requires(may_practise)
def ten(actor: Actor) -> ResponseReturnValue:
    """Ten minutes of a subject, chosen by the model."""
    subject = subject_of(number_of(request.form.get("subject")))
    if subject is None:
        return go_to("tracks.mine", school_id=actor.school_id)
    try:
        made = begin_ten(actor, own_member(actor), subject)
    except CannotTrack as why:
        toast(why.why)
        return go_to("tracks.mine", school_id=actor.school_id)
    return go_to("tasks.attempt", school_id=made.school_id, attempt_id=made.attempt_id)


@blueprint.post("/track/<uuid:track_id>/steps/<uuid:step_id>")
@requires(lambda actor, track, _step: may_practise_own(actor, track), track=own_track, step=step_of)
def do_step(actor: Actor, track: SeenTrack, step: SeenStep) -> ResponseReturnValue:
    """A unit was read; a test begins."""
    try:
        if step.kind == StepKind.TEST:
            made = begin_test(actor, own_member(actor), track, step)
            return go_to("tasks.attempt", school_id=made.school_id, attempt_id=made.attempt_id)
        if step.kind == StepKind.UNIT and not step.is_locked:
            finish_step(actor, track, step)
    except CannotTrack as why:
        toast(why.why)
    return go_to("tracks.mine", school_id=track.school_id)


@blueprint.get("/practice/<uuid:practice_id>")
@requires(may_see_own, practice=own_practice)
def practice(actor: Actor, practice: Practice) -> ResponseReturnValue:
    """What ten minutes have changed."""
    own = url_for("tracks.mine", school_id=practice.school_id)
    return page(
        "tracks/practice.html",
        practice=practice,
        moved=moved_by(practice),
        check=own_diagnostic(actor, practice.diagnostic_id) if practice.diagnostic_id else None,
        own=own,
        words=words,
        where=(Crumb(_("My way"), own), Crumb(_("What has changed"))),
    )


def place_of_practice(_actor: Actor, attempt: SeenAttempt) -> Place | None:
    """From the results to what they changed."""
    found = practice_of(attempt) if attempt.pupil.is_self else None
    if found is None:
        return None
    practice_id, is_check = found
    return Place(
        _("What the check shows") if is_check else _("What has changed"),
        "tracks.practice",
        {"school_id": attempt.school_id, "practice_id": practice_id},
    )


PLACES.append(place_of_practice)


@blueprint.app_template_filter("unit_address")
def unit_address(step: SeenStep) -> str:
    """Where a unit of a step is read."""
    return address_of("library.unit", unit_id=step.unit_id) if step.unit_id else ""
