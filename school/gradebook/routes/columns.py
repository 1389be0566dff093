"""Adding, naming, moving and removing the columns of a journal."""

import uuid

from flask import abort, request
from flask.typing import ResponseReturnValue

from school.classes.models import Lesson
from school.core import clock
from school.core.access import Actor, requires
from school.core.database import new_id
from school.core.languages import gettext as _
from school.core.pages import go_to, page, toast
from school.core.shell import Crumb
from school.gradebook.actions import act_for, add_column, delete_column, move_column, rename_column
from school.gradebook.days import weekday_and_day
from school.gradebook.errors import NotNow
from school.gradebook.forms import ColumnForm, read_criteria
from school.gradebook.journal import Journal, TermSpan, Work
from school.gradebook.models import Column
from school.gradebook.policy import may_keep_column, may_keep_columns
from school.gradebook.queries import (
    column_of,
    find_act,
    get_journal,
    lessons_for_columns,
    nearest,
    term_among,
    terms_of_regime,
)
from school.gradebook.routes.blueprint import blueprint
from school.gradebook.routes.grid import trail
from school.gradebook.scale import Rules
from school.gradebook.systems import System
from school.gradebook.wording import system_name, table_words


@blueprint.route("/courses/<uuid:course_id>/journal/columns", methods=["GET", "POST"], endpoint="add_column")
@requires(may_keep_columns, course=get_journal)
def add_column_view(actor: Actor, course: Journal) -> ResponseReturnValue:
    """A column for a work: today's lesson, the kind, what about."""
    term = _term(course)
    lessons = lessons_for_columns(course, term)
    works = _works(actor, course, term)
    form = ColumnForm()
    _offer(form, actor, lessons, works)
    chosen = _lesson(form.lesson.data, lessons)
    work = next((one for one in works if str(one.id) == form.work.data), None)
    if form.validate_on_submit() and chosen and work:
        try:
            client_id = _client_id(form)
            system = System(form.system.data) if form.system.data else None
            criteria = read_criteria(form.criteria.data or "") if system is System.CRITERIA else ()
            title = form.title.data or ""
            add_column(actor, course, chosen, work, client_id=client_id, title=title, system=system, criteria=criteria)
        except NotNow as why:
            form.lesson.errors = [why.why]
        else:
            return go_to("gradebook.grid", school_id=course.school_id, course_id=course.id, term=term.number)
    if not form.is_submitted():
        start = _lesson(request.args.get("lesson"), lessons) or nearest(lessons)
        form.lesson.data = str(start.id) if start else None
        form.client_id.data = str(new_id())
    return page(
        "gradebook/column.html",
        status=422 if form.is_submitted() else 200,
        course=course.course,
        form=form,
        column=None,
        tables=_tables(course, term),
        where=trail(course, Crumb(_("New column"))),
    )


@blueprint.route(
    "/courses/<uuid:course_id>/journal/columns/<uuid:column_id>", methods=["GET", "POST"], endpoint="column"
)
@requires(may_keep_column, course=get_journal, column=column_of)
def column_view(actor: Actor, course: Journal, column: Column) -> ResponseReturnValue:
    """What a column is about, and which lesson it stands under."""
    term = next(one for one in terms_of_regime(course.school_id, course.course.regime_id) if one.id == column.term_id)
    lessons = lessons_for_columns(course, term)
    works = [one for one in _works(actor, course, term) if one.id == column.work_type_id]
    form = ColumnForm(lesson=str(column.lesson_id), title=column.title, work=str(column.work_type_id))
    _offer(form, actor, lessons, works)
    chosen = _lesson(form.lesson.data, lessons)
    if form.validate_on_submit() and chosen:
        try:
            if chosen.id != column.lesson_id:
                move_column(actor, column, chosen)
            rename_column(actor, column, form.title.data or "")
        except NotNow as why:
            form.lesson.errors = [why.why]
        else:
            return go_to("gradebook.grid", school_id=course.school_id, course_id=course.id, term=term.number)
    return page(
        "gradebook/column.html",
        status=422 if form.is_submitted() else 200,
        course=course.course,
        form=form,
        column=column,
        tables=[one for one in _tables(course, term) if column.system and one[0] == system_name(column.system)],
        where=trail(course, Crumb(_("Column"))),
    )


@blueprint.post("/courses/<uuid:course_id>/journal/columns/<uuid:column_id>/delete", endpoint="delete_column")
@requires(may_keep_column, course=get_journal, column=column_of)
def delete_column_view(actor: Actor, course: Journal, column: Column) -> ResponseReturnValue:
    """Remove an empty column."""
    try:
        delete_column(actor, column)
        toast(_("The empty column is gone."))
    except NotNow as why:
        toast(why.why)
    return go_to("gradebook.grid", school_id=course.school_id, course_id=course.id)


def _term(course: Journal) -> TermSpan:
    terms = terms_of_regime(course.school_id, course.course.regime_id)
    return term_among(terms, request.args.get("term", type=int)) or abort(404)


def _works(actor: Actor, course: Journal, term: TermSpan) -> tuple[Work, ...]:
    if request.method == "POST":
        return act_for(actor, course, term.starts_on).works
    act = find_act(course.school_id, term.starts_on)
    return act.works if act else ()


def _offer(form: ColumnForm, actor: Actor, lessons: list[Lesson], works: tuple[Work, ...] | list[Work]) -> None:
    form.lesson.choices = [(str(one.id), _lesson_words(one, actor.locale)) for one in lessons]
    form.system.choices = [("", _("from 2 to 5")), *((one.value, system_name(one)) for one in System)]
    form.work.choices = [(str(one.id), f"{one.name}: {_weight(one)}") for one in works]


def _tables(course: Journal, term: TermSpan) -> list[tuple[str, str]]:
    """How other systems become marks of five, as the act says."""
    act = find_act(course.school_id, term.starts_on)
    rules = act.rules if act else Rules()
    return [(system_name(one), table_words(one, rules)) for one in System]


def _lesson_words(one: Lesson, locale: str) -> str:
    if one.on_date == clock.today():
        return str(_("today, lesson %(n)s", n=one.slot))
    number = _("lesson %(n)s", n=one.slot)
    return f"{weekday_and_day(one.on_date, locale)}, {number}"


def _weight(work: Work) -> str:
    return str(_("weight %(weight)s", weight=work.weight))


def _lesson(text: str | None, lessons: list[Lesson]) -> Lesson | None:
    return next((one for one in lessons if str(one.id) == text), None)


def _client_id(form: ColumnForm) -> uuid.UUID:
    try:
        return uuid.UUID(form.client_id.data or "")
    except ValueError:
        abort(400)
