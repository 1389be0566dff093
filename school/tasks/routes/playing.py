"""The pages of a task: one question a screen until it is handed in, then what was right and why."""

import re
import uuid
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, BinaryIO, cast

from flask import jsonify, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_decimal
from markupsafe import Markup, escape

from content_library.models import Item, UnitVersion
from school.core import clock
from school.core.access import Actor, requires
from school.core.errors import error_page
from school.core.files import storage
from school.core.languages import gettext as _
from school.core.pages import go_to, page
from school.core.shell import Crumb
from school.tasks import hooks
from school.tasks.actions import Finished, Unreadable, finish_attempt, save_answer, start_attempt
from school.tasks.actions.files import BadFile, keep_file
from school.tasks.forms import age_in, number_in, uuid_in
from school.tasks.kinds import BY_HAND, expressions
from school.tasks.kinds.byhand import MOST_FILES, strokes_in
from school.tasks.kinds.contract import Phrase
from school.tasks.kinds.expressions import NotAFormula
from school.tasks.kinds.mathml import mathml
from school.tasks.kinds.written import as_line, as_markup, has_formula, in_html
from school.tasks.models import Answer
from school.tasks.policy import may_answer, may_do, may_practise_unit, may_see, may_see_answers, may_write_formulas
from school.tasks.queries import (
    find_attempt,
    find_item,
    get_attempt,
    get_version,
    judged_items,
    newest_number,
    own_member,
    shown_items,
    title_of,
)
from school.tasks.queries.judging import answers_to_judge
from school.tasks.queries.questions import history_of
from school.tasks.routes.blueprint import blueprint
from school.tasks.routes.drawn import draw_forms
from school.tasks.routes.files import bad_file
from school.tasks.seen import Picture, SeenAttempt, ShownItem

JUNIOR = 4
"""Up to this year level the page is larger, and says "ты" as all pages do up to year 6."""

LONG = 60
"""Characters of an answer that no longer fits a line of a phone."""
_BETWEEN_PARTS = re.compile(r"; (?![^(]*\))")


@blueprint.get("/s/<int:school_id>/attempts/<uuid:attempt_id>")
@requires(may_see, attempt=find_attempt, opens="task")
def attempt(actor: Actor, attempt: SeenAttempt) -> ResponseReturnValue:
    """The questions while it is under way, the results once it is handed in."""
    if attempt.is_finished:
        return _results(actor, attempt)
    if attempt.is_over(clock.now()):
        return page("tasks/over.html", **_frame(actor, attempt))
    items = shown_items(attempt.row)
    return _player(actor, attempt, items, _current(items, request.args.get("item", "")))


@blueprint.post("/s/<int:school_id>/attempts/<uuid:attempt_id>/items/<uuid:item_id>/answers")
@requires(may_answer, attempt=find_attempt, item=find_item)
def answer(actor: Actor, attempt: SeenAttempt, item: Item) -> ResponseReturnValue:
    """Keep an answer: for the script as JSON, for a plain form with the way to the next question."""
    form, plain = request.form, request.accept_mimetypes.best != "application/json"
    given = {"answer": form.getlist("answer")}
    try:
        given["answer"] = _with_files(actor, attempt, item, given["answer"])
        kept = save_answer(
            actor, attempt, item, uuid_in(form, "client_id"), given, number_in(form, "number"), age_in(form, "age")
        )
    except Unreadable as why:
        return _unreadable(actor, attempt, item, phrase(why.reason)) if plain else ({"why": phrase(why.reason)}, 422)
    except BadFile:
        return _unreadable(actor, attempt, item, bad_file())
    except Finished as why:
        return error_page(409, why.why) if plain else ({"why": why.why, "finished": True}, 409)
    if not plain:
        return jsonify(_said(attempt, kept))
    items = shown_items(attempt.row)
    if form.get("then") == "finish" and all(one.is_answered for one in items):
        finish_attempt(actor, attempt)
        return go_to("tasks.attempt", school_id=attempt.school_id, attempt_id=attempt.id)
    return go_to("tasks.attempt", school_id=attempt.school_id, attempt_id=attempt.id, item=_after(items, item.id))


