"""One's own page: roles, password, devices, language and theme."""

from flask.typing import ResponseReturnValue

from school.core import limits
from school.core.access import Actor, requires, signed_in
from school.core.clock import today
from school.core.languages import gettext as _
from school.core.pages import go_to, page, toast
from school.core.shell import Crumb
from school.people.actions import change_password, end_other_sign_ins
from school.people.actions import end_sign_in as end_it
from school.people.errors import WrongPassword
from school.people.forms.own import PasswordForm
from school.people.models import SignIn
from school.people.queries import children_everywhere, get_own_sign_in, own_standings, sign_ins_of
from school.people.routes.blueprint import blueprint
from school.people.words import how_word, role_word

TRIES = "10 per 5 minute"


@blueprint.get("/profile")
@requires(signed_in)
def profile(actor: Actor) -> ResponseReturnValue:
    """Who I am here, and where I am signed in."""
    return page(
        "people/profile.html",
        where=(Crumb(_("Profile")),),
        actor=actor,
        roles=own_standings(actor),
        children=children_everywhere(actor, today()),
        sign_ins=sign_ins_of(actor),
        role_word=role_word,
        how_word=how_word,
    )


@blueprint.route("/profile/password", methods=["GET", "POST"])
@requires(signed_in)
def password(actor: Actor) -> ResponseReturnValue:
    """A new password; other devices are signed out."""
    form = PasswordForm()
    form.known_login = actor.login or ""
    status = 200
    if form.is_submitted():
        status = 422
        if not limits.allow(TRIES, "password", actor.account_id.hex):
            form.present.errors = [_("Too many attempts. Wait five minutes and try again.")]
        elif form.validate() and _changed(actor, form):
            toast(_("New password saved. All other devices have been signed out."))
            return go_to("people.profile")
    where = (Crumb(_("Profile"), "/profile"), Crumb(_("Password")))
    return page("people/password.html", where=where, form=form, login=actor.login, status=status)


def _changed(actor: Actor, form: PasswordForm) -> bool:
    try:
        change_password(actor, form.present.data, form.password.data)
    except WrongPassword:
        form.present.errors = [_("That is not your current password. Check the keyboard language.")]
        return False
    return True


@blueprint.post("/profile/sign-ins/<uuid:sign_in_id>/end")
@requires(lambda _actor, _sign_in: True, sign_in=get_own_sign_in)
def end_sign_in(actor: Actor, sign_in: SignIn) -> ResponseReturnValue:
    """Sign one device out."""
    end_it(actor, sign_in)
    toast(_("That device is signed out."))
    return go_to("people.profile")


@blueprint.post("/profile/sign-ins/end-others")
@requires(signed_in)
def end_others(actor: Actor) -> ResponseReturnValue:
    """Sign out everywhere but here."""
    end_other_sign_ins(actor)
    toast(_("You are signed in on this device only."))
    return go_to("people.profile")
