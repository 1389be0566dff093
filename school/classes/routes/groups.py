"""Classes: the list of them, one with its pupils and courses, and who comes, goes, teaches and leads."""

import uuid
from typing import Any

from flask import request, url_for
from flask.typing import ResponseReturnValue

from content_library import subjects
from school.classes.actions import appoint_teacher, lead_class, move_pupil
from school.classes.actions.enrolling import enrol_together
from school.classes.actions.structure import change_place, open_class, open_course, open_cross_group, open_part
from school.classes.errors import ManyClashes
from school.classes.forms.groups import (
    ClassForm,
    CourseForm,
    CrossForm,
    EnrolForm,
    LeaderForm,
    MovePupilForm,
    PartForm,
    PlaceForm,
    TeacherForm,
    chosen_id,
)
from school.classes.models import GroupKind, SchoolYear
from school.classes.policy import (
    may_manage_group,
    may_manage_structure,
    runs_school,
    sees_all_groups,
    sees_group,
    sees_groups,
)
from school.classes.queries import (
    Learner,
    course_staff,
    courses_of_class,
    get_course,
    get_group,
    get_pupil,
    learners,
    pupil_of,
)
from school.classes.queries.calendar import get_year, year_of
from school.classes.queries.groups import building_name, groups_of_year, leader_of, parts_of
from school.classes.queries.pupils import learners_of_groups
from school.classes.queries.school_day import staff_on
from school.classes.queries.structure import (
    all_buildings,
    get_building,
    get_regime,
    pupils_without_class,
    regimes_of,
)
from school.classes.routes.blueprint import blueprint
from school.classes.routes.foreseen import foreseen_form
from school.classes.routes.forms_page import FormPage, form_page
from school.classes.seen import SeenCourse, SeenGroup
from school.classes.words import clash_words
from school.core import clock
from school.core.access import Actor, requires
from school.core.database import db
from school.core.languages import gettext as _
from school.core.pages import page
from school.core.shell import Crumb
from school.people.names import full_name
from school.people.queries import get_member


@blueprint.get("/classes")
@requires(sees_groups)
def groups(actor: Actor) -> ResponseReturnValue:
    """All classes of the year; a teacher sees those they teach or lead."""
    assert actor.school_id is not None  # noqa: S101 - the rule has seen to it
    year = year_of(actor.school_id, clock.today())
    lines = groups_of_year(actor, year.id) if year else []
    if not sees_all_groups(actor):
        lines = [one for one in lines if one.teaches or one.leads]
    classes = [one for one in lines if one.is_class]
    return page(
        "classes/groups.html",
        year=year,
        levels=sorted({one.year_level for one in classes}),
        classes=classes,
        others=[one for one in lines if one.kind == GroupKind.CROSS],
        several_buildings=len({one.building for one in lines}) > 1,
        manages=may_manage_structure(actor),
        sees_all=sees_all_groups(actor),
        school_id=actor.school_id,
    )


@blueprint.get("/classes/<uuid:group_id>")
@requires(sees_group, opens="class", group=get_group)
def group(actor: Actor, group: SeenGroup) -> ResponseReturnValue:
    """A class: its pupils, what they are taught and by whom."""
    courses = courses_of_class(actor, group)
    leader = leader_of(group)
    return page(
        "classes/group.html",
        group=group,
        pupils=learners(group, clock.today()),
        courses=courses,
        staff=course_staff(group.school_id, *(one.id for one in courses)),
        parts=parts_of(group),
        leader=full_name(leader.family_name, leader.given_name, leader.patronymic) if leader else "",
        building=building_name(group),
        manages=may_manage_group(actor, group),
        runs=runs_school(actor),
        where=(Crumb(_("Classes"), url_for("classes.groups", school_id=group.school_id)), Crumb(group.name)),
    )


