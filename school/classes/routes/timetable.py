"""The week of a class, as the administrator edits it: each change from a day on, refused where somebody is needed twice."""

import uuid
from datetime import date
from typing import Any

from flask import request, url_for
from flask.typing import ResponseReturnValue

from school.classes.actions import CannotDo, Generated, Place, change_slot, end_slot, put_slot
from school.classes.forms.groups import SlotForm, chosen_id
from school.classes.heavy import Heavy, heavy_on
from school.classes.load import Load, Norms, load_of, norms_on
from school.classes.models import TimetableSlot
from school.classes.policy import may_edit_timetable, may_edit_timetable_of, sees_all_groups, sees_group
from school.classes.queries import courses_of_class, get_course, get_group
from school.classes.queries.calendar import get_year
from school.classes.queries.heavy import heavy_meetings, own_heavy, subject_names
from school.classes.queries.norms import own_norms
from school.classes.queries.school_day import staff_on
from school.classes.queries.structure import WeekSlot, all_bells, get_regime, slot_of, week_of_class
from school.classes.routes.blueprint import blueprint
from school.classes.routes.forms_page import FormPage, Removal, form_page
from school.classes.routes.week import asked_day
from school.classes.seen import SeenCourse, SeenGroup
from school.classes.words import weekday_words
from school.core import clock
from school.core.access import Actor, requires
from school.core.languages import gettext as _
from school.core.languages import ngettext
from school.core.pages import go_to, page, toast
from school.core.shell import Crumb
from school.people.queries import get_member


@blueprint.get("/classes/<uuid:group_id>/week")
@requires(sees_group, group=get_group)
def class_week(actor: Actor, group: SeenGroup) -> ResponseReturnValue:
    """The week of a class with its parts, from today on."""
    today = clock.today()
    slots = week_of_class(group, courses_of_class(actor, group), today)
    days = max([5, *(one.weekday for one in slots)])
    bells = [
        one for one in all_bells(actor) if (one.row.building_id, one.row.shift) == (group.building_id, group.shift)
    ]
    edits = may_edit_timetable_of(actor, group)
    own = own_norms(group.school_id)
    load = _load(actor, group, slots, today, own)
    heavy = heavy_on(today, own_heavy(group.school_id))
    numbers = sorted({one.slot for one in slots} | {slot for one in bells for slot in one.times if edits or not slots})
    return page(
        "classes/class_week.html",
        group=group,
        numbers=numbers,
        weekdays=[(n, weekday_words(n)) for n in range(1, days + 1)],
        cells={
            (n, slot): [one for one in slots if (one.weekday, one.slot) == (n, slot)]
            for n in range(1, days + 1)
            for slot in numbers
        },
        names=staff_on(group.school_id, today).initials,
        edits=edits,
        load=load,
        norms=norms_on(today, own),
        all_classes=sees_all_groups(actor),
        heavy=heavy,
        meetings=_meetings(actor, group, heavy, today),
        long_days=", ".join(weekday_words(day).lower() for day in load.long_days),
        today=today,
        where=_where(group, _("Week")),
    )


@blueprint.route("/classes/<uuid:group_id>/week/new", methods=["GET", "POST"])
@requires(may_edit_timetable_of, group=get_group)
def new_slot(actor: Actor, group: SeenGroup) -> ResponseReturnValue:
    """Put a lesson into the week."""
    form = SlotForm(
        data={
            "weekday": request.args.get("weekday", "1"),
            "slot": request.args.get("slot", 1, type=int),
            "from_on": _first_day(actor, group),
        }
    )
    courses = _offer(actor, group, form)

    def act() -> str:
        course = courses[form.course.data]
        said = _said(put_slot(actor, course, _place(actor, form), form.from_on.data))
        return said + _warned(actor, group, int(form.weekday.data), form.from_on.data)

    fields: list[Any] = [
        "course",
        "teacher",
        "weekday",
        "slot",
        "room",
        ("from_on", _("Lessons before this day stay as they are."), False),
    ]
    return form_page(_around(group, _("New weekly lesson"), _("Add lesson")), form, fields, act)


@blueprint.route("/courses/<uuid:course_id>/week/<uuid:slot_id>", methods=["GET", "POST"], endpoint="change_slot")
@requires(lambda actor, _course, _slot: may_edit_timetable(actor), course=get_course, slot=slot_of)
def change_slot_view(actor: Actor, course: SeenCourse, slot: TimetableSlot) -> ResponseReturnValue:
    """Put a lesson of the week elsewhere, from a day on."""
    group = get_group(actor, course.class_id or course.group_id)
    assert group is not None  # noqa: S101 - the course has a group
    form = SlotForm(
        data={
            "course": str(course.id),
            "weekday": str(slot.weekday),
            "slot": slot.slot,
            "room": slot.room,
            "teacher": str(slot.teacher_id),
            "from_on": max(clock.today(), slot.from_on),
        }
    )
    _offer(actor, group, form, only=course)

    def act() -> str:
        said = _said(change_slot(actor, course, slot, _place(actor, form), form.from_on.data))
        return said + _warned(actor, group, int(form.weekday.data), form.from_on.data)

    removal = Removal(
        _("Remove from the timetable"),
        _("Remove this lesson from the timetable?"),
        _(
            "It leaves the timetable from today. Past lessons stay; upcoming ones with homework or marks are kept as cancelled."
        ),
        url_for("classes.end_slot", school_id=course.school_id, course_id=course.id, slot_id=slot.id),
    )
    around = _around(group, f"{course.title}, {course.group}", _("Change"), removal=removal)
    fields: list[Any] = [
        "course",
        "teacher",
        "weekday",
        "slot",
        "room",
        ("from_on", _("Lessons before this day stay as they are."), False),
    ]
    return form_page(around, form, fields, act)


