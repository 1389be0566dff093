"""Takes part in the pages below: tells a task where its attempt belongs, and a lesson what homework hangs on it."""

from school.classes.hooks import LessonPart, on_lesson_page
from school.classes.policy import sees_whole_lesson
from school.classes.seen import SeenLesson
from school.core.access import Actor
from school.core.languages import gettext as _
from school.homework.policy import may_review, may_set
from school.homework.queries import get_homework, homework_of_attempt
from school.homework.queries.lessons import homework_around
from school.tasks.hooks import JUDGES, PLACES, Place
from school.tasks.seen import SeenAttempt


def place_of_attempt(actor: Actor, attempt: SeenAttempt) -> Place | None:
    """The page that this reader came from."""
    homework_id = homework_of_attempt(attempt.school_id, attempt.id)
    if homework_id is None:
        return None
    here = {"school_id": attempt.school_id, "homework_id": homework_id}
    if attempt.pupil.is_self:
        return Place(_("To the homework"), "homework.work", here)
    if actor.is_staff and attempt.pupil.teaches:
        return Place(_("To the review"), "homework.review", {**here, "pupil": attempt.pupil.id})
    return Place(_("To the homework"), "homework.work_of_pupil", {**here, "pupil_id": attempt.pupil.id})


PLACES.append(place_of_attempt)


def looks_through(actor: Actor, attempt: SeenAttempt) -> bool:
    """A teacher of the course in which the work was set judges its answers."""
    homework_id = homework_of_attempt(attempt.school_id, attempt.id)
    homework = get_homework(actor, homework_id) if homework_id else None
    return homework is not None and bool(may_review(actor, homework))


JUDGES.append(looks_through)


@on_lesson_page
def homework_of_lesson(actor: Actor, lesson: SeenLesson) -> LessonPart | None:
    """What was due in the lesson and what was set in it; its teacher sets more from here."""
    whole = sees_whole_lesson(actor, lesson)
    found = homework_around(actor, lesson, whole=whole)
    sets = bool(may_set(actor, lesson))
    if not found and not sets:
        return None
    where = "homework.review" if lesson.course.teaches else "homework.work" if lesson.course.learns else ""
    context = {
        "due": [one for one in found if one.is_due_here],
        "set": [one for one in found if one.was_set_here],
        "sets": sets,
        "where": where,
        "lesson": lesson,
    }
    return LessonPart("homework/_of_lesson.html", context)