@blueprint.route("/years/<uuid:year_id>/classes/new", methods=["GET", "POST"])
@requires(lambda actor, _year: may_manage_structure(actor), year=get_year)
def new_class(actor: Actor, year: SchoolYear) -> ResponseReturnValue:
    """Open a class."""
    form = ClassForm()
    _offer_places(actor, form, year)

    def act() -> str:
        place = _place(actor, form)
        made = open_class(actor, year, int(form.year_level.data), form.letter.data or "", **place)
        return str(_("%(name)s is open.", name=made.name))

    around = FormPage(_("New class"), _("Open the class"), _list(actor), _where(actor, _("New class")))
    return form_page(around, form, ["year_level", "letter", "building", "shift", "regime"], act)


@blueprint.route("/years/<uuid:year_id>/groups/new", methods=["GET", "POST"])
@requires(lambda actor, _year: may_manage_structure(actor), year=get_year)
def new_group(actor: Actor, year: SchoolYear) -> ResponseReturnValue:
    """Open a group of pupils of several classes."""
    form = CrossForm()
    _offer_places(actor, form, year)

    def act() -> str:
        made = open_cross_group(actor, year, form.name.data, int(form.year_level.data), **_place(actor, form))
        return str(_("%(name)s is open.", name=made.name))

    title = _("New group across classes")
    around = FormPage(title, _("Open the group"), _list(actor), _where(actor, title))
    return form_page(around, form, ["name", "year_level", "building", "shift", "regime"], act)


@blueprint.route("/classes/<uuid:group_id>/place", methods=["GET", "POST"])
@requires(may_manage_group, group=get_group)
def change_place_of(actor: Actor, group: SeenGroup) -> ResponseReturnValue:
    """Building, shift and terms of a class."""
    year = get_year(actor, group.year_id)
    start = {"building": str(group.building_id), "shift": str(group.shift), "regime": str(group.regime_id)}
    form = PlaceForm(data=start)
    _offer_places(actor, form, year)

    def act(agreed: str) -> str:
        change_place(actor, group, **_place(actor, form), agreed=agreed)
        return str(_("Saved. Upcoming lessons have been updated."))

    around = _around(group, str(_("Building and shift: %(group)s", group=group.name)), _("Save"))
    return foreseen_form(around, form, ["building", "shift", "regime"], act)


@blueprint.route("/classes/<uuid:group_id>/parts/new", methods=["GET", "POST"])
@requires(may_manage_group, group=get_group)
def new_part(actor: Actor, group: SeenGroup) -> ResponseReturnValue:
    """Divide a class for a subject."""
    form = PartForm()

    def act() -> str:
        return str(_("%(name)s is open.", name=open_part(actor, group, form.name.data).name))

    return form_page(_around(group, _("New teaching group"), _("Add")), form, ["name"], act)


@blueprint.route("/classes/<uuid:group_id>/courses/new", methods=["GET", "POST"])
@requires(may_manage_group, group=get_group)
def new_course(actor: Actor, group: SeenGroup) -> ResponseReturnValue:
    """A subject for a class or a part of it."""
    form = CourseForm(data={"group": str(group.id), "hours_a_week": 1})
    groups = [(str(group.id), group.name), *((str(one.id), one.name) for one in parts_of(group))]
    known = {str(one.id): one for one in subjects.all_subjects(db.session)}  # type: ignore[arg-type]
    names = [(key, one.name_en if actor.locale == "en" else one.name_ru) for key, one in known.items()]
    form.offer(groups, names, _teachers(actor))

    def act() -> str:
        teacher_id, group_id = chosen_id(form.teacher), chosen_id(form.group)
        target = get_group(actor, group_id) if group_id else None
        open_course(
            actor,
            target or group,
            known[form.subject.data],
            name=form.name.data or "",
            hours_a_week=form.hours_a_week.data,
            teacher=get_member(actor, teacher_id) if teacher_id else None,
        )
        return str(_("Course created."))

    fields = ["group", "subject", "name", "hours_a_week", "teacher"]
    return form_page(_around(group, _("New course"), _("Open the course")), form, fields, act)


