"""A pupil changes school: handed over by one administrator, taken in by another."""

from datetime import date, timedelta

from flask import request, url_for
from flask.typing import ResponseReturnValue

from school.classes.actions import CannotDo, accept_offer, decline_offer, offer_transfer, withdraw_offer
from school.classes.actions.handing import DECIDED, FAMILY, OFFERED
from school.classes.forms.transfers import DeclineForm, HandOverForm, TakeInForm
from school.classes.policy import may_hand_over, may_manage_structure, may_see_offer, may_take_back, may_take_in
from school.classes.queries import get_pupil
from school.classes.queries.offers import (
    arrival_of,
    classes_for,
    get_offer,
    offers_of,
    schools_named,
    waiting_offer_of,
)
from school.classes.routes.blueprint import blueprint
from school.classes.seen import SeenPupil
from school.classes.words import reason_words
from school.core import clock
from school.core.access import Actor, requires
from school.core.days import on_day, short_day
from school.core.languages import gettext as _
from school.core.pages import go_to, page, toast
from school.core.shell import Crumb, address_of
from school.notices.hooks import Said, says
from school.notices.seen import SeenNotice
from school.people.models import TransferOffer


@blueprint.get("/transfers")
@requires(may_manage_structure)
def transfers(actor: Actor) -> ResponseReturnValue:
    """Who comes, who goes, what waits for a decision."""
    found = offers_of(actor)
    return page(
        "classes/transfers.html",
        coming=[one for one in found if one[0].to_school_id == actor.school_id],
        going=[one for one in found if one[0].from_school_id == actor.school_id],
        states=_states(),
        school_id=actor.school_id,
        where=(Crumb(_("Transfers")),),
    )


@blueprint.route("/pupils/<uuid:pupil_id>/transfer", methods=["GET", "POST"])
@requires(may_hand_over, opens="people", pupil=get_pupil)
def hand_over(actor: Actor, pupil: SeenPupil) -> ResponseReturnValue:
    """Offer a pupil to another school."""
    wanted = request.values.get("q", "")[:80]
    schools = schools_named(actor, wanted)
    form = HandOverForm(data={"on_date": clock.today() + timedelta(days=1)})
    form.school.choices = [
        (str(one.id), f"{one.short_name}{', ' + one.district if one.district else ''}") for one in schools
    ]
    if form.validate_on_submit():
        school = next(one for one in schools if str(one.id) == form.school.data)
        try:
            offer_transfer(actor, pupil, school, form.on_date.data, form.ground.data)
            toast(_("Handed over. Nothing changes until the new school takes the pupil in."))
            return go_to("classes.transfers", school_id=pupil.school_id)
        except CannotDo as refusal:
            form.form_errors.append(refusal.why)
    return page(
        "classes/hand_over.html",
        status=422 if request.method == "POST" else 200,
        pupil=pupil,
        form=form,
        wanted=wanted,
        found=len(schools),
        waiting=waiting_offer_of(pupil),
        where=(Crumb(_("Transfers"), url_for("classes.transfers", school_id=pupil.school_id)), Crumb(pupil.short_name)),
    )


@blueprint.get("/transfers/<uuid:offer_id>")
@requires(may_see_offer, opens="people", offer=get_offer)
def offer(actor: Actor, offer: TransferOffer) -> ResponseReturnValue:
    """One pupil's way: for the receiving school with the classes to choose from, afterwards what came along."""
    return _offer_page(actor, offer, _take_in_form(offer), DeclineForm(formdata=None))


@blueprint.post("/transfers/<uuid:offer_id>/accept")
@requires(may_take_in, offer=get_offer)
def accept(actor: Actor, offer: TransferOffer) -> ResponseReturnValue:
    """Take the pupil into a class."""
    form = _take_in_form(offer)
    if form.validate_on_submit():
        group = next(one for one in classes_for(offer) if str(one.id) == form.group.data)
        try:
            accept_offer(actor, offer, group)
            toast(
                _("%(name)s: in %(group)s %(day)s.", name=offer.pupil_name, group=group.name, day=_from(offer.on_date))
            )
            return go_to("classes.offer", school_id=actor.school_id, offer_id=offer.id)
        except CannotDo as refusal:
            form.form_errors.append(refusal.why)
    return _offer_page(actor, offer, form, DeclineForm(formdata=None), status=422)


