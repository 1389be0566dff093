"""Who sets homework, who does it and who looks through it. Pure."""

from content_library.models import Item
from school.classes.models import LessonState
from school.classes.policy import cover_words, runs_school, sees_pupil, substitutes, takes_lesson
from school.classes.seen import SeenCourse, SeenLesson, SeenPupil
from school.core.access import Actor, Refused
from school.core.languages import gettext as _
from school.homework.models import AssignmentState, OwnTask, PhotoNote, SubmissionPhoto
from school.homework.seen import SeenHomework, SeenWork


def has_homework(actor: Actor) -> bool:
    """Own list of homework: pupils."""
    return actor.has("pupil")


def may_set(actor: Actor, lesson: SeenLesson) -> bool | Refused:
    """Whoever takes the lesson, before it, in it and after it; a substitute while the lesson is theirs."""
    if takes_lesson(actor, lesson):
        if lesson.state == LessonState.CANCELLED:
            return Refused(_("This lesson does not take place. Set the homework from another lesson of the course."))
        return True
    if substitutes(actor, lesson):
        return Refused(cover_words(lesson.on_date, lesson.starts_at))
    return False


def may_change(_actor: Actor, homework: SeenHomework) -> bool:
    """The teachers of the course; whether it is too late is the action's to say."""
    return homework.course.teaches and homework.withdrawn_at is None


def may_review(_actor: Actor, homework: SeenHomework) -> bool:
    """The teachers of the course."""
    return homework.course.teaches and homework.withdrawn_at is None


def may_review_work(actor: Actor, homework: SeenHomework, _work: SeenWork) -> bool:
    """The same for the work of one pupil."""
    return may_review(actor, homework)


def may_note(actor: Actor, homework: SeenHomework, work: SeenWork, _photo: SubmissionPhoto) -> bool:
    """Words on a photographed page: the same people."""
    return may_review_work(actor, homework, work)


def may_remove_note(
    actor: Actor, homework: SeenHomework, work: SeenWork, _photo: SubmissionPhoto, _note: PhotoNote
) -> bool:
    """Taking one away: the same."""
    return may_review_work(actor, homework, work)


def may_rule(actor: Actor, homework: SeenHomework, _item: Item) -> bool:
    """Put the key of one of its questions right: who looks through its works."""
    return may_review(actor, homework)


def may_take_late(actor: Actor, homework: SeenHomework, work: SeenWork) -> bool:
    """Let late answers of one pupil count: the same people."""
    return may_review_work(actor, homework, work)


def sees_homework_of_course(actor: Actor, course: SeenCourse) -> bool:
    """The teachers of the course, its class teacher, deputy, head."""
    return course.teaches or course.leads or runs_school(actor)


def reviews(actor: Actor) -> bool:
    """Own list of works to look through: teachers."""
    return actor.has("teacher")


def may_do(actor: Actor, homework: SeenHomework) -> bool:
    """The pupil whose homework it is; nobody who looks "as a pupil" does it for them."""
    return homework.is_for_pupil and actor.has("pupil") and actor.on_behalf_of is None


def may_see_mine(actor: Actor, homework: SeenHomework) -> bool:
    """The pupil whose homework it is."""
    return homework.is_for_pupil and actor.has("pupil")


def keeps_own(actor: Actor) -> bool:
    """Own tasks are put into the list by the pupil alone."""
    return actor.has("pupil") and actor.on_behalf_of is None


def may_keep_own(actor: Actor, task: OwnTask) -> bool:
    """Seen and changed by whose it is, and nobody else: not the family, not the school."""
    return keeps_own(actor) and task.pupil_id == actor.member_id


def may_see_list(actor: Actor, pupil: SeenPupil) -> bool:
    """A pupil's list: family and staff of the pupil."""
    return sees_pupil(actor, pupil)


def may_see_of(actor: Actor, pupil: SeenPupil, _homework: SeenHomework) -> bool:
    """One work of a pupil: the same people."""
    return sees_pupil(actor, pupil)


def is_open(homework: SeenHomework) -> bool:
    """Whether the pupil may still hand in, or hand in again. The day alone never closes a work."""
    return homework.mine.state not in {AssignmentState.CHECKED, AssignmentState.EXCUSED}
