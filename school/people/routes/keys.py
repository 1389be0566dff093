"""What staff print and hand out: cards of small children, one-time codes, and a new code in one act.

A secret is on the screen once, in the answer to the press that made it: the database keeps only its hash. Who comes to
such an address again by a link (another language, the browser's history) is led back to where the press was made.
"""

from collections.abc import Sequence

from flask import request, url_for
from flask.typing import ResponseReturnValue

from school.core.access import Actor, requires
from school.core.clock import local, now
from school.core.languages import gettext as _
from school.core.languages import ngettext
from school.core.pages import go_to, page, toast
from school.core.shell import Crumb
from school.people.actions import allow_cards_to, give_cards, invite
from school.people.actions import reset_access as reset_it
from school.people.actions.keys import INVITED_FOR, RESET_FOR
from school.people.codes import shown
from school.people.forms.people import CardRuleForm
from school.people.hooks import KnownClass
from school.people.policy import (
    manages_people,
    may_have_card,
    may_invite,
    may_invite_staff,
    may_print_keys,
    may_reset_access,
    sees_keys_of_class,
    sees_people,
)
from school.people.qr import qr_svg
from school.people.queries import (
    get_class,
    get_holder,
    get_school,
    guardians_of_class,
    holders_of_class,
    staff_to_invite,
)
from school.people.routes.blueprint import blueprint
from school.people.routes.members import crumbs
from school.people.seen import KeyHolder


@blueprint.get("/s/<int:school_id>/classes/<uuid:group_id>/keys")
@requires(sees_keys_of_class, opens="access", group=get_class)
def class_keys(actor: Actor, group: KnownClass) -> ResponseReturnValue:
    """How each pupil of a class signs in, and one press to help."""
    pupils = holders_of_class(group)
    prints = may_print_keys(actor, group)
    parents = guardians_of_class(group) if prints else []
    return page(
        "people/class_keys.html",
        where=(Crumb(group.name), Crumb(_("Sign-in"))),
        group=group,
        rows=[(one, bool(may_reset_access(actor, one)), bool(may_have_card(actor, one))) for one in pupils],
        prints=prints,
        without_card=[one for one in pupils if may_have_card(actor, one) and one.card_made_at is None],
        card_holders=[one for one in pupils if may_have_card(actor, one)],
        to_invite=_to_invite(actor, pupils),
        parents_to_invite=[one for one in parents if may_invite(actor, one)],
    )


@blueprint.route("/s/<int:school_id>/classes/<uuid:group_id>/cards", methods=["GET", "POST"])
@requires(may_print_keys, opens="access", group=get_class)
def print_cards(actor: Actor, group: KnownClass) -> ResponseReturnValue:
    """New cards for the class: for all, or only for those who have none."""
    if request.method == "GET":
        return _to_class(group)
    everybody = request.form.get("which") == "all"
    pupils = [
        one for one in holders_of_class(group) if may_have_card(actor, one) and (everybody or one.card_made_at is None)
    ]
    if not pupils:
        toast(_("Every pupil here has a card already."))
        return _to_class(group)
    return _sheet_of_cards(actor, pupils, _back_to_class(group))


@blueprint.route("/s/<int:school_id>/people/<uuid:member_id>/card", methods=["GET", "POST"])
@requires(may_have_card, opens="access", member=get_holder)
def print_card(actor: Actor, member: KeyHolder) -> ResponseReturnValue:
    """One new card; the earlier one ends."""
    if request.method == "GET":
        return _to_person(actor, member)
    return _sheet_of_cards(actor, [member], request.form.get("back", ""))


@blueprint.route("/s/<int:school_id>/classes/<uuid:group_id>/codes", methods=["GET", "POST"])
@requires(may_print_keys, opens="access", group=get_class)
def print_codes(actor: Actor, group: KnownClass) -> ResponseReturnValue:
    """Invitations for the pupils of a class who have not come yet, or for their parents."""
    if request.method == "GET":
        return _to_class(group)
    if request.form.get("who") == "parents":
        people = [one for one in guardians_of_class(group) if may_invite(actor, one)]
    else:
        people = _to_invite(actor, holders_of_class(group))
    if not people:
        toast(_("Everybody here signs in already."))
        return _to_class(group)
    return _sheet_of_codes(actor, people, group.name, _back_to_class(group))


