"""From a number on a deputy head's or class teacher's page to the names, lessons and days behind it."""

from itertools import groupby

from flask.typing import ResponseReturnValue

from school.core import clock
from school.core.access import Actor, looking_at, requires
from school.core.languages import gettext as _
from school.core.pages import page
from school.core.shell import Crumb
from school.home.queries.absences import classes_led, missing_on
from school.home.queries.oversight import OfClass, classes_of_year, control_schedules, unfilled_lessons
from school.home.routes import blueprint


def oversees(actor: Actor) -> bool:
    """The rule of these pages: deputy heads and the head see the school, teachers the classes they lead."""
    return actor.has("deputy", "head", "teacher")


def classes_for(actor: Actor) -> list[OfClass]:
    """All, or those that the actor leads."""
    school_id = actor.school_id or 0
    if actor.has("deputy", "head"):
        return classes_of_year(school_id)
    if actor.member_id is None:
        return []
    return [OfClass(one.id, one.name, one.year_level) for one in classes_led(school_id, actor.member_id, clock.today())]


@blueprint.get("/s/<int:school_id>/missing")
@requires(oversees, opens="class_morning")
def missing(actor: Actor) -> ResponseReturnValue:
    """Who is not at lessons today, by class, those without a word first."""
    classes, today = classes_for(actor), clock.today()
    gone = missing_on(actor.school_id or 0, [one.id for one in classes], today) if classes else []
    shown = [one.id for one in classes if any(two.group_id == one.id for two in gone)]
    if shown:
        looking_at(group_id=shown[0], and_groups=shown[1:])
    return page(
        "home/missing.html",
        classes=[(one, [two for two in gone if two.group_id == one.id]) for one in classes if one.id in shown],
        silent=sum(one.without_word for one in gone),
        today=today,
        school_id=actor.school_id,
        where=(Crumb(_("Who is missing")),),
    )


@blueprint.get("/s/<int:school_id>/unfilled")
@requires(oversees)
def unfilled(actor: Actor) -> ResponseReturnValue:
    """Lessons of the last seven days whose journal is not complete, by teacher."""
    classes = None if actor.has("deputy", "head") else [one.id for one in classes_for(actor)]
    found = sorted(unfilled_lessons(actor, classes), key=lambda one: (one.teacher, one.teacher_id.hex))
    return page(
        "home/unfilled.html",
        teachers=[
            (name, sorted(some, key=lambda one: (one.on_date, one.slot)))
            for (name, _id), some in groupby(found, key=lambda one: (one.teacher, one.teacher_id))
        ],
        school_id=actor.school_id,
        where=(Crumb(_("Incomplete journals")),),
    )


@blueprint.get("/s/<int:school_id>/controls")
@requires(oversees)
def controls(actor: Actor) -> ResponseReturnValue:
    """Check works of the coming weeks by class and day, and their share of the year's lessons by course."""
    return page(
        "home/controls.html",
        schedules=control_schedules(actor, classes_for(actor)),
        school_id=actor.school_id,
        where=(Crumb(_("Schedule of tests")),),
    )