@blueprint.post("/transfers/<uuid:offer_id>/decline")
@requires(may_take_in, offer=get_offer)
def decline(actor: Actor, offer: TransferOffer) -> ResponseReturnValue:
    """The pupil can't be taken in."""
    form = DeclineForm()
    if form.validate_on_submit():
        try:
            decline_offer(actor, offer, form.why.data)
            toast(_("The leaving school reads your answer."))
            return go_to("classes.transfers", school_id=actor.school_id)
        except CannotDo as refusal:
            form.form_errors.append(refusal.why)
    return _offer_page(actor, offer, _take_in_form(offer, formdata=None), form, status=422)


@blueprint.post("/transfers/<uuid:offer_id>/take-back")
@requires(may_take_back, offer=get_offer)
def take_back(actor: Actor, offer: TransferOffer) -> ResponseReturnValue:
    """The pupil stays."""
    try:
        withdraw_offer(actor, offer)
        toast(_("Taken back. The pupil stays in this school."))
    except CannotDo as refusal:
        toast(refusal.why)
    return go_to("classes.transfers", school_id=actor.school_id)


def _take_in_form(offer: TransferOffer, **given: None) -> TakeInForm:
    form = TakeInForm(**given)
    form.group.choices = [(str(one.id), one.name) for one in classes_for(offer)]
    return form


def _offer_page(
    actor: Actor, offer: TransferOffer, form: TakeInForm, decline_form: DeclineForm, status: int = 200
) -> ResponseReturnValue:
    schools = next(one for one in offers_of(actor) if one[0].id == offer.id)
    arrival = arrival_of(offer) if offer.state == "accepted" and offer.to_school_id == actor.school_id else None
    return page(
        "classes/offer.html",
        status=status,
        offer=offer,
        old_name=schools[1],
        new_name=schools[2],
        takes=may_take_in(actor, offer) and offer.state == "waiting",
        gives=may_take_back(actor, offer) and offer.state == "waiting",
        form=form,
        decline_form=decline_form,
        states=_states(),
        carried=arrival.carried if arrival else None,
        reason_words=lambda key: _("late") if key == "late" else reason_words(key),
        member_url=address_of("people.member", school_id=actor.school_id, member_id=offer.new_member_id)
        if arrival
        else "",
        school_id=actor.school_id,
        where=(Crumb(_("Transfers"), url_for("classes.transfers", school_id=actor.school_id)), Crumb(offer.pupil_name)),
    )


def _states() -> dict[str, tuple[str, str]]:
    """Words and tone of each state."""
    return {
        "waiting": (_("waiting for an answer"), "warn"),
        "accepted": (_("taken in"), "good"),
        "declined": (_("declined"), "plain"),
        "withdrawn": (_("taken back"), "plain"),
    }


def _from(day: date) -> str:
    return str(_("from %(day)s", day=short_day(day)))


@says(OFFERED, brief=lambda _notice: _("A pupil is to come: please decide"))
def offered(notice: SeenNotice) -> Said:
    """To the administrators of the receiving school."""
    about = notice.about
    return Said(
        _("A pupil is to come: %(name)s", name=about["name"]),
        f"{about['class']}, {_from(date.fromisoformat(about['on']))}",
        url_for("classes.offer", school_id=notice.school_id, offer_id=notice.thing_id),
        _("Decide"),
    )


@says(DECIDED, brief=lambda _notice: _("The new school has answered about a pupil"))
def decided(notice: SeenNotice) -> Said:
    """To the administrators of the leaving school."""
    about = notice.about
    taken = about["state"] == "accepted"
    return Said(
        _("%(name)s: the new school has taken the pupil in", name=about["name"])
        if taken
        else _("%(name)s: the new school can't take the pupil", name=about["name"]),
        _from(date.fromisoformat(about["on"])) if taken else about["why"],
        url_for("classes.offer", school_id=notice.school_id, offer_id=notice.thing_id),
    )


@says(FAMILY, brief=lambda _notice: _("The new school has answered about your child"))
def family_told(notice: SeenNotice) -> Said:
    """To the family: where and from when."""
    about = notice.about
    return Said(
        _("%(name)s changes school", name=about["name"]),
        _(
            "%(school)s, %(group)s, %(day)s. Marks and works of the old school stay readable for a year.",
            school=about["school"],
            group=about["class"],
            day=on_day(date.fromisoformat(about["on"])),
        ),
        address_of("home.family"),
    )
