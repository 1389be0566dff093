"""Roles and temporary rights of one person."""

from flask.typing import ResponseReturnValue

from school.core.access import Actor, requires
from school.core.clock import today
from school.core.languages import gettext as _
from school.core.pages import page, toast
from school.core.shell import Crumb
from school.people import actions
from school.people.errors import AlreadyHas, LastAdmin
from school.people.forms.people import LastDayForm, RoleForm
from school.people.models import Role
from school.people.policy import manages_member
from school.people.queries import get_holder, role_of
from school.people.routes.blueprint import blueprint
from school.people.routes.members import crumbs_of, last_admin, to_member
from school.people.seen import KeyHolder
from school.people.words import role_word


@blueprint.route("/s/<int:school_id>/people/<uuid:member_id>/roles/new", methods=["GET", "POST"])
@requires(manages_member, opens="people", member=get_holder)
def give_role(actor: Actor, member: KeyHolder) -> ResponseReturnValue:
    """Person, right, end date."""
    form = RoleForm(from_on=today())
    if form.validate_on_submit():
        until = form.to_on.data if form.lasting.data == "until" else None
        try:
            actions.give_role(actor, member, form.kind.data, form.from_on.data, until)
        except AlreadyHas:
            form.kind.errors = [_("This person already has this role on those days.")]
        else:
            toast(_("Role given: %(role)s.", role=role_word(form.kind.data)))
            return to_member(member)
    where = crumbs_of(actor, member, Crumb(_("New role")))
    return page("people/role.html", where=where, form=form, member=member, status=422 if form.errors else 200)


@blueprint.route("/s/<int:school_id>/people/<uuid:member_id>/roles/<uuid:role_id>/end", methods=["GET", "POST"])
@requires(manages_member, opens="people", member=get_holder, role=role_of)
def end_role(actor: Actor, member: KeyHolder, role: Role) -> ResponseReturnValue:
    """Name the last day of a role."""
    form = LastDayForm(last_day=today())
    if form.validate_on_submit():
        try:
            actions.end_role(actor, member, role, form.last_day.data)
        except LastAdmin:
            form.last_day.errors = [last_admin()]
        else:
            toast(_("The last day of the role is saved."))
            return to_member(member)
    where = crumbs_of(actor, member, Crumb(_("End a role")))
    return page(
        "people/end_role.html",
        where=where,
        form=form,
        member=member,
        role=role_word(role.kind),
        status=422 if form.errors else 200,
    )
