"""Signing in and out, and language and theme before and after it."""

from urllib.parse import urlsplit

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from school.core import limits
from school.core.access import Actor, public, requires, signed_in
from school.core.languages import COOKIE, LOCALES
from school.core.languages import gettext as _
from school.core.pages import go_to, go_to_address, local_address, page
from school.people import sessions
from school.people.actions import THEMES, choose_looks, sign_in_by_password
from school.people.forms.own import SignInForm, lowered
from school.people.routes.blueprint import BY_ADDRESS, blueprint

A_YEAR = 31_536_000
BY_LOGIN = "10 per 5 minute"


@blueprint.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> ResponseReturnValue:
    """Login and password; after ten failures a login waits."""
    where = local_address(request.args.get("next"), url_for("home.start"))
    if request.method == "GET" and current_user.is_authenticated:
        return redirect(where)
    form = SignInForm()
    if not form.validate_on_submit():
        return page("people/sign_in.html", form=form, status=422 if form.is_submitted() else 200)
    login = lowered(form.login.data) or ""
    if not (
        limits.is_open(BY_LOGIN, "sign-in", login) and limits.allow(BY_ADDRESS, "sign-in", request.remote_addr or "")
    ):
        form.login.errors = [
            _("Too many attempts with this login. Wait five minutes, or ask your class teacher for a new code.")
        ]
        return page("people/sign_in.html", form=form, status=429)
    if not sign_in_by_password(login, form.password.data, shared=form.shared.data):
        limits.allow(BY_LOGIN, "sign-in", login)
        form.password.errors = [
            _("The login and the password do not fit together. Check the keyboard language and try again.")
        ]
        return page("people/sign_in.html", form=form, status=422)
    return go_to_address(where)


@blueprint.post("/sign-out")
@requires(signed_in)
def sign_out(actor: Actor) -> ResponseReturnValue:
    """End this browser's session; what it cached goes with it."""
    sessions.end(actor)
    response = go_to("people.sign_in")
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


@blueprint.post("/preferences")
@public
def preferences() -> ResponseReturnValue:
    """Language and theme; kept with the account, and in cookies for the time before sign-in."""
    response = go_to_address(_back())
    language, theme = request.form.get("language", ""), request.form.get("theme", "")
    if language in LOCALES:
        response.set_cookie(COOKIE, language, max_age=A_YEAR, samesite="Lax", httponly=True)
    if theme in THEMES:
        response.set_cookie("theme", theme, max_age=A_YEAR, samesite="Lax", httponly=True)
    if current_user.is_authenticated:
        choose_looks(current_user.base.account_id, language=language, theme=theme)
    return response


def _back() -> str:
    """The page the form was on, without its host."""
    parts = urlsplit(request.referrer or "/")
    return local_address(parts.path + (f"?{parts.query}" if parts.query else ""), "/")