@blueprint.route("/courses/<uuid:course_id>/teacher", methods=["GET", "POST"])
@requires(lambda actor, _course: may_manage_structure(actor), course=get_course)
def appoint(actor: Actor, course: SeenCourse) -> ResponseReturnValue:
    """Who teaches a course from a day on."""
    now = course_staff(course.school_id, course.id).get(course.id, [])
    form = TeacherForm(data={"from_on": clock.today(), "instead_of": str(now[0].id) if now else ""})
    form.offer(_teachers(actor), [(str(one.id), one.initials) for one in now])

    def act() -> str:
        teacher_id, old_id = chosen_id(form.teacher), chosen_id(form.instead_of)
        teacher = get_member(actor, teacher_id) if teacher_id else None
        assert teacher is not None  # noqa: S101 - chosen from the school's teachers
        old = get_member(actor, old_id) if old_id else None
        appoint_teacher(actor, course, teacher, form.from_on.data, instead_of=old)
        return str(_("Teacher assigned. Upcoming lessons have been updated."))

    back = url_for("classes.group", school_id=course.school_id, group_id=course.class_id or course.group_id)
    around = FormPage(
        f"{course.title}, {course.group}", _("Assign"), back, (Crumb(course.group, back), Crumb(_("Teacher")))
    )
    return form_page(around, form, ["teacher", "instead_of", "from_on"], act)


@blueprint.route("/classes/<uuid:group_id>/leader", methods=["GET", "POST"])
@requires(may_manage_group, group=get_group)
def lead(actor: Actor, group: SeenGroup) -> ResponseReturnValue:
    """Who leads a class from a day on."""
    form = LeaderForm(data={"from_on": clock.today()})
    form.offer(_teachers(actor))

    def act() -> str:
        teacher_id = chosen_id(form.teacher)
        teacher = get_member(actor, teacher_id) if teacher_id else None
        assert teacher is not None  # noqa: S101 - chosen from the school's teachers
        lead_class(actor, group, teacher, form.from_on.data)
        return str(_("Class teacher assigned."))

    return form_page(_around(group, _("Class teacher"), _("Assign")), form, ["teacher", "from_on"], act)


@blueprint.route("/classes/<uuid:group_id>/enrol", methods=["GET", "POST"], endpoint="enrol")
@requires(may_manage_group, group=get_group)
def enrol_view(actor: Actor, group: SeenGroup) -> ResponseReturnValue:
    """Pupils come into a class (those without one), a part of it (those of the class), or a group across classes."""
    if group.kind != GroupKind.CROSS:
        offered = _who_may_come(actor, group)
        return _enrol_page(actor, group, offered, "" if offered else str(_nobody_left(group)))
    classes = [one for one in groups_of_year(actor, group.year_id) if one.is_class]
    asked = [one for one in classes if str(one.id) in request.args.getlist("classes")]
    title = str(_("Enrol pupils"))
    if not asked:
        near = [one for one in classes if one.year_level == group.year_level]
        where = _around(group, title, "").where
        return page("classes/choose_classes.html", group=group, classes=classes, near=near, title=title, where=where)
    there = {one.id for one in learners(group, clock.today())}
    by_class = learners_of_groups(group.school_id, [one.id for one in asked], clock.today())
    offered = [
        (pupil.id, f"{pupil.short_name}, {one.name}")
        for one in asked
        for pupil in by_class[one.id]
        if pupil.id not in there
    ]
    words = _("Pupils stay in their class: this group is beside it.") if offered else _nobody_left(group)
    return _enrol_page(actor, group, offered, str(words))


def _enrol_page(
    actor: Actor, group: SeenGroup, offered: list[tuple[uuid.UUID, str]], about: str
) -> ResponseReturnValue:
    form = EnrolForm(data={"from_on": clock.today()})
    form.offer((str(row_id), name) for row_id, name in offered)

    def act() -> str:
        chosen = [get_pupil(actor, row_id) for row_id, _name in offered if str(row_id) in form.pupils.data]
        pupils = [one for one in chosen if one is not None]
        try:
            enrol_together(actor, group, pupils, form.from_on.data)
        except ManyClashes as refusal:
            form.form_errors.extend(clash_words(one) for one in refusal.found)
            raise
        return str(_("Enrolled: %(number)s.", number=len(pupils)))

    around = _around(group, _("Enrol pupils"), _("Enrol"), about)
    return form_page(around, form, [("pupils", "", True), "from_on"] if offered else [], act)


