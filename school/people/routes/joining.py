"""A one-time code from paper: shown, then a login and a password are chosen."""

from flask import request
from flask.typing import ResponseReturnValue

from school.core import limits
from school.core.access import public
from school.core.languages import gettext as _
from school.core.pages import go_to, page
from school.people.actions import accept_code
from school.people.errors import CodeSpent, LoginTaken
from school.people.forms.own import AcceptForm, CodeForm
from school.people.models import AccessCode, Account
from school.people.queries import find_code
from school.people.routes.blueprint import MISSES, blueprint


@blueprint.get("/join")
@public
def join() -> ResponseReturnValue:
    """Where to type the code."""
    return page("people/join.html", form=CodeForm(formdata=None))


@blueprint.post("/join")
@public
def show_code() -> ResponseReturnValue:
    """Greet the person of the code; nothing changes and the code is not spent yet."""
    form = CodeForm()
    if not form.validate():
        return page("people/join.html", form=form, status=422)
    found = _find(form.code.data)
    if found is None:
        return _refuse(form)
    accept = _accept_form(found[1], formdata=None)
    accept.code.data = form.code.data
    return page("people/join_choose.html", form=accept, account=found[1])


@blueprint.post("/join/account")
@public
def accept() -> ResponseReturnValue:
    """Take the login and the password, and sign in."""
    found = _find(request.form.get("code", ""))
    if found is None:
        return _refuse(CodeForm(formdata=None))
    code, account = found
    form = _accept_form(account)
    if not form.validate():
        return page("people/join_choose.html", form=form, account=account, status=422)
    try:
        accept_code(code, form.login.data if "login" in form else "", form.password.data)
    except LoginTaken:
        form.login.errors = [_("This login is taken. Add a digit or a word.")]
        return page("people/join_choose.html", form=form, account=account, status=422)
    except CodeSpent:
        return _refuse(CodeForm(formdata=None))
    return go_to("home.start")


def _find(typed: str) -> tuple[AccessCode, Account] | None:
    address = request.remote_addr or ""
    if not limits.is_open(MISSES, "code", address):
        return None
    found = find_code(typed)
    if found is None:
        limits.allow(MISSES, "code", address)
    return found


def _refuse(form: CodeForm) -> ResponseReturnValue:
    if not limits.is_open(MISSES, "code", request.remote_addr or ""):
        form.code.errors = [_("Too many attempts. Wait five minutes and try again.")]
        return page("people/join.html", form=form, status=429)
    form.code.errors = [_("There is no such code, or it has expired. Check the letters or ask for a new one.")]
    return page("people/join.html", form=form, status=422)


def _accept_form(account: Account, **kwargs: object) -> AcceptForm:
    form = AcceptForm(**kwargs)
    if account.login is not None:
        form.known_login = account.login
        del form.login
    return form
