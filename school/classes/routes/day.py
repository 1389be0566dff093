"""The school's day, and what is changed in it: a lesson taken by somebody else, moved, cancelled."""

import uuid
from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import partial
from typing import Any

from flask import request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from school.classes.actions import (
    CannotDo,
    cancel_lesson,
    end_substitution,
    move_lesson,
    restore_lesson,
    substitute,
)
from school.classes.forms import MoveForm, SubstituteForm
from school.classes.policy import may_arrange_day, may_arrange_lesson, runs_school
from school.classes.queries import get_lesson
from school.classes.queries.busy import BusyExtra, extras_between
from school.classes.queries.calendar import free_days, year_of
from school.classes.queries.groups import GroupLine, groups_of_year
from school.classes.queries.names import teacher_names
from school.classes.queries.school_day import Cover, GridLesson, Staff, covers_for, lessons_on, staff_on
from school.classes.routes.blueprint import blueprint
from school.classes.routes.week import asked_day
from school.classes.seen import SeenLesson
from school.core import clock
from school.core.access import Actor, requires
from school.core.languages import gettext as _
from school.core.pages import go_to, page, toast
from school.core.shell import Crumb, address_of
from school.people.queries import get_member

A_DAY = timedelta(days=1)
MOST_OFFERED = 12
"""Teachers offered at once; the rest stand behind a fold."""


@dataclass(frozen=True, slots=True)
class GridRow:
    """A class with its lessons by number."""

    name: str
    url: str
    cells: dict[int, list[GridLesson]]


@blueprint.get("/day")
@requires(may_arrange_day)
def day(actor: Actor) -> ResponseReturnValue:
    """All classes and lessons of one day."""
    on = asked_day()
    lessons = lessons_on(actor, on)
    assert actor.school_id is not None  # noqa: S101 - the rule has seen to it
    year = year_of(actor.school_id, on)
    groups = groups_of_year(actor, year.id) if year else []
    staff = staff_on(actor.school_id, on)
    asked = _asked_teacher(staff)
    return page(
        "classes/day.html",
        runs=runs_school(actor),
        on=on,
        today=clock.today(),
        now=clock.now(),
        rows=_rows(actor, lessons, groups),
        slots=sorted({one.slot for one in lessons}),
        lessons=lessons,
        changes=[one for one in lessons if one.differs],
        extras=_extras(actor, on),
        extra_of=partial(address_of, "extra.lesson", school_id=actor.school_id),
        free=free_days(actor.school_id, on, on),
        teachers=staff.names,
        asked=asked,
        of_teacher=[one for one in lessons if asked in {one.teacher_id, one.taken_by}] if asked else [],
        before=on - A_DAY,
        after=on + A_DAY,
        school_id=actor.school_id,
    )


@blueprint.route("/day/cover", methods=["GET", "POST"])
@requires(may_arrange_day)
def cover(actor: Actor) -> ResponseReturnValue:
    """All lessons of an absent teacher on a day, each with a proposed cover; one press appoints them."""
    on = asked_day()
    assert actor.school_id is not None  # noqa: S101 - the rule has seen to it
    staff = staff_on(actor.school_id, on)
    absent = _asked_teacher(staff)
    if absent is None:
        return go_to("classes.day", school_id=actor.school_id, on=on)
    lessons = lessons_on(actor, on)
    theirs = [one for one in lessons if one.teacher_id == absent and one.is_held and one.ends_at > clock.now()]
    problems: list[str] = []
    if request.method == "POST":
        done, problems = _appoint(actor, theirs)
        if not problems:
            toast(_("Cover arranged: %(number)s.", number=done))
            return go_to("classes.day", school_id=actor.school_id, on=on)
    return page(
        "classes/cover.html",
        status=422 if problems else 200,
        on=on,
        absent=absent,
        name=staff.names[absent],
        offers=_propose(theirs, lessons, staff, _extras(actor, on)),
        problems=problems,
        sent=request.form,
        school_id=actor.school_id,
        where=(
            Crumb(_("Timetable"), url_for("classes.day", school_id=actor.school_id, on=on)),
            Crumb(_("Arrange cover")),
        ),
    )