@blueprint.route("/s/<int:school_id>/people/invitations", methods=["GET", "POST"])
@requires(may_invite_staff)
def invite_staff(actor: Actor) -> ResponseReturnValue:
    """Staff who have not signed in yet, and a printed sheet of codes for them."""
    people = [one for one in staff_to_invite(actor) if may_invite(actor, one)]
    where = crumbs(actor, Crumb(_("Staff invitations")))
    if request.method == "POST" and people:
        chosen = set(request.form.getlist("member"))
        people = [one for one in people if str(one.id) in chosen] or people
        return _sheet_of_codes(actor, people, _("Staff"), where[0].url)
    return page("people/invite_staff.html", where=where, people=people)


@blueprint.route("/s/<int:school_id>/people/<uuid:member_id>/access", methods=["GET", "POST"])
@requires(may_reset_access, opens="access", member=get_holder)
def reset_access(actor: Actor, member: KeyHolder) -> ResponseReturnValue:
    """One press: the old ways in end, and a one-time code is on the screen."""
    if request.method == "GET":
        return _to_person(actor, member)
    code = reset_it(actor, member)
    return page(
        "people/code_given.html",
        where=(Crumb(member.short_name), Crumb(_("One-time code"))),
        member=member,
        code=shown(code),
        until=local(now() + RESET_FOR),
        join_url=url_for("people.join", _external=True),
        back=request.form.get("back", ""),
    )


@blueprint.post("/s/<int:school_id>/people/cards-rule")
@requires(manages_people)
def set_card_rule(actor: Actor) -> ResponseReturnValue:
    """Up to which year pupils sign in by cards."""
    form, school = CardRuleForm(), get_school(actor)
    if school is not None and form.validate():
        allow_cards_to(actor, school, form.year_level.data)
        toast(_("The rule about cards is saved."))
    return go_to("people.members", school_id=actor.school_id)


def _sheet_of_cards(actor: Actor, pupils: Sequence[KeyHolder], back: str) -> ResponseReturnValue:
    secrets = give_cards(actor, pupils)
    cards = [
        (pupil, qr_svg(url_for("people.card", secret=secret, _external=True)))
        for pupil, secret in zip(pupils, secrets, strict=True)
    ]
    where = (Crumb(pupils[0].class_name), Crumb(_("Cards")))
    title = ngettext("%(num)d card", "%(num)d cards", len(cards))
    return page("people/cards_sheet.html", where=where, cards=cards, title=title, back=back)


def _sheet_of_codes(actor: Actor, people: Sequence[KeyHolder], whose: str, back: str) -> ResponseReturnValue:
    codes = [(person, shown(code)) for person, code in zip(people, invite(actor, people), strict=True)]
    join_url = url_for("people.join", _external=True)
    return page(
        "people/codes_sheet.html",
        where=(Crumb(whose), Crumb(_("Codes"))),
        codes=codes,
        whose=whose,
        join_url=join_url,
        qr=qr_svg(join_url),
        until=local(now() + INVITED_FOR),
        back=back,
    )


def _to_invite(actor: Actor, pupils: Sequence[KeyHolder]) -> list[KeyHolder]:
    """Pupils without a way in: neither a password nor a card."""
    return [one for one in pupils if may_invite(actor, one) and one.card_made_at is None]


def _to_class(group: KnownClass) -> ResponseReturnValue:
    return go_to("people.class_keys", school_id=group.school_id, group_id=group.id)


def _to_person(actor: Actor, member: KeyHolder) -> ResponseReturnValue:
    if sees_people(actor):
        return go_to("people.member", school_id=member.school_id, member_id=member.id)
    return go_to("home.start")


def _back_to_class(group: KnownClass) -> str:
    return url_for("people.class_keys", school_id=group.school_id, group_id=group.id)