def _said(attempt: SeenAttempt, kept: Answer) -> dict[str, Any]:
    """What the browser learns of a saved answer: also that another device gave a later one, and how long there is."""
    said: dict[str, Any] = {"saved": True}
    if kept.late:
        said["late"] = True
    elif (newest := newest_number(kept)) > kept.number:
        said["number"] = newest
    if attempt.row.closes_at is not None:
        said["left"] = _left(attempt)
    return said


def _left(attempt: SeenAttempt) -> int | None:
    """Milliseconds until the closing, by the server's clock."""
    if attempt.row.closes_at is None:
        return None
    return max(0, int((attempt.row.closes_at - clock.now()).total_seconds() * 1000))


def _results(actor: Actor, attempt: SeenAttempt) -> ResponseReturnValue:
    """With right answers and reasons for those who may see them by now; with the points for the others."""
    tells = attempt.tells_answers(clock.now()) or may_see_answers(actor, attempt)
    items = judged_items(attempt.row) if tells else []
    was_changed = attempt.row.takes_late or any(one.is_ruled for one in items)
    return page(
        "tasks/results.html",
        items=items,
        history=history_of(attempt.row) if tells and was_changed else {},
        tells=tells,
        phrase=phrase,
        judging=answers_to_judge(attempt.school_id, attempt.id) if hooks.judges(actor, attempt) else [],
        file_url=file_url(attempt),
        parts=hooks.parts_of_results(actor, attempt) if tells else [],
        **_frame(actor, attempt),
    )


@blueprint.post("/s/<int:school_id>/attempts/<uuid:attempt_id>/finish")
@requires(may_do, attempt=get_attempt)
def finish(actor: Actor, attempt: SeenAttempt) -> ResponseReturnValue:
    """Hand it in as it is."""
    finish_attempt(actor, attempt)
    return go_to("tasks.attempt", school_id=attempt.school_id, attempt_id=attempt.id)


@blueprint.post("/s/<int:school_id>/versions/<uuid:version_id>/attempts")
@requires(may_practise_unit, version=get_version)
def practise(actor: Actor, version: UnitVersion) -> ResponseReturnValue:
    """A pupil tries a task of the library for themselves: nobody asked for it and nobody marks it."""
    made = start_attempt(actor, version, own_member(actor))
    return go_to("tasks.attempt", school_id=made.school_id, attempt_id=made.id)


@blueprint.get("/s/<int:school_id>/formula")
@requires(may_write_formulas)
def read_formula(_actor: Actor) -> ResponseReturnValue:
    """A formula that is being written, as it is read here: of no task and no key."""
    return str(formula(request.args.get("text", "")))


@blueprint.app_template_filter("formula")
def formula(text: str) -> Markup:
    """A formula as MathML; what can't be read, as it was written."""
    try:
        return Markup(mathml(expressions.read_formula(text)))  # noqa: S704 - made of escaped letters and numbers
    except NotAFormula:
        return escape(text)


@blueprint.app_template_filter("hundredths")
def hundredths(number: float) -> str:
    """A figure of which two decimals are told, like a correlation."""
    return str(format_decimal(number, format="0.00")).replace("-", "−")


@blueprint.app_template_filter("written")
def written_out(text: str) -> Markup | str:
    """Words of a question, with the formulas that stand in them between dollar signs."""
    return Markup(as_markup(text)) if has_formula(text) else text  # noqa: S704 - escaped but for what is drawn


@blueprint.app_template_filter("written_in")
def written_in(markup: Markup) -> Markup:
    """The same in Markdown that was rendered already."""
    return Markup(in_html(str(markup))) if has_formula(markup) else markup  # noqa: S704 - rendered and cleaned before


@blueprint.app_template_filter("in_line")
def in_line(text: str) -> str:
    """The same where a page holds plain text only."""
    return as_line(text) if has_formula(text) else text


@blueprint.app_template_filter("by_lines")
def by_lines(text: str) -> str:
    """A long answer of several parts, each on a line of its own; coordinates in brackets stay together."""
    return _BETWEEN_PARTS.sub(";\n", text) if len(text) > LONG else text