@blueprint.get("/lessons/<uuid:lesson_id>/arrange")
@requires(may_arrange_lesson, lesson=get_lesson)
def arrange(actor: Actor, lesson: SeenLesson) -> ResponseReturnValue:
    """Who could take this lesson, where it could go, or that it does not take place."""
    return _arrange_page(actor, lesson)


@blueprint.post("/lessons/<uuid:lesson_id>/substitute", endpoint="substitute")
@requires(may_arrange_lesson, lesson=get_lesson)
def substitute_view(actor: Actor, lesson: SeenLesson) -> ResponseReturnValue:
    """Another teacher takes the lesson."""
    form = _substitute_form(actor, lesson)
    if form.validate_on_submit():
        teacher = get_member(actor, uuid.UUID(form.teacher.data))
        if teacher is not None:
            return _try(
                actor,
                lesson,
                form,
                lambda: substitute(actor, lesson, teacher, form.reason.data or "", form.room.data or ""),
                _("Cover arranged."),
            )
    return _arrange_page(actor, lesson, substitute_form=form, status=422)


@blueprint.post("/lessons/<uuid:lesson_id>/end-substitution", endpoint="end_substitution")
@requires(may_arrange_lesson, lesson=get_lesson)
def end_substitution_view(actor: Actor, lesson: SeenLesson) -> ResponseReturnValue:
    """The lesson's own teacher takes it after all."""
    return _try(actor, lesson, None, lambda: end_substitution(actor, lesson), _("Cover ended."))


@blueprint.post("/lessons/<uuid:lesson_id>/move", endpoint="move")
@requires(may_arrange_lesson, lesson=get_lesson)
def move_view(actor: Actor, lesson: SeenLesson) -> ResponseReturnValue:
    """The lesson is held at another time."""
    form = MoveForm()
    if not form.validate_on_submit():
        return _arrange_page(actor, lesson, move_form=form, status=422)
    return _try(
        actor,
        lesson,
        form,
        lambda: move_lesson(actor, lesson, form.on_date.data, form.slot.data, form.room.data or ""),
        _("Lesson moved."),
    )


@blueprint.post("/lessons/<uuid:lesson_id>/cancel", endpoint="cancel")
@requires(may_arrange_lesson, lesson=get_lesson)
def cancel_view(actor: Actor, lesson: SeenLesson) -> ResponseReturnValue:
    """The lesson does not take place."""
    return _try(actor, lesson, None, lambda: cancel_lesson(actor, lesson), _("Lesson cancelled."))


@blueprint.post("/lessons/<uuid:lesson_id>/restore", endpoint="restore")
@requires(may_arrange_lesson, lesson=get_lesson)
def restore_view(actor: Actor, lesson: SeenLesson) -> ResponseReturnValue:
    """A cancelled lesson takes place after all."""
    return _try(actor, lesson, None, lambda: restore_lesson(actor, lesson), _("The lesson is back on."))


def _try(actor: Actor, lesson: SeenLesson, form: FlaskForm | None, act: Any, said: str) -> ResponseReturnValue:
    """Do it and go back to the day; or say on the same page why it can't be done."""
    try:
        act()
    except CannotDo as refusal:
        if form is not None:
            form.form_errors.append(refusal.why)
        given = {"move_form": form} if isinstance(form, MoveForm) else {"substitute_form": form} if form else {}
        return _arrange_page(actor, lesson, refusal="" if form else refusal.why, status=422, **given)
    toast(said)
    return go_to("classes.day", school_id=lesson.school_id, on=lesson.on_date)


def _arrange_page(
    actor: Actor,
    lesson: SeenLesson,
    *,
    substitute_form: SubstituteForm | None = None,
    move_form: MoveForm | None = None,
    refusal: str = "",
    status: int = 200,
) -> ResponseReturnValue:
    day = lessons_on(actor, lesson.on_date)
    covers = _covers(lesson, day)
    names = teacher_names(lesson.school_id, lesson.teacher_id, lesson.substitute_id)
    start = {"on_date": lesson.on_date, "slot": lesson.slot, "room": lesson.room}
    return page(
        "classes/arrange.html",
        status=status,
        lesson=lesson,
        course=lesson.course,
        covers=covers,
        most=MOST_OFFERED,
        form=substitute_form or _substitute_form(actor, lesson, covers, formdata=None),
        move_form=move_form or MoveForm(formdata=None, data=start),
        refusal=refusal,
        teacher=names.get(lesson.teacher_id, ""),
        substitute=names.get(lesson.substitute_id, "") if lesson.substitute_id else "",
        of_day=sum(one.teacher_id == lesson.teacher_id and one.is_held and one.ends_at > clock.now() for one in day),
        is_over=lesson.ends_at <= clock.now(),
        where=(
            Crumb(_("Timetable"), url_for("classes.day", school_id=lesson.school_id, on=lesson.on_date)),
            Crumb(f"{lesson.course.title}, {lesson.course.group}"),
        ),
    )


