"""The administrator's forms: each on a page of its own, refused in words, never losing what was typed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import request
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from school.classes.actions import CannotDo
from school.core.pages import go_to_address, page, toast
from school.core.shell import Crumb

Field = tuple[str, str, bool]
"""Name, hint, and whether several choices are drawn as ticks."""


@dataclass(frozen=True, slots=True)
class Removal:
    """What else the page can do: take the thing away, after a question."""

    label: str
    question: str
    text: str
    url: str


@dataclass(frozen=True, slots=True)
class FormPage:
    """What stands around a form."""

    title: str
    submit: str
    back: str
    """Where the page leads, done or left."""
    where: tuple[Crumb, ...]
    about: str = ""
    remove: Removal | None = None


def form_page(
    around: FormPage, form: FlaskForm, fields: Sequence[Field | str], act: Callable[[], str]
) -> ResponseReturnValue:
    """Show the form, or do ``act`` and go back; ``act`` answers what to say, or raises ``CannotDo``."""
    if form.validate_on_submit():
        try:
            said = act()
        except CannotDo as refusal:
            form.form_errors.insert(0, refusal.why)
        else:
            toast(said)
            return go_to_address(around.back)
    return drawn_form(around, form, fields, 422 if form.is_submitted() else 200)


def drawn_form(around: FormPage, form: FlaskForm, fields: Sequence[Field | str], status: int) -> ResponseReturnValue:
    """The form as it is filled in."""
    drawn: list[Any] = [one if isinstance(one, tuple) else (one, "", False) for one in fields]
    return page(
        "classes/form.html",
        status=status,
        title=around.title,
        submit=around.submit,
        back=around.back,
        about=around.about,
        remove=around.remove,
        form=form,
        fields=drawn,
        action=request.full_path.rstrip("?"),
        where=around.where,
    )
