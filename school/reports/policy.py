"""Who opens which report: the class teacher the own class, the subject teacher the own courses, deputy and head the school. Pure."""

from school.classes.policy import runs_school
from school.classes.seen import SeenCourse, SeenGroup, SeenPupil
from school.core.access import Actor
from school.reports.seen import SeenOrder, SeenTeacher


def may_list_reports(actor: Actor) -> bool:
    """Everybody who has any: teachers, deputy head, head."""
    return actor.member_id is not None and (actor.has("teacher") or runs_school(actor))


def may_report_class(actor: Actor, group: SeenGroup) -> bool:
    """Everything about one class: its class teacher, deputy head, head."""
    return group.kind == "class" and (group.leads or runs_school(actor))


def may_report_school(actor: Actor) -> bool:
    """All classes side by side."""
    return runs_school(actor)


def may_report_teacher(actor: Actor, teacher: SeenTeacher) -> bool:
    """A subject teacher's own report, and all of them for deputy head and head."""
    return teacher.is_self or runs_school(actor)


def may_print_journal(actor: Actor, course: SeenCourse) -> bool:
    """The journal on paper: its teacher, the class teacher, deputy head, head."""
    return course.teaches or course.leads or runs_school(actor)


def may_see_card(actor: Actor, pupil: SeenPupil) -> bool:
    """A report card: the pupil, the family with its right to progress, the class teacher, deputy head, head."""
    return pupil.is_self or pupil.follows or pupil.leads or runs_school(actor)


def may_order_school(actor: Actor) -> bool:
    """Sets of papers of the whole school."""
    return may_report_school(actor) and actor.on_behalf_of is None


def may_order_class(actor: Actor, group: SeenGroup) -> bool:
    """Sets of papers of one class."""
    return may_report_class(actor, group) and actor.on_behalf_of is None


def may_open_order(actor: Actor, order: SeenOrder) -> bool:
    """Whoever asked for it, while they may still open each of its papers: the class is still theirs, or the school."""
    return order.is_own and order.is_still_theirs and may_list_reports(actor)


def may_settle(actor: Actor, pupil: SeenPupil, _mark: object) -> bool:
    """The history of one mark with its authors: the class teacher, deputy head, head. Families read the changes they saw."""
    return pupil.leads or runs_school(actor)