def _covers(lesson: SeenLesson, day: list[GridLesson]) -> list[Cover]:
    wanted = next(one for one in day if one.id == lesson.id)
    extras = extras_between(lesson.school_id, lesson.starts_at, lesson.ends_at)
    return covers_for(wanted, day, staff_on(lesson.school_id, lesson.on_date), extras)


def _substitute_form(
    actor: Actor, lesson: SeenLesson, covers: list[Cover] | None = None, **given: Any
) -> SubstituteForm:
    form = SubstituteForm(**given)
    form.teacher.choices = [
        (str(one.id), one.name) for one in (covers or _covers(lesson, lessons_on(actor, lesson.on_date)))
    ]
    return form


def _extras(actor: Actor, on: date) -> list[BusyExtra]:
    assert actor.school_id is not None  # noqa: S101 - the rules of these pages have seen to it
    return extras_between(actor.school_id, clock.moscow(on, time()), clock.moscow(on + A_DAY, time()))


def _asked_teacher(staff: Staff) -> uuid.UUID | None:
    try:
        found = uuid.UUID(request.values.get("teacher", ""))
    except ValueError:
        return None
    return found if found in staff.names else None


def _rows(actor: Actor, lessons: list[GridLesson], groups: list[GroupLine]) -> list[GridRow]:
    rows: dict[uuid.UUID, GridRow] = {}
    wanted = {one.row_id for one in lessons}
    for one in groups:
        if one.is_class or one.id in wanted:
            url = url_for("classes.group", school_id=actor.school_id, group_id=one.id)
            rows[one.id] = GridRow(one.name, url, {})
    for lesson in lessons:
        if lesson.row_id in rows:
            rows[lesson.row_id].cells.setdefault(lesson.slot, []).append(lesson)
    return list(rows.values())


def _propose(
    theirs: list[GridLesson], day: list[GridLesson], staff: Staff, extras: list[BusyExtra]
) -> list[tuple[GridLesson, list[Cover], uuid.UUID | None]]:
    """For each lesson its free teachers and whom to ask; nobody is proposed for two lessons at one time."""
    found = []
    asked: dict[uuid.UUID, list[GridLesson]] = {}
    for lesson in theirs:
        covers = covers_for(lesson, day, staff, extras)
        proposed = next(
            (
                one.id
                for one in covers
                if not any(
                    other.starts_at < lesson.ends_at and other.ends_at > lesson.starts_at
                    for other in asked.get(one.id, [])
                )
            ),
            None,
        )
        if proposed is not None:
            asked.setdefault(proposed, []).append(lesson)
        chosen = lesson.taken_by if lesson.substitute else proposed
        found.append((lesson, covers, chosen))
    return found


def _appoint(actor: Actor, theirs: list[GridLesson]) -> tuple[int, list[str]]:
    """Make the substitutions of the form; all or none."""
    done, problems = 0, []
    for one in theirs:
        try:
            teacher_id = uuid.UUID(request.form.get(f"teacher-{one.id.hex}", ""))
        except ValueError:
            continue
        lesson, teacher = get_lesson(actor, one.id), get_member(actor, teacher_id)
        if lesson is None or teacher is None or lesson.substitute_id == teacher_id:
            continue
        try:
            substitute(actor, lesson, teacher, request.form.get("reason", ""))
            done += 1
        except CannotDo as refusal:
            problems.append(_("Lesson %(slot)s, %(group)s: %(why)s", slot=one.slot, group=one.group, why=refusal.why))
    return done, problems
