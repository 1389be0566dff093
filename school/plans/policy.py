"""Who reads a lesson plan and who makes it."""

from school.classes.policy import runs_school
from school.classes.seen import SeenCourse
from school.core.access import Actor, Refused
from school.core.languages import gettext as _


def may_read_plan(actor: Actor, course: SeenCourse) -> bool:
    """Staff of the course."""
    return course.teaches or course.leads or runs_school(actor)


def may_make_plan(actor: Actor, course: SeenCourse) -> bool | Refused:
    """The teacher of the course, deputy head, head."""
    if course.teaches or runs_school(actor):
        return True
    return Refused(_("The plan is made by the teacher of the course.")) if course.leads else False


def sees_plans(actor: Actor) -> bool:
    """The list: teachers their own, deputy head and head all."""
    return actor.has("teacher") or runs_school(actor)
