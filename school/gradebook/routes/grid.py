"""The journal of a course, and what its grid sends."""

import json
import uuid
from dataclasses import replace
from datetime import date
from http import HTTPStatus

from flask import Response, abort, jsonify, request, url_for
from flask.typing import ResponseReturnValue

from school.classes.policy import runs_school
from school.core import clock
from school.core.access import Actor, requires
from school.core.database import new_id
from school.core.languages import gettext as _
from school.core.pages import go_to, page, toast
from school.core.shell import Crumb
from school.core.transactions import keep_despite_error
from school.gradebook.actions import LetterAnswer, redo, save_marks, set_letters, undo
from school.gradebook.answers import http_status, told
from school.gradebook.days import day_and_month
from school.gradebook.drawing import heads_html, rows_html
from school.gradebook.entries import Answer, Entry, Status
from school.gradebook.errors import NothingLeft
from school.gradebook.forms import (
    MOST_ORIGIN,
    OneMarkForm,
    read_client_id,
    read_entries,
    read_letters,
    read_sign,
    sign_choices,
)
from school.gradebook.journal import Journal
from school.gradebook.policy import (
    belongs_to_course,
    may_keep_columns,
    may_list_journals,
    may_see_journal,
    may_write_journal,
)
from school.gradebook.queries import Address, cells_at, find_grid, get_journal, journals_of
from school.gradebook.queries.corrections import count_waiting
from school.gradebook.queries.grid import Grid
from school.gradebook.reminding import due_dots, too_few
from school.gradebook.routes.blueprint import blueprint
from school.gradebook.screens import around_of, heads_of, marks_url_of, months_of


@blueprint.get("/journals")
@requires(may_list_journals)
def courses(actor: Actor) -> ResponseReturnValue:
    """The journals of a teacher; all of the school's for deputy head and head."""
    assert actor.school_id is not None  # noqa: S101 - the rule has seen to it
    return page(
        "gradebook/courses.html",
        groups=journals_of(actor),
        waiting=count_waiting(actor.school_id) if runs_school(actor) else 0,
        runs=runs_school(actor),
        school_id=actor.school_id,
        where=(Crumb(_("Journals")),),
    )


@blueprint.get("/courses/<uuid:course_id>/journal")
@requires(may_see_journal, opens="journal", course=get_journal)
def grid(actor: Actor, course: Journal) -> ResponseReturnValue:
    """The grid of a term."""
    found = find_grid(course, request.args.get("term", type=int))
    if found is None:
        return page("gradebook/no_term.html", course=course.course, where=trail(course))
    may_write = bool(may_write_journal(actor, course))
    now = clock.now()
    is_locked = found.term.locked_at is not None and found.term.is_locked(now)
    keeps = bool(may_keep_columns(actor, course))
    belongs = belongs_to_course(actor, course)
    return page(
        "gradebook/grid.html",
        grid=found,
        course=course.course,
        heads=heads_html(heads_of(found, actor.locale, keeps=keeps, opens=belongs)),
        months=months_of(found, actor.locale),
        rows=rows_html(found, marks_url_of(course) if belongs else None, actor.locale),
        around=around_of(actor.locale, may_write, is_locked, found.rules.presence),
        rules=_rules_json(found),
        unmarked=found.rules.is_unmarked(course.course.year_level, found.term.number),
        few=too_few(found),
        dots=due_dots(found),
        now=now,
        locked_on=clock.local(found.term.locked_at).date() if is_locked and found.term.locked_at else None,
        runs=runs_school(actor),
        day=lambda on: day_and_month(on, actor.locale),
        may_write=may_write,
        keeps=keeps,
        belongs=belongs,
        where=trail(course),
    )


@blueprint.get("/courses/<uuid:course_id>/journal/mark")
@requires(may_write_journal, opens="journal", course=get_journal)
def one_mark(_actor: Actor, course: Journal) -> ResponseReturnValue:
    """One mark by a form, for browsers that run no scripts."""
    found = find_grid(course, request.args.get("term", type=int)) or abort(404)
    return page(
        "gradebook/one_mark.html",
        course=course.course,
        form=_one_mark_form(found),
        where=trail(course, Crumb(_("Put one mark"))),
    )


@blueprint.post("/courses/<uuid:course_id>/journal/marks", endpoint="save_marks")
@requires(may_write_journal, course=get_journal)
def save_marks_view(actor: Actor, course: Journal) -> ResponseReturnValue:
    """A queue of marks and presence as JSON; or one mark from the form that needs no script."""
    if not request.is_json:
        return _save_one(actor, course)
    data = request.get_json()
    letters = read_letters(data)
    entries = read_entries(data)
    answers = save_marks(actor, course, entries) if entries else []
    noted = set_letters(actor, course, letters)
    return _answered(answers, noted, actor.locale)


