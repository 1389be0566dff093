"""Who sees how a pupil gets on: the pupil, the family, a teacher in the own subjects, the class teacher, deputy and head. Pure."""

from school.classes.policy import runs_school, sees_pupil
from school.classes.policy import sees_all_subjects as sees_all_subjects_of
from school.classes.seen import SeenCourse, SeenGroup
from school.core.access import Actor
from school.progress.seen import SeenCell, SeenLearning, SeenMark, SeenSubject, SeenTopic


def has_progress(actor: Actor) -> bool:
    """Own progress: pupils."""
    return actor.has("pupil") and actor.member_id is not None


def may_see_progress(actor: Actor, learning: SeenLearning) -> bool:
    """Whoever follows the pupil; a subject teacher finds the own subjects there."""
    return sees_pupil(actor, learning.pupil)


def sees_all_subjects(actor: Actor, learning: SeenLearning) -> bool:
    """The pupil, the family, the class teacher, deputy and head."""
    return sees_all_subjects_of(actor, learning.pupil)


def may_see_subject(actor: Actor, learning: SeenLearning, subject: SeenSubject) -> bool:
    """One subject of the pupil."""
    return sees_all_subjects(actor, learning) or subject.is_taught


def may_see_receipt(actor: Actor, learning: SeenLearning, mark: SeenMark) -> bool:
    """The proof of a mark: whoever sees the mark."""
    return may_see_subject(actor, learning, mark.subject)


def may_see_course_progress(actor: Actor, course: SeenCourse) -> bool:
    """A whole group at once: its teachers, the class teacher, deputy, head. Never pupils or families."""
    return course.teaches or course.leads or runs_school(actor)


def is_teacher(actor: Actor) -> bool:
    """The page over all courses that one teaches."""
    return actor.has("teacher")


def may_see_cell(actor: Actor, course: SeenCourse, _topic: SeenTopic, _cell: SeenCell) -> bool:
    """The answers behind a cell of the map: whoever sees the map."""
    return may_see_course_progress(actor, course)


def may_say_of_topic(_actor: Actor, course: SeenCourse, _topic: SeenTopic, _cell: SeenCell) -> bool:
    """The word that stands before the estimate is the teacher's who teaches the course."""
    return course.teaches


def may_open_class(actor: Actor, _class: SeenGroup) -> bool:
    """The rows behind a class's figures: whoever compares the school's classes."""
    return runs_school(actor)


def may_compare_school(actor: Actor) -> bool:
    """All classes of the school beside outside diagnostics: deputy head and head."""
    return runs_school(actor)
