"""The list of pilots, and writing a protocol."""

import uuid
from collections import Counter

from flask import Response, abort, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from content_library.models import Subject
from school.classes.policy import runs_school
from school.classes.seen import SeenCourse
from school.core import clock
from school.core.access import Actor, requires
from school.core.database import db
from school.core.languages import gettext as _
from school.core.pages import go_to, page, toast
from school.core.shell import Crumb, address_of
from school.pilots import words
from school.pilots.actions import Protocol, change_pilot, drop_pilot, plan_pilot, protocol_of
from school.pilots.errors import CannotPilot
from school.pilots.forms import ProtocolForm
from school.pilots.models import Arm, Sitting
from school.pilots.policy import may_change, may_hold, may_plan, may_see_pilot, sees_pilots
from school.pilots.queries import all_shared, choosable_courses, get_pilot, held_units, pilots_of, tests_of
from school.pilots.routes.blueprint import blueprint
from school.pilots.seen import SeenPilot


def trail(school_id: int | None) -> tuple[Crumb, ...]:
    """The way to the list."""
    reports = address_of("reports.overview", school_id=school_id)
    return (Crumb(_("Reports"), reports), Crumb(_("Pilots"), url_for("pilots.overview", school_id=school_id)))


@blueprint.get("/pilots")
@requires(sees_pilots)
def overview(actor: Actor) -> ResponseReturnValue:
    """Drafts and pilots; for teachers those of their classes."""
    today = clock.today()
    found = [one for one in pilots_of(actor) if may_see_pilot(actor, one)]
    return page(
        "pilots/overview.html",
        drafts=[one for one in found if not one.is_registered],
        running=[one for one in found if one.is_registered and not one.is_stopped and today < one.times.over_on],
        over=[one for one in found if one.is_registered and (one.is_stopped or today >= one.times.over_on)],
        today=today,
        plans=may_plan(actor),
        holds=may_hold(actor),
        school_id=actor.school_id,
        words=words,
        where=(*(trail(actor.school_id)[:1] if runs_school(actor) else ()), Crumb(_("Pilots"))),
    )


@blueprint.route("/pilots/new", methods=["GET", "POST"])
@requires(may_plan)
def new(actor: Actor) -> ResponseReturnValue:
    """The subject first; then the protocol."""
    subject = db.session.get(Subject, request.args.get("subject", 0, type=int))
    if subject is None:
        return _subjects(actor)
    courses, form = choosable_courses(actor, subject.id), ProtocolForm()
    _offer(form, courses, subject.id)
    if request.method == "GET":
        form.begin()
        most = Counter(one.year_level for one in courses).most_common(1)
        form.courses.data = [str(one.id) for one in courses if most and one.year_level == most[0][0]]
    elif form.validate():
        try:
            made = plan_pilot(actor, subject, *_wish(form, courses))
            return go_to("pilots.pilot", school_id=made.school_id, pilot_id=made.id)
        except CannotPilot as why:
            form.form_errors.append(why.why)
    return _form(
        actor, form, subject, len(courses), url_for("pilots.new", school_id=actor.school_id, subject=subject.id)
    )


@blueprint.route("/pilots/<uuid:pilot_id>/protocol", methods=["GET", "POST"])
@requires(may_change, pilot=get_pilot)
def edit(actor: Actor, pilot: SeenPilot) -> ResponseReturnValue:
    """Change a draft."""
    if pilot.row.shared_id is not None:
        return go_to("pilots.days", school_id=pilot.school_id, pilot_id=pilot.id)
    subject = db.session.get_one(Subject, pilot.row.subject_id)
    courses = choosable_courses(actor, subject.id)
    own = protocol_of(pilot.row)
    form = ProtocolForm(obj=own)
    _offer(form, courses, subject.id)
    if request.method == "GET":
        form.arms.data, form.main_test.data = [one.value for one in own.arms], own.main_test.value
        form.courses.data = [str(one.id) for one in pilot.courses]
        for kind, test in tests_of(pilot.school_id, pilot.id).items():
            form[kind].data = str(test.unit_version_id)
    elif form.validate():
        try:
            change_pilot(actor, pilot, *_wish(form, courses))
            return go_to("pilots.pilot", school_id=pilot.school_id, pilot_id=pilot.id)
        except CannotPilot as why:
            form.form_errors.append(why.why)
    here = url_for("pilots.edit", school_id=pilot.school_id, pilot_id=pilot.id)
    return _form(actor, form, subject, len(courses), here, pilot)


@blueprint.post("/pilots/<uuid:pilot_id>/drop")
@requires(may_change, pilot=get_pilot)
def drop(actor: Actor, pilot: SeenPilot) -> ResponseReturnValue:
    """Throw a draft away."""
    drop_pilot(actor, pilot)
    toast(_("The draft is gone."))
    return go_to("pilots.overview", school_id=pilot.school_id)


def _subjects(actor: Actor) -> Response:
    if request.method == "POST":
        abort(422)
    found = db.session.scalars(select(Subject).order_by(Subject.sort, Subject.id)).all()
    there = [(one, len(choosable_courses(actor, one.id))) for one in found]
    return page(
        "pilots/subjects.html",
        shared=[one for one in all_shared(actor) if one.is_open],
        subjects=[
            (one.id, one.name_en if actor.locale == "en" else one.name_ru, one.tint + 1, n) for one, n in there if n
        ],
        school_id=actor.school_id,
        where=(*trail(actor.school_id), Crumb(_("New pilot"))),
    )


def _form(
    actor: Actor, form: ProtocolForm, subject: Subject, courses: int, here: str, pilot: SeenPilot | None = None
) -> Response:
    return page(
        "pilots/protocol.html",
        status=422 if request.method == "POST" else 200,
        form=form,
        subject=subject.name_en if actor.locale == "en" else subject.name_ru,
        tint=subject.tint + 1,
        courses=courses,
        tests=len(held_units(subject.id)),
        holds=may_hold(actor),
        here=here,
        pilot=pilot,
        school_id=actor.school_id,
        where=(*trail(actor.school_id), Crumb(pilot.row.title if pilot else _("New pilot"))),
    )


def _offer(form: ProtocolForm, courses: list[SeenCourse], subject_id: int) -> None:
    tests = [
        (str(one.version_id), _("%(title)s (%(n)s questions)", title=one.title, n=one.questions))
        for one in held_units(subject_id)
    ]
    form.offer([(str(one.id), f"{one.group}, {one.title}") for one in courses], tests)


def _wish(form: ProtocolForm, courses: list[SeenCourse]) -> tuple[Protocol, list[SeenCourse], dict[Sitting, uuid.UUID]]:
    protocol = Protocol(
        title=" ".join(form.title.data.split()),
        question=form.question.data.strip(),
        main_test=Sitting(form.main_test.data),
        # The order of the ways is fixed, so the plainest of those chosen is what the others are compared with.
        arms=tuple(one for one in Arm if one.value in form.arms.data),
        tasks=form.tasks.data,
        sets=form.sets.data,
        consent_until=form.consent_until.data,
        starts_on=form.starts_on.data,
        weeks=form.weeks.data,
        n_planned=form.n_planned.data,
        stop_rule=form.stop_rule.data.strip(),
        most_minutes=form.most_minutes.data,
        most_lost=form.most_lost.data,
        other_year=(form.other_year.data or "").strip(),
    )
    chosen = [one for one in courses if str(one.id) in form.courses.data]
    tests = {kind: uuid.UUID(form[kind.value].data) for kind in Sitting if form[kind.value].data}
    return protocol, chosen, tests
