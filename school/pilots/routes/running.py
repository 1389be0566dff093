"""One pilot: where it is, what was promised, who takes part, what rang; and the acts of who runs it."""

from collections import Counter
from collections.abc import Callable

from flask import request, url_for
from flask.typing import ResponseReturnValue

from school.classes.seen import SeenCourse
from school.core import clock
from school.core.access import Actor, requires
from school.core.languages import gettext as _
from school.core.pages import go_to, page, toast
from school.core.shell import Crumb
from school.pilots import words
from school.pilots.actions import amend_pilot, answer_alert, draw_pilot, expected_at, register_pilot, stop_pilot
from school.pilots.drawing import commitment
from school.pilots.errors import CannotPilot
from school.pilots.forms import WordsForm
from school.pilots.models import PilotAlert, Sitting
from school.pilots.policy import may_export, may_run, may_see_pilot, may_see_waiting, may_take_key
from school.pilots.queries import (
    alert_of,
    alerts_of,
    amendments_of,
    consents_of,
    course_in,
    exports_of,
    get_pilot,
    names_of,
    places_of,
    rounds_of,
    sat_of,
    tests_of,
    titles_of,
    waiting_in,
)
from school.pilots.routes.blueprint import blueprint
from school.pilots.routes.planning import trail
from school.pilots.seen import SeenPilot
from school.pilots.times import SITS


@blueprint.get("/pilots/<uuid:pilot_id>")
@requires(may_see_pilot, pilot=get_pilot)
def pilot(actor: Actor, pilot: SeenPilot) -> ResponseReturnValue:
    """Counts only: who is in which arm stands on no page."""
    today, times = clock.today(), pilot.times
    places = [one for one in places_of(pilot.school_id, pilot.id) if one.arm is not None]
    rounds = rounds_of(pilot.school_id, pilot.id)
    expected = set(expected_at(pilot, Sitting.POST if pilot.row.drawn_at else Sitting.PRE))
    alerts = alerts_of(pilot)
    tests = tests_of(pilot.school_id, pilot.id)
    exports = exports_of(pilot) if may_run(actor, pilot) else []
    return page(
        "pilots/pilot.html",
        pilot=pilot,
        row=pilot.row,
        times=times,
        stage=pilot.stage(today),
        is_sitting=pilot.stage(today) in SITS,
        windows=[(kind, *times.window(kind)) for kind in Sitting],
        tests=tests,
        chosen={} if pilot.is_registered else titles_of(tests.values()),
        consents=consents_of(pilot),
        in_arm=Counter(one.arm for one in places if one.left_at is None),
        left=sum(one.left_at is not None for one in places),
        given=Counter(one.course_id for one in rounds),
        due=times.rounds_due(today, pilot.row.sets) if pilot.row.drawn_at else 0,
        sat=sat_of(pilot, expected) if pilot.is_registered else [],
        amendments=amendments_of(pilot),
        waiting=[one for one in alerts if one.answered_at is None],
        answered=[one for one in alerts if one.answered_at is not None],
        exports=exports,
        takers=names_of(pilot.school_id, {one.made_by for one in exports}),
        exports_open=bool(may_export(actor, pilot)),
        takes_key=bool(may_take_key(actor, pilot)),
        runs=may_run(actor, pilot),
        may_draw=pilot.is_registered and not pilot.is_stopped and not pilot.row.drawn_at and today >= times.starts_on,
        commitment=commitment(pilot.row.seed),
        form=WordsForm(),
        words=words,
        where=(*trail(pilot.school_id), Crumb(pilot.row.title)),
    )


@blueprint.get("/pilots/<uuid:pilot_id>/classes/<uuid:course_id>")
@requires(may_see_waiting, opens="pilot", pilot=get_pilot, course=course_in)
def waiting(_actor: Actor, pilot: SeenPilot, course: SeenCourse) -> ResponseReturnValue:
    """Who of a class has not sat the test that is open: no results, no arms."""
    stage = pilot.stage(clock.today())
    kind = SITS.get(stage) if stage is not None else None
    pupils, done = waiting_in(pilot, course, kind) if kind is not None else ([], 0)
    return page(
        "pilots/waiting.html",
        pilot=pilot,
        course=course,
        kind=kind,
        until=pilot.times.window(kind)[1] if kind is not None else None,
        pupils=pupils,
        done=done,
        words=words,
        where=(
            *trail(pilot.school_id),
            Crumb(pilot.row.title, url_for("pilots.pilot", school_id=pilot.school_id, pilot_id=pilot.id)),
            Crumb(course.group),
        ),
    )


@blueprint.post("/pilots/<uuid:pilot_id>/register")
@requires(may_run, pilot=get_pilot)
def register(actor: Actor, pilot: SeenPilot) -> ResponseReturnValue:
    """Freeze it and ask the families."""
    return _do(pilot, lambda: register_pilot(actor, pilot), _("Registered. The families have been asked."))


@blueprint.post("/pilots/<uuid:pilot_id>/draw")
@requires(may_run, pilot=get_pilot)
def draw(actor: Actor, pilot: SeenPilot) -> ResponseReturnValue:
    """Once; it also happens by itself on the first day of practice."""
    return _do(pilot, lambda: draw_pilot(actor, pilot), _("Drawn. Who is in which arm stands on no page."))


@blueprint.post("/pilots/<uuid:pilot_id>/amend")
@requires(may_run, pilot=get_pilot)
def amend(actor: Actor, pilot: SeenPilot) -> ResponseReturnValue:
    """A dated word beside the protocol."""
    return _do(pilot, lambda: amend_pilot(actor, pilot, _words()), _("The amendment stands beside the protocol."))


@blueprint.post("/pilots/<uuid:pilot_id>/stop")
@requires(may_run, pilot=get_pilot)
def stop(actor: Actor, pilot: SeenPilot) -> ResponseReturnValue:
    """No more sets and tests."""
    return _do(pilot, lambda: stop_pilot(actor, pilot, _words()), _("Stopped. No more sets and tests are given."))


@blueprint.post("/pilots/<uuid:pilot_id>/alerts/<uuid:alert_id>")
@requires(may_run, pilot=get_pilot, alert=alert_of)
def answer(actor: Actor, pilot: SeenPilot, alert: PilotAlert) -> ResponseReturnValue:
    """Why it goes on."""
    return _do(pilot, lambda: answer_alert(actor, pilot, alert, _words()), _("Written down."))


def _words() -> str:
    return (request.form.get("words") or "")[:500]


def _do(pilot: SeenPilot, act: Callable[[], object], done: str) -> ResponseReturnValue:
    try:
        act()
        toast(done)
    except CannotPilot as why:
        toast(why.why)
    return go_to("pilots.pilot", school_id=pilot.school_id, pilot_id=pilot.id)