def _nobody_left(group: SeenGroup) -> str:
    if group.kind == GroupKind.CLASS:
        return str(_("There is nobody to enrol: every pupil is in a class."))
    return str(_("There is nobody to enrol: all these pupils are in the group."))


@blueprint.route("/classes/<uuid:group_id>/pupils/<uuid:pupil_id>/move", methods=["GET", "POST"], endpoint="move_pupil")
@requires(
    lambda actor, group, _pupil: may_manage_group(actor, group),
    opens="class",
    group=get_group,
    pupil=pupil_of,
)
def move_pupil_view(actor: Actor, group: SeenGroup, pupil: Learner) -> ResponseReturnValue:
    """A pupil goes to another class of the school."""
    lines = groups_of_year(actor, group.year_id)
    classes = [one for one in lines if one.is_class and one.id != group.id]
    target = next((one for one in classes if str(one.id) == request.args.get("to", "")), None)
    title = str(_("Transfer: %(pupil)s", pupil=pupil.full_name))
    if target is None:
        near = sorted(classes, key=lambda one: abs(one.year_level - group.year_level))
        where = _around(group, title, "").where
        return page("classes/choose_class.html", group=group, pupil=pupil, title=title, classes=near, where=where)
    parts = [one for one in lines if one.class_id == target.id]
    form = MovePupilForm(data={"on": clock.today()})
    form.offer([(str(one.id), one.name) for one in parts])

    def act() -> str:
        to, seen = get_group(actor, target.id), get_pupil(actor, pupil.id)
        assert to is not None and seen is not None  # noqa: S101, PT018 - both were listed above
        chosen = [one for one in parts if str(one.id) in (form.parts.data or ())]
        move_pupil(actor, seen, to, form.on.data, chosen)
        return str(_("%(pupil)s is in %(group)s now.", pupil=pupil.short_name, group=target.name))

    about = str(_("Marks and work stay in the old class's journals, and the pupil still sees them."))
    around = _around(
        group, str(_("%(pupil)s to %(group)s", pupil=pupil.short_name, group=target.name)), _("Move"), about
    )
    fields: list[Any] = ["on"] if not parts else ["on", ("parts", "", True)]
    return form_page(around, form, fields, act)


def _offer_places(actor: Actor, form: PlaceForm, year: SchoolYear | None) -> None:
    regimes = regimes_of(year) if year else []
    form.offer(
        [(str(one.id), one.name) for one in all_buildings(actor)],
        [(str(one.id), one.name) for one, _terms in regimes],
    )


def _place(actor: Actor, form: PlaceForm) -> dict[str, Any]:
    building_id, regime_id = chosen_id(form.building), chosen_id(form.regime)
    return {
        "building": get_building(actor, building_id) if building_id else None,
        "shift": int(form.shift.data),
        "regime": get_regime(actor, regime_id) if regime_id else None,
    }


def _teachers(actor: Actor) -> list[tuple[str, str]]:
    assert actor.school_id is not None  # noqa: S101 - a page of a school
    return [(str(row_id), name) for row_id, name in staff_on(actor.school_id, clock.today()).names.items()]


def _who_may_come(actor: Actor, group: SeenGroup) -> list[tuple[uuid.UUID, str]]:
    today = clock.today()
    if group.kind == GroupKind.CLASS:
        return pupils_without_class(actor, today)
    there = {one.id for one in learners(group, today)}
    whole_class = get_group(actor, group.class_id) if group.class_id else None
    whole = learners(whole_class, today) if whole_class else []
    return [(one.id, one.short_name) for one in whole if one.id not in there]


def _list(actor: Actor) -> str:
    return url_for("classes.groups", school_id=actor.school_id)


def _where(actor: Actor, title: str) -> tuple[Crumb, ...]:
    return Crumb(_("Classes"), _list(actor)), Crumb(title)


def _around(group: SeenGroup, title: str, submit: str, about: str = "") -> FormPage:
    back = url_for("classes.group", school_id=group.school_id, group_id=group.id)
    return FormPage(title, submit, back, (Crumb(group.name, back), Crumb(title)), about)
