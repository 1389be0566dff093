"""Who makes tracks, and who walks them. Pure."""

from typing import Any

from school.classes.policy import runs_school, sees_all_subjects, takes_lesson
from school.classes.seen import SeenCourse, SeenLesson, SeenPupil
from school.core.access import Actor


def may_see_tracks(actor: Actor, course: SeenCourse) -> bool:
    """A whole group at once: its teachers, the class teacher, deputy, head. Never pupils or families."""
    return course.teaches or course.leads or runs_school(actor)


def may_make_tracks(_actor: Actor, course: SeenCourse, *_of: Any) -> bool:
    """Whoever teaches the course proposes, approves and changes; and says what a pupil can do."""
    return course.teaches


def may_see_pupil_here(actor: Actor, course: SeenCourse, _pupil: Any) -> bool:
    """One pupil of the group."""
    return may_see_tracks(actor, course)


def may_read_tracks(actor: Actor, pupil: SeenPupil) -> bool:
    """All tracks of a pupil in words: the family, the class teacher, deputy, head, the pupil."""
    return sees_all_subjects(actor, pupil)


def may_practise(actor: Actor) -> bool:
    """Pupils, for themselves: nobody who looks "as a pupil" does it for them."""
    return actor.has("pupil") and actor.member_id is not None and actor.on_behalf_of is None


def walks(actor: Actor) -> bool:
    """Own page: pupils."""
    return actor.has("pupil") and actor.member_id is not None


def may_practise_own(actor: Actor, thing: Any) -> bool:
    """Own steps, own diagnostics."""
    return may_practise(actor) and thing.pupil_id == actor.member_id


def may_see_own(actor: Actor, thing: Any) -> bool:
    """The pupil whose it is."""
    return walks(actor) and thing.pupil_id == actor.member_id


def may_level(actor: Actor, lesson: SeenLesson) -> bool:
    """Whoever takes the lesson makes its three sets and says who works with which."""
    return takes_lesson(actor, lesson)


def may_work_in(actor: Actor, lesson: SeenLesson) -> bool:
    """The pupils of the lesson."""
    return lesson.course.learns and may_practise(actor)
