"""A school carries out a protocol of the city: it chooses classes and days, and nothing else."""

from flask import request, url_for
from flask.typing import ResponseReturnValue

from content_library.models import Subject
from school.classes.seen import SeenCourse
from school.core.access import Actor, requires
from school.core.database import db
from school.core.pages import go_to, page
from school.core.shell import Crumb
from school.pilots import words
from school.pilots.actions import carry_out, change_days
from school.pilots.errors import CannotPilot
from school.pilots.forms import JoinForm
from school.pilots.models import SharedPilot
from school.pilots.policy import may_carry_out, may_change
from school.pilots.queries import choosable_courses, get_pilot, get_shared, open_shared
from school.pilots.queries.shared import SeenShared
from school.pilots.routes.blueprint import blueprint
from school.pilots.routes.planning import trail
from school.pilots.seen import SeenPilot


@blueprint.route("/pilots/join/<uuid:shared_id>", methods=["GET", "POST"])
@requires(may_carry_out, shared=open_shared)
def join(actor: Actor, shared: SeenShared) -> ResponseReturnValue:
    """A draft with the city's protocol."""
    form = _form(actor, shared.row)
    if request.method == "POST" and form.validate():
        try:
            made = carry_out(actor, shared.row, _chosen(actor, shared.row, form), form.days)
            return go_to("pilots.pilot", school_id=made.school_id, pilot_id=made.id)
        except CannotPilot as why:
            form.form_errors.append(why.why)
    return _page(actor, form, shared, url_for("pilots.join", school_id=actor.school_id, shared_id=shared.id))


@blueprint.route("/pilots/<uuid:pilot_id>/days", methods=["GET", "POST"])
@requires(may_change, pilot=get_pilot)
def days(actor: Actor, pilot: SeenPilot) -> ResponseReturnValue:
    """Other classes and days of a draft of the city's protocol."""
    shared = get_shared(actor, pilot.row.shared_id) if pilot.row.shared_id is not None else None
    if shared is None:
        return go_to("pilots.edit", school_id=pilot.school_id, pilot_id=pilot.id)
    form = _form(actor, shared.row)
    if request.method == "GET":
        form.courses.data = [str(one.id) for one in pilot.courses]
        form.consent_until.data, form.starts_on.data = pilot.row.consent_until, pilot.row.starts_on
    elif form.validate():
        try:
            change_days(actor, pilot, shared.row, _chosen(actor, shared.row, form), form.days)
            return go_to("pilots.pilot", school_id=pilot.school_id, pilot_id=pilot.id)
        except CannotPilot as why:
            form.form_errors.append(why.why)
    return _page(actor, form, shared, url_for("pilots.days", school_id=pilot.school_id, pilot_id=pilot.id))


def _form(actor: Actor, shared: SharedPilot) -> JoinForm:
    form = JoinForm()
    courses = [one for one in choosable_courses(actor, shared.subject_id) if one.year_level == shared.year_level]
    form.courses.choices = [(str(one.id), f"{one.group}, {one.title}") for one in courses]
    if request.method == "GET":
        form.begin([str(one.id) for one in courses])
    return form


def _chosen(actor: Actor, shared: SharedPilot, form: JoinForm) -> list[SeenCourse]:
    return [one for one in choosable_courses(actor, shared.subject_id) if str(one.id) in form.courses.data]


def _page(actor: Actor, form: JoinForm, shared: SeenShared, here: str) -> ResponseReturnValue:
    subject = db.session.get_one(Subject, shared.row.subject_id)
    return page(
        "pilots/join.html",
        status=422 if request.method == "POST" else 200,
        form=form,
        shared=shared,
        row=shared.row,
        tint=subject.tint + 1,
        here=here,
        school_id=actor.school_id,
        words=words,
        where=(*trail(actor.school_id), Crumb(shared.row.title)),
    )