@blueprint.post("/courses/<uuid:course_id>/week/<uuid:slot_id>/end", endpoint="end_slot")
@requires(lambda actor, _course, _slot: may_edit_timetable(actor), course=get_course, slot=slot_of)
def end_slot_view(actor: Actor, course: SeenCourse, slot: TimetableSlot) -> ResponseReturnValue:
    """Take a lesson out of the week from today on."""
    try:
        toast(_said(end_slot(actor, course, slot, clock.today())))
    except CannotDo as refusal:
        toast(refusal.why)
    return go_to("classes.class_week", school_id=course.school_id, group_id=course.class_id or course.group_id)


def _load(actor: Actor, group: SeenGroup, slots: list[WeekSlot], today: date, own: list[Norms]) -> Load:
    """The week that holds now (or first) beside the norm; a place that begins later counts when its day comes."""
    regime = get_regime(actor, group.regime_id)
    living = [one for one in slots if one.from_on <= today] or slots
    places = [(one.weekday, one.slot) for one in living]
    return load_of(places, group.year_level, regime.days_a_week if regime else 5, today, own)


def _meetings(actor: Actor, group: SeenGroup, heavy: Heavy | None, on: date) -> list[str]:
    """Days on which heavy subjects meet, in words."""
    found = heavy_meetings(group.school_id, on, heavy, group.id).get(group.id, {})
    names = subject_names(actor.locale) if found else {}
    return [f"{weekday_words(day)}: {', '.join(names[one] for one in some)}" for day, some in found.items()]


def _warned(actor: Actor, group: SeenGroup, weekday: int, on: date) -> str:
    """Beside what was saved: the day chosen now has more heavy subjects than the school's rule allows."""
    heavy = heavy_on(on, own_heavy(group.school_id))
    found = heavy_meetings(group.school_id, on, heavy, group.id).get(group.id, {}).get(weekday)
    if not found:
        return ""
    names = subject_names(actor.locale)
    words = _("Subjects with heavy homework meet on one day: %(names)s.", names=", ".join(names[one] for one in found))
    return f" {words}"


def _offer(actor: Actor, group: SeenGroup, form: SlotForm, only: SeenCourse | None = None) -> dict[str, SeenCourse]:
    courses = [only] if only else courses_of_class(actor, group)
    names = staff_on(group.school_id, clock.today()).names
    form.offer(
        [(str(one.id), f"{one.title}, {one.group}") for one in courses],
        [(str(row_id), name) for row_id, name in names.items()],
    )
    return {str(one.id): one for one in courses}


def _place(actor: Actor, form: SlotForm) -> Place:
    teacher_id = chosen_id(form.teacher)
    teacher = get_member(actor, teacher_id or uuid.UUID(int=0))
    assert teacher is not None  # noqa: S101 - chosen from the school's teachers
    return Place(int(form.weekday.data), form.slot.data, (form.room.data or "").strip(), teacher)


def _first_day(actor: Actor, group: SeenGroup) -> date:
    year = get_year(actor, group.year_id)
    return max(clock.today(), asked_day(), year.starts_on if year else clock.today())


def _said(result: Generated) -> str:
    """What happened to the lessons, in words."""
    said = [_("Timetable saved.")]
    if result.made:
        said.append(ngettext("%(num)s lesson made.", "%(num)s lessons made.", result.made))
    if result.changed:
        said.append(ngettext("%(num)s lesson changed.", "%(num)s lessons changed.", result.changed))
    if result.removed:
        said.append(ngettext("%(num)s lesson removed.", "%(num)s lessons removed.", result.removed))
    if result.cancelled:
        said.append(
            ngettext(
                "%(num)s lesson with homework or marks is cancelled.",
                "%(num)s lessons with homework or marks are cancelled.",
                result.cancelled,
            )
        )
    return " ".join(map(str, said))


def _where(group: SeenGroup, title: str) -> tuple[Crumb, ...]:
    return (
        Crumb(_("Classes"), url_for("classes.groups", school_id=group.school_id)),
        Crumb(group.name, url_for("classes.group", school_id=group.school_id, group_id=group.id)),
        Crumb(title),
    )


def _around(group: SeenGroup, title: str, submit: str, removal: Removal | None = None) -> FormPage:
    back = url_for("classes.class_week", school_id=group.school_id, group_id=group.id)
    crumbs = (*_where(group, _("Week"))[:-1], Crumb(_("Week"), back), Crumb(title))
    return FormPage(title, submit, back, crumbs, remove=removal)