def _answered(answers: list[Answer], noted: list[LetterAnswer], locale: str) -> ResponseReturnValue:
    status = http_status(answers, noted)
    if status == HTTPStatus.CONFLICT:
        keep_despite_error()  # what was refused is part of the mark's history
    return jsonify(told(answers, noted, locale)), status


@blueprint.post("/courses/<uuid:course_id>/journal/undo", endpoint="undo")
@requires(may_write_journal, course=get_journal)
def undo_view(actor: Actor, course: Journal) -> ResponseReturnValue:
    """Take back one's own last step."""
    return _again(actor, course, "undo")


@blueprint.post("/courses/<uuid:course_id>/journal/redo", endpoint="redo")
@requires(may_write_journal, course=get_journal)
def redo_view(actor: Actor, course: Journal) -> ResponseReturnValue:
    """Do again what was taken back."""
    return _again(actor, course, "redo")


def _rules_json(found: Grid) -> str:
    names = ("sure_from", "possible_from", "retake", "systems")
    return json.dumps({name: getattr(found.rules, name) for name in names})


def _again(actor: Actor, course: Journal, which: str) -> ResponseReturnValue:
    by_script = request.is_json
    client_id = read_client_id(request.get_json()) if by_script else new_id()
    try:
        answer = (undo if which == "undo" else redo)(actor, course, client_id)
    except NothingLeft as nothing:
        if by_script:
            return jsonify(marks=[], why=nothing.why), 200
        toast(nothing.why)
        return go_to("gradebook.grid", school_id=course.school_id, course_id=course.id)
    if by_script:
        return _answered([answer], [], actor.locale)
    return _back_to_grid(course, answer)


def _save_one(actor: Actor, course: Journal) -> ResponseReturnValue:
    """The form: the columns and pupils are checked by the action as any others."""
    try:
        lesson_id, column_id = map(uuid.UUID, request.form["column"].split("."))
        pupil_id, client_id = uuid.UUID(request.form["pupil"]), uuid.UUID(request.form["client_id"])
    except (KeyError, ValueError):
        abort(400)
    place = request.form.get("place", type=int, default=0)
    address = Address(lesson_id, column_id, pupil_id, place)
    cells, _known = cells_at(actor, course, [address], [])
    seen = cells[address].version if address in cells else 0
    sign = read_sign(request.form.get("sign", ""), request.form.get("comment", "").strip())
    origin, due = request.form.get("origin", "").strip()[:MOST_ORIGIN], request.form.get("due", type=date.fromisoformat)
    if origin:
        sign = replace(sign, value=None, code=None, origin=" ".join(origin.split()))
    elif sign.is_dot:
        sign = replace(sign, due_on=due)
    [answer] = save_marks(actor, course, [Entry(client_id, lesson_id, column_id, pupil_id, sign, seen, place=place)])
    return _back_to_grid(course, answer)


def _back_to_grid(course: Journal, answer: Answer) -> Response:
    who = answer.cell.pupil if answer.cell else ""
    said = answer.stands.text or _("no mark")
    toast(f"{who}: {said}" if answer.status is Status.SAVED else answer.why)
    return go_to("gradebook.grid", school_id=course.school_id, course_id=course.id)


def _one_mark_form(found: Grid) -> OneMarkForm:
    form = OneMarkForm(formdata=None, client_id=str(new_id()))
    form.pupil.choices = [(str(row.id), row.name) for row in found.rows]
    form.column.choices = [
        (f"{one.lesson_id}.{one.id}", f"{one.on_date:%d.%m} {one.short or one.work}")
        for one in found.columns
        if one.is_held
    ]
    form.sign.choices = sign_choices(with_nothing=True)
    form.place.choices = [
        ("0", _("in the cell")),
        ("1", _("second beside the first, as in 4/5")),
        ("2", _("as a retake")),
        ("3", _("as a second retake")),
    ]
    return form


def trail(course: Journal, *rest: Crumb) -> tuple[Crumb, ...]:
    """The way to a page of this journal."""
    own = url_for("gradebook.grid", school_id=course.school_id, course_id=course.id)
    title = f"{course.course.title}, {course.course.group}"
    return (Crumb(_("Journals"), url_for("gradebook.courses", school_id=course.school_id)), Crumb(title, own), *rest)
