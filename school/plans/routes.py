"""The plan of a course: read, written, brought back into step; and the part of it that a lesson's page shows."""

from itertools import groupby

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from content_library import subjects
from school.classes.hooks import LessonPart, Suggestion, on_lesson_page, suggest_topic
from school.classes.policy import runs_school, sees_whole_lesson
from school.classes.queries import get_course
from school.classes.seen import SeenCourse, SeenLesson
from school.core import clock
from school.core.access import Actor, requires
from school.core.database import db
from school.core.languages import gettext as _
from school.core.languages import ngettext
from school.core.pages import go_to, page, toast
from school.core.shell import Crumb
from school.plans.actions import Proposal, approve_plan, propose, respread
from school.plans.errors import CannotPlan
from school.plans.forms import PlanForm
from school.plans.policy import may_make_plan, may_read_plan, sees_plans
from school.plans.queries import Plan, hours_in, lessons_to_fill, plan_of, plans_of
from school.plans.writing import Line, read_plan, write_plan

blueprint = Blueprint("plans", __name__, template_folder="templates", url_prefix="/s/<int:school_id>")


@blueprint.get("/plans")
@requires(sees_plans)
def plans(actor: Actor) -> ResponseReturnValue:
    """The plans with what is behind; teachers see their own."""
    return page(
        "plans/list.html",
        lines=plans_of(actor, all_courses=bool(runs_school(actor))),
        school_id=actor.school_id,
        where=(Crumb(_("Lesson plans")),),
    )


@blueprint.get("/courses/<uuid:course_id>/plan")
@requires(may_read_plan, course=get_course)
def plan(actor: Actor, course: SeenCourse) -> ResponseReturnValue:
    """Topics with hours, planned and given."""
    found = plan_of(course)
    makes = bool(may_make_plan(actor, course))
    proposal, problem = _proposed(course) if makes and found.hours else (None, "")
    return page(
        "plans/plan.html",
        course=course,
        plan=found,
        renews=bool(problem or (proposal and proposal.changes)),
        problem=problem,
        topics=[list(hours) for _topic, hours in groupby(found.hours, key=lambda one: one.topic)],
        makes=makes,
        lessons=len(lessons_to_fill(course)),
        where=_where(course),
    )


@blueprint.route("/courses/<uuid:course_id>/plan/edit", methods=["GET", "POST"])
@requires(may_make_plan, course=get_course)
def edit(actor: Actor, course: SeenCourse) -> ResponseReturnValue:
    """Topics as text: typed, pasted from a table, or taken from the framework."""
    found = plan_of(course)
    begun = {one.topic for one in found.given}
    form = PlanForm(data={"text": _text(course, found, begun)})
    first = max(begun, default=0) + 1
    if form.validate_on_submit():
        lines, bad = read_plan(form.text.data, first)
        form.text.errors = [
            _("Line %(line)s: “%(cell)s” is not understood.", line=one.number, cell=one.cell) for one in bad
        ]
        if not bad:
            try:
                hours = approve_plan(actor, course, lines)
                toast(ngettext("The plan is approved: %(num)s hour.", "The plan is approved: %(num)s hours.", hours))
                return go_to("plans.plan", school_id=course.school_id, course_id=course.id)
            except CannotPlan as refusal:
                form.form_errors.append(refusal.why)
    return page(
        "plans/edit.html",
        status=422 if request.method == "POST" else 200,
        course=course,
        form=form,
        begun=len(begun),
        first=first,
        lessons=len(lessons_to_fill(course, whole_year=not begun)),
        where=(*_where(course, linked=True), Crumb(_("Change"))),
    )


@blueprint.route("/courses/<uuid:course_id>/plan/respread", methods=["GET", "POST"], endpoint="respread")
@requires(may_make_plan, course=get_course)
def respread_view(actor: Actor, course: SeenCourse) -> ResponseReturnValue:
    """Old beside new; one press does it."""
    problem = ""
    if request.method == "POST":
        try:
            respread(actor, course, request.form.get("mark", ""))
            toast(_("The plan follows the lessons again."))
            return go_to("plans.plan", school_id=course.school_id, course_id=course.id)
        except CannotPlan as refusal:
            problem = refusal.why
    proposal, missing = _proposed(course)
    problem = missing or problem
    return page(
        "plans/respread.html",
        status=422 if request.method == "POST" else 200,
        course=course,
        proposal=proposal,
        problem=problem,
        plan=plan_of(course),
        where=(*_where(course, linked=True), Crumb(_("New dates"))),
    )


def _proposed(course: SeenCourse) -> tuple[Proposal | None, str]:
    """New dates for the hours ahead, or why there are none."""
    try:
        return propose(course), ""
    except CannotPlan as refusal:
        return None, refusal.why


@on_lesson_page
def plan_of_lesson(actor: Actor, lesson: SeenLesson) -> LessonPart | None:
    """The hour of the plan in this lesson, for its staff."""
    if not sees_whole_lesson(actor, lesson):
        return None
    hours = hours_in(lesson)
    if not hours:
        return None
    return LessonPart(
        "plans/_of_lesson.html", {"hours": hours, "lesson": lesson, "reads": may_read_plan(actor, lesson.course)}
    )


@suggest_topic
def topic_of_plan(lesson: SeenLesson) -> Suggestion | None:
    """What the plan says, for a lesson whose topic is not written yet."""
    hours = hours_in(lesson)
    if not hours:
        return None
    titles = dict.fromkeys(one.title for one in hours)
    framework = next((one.framework_id for one in hours if one.framework_id is not None), None)
    return Suggestion("; ".join(titles), framework)


def _text(course: SeenCourse, found: Plan, begun: set[int]) -> str:
    if request.args.get("from") == "framework" or not found.hours:
        return _from_framework(course, max(begun, default=0))
    rest = {one.topic: one for one in found.hours if one.topic not in begun}
    lines = [
        Line(one.title, one.of_topic, one.is_control, one.is_reserve, one.needs) for _n, one in sorted(rest.items())
    ]
    return write_plan(lines)


def _from_framework(course: SeenCourse, skip: int) -> str:
    """The lowest topics of the framework, the lessons of the year shared out evenly among them."""
    topics = subjects.topics_of(db.session(), course.subject_id, course.year_level, on=clock.today())
    parents = {one.parent_id for one in topics}
    leaves = [one for one in topics if one.id not in parents][skip:]
    if not leaves:
        return ""
    lessons = len(lessons_to_fill(course, whole_year=not skip))
    each, more = divmod(max(lessons, len(leaves)), len(leaves))
    return write_plan([Line(one.title, min(each + (n < more), 40)) for n, one in enumerate(leaves)])


def _where(course: SeenCourse, *, linked: bool = False) -> tuple[Crumb, ...]:
    url = url_for("plans.plan", school_id=course.school_id, course_id=course.id) if linked else ""
    return (
        Crumb(_("Lesson plans"), url_for("plans.plans", school_id=course.school_id)),
        Crumb(f"{course.title}, {course.group}", url),
    )
