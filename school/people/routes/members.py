"""The people of a school: the list, one person, names, coming and leaving."""

import uuid
from functools import partial
from typing import Any

from flask import request, url_for
from flask.typing import ResponseReturnValue

from school.core import limits
from school.core.access import Actor, requires
from school.core.clock import today
from school.core.languages import gettext as _
from school.core.pages import go_to, page, toast
from school.core.shell import Crumb
from school.people.actions import close_member, enter_person, rename
from school.people.errors import AlreadyHas, LastAdmin
from school.people.forms.people import CardRuleForm, LastDayForm, NameForm, PersonForm
from school.people.hooks import rolls
from school.people.models import Account
from school.people.policy import (
    manages_member,
    manages_people,
    may_have_card,
    may_reset_access,
    sees_looks,
    sees_member,
    sees_people,
)
from school.people.queries import Wanted, find_account_with_name, get_holder, get_school, ties_of
from school.people.queries import members as find_members
from school.people.routes.blueprint import blueprint
from school.people.seen import KeyHolder
from school.people.words import GIVEN_HERE, relation_word, role_word

LOOKUPS = "60 per 60 minute"
"""Logins of other schools that one administrator may try."""


def crumbs(actor: Actor, *rest: Crumb) -> tuple[Crumb, ...]:
    """The way from the list of people."""
    return (Crumb(_("People"), url_for("people.members", school_id=actor.school_id)), *rest)


def crumbs_of(actor: Actor, member: KeyHolder, *rest: Crumb) -> tuple[Crumb, ...]:
    """The way from the list through a person's page."""
    url = url_for("people.member", school_id=actor.school_id, member_id=member.id)
    return crumbs(actor, Crumb(member.short_name, url), *rest)


def to_member(member: KeyHolder) -> ResponseReturnValue:
    """Back to the person's page."""
    return go_to("people.member", school_id=member.school_id, member_id=member.id)


@blueprint.get("/s/<int:school_id>/people")
@requires(sees_people)
def members(actor: Actor) -> ResponseReturnValue:
    """Everybody, by name; searched, by role, by class."""
    wanted = Wanted(
        text=request.args.get("q", "")[:80],
        kind=request.args.get("role", ""),
        class_id=_uuid(request.args.get("class", "")),
        left=request.args.get("state") == "left",
        after=request.args.get("after", ""),
    )
    school, found = get_school(actor), find_members(actor, wanted)
    here = partial(url_for, "people.members", school_id=actor.school_id, **_kept(wanted))
    return page(
        "people/members.html",
        block="list",
        where=(Crumb(_("People")),),
        wanted=wanted,
        found=found,
        next_url=here(after=found.after) if found.after else "",
        first_url=here() if wanted.after else "",
        classes=rolls().classes(actor),
        kinds=GIVEN_HERE,
        role_word=role_word,
        school_id=actor.school_id,
        card_rule=CardRuleForm(formdata=None, year_level=school.cards_to_year) if school else None,
        manages=manages_people(actor),
    )


@blueprint.route("/s/<int:school_id>/people/new", methods=["GET", "POST"])
@requires(manages_people)
def create(actor: Actor) -> ResponseReturnValue:
    """Enter one person; many come by an import."""
    form = PersonForm(from_on=today())
    school = get_school(actor)
    if school is not None and form.validate_on_submit():
        account, known = account_named(actor, form)
        if known:
            try:
                made = enter_person(actor, school, form.name, form.kind.data, form.from_on.data, account)
            except AlreadyHas:
                form.kind.errors = [_("This person already has this role here.")]
            else:
                return go_to("people.member", school_id=school.id, member_id=made.id)
    status = 422 if form.is_submitted() else 200
    return page("people/create.html", where=crumbs(actor, Crumb(_("New person"))), form=form, status=status)


def account_named(actor: Actor, form: PersonForm) -> tuple[Account | None, bool]:
    """The account of the login that was entered, and whether the form may go on: without a login a new one is made."""
    if not form.login.data:
        return None, True
    if not limits.allow(LOOKUPS, "lookup", actor.account_id.hex):
        form.login.errors = [_("Too many attempts. Wait an hour and try again.")]
        return None, False
    account = find_account_with_name(form.login.data, form.family_name.data, form.given_name.data)
    if account is None:
        form.login.errors = [_("Nobody has this login together with this family name and given name.")]
    return account, account is not None


@blueprint.get("/s/<int:school_id>/people/<uuid:member_id>")
@requires(sees_member, opens="people", member=get_holder)
def member(actor: Actor, member: KeyHolder) -> ResponseReturnValue:
    """One person: roles, family, how they sign in."""
    guardians, children = ties_of(member)
    return page(
        "people/member.html",
        where=crumbs(actor, Crumb(member.short_name)),
        member=member,
        guardians=guardians,
        children=children,
        manages=manages_people(actor),
        reset=may_reset_access(actor, member),
        card=may_have_card(actor, member),
        role_word=role_word,
        relation_word=relation_word,
        today=today(),
        sees_looks=sees_looks,
    )


@blueprint.route("/s/<int:school_id>/people/<uuid:member_id>/name", methods=["GET", "POST"])
@requires(manages_member, opens="people", member=get_holder)
def correct_name(actor: Actor, member: KeyHolder) -> ResponseReturnValue:
    """Correct a name."""
    form = NameForm(obj=member)
    if form.validate_on_submit():
        rename(actor, member, form.name)
        toast(_("The name has been corrected everywhere in the school."))
        return to_member(member)
    where = crumbs_of(actor, member, Crumb(_("Name")))
    return page("people/name.html", where=where, form=form, member=member, status=422 if form.errors else 200)


@blueprint.route("/s/<int:school_id>/people/<uuid:member_id>/leaving", methods=["GET", "POST"])
@requires(manages_member, opens="people", member=get_holder)
def close(actor: Actor, member: KeyHolder) -> ResponseReturnValue:
    """The person leaves the school after a day."""
    form = LastDayForm(last_day=today())
    if form.validate_on_submit():
        try:
            close_member(actor, member, form.last_day.data)
        except LastAdmin:
            form.last_day.errors = [last_admin()]
        else:
            toast(_("The last day is saved. Marks and work are kept."))
            return to_member(member)
    where = crumbs_of(actor, member, Crumb(_("Leaving school")))
    return page("people/close.html", where=where, form=form, member=member, status=422 if form.errors else 200)


def last_admin() -> str:
    """Why the last administrator stays."""
    return str(_("Then nobody could manage the school. Give the administrator's role to somebody else first."))


def _kept(wanted: Wanted) -> dict[str, Any]:
    """The filters, for the addresses of other pages of the same list."""
    values = {"q": wanted.text, "role": wanted.kind, "class": wanted.class_id, "state": "left" if wanted.left else ""}
    return {name: value for name, value in values.items() if value}


def _uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
