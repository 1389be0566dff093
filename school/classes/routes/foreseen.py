"""A form that moves many lessons at once: refused with every clash by name, or shown what will happen and agreed to once."""

from collections.abc import Callable, Sequence
from typing import Any

from flask import request
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from school.classes.errors import ManyClashes, ToAgree
from school.classes.routes.forms_page import Field, FormPage, drawn_form, form_page
from school.core.pages import page

NOT_REPEATED = {"csrf_token", "agreed", "again"}


class _Shown(Exception):
    """Another page answers."""

    def __init__(self, answer: ResponseReturnValue) -> None:
        super().__init__()
        self.answer = answer


def foreseen_form(
    around: FormPage, form: FlaskForm, fields: Sequence[Field | str], act: Callable[[str], str]
) -> ResponseReturnValue:
    """As ``form_page``; ``act`` gets the mark that was agreed to, empty at first, and may raise ``ManyClashes`` and ``ToAgree``.

    From both pages a press leads back to the form with what was typed.
    """

    def try_it() -> str:
        try:
            return act(request.form.get("agreed", ""))
        except ManyClashes as refusal:
            raise _Shown(_page(around, 422, clashes=refusal.found)) from None
        except ToAgree as question:
            changed = bool(request.form.get("agreed"))
            raise _Shown(_page(around, 200, outcome=question.outcome, changed=changed)) from None

    if "again" in request.form:
        return drawn_form(around, form, fields, 200)
    try:
        return form_page(around, form, fields, try_it)
    except _Shown as shown:
        return shown.answer


def _page(around: FormPage, status: int, **shown: Any) -> ResponseReturnValue:
    return page(
        "classes/foreseen.html",
        status=status,
        title=around.title,
        submit=around.submit,
        back=around.back,
        action=request.full_path.rstrip("?"),
        sent=[one for one in request.form.items(multi=True) if one[0] not in NOT_REPEATED],
        where=around.where,
        **shown,
    )
