"""Representatives of a child."""

from flask import request, url_for
from flask.typing import ResponseReturnValue

from school.core.access import Actor, requires
from school.core.clock import today
from school.core.languages import gettext as _
from school.core.pages import page, toast
from school.core.shell import Crumb
from school.people import actions
from school.people.errors import AlreadyHas
from school.people.forms.people import GuardianForm, GuardianshipForm
from school.people.models import Guardianship, Member
from school.people.policy import manages_family_of
from school.people.queries import get_holder, get_member, get_school, get_tie, possible_guardians
from school.people.routes.blueprint import blueprint
from school.people.routes.members import account_named, crumbs_of, to_member
from school.people.seen import KeyHolder


@blueprint.route("/s/<int:school_id>/people/<uuid:member_id>/guardians/new", methods=["GET", "POST"])
@requires(manages_family_of, opens="people", member=get_holder)
def add_guardian(actor: Actor, member: KeyHolder) -> ResponseReturnValue:
    """Somebody known here, or a new person."""
    wanted = request.values.get("q", "")[:80] or member.family_name
    known = possible_guardians(member, wanted)
    form = GuardianForm(known=[(str(one.id), _name(one)) for one in known], from_on=today())
    if form.validate_on_submit():
        guardian = next((one for one in known if str(one.id) == form.member.data), None) or _entered(actor, form)
        if guardian is not None and _added(actor, member, guardian, form):
            toast(_("Parent or guardian added."))
            return to_member(member)
    return page(
        "people/guardian.html",
        where=crumbs_of(actor, member, Crumb(_("New parent or guardian"))),
        form=form,
        member=member,
        wanted=wanted,
        here=url_for("people.add_guardian", school_id=actor.school_id, member_id=member.id),
        status=422 if form.errors else 200,
    )


def _name(one: Member) -> str:
    return f"{one.family_name} {one.given_name} {one.patronymic}".strip()


def _entered(actor: Actor, form: GuardianForm) -> Member | None:
    school = get_school(actor)
    account, known = account_named(actor, form)
    if not known or school is None:
        return None
    try:
        return actions.enter_person(actor, school, form.name, "parent", form.from_on.data, account)
    except AlreadyHas:
        form.login.errors = [_("This person is already a parent here: search for them by family name above.")]
        return None


def _added(actor: Actor, member: KeyHolder, guardian: Member, form: GuardianForm) -> bool:
    try:
        actions.add_guardian(
            actor,
            member,
            guardian,
            form.relation.data,
            form.from_on.data,
            sees_progress=form.sees_progress.data,
            note=form.note.data or "",
        )
    except AlreadyHas:
        form.member.errors = [_("This person is already the child's parent or guardian.")]
        return False
    return True


@blueprint.route("/s/<int:school_id>/people/<uuid:member_id>/guardians/<uuid:tie_id>", methods=["GET", "POST"])
@requires(manages_family_of, opens="people", member=get_holder, tie=get_tie)
def guardianship(actor: Actor, member: KeyHolder, tie: Guardianship) -> ResponseReturnValue:
    """Limit, restore or end a representative's rights."""
    form = GuardianshipForm(obj=tie)
    if form.validate_on_submit():
        actions.change_guardianship(
            actor,
            tie,
            sees_progress=form.sees_progress.data,
            to_on=form.to_on.data,
            note=form.note.data or "",
        )
        toast(_("The rights of the parent or guardian are saved."))
        return to_member(member)
    guardian = get_member(actor, tie.guardian_id)
    where = crumbs_of(actor, member, Crumb(_("Rights of a parent or guardian")))
    return page(
        "people/guardianship.html",
        where=where,
        form=form,
        member=member,
        guardian=_name(guardian) if guardian else "",
        status=422 if form.errors else 200,
    )