def phrase(of: Phrase) -> str:
    """A sentence of a kind of task in the reader's language."""
    return str(_(of.msgid, **of.values)) if of.values else str(_(of.msgid))


@blueprint.app_template_filter("score")
def score(points: float) -> str:
    """Points as they are read: 3, 2,5 or 0,33."""
    return str(format_decimal(points, format="#,##0.##"))


def file_url(attempt: SeenAttempt) -> Callable[[str], str]:
    """Where the browser gets a page or a recording of an answer, by its name."""
    here: dict[str, Any] = {"school_id": attempt.school_id, "attempt_id": attempt.id}
    return lambda name: url_for("tasks.answer_file", file_id=name, **here)


def picture_url(of: Picture) -> str:
    """Where the browser gets a drawing of a task, for minutes."""
    return storage().link(of.sha256, of.name, of.content_type, seconds=3600)


@blueprint.app_template_filter("strokes")
def strokes(made: str) -> list[tuple[str, str]]:
    """A drawing as its strokes."""
    return strokes_in(made)


def _with_files(actor: Actor, attempt: SeenAttempt, item: Item, values: list[str]) -> list[str]:
    """The values of a plain form with the files that came along in it: without a script they are sent so."""
    files = [one for one in request.files.getlist("files") if one.filename]
    if not files or item.kind not in BY_HAND:
        return values
    kept = [
        str(keep_file(actor, attempt, item, storage(), cast("BinaryIO", one.stream)).id) for one in files[:MOST_FILES]
    ]
    text, made = [*values, "", ""][:2]
    return [text, " ".join([*made.split(), *kept][:MOST_FILES])]


def _player(
    actor: Actor, attempt: SeenAttempt, items: Sequence[ShownItem], current: int, why: str = ""
) -> ResponseReturnValue:
    return page(
        "tasks/player.html",
        status=422 if why else 200,
        items=items,
        current=current,
        unanswered=[one.position for one in items if not one.is_answered],
        forms=draw_forms(
            attempt, items, picture_url, file_url(attempt), lambda item: why if item.position == current else ""
        ),
        left=_left(attempt),
        **_frame(actor, attempt),
    )


def _unreadable(actor: Actor, attempt: SeenAttempt, item: Item, why: str) -> ResponseReturnValue:
    """The same question once more, with what was typed and what is wrong with it."""
    items = shown_items(attempt.row)
    typed = request.form.getlist("answer")
    as_typed = [replace(one, given={"given": typed}) if one.id == item.id else one for one in items]
    position = next(one.position for one in items if one.id == item.id)
    return _player(actor, attempt, as_typed, position, why)


def _current(items: Sequence[ShownItem], asked: str) -> int:
    """Position of the question to show; one past the last is the page for handing in."""
    if asked == "end":
        return len(items) + 1
    if asked.isdecimal() and 1 <= int(asked) <= len(items):
        return int(asked)
    return next((one.position for one in items if not one.is_answered), len(items) + 1)


def _after(items: Sequence[ShownItem], item_id: uuid.UUID) -> int | str:
    """The next unanswered question, from here on and then from the beginning; else the page for handing in."""
    here = next(one.position for one in items if one.id == item_id)
    waiting = [one.position for one in items if not one.is_answered]
    return next((one for one in waiting if one > here), waiting[0] if waiting else "end")


def _years(attempt: SeenAttempt) -> str:
    """The size of the page: larger for the youngest, largest where the pupil's profile says so."""
    if (attempt.row.eased or {}).get("larger_print"):
        return "large"
    return "junior" if 0 < attempt.pupil.year_level <= JUNIOR else ""


def _frame(actor: Actor, attempt: SeenAttempt) -> dict[str, Any]:
    title = (attempt.row.sheet or {}).get("title") or title_of(attempt.row)
    place = hooks.place_of(actor, attempt)
    back = (
        Crumb(place.label, url_for(place.endpoint, **place.values))
        if place
        else Crumb(_("Home"), url_for("home.start"))
    )
    return {
        "attempt": attempt,
        "title": title,
        "picture_url": picture_url,
        "years": _years(attempt),
        "where": (back, Crumb(title)),
        "back": back,
    }
